"""A sum stays a sum: notebooks set what stands between two dollar signs as mathematics."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from course.publish.release import ROOT

notebooks = sorted((ROOT / "release").glob("*/*.ipynb"))


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
