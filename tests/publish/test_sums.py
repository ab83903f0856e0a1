"""A sum stays a sum: what stands between two dollar signs is no formula in a notebook."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course.figures import figure, figure_html, reading_html
from course.publish.assemble import assemble
from course.publish.notebook import instructors_notebook, sums_as_text
from course.publish.release import ROOT
from course.sources.models import Sources

notebooks = sorted((ROOT / "release").glob("*/*.ipynb"))


def test_a_dollar_sign_stands_in_an_element_of_its_own() -> None:
    found = sums_as_text("She paid $3, he paid $4.")
    assert found == "She paid <span>&#36;</span>3, he paid <span>&#36;</span>4."


def test_code_keeps_its_dollar_signs() -> None:
    assert sums_as_text("Type `$HOME`, not `$`.") == "Type `$HOME`, not `$`."


def test_prose_and_prompts_are_published_so(small_lesson: Path, sources: Sources) -> None:
    lesson = small_lesson / "lesson.md"
    text = lesson.read_text(encoding="utf-8")
    sums = "From $3 to $4.\n\n```{question}"
    lesson.write_text(text.replace("```{question}", sums, 1), encoding="utf-8")
    book = instructors_notebook(assemble(small_lesson, sources), sources)
    words = "\n".join(c.source for c in book.cells if c.cell_type == "markdown")
    assert "From <span>&#36;</span>3 to <span>&#36;</span>4." in words
    assert sums_as_text(words) == words


def test_a_figures_caption_and_sentence_part_the_sign_from_the_sum() -> None:
    parted = "From <span>$</span>3 to <span>$</span>4."
    assert parted in figure_html(figure()[0], "A drawing", "From $3 to $4.")
    assert parted in reading_html("From $3 to $4.")


def paragraphs_with_two_dollars(markdown: str) -> list[str]:
    """Paragraphs in which prices would be taken for a formula."""
    return [p for p in re.split(r"\n\s*\n", markdown) if len(re.findall(r"\$\s?\d", p)) > 1]


@pytest.mark.parametrize("notebook", notebooks, ids=lambda path: path.stem)
def test_no_paragraph_holds_two_prices_with_a_dollar_sign(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    words = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
    assert [p for text in words for p in paragraphs_with_two_dollars(text)] == []


def test_the_fault_that_a_reader_saw_would_be_found() -> None:
    assert paragraphs_with_two_dollars("a penalty, as of 2025 $14,308 to $28,619, for each claim")
    assert not paragraphs_with_two_dollars("They paid $7 million.\n\nThe other paid $3 million.")
