"""Feedback tells what helps and keeps what is secret."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest

from course.grading.behaviours import BEHAVIOURS, Sheet
from course.grading.demo import LESSON
from course.grading.feedback import _markdown, page
from course.grading.outcome import outcome_of
from course.publish.notebook import sums_as_text
from course.questions.kinds import ChoiceKey, FunctionKey, NumberKey, TextKey


@pytest.fixture
def pages(sample_class: Any) -> dict[str, str]:
    found = (sample_class.folder / "feedback").glob(f"*/{LESSON}/{LESSON}.html")
    return {p.parents[1].name: p.read_text(encoding="utf-8") for p in found}


def test_everybody_with_a_file_gets_a_page(sample_class: Any, pages: dict[str, str]) -> None:
    assert set(pages) == set(sample_class.rows)


def test_a_page_is_whole_and_in_order(sheet: Sheet, pages: dict[str, str]) -> None:
    for text in pages.values():
        assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
        assert "<title>Feedback: Counting units</title>" in text
        assert len(re.findall("<h1", text)) == len(re.findall("<main", text)) == 1
        unread = "could not be read" in text
        assert len(re.findall("<h2", text)) == (0 if unread else len(sheet.asked))
        assert not re.search(r"<script|<img|https?://[^\"<]*\.(js|css)", text)
        assert len(set(re.findall(r'\bid="([^"]+)"', text))) == len(re.findall(r'\bid="', text))


def test_no_page_holds_a_key(sheet: Sheet, pages: dict[str, str]) -> None:
    """The blank notebook's page holds nothing from the answers at all."""
    for text in pages.values():
        for word in ("HIDDEN", "award(", "Traceback", "expected", "rubric"):
            assert word not in text
    blank = pages["edited_check"]
    for asked in sheet.asked:
        key = sheet.compiled(asked).question.key
        said: list[str] = []
        if isinstance(key, ChoiceKey):
            said = [r.reply for r in key.replies.values()]
        elif isinstance(key, NumberKey):
            said = [key.why, key.otherwise, *[m.reply.reply for m in key.mistakes]]
        elif isinstance(key, FunctionKey):
            said = [key.why, key.otherwise, *[r.reply for r in key.beliefs.values()]]
        elif isinstance(key, TextKey):
            said = [key.model, *[level for c in key.rubric for level in c.levels]]
        assert not [s for s in said if len(s) > 20 and s in blank]


def test_only_the_reply_to_the_chosen_option_is_told(sheet: Sheet, pages: dict[str, str]) -> None:
    for asked in sheet.of_kind("choice"):
        key = sheet.compiled(asked).question.key
        assert isinstance(key, ChoiceKey)
        told = [letter for letter, r in key.replies.items() if r.reply in _plain(pages["right"])]
        assert told == [key.right]


def _plain(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_it_says_what_waits_and_what_was_repaired(sheet: Sheet, pages: dict[str, str]) -> None:
    by_hand = sheet.of_kind("text")[0].label
    assert f"A person still has to look at {by_hand}" not in pages["edited_check"]
    assert f"A person still has to look at {by_hand}" in pages["right"]
    assert "Question 1: its answer cell was missing" in pages["deleted_cell"]
    assert "could not be read" in pages["not_json"]
    assert "There is no 06_counting_units.ipynb" in pages["missing_file"]
    assert "Your answer could not be run: this cell ended the program" in pages["exits"]


def test_a_learners_text_stays_text() -> None:
    shown = _markdown("# Big\n<script>alert(1)</script> ![x](http://a.b/c.png) [a](javascript:x)")
    assert "<script" not in shown
    assert "<img" not in shown
    assert "javascript:x" not in re.findall(r'href="([^"]*)"', shown)
    assert "<h3>" in shown


def test_a_page_is_made_without_nbgrader(sample_class: Any, automatic: float, whole: float) -> None:
    text = page(outcome_of(sample_class.folder, LESSON, "right"))
    assert f'<p class="total">{automatic:g} of {whole:g} points</p>' in text


def test_colours_have_contrast() -> None:
    """Every text colour on every ground it stands on: at least 4.5 to 1."""
    template = Path("course/grading/feedback.html.j2")
    css = (Path(__file__).parents[2] / template).read_text(encoding="utf-8")
    themes = re.findall(r"--text: (#\w+); --page: (#\w+); --soft: (#\w+);.*?--link: (#\w+)", css)
    assert len(themes) == 2
    for text, ground, soft, link in themes:
        for front in (text, link):
            for back in (ground, soft):
                assert _contrast(front, back) >= 4.5


def _contrast(front: str, back: str) -> float:
    lights = sorted((_light(front), _light(back)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_every_behaviour_has_one_sentence() -> None:
    assert len({b.name for b in BEHAVIOURS}) == len(BEHAVIOURS) >= 18
    assert all(b.does and not b.does.endswith(".") for b in BEHAVIOURS)


def test_a_sum_that_a_notebook_shields_is_a_plain_sum_here() -> None:
    assert str(_markdown(sums_as_text("From $3 to $4."))) == "<p>From $3 to $4.</p>\n"
