"""Practice in a real JupyterLab with the keyboard alone; the panels of every kind in a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from course.publish.assemble import AskedQuestion, Lesson
from course.publish.proofs import right_responses, wrong_responses
from course.questions.kinds import (
    ChoiceKey,
    ChoicesKey,
    FunctionForm,
    NumberKey,
    OrderForm,
    OrderKey,
    Question,
    TableForm,
    TableKey,
    learners_bank,
)
from course.questions.panel import as_html
from course.questions.score import Response, Result, score
from tests.browser.conftest import Lab
from tests.browser.test_main_road import SCROLLER, cell

pytestmark = pytest.mark.browser
KINDS = {
    "03_exercise_categories": {"choice", "choices", "match", "order", "number"},
    "06_counting_units": {"table"},
}
"""Whose practice is answered here, and of which kinds."""
FOCUS = "e => e.contains(document.activeElement)"


@pytest.mark.parametrize("lesson", KINDS)
def test_all_practice_of_a_lesson_is_answered_with_the_keyboard_alone(
    lesson: str, browser_page: Callable[[], Page], lab: Callable[..., Lab], tmp_path: Path
) -> None:
    started = lab("learner(browser=False, work=Path({folder!r}))", tmp_path / "work")
    page = browser_page()
    page.goto(started.url(f"/lab/tree/{lesson}/{lesson}.ipynb?reset"))
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)
    asked = [q for q in learners_bank().values() if q.lesson == lesson and q.use == "practice"]
    practice = [q for q in asked if q.kind in KINDS[lesson]]
    assert {q.kind for q in practice} == KINDS[lesson]
    for question in practice:
        form = open_form(page, question)
        letters_do_no_harm(page, form)
        KEYBOARD[question.kind](page, form, question)
        expect(form).to_contain_text(f"Right. ({question.label})", timeout=15_000)
        form.evaluate("e => { e.id = 'tried' }")
        # The round handle of ipywidgets' slider has no name; the box beside it has one.
        found = Axe().run(page, {"include": [["#tried"]], "exclude": [[".noUi-handle"]]})
        assert found["violations"] == [], question.id
        form.evaluate("e => e.removeAttribute('id')")


def open_form(page: Page, question: Question) -> Locator:
    """Run the question's cell and walk into its form with the tabulator."""
    there = cell(page, f'check("{question.id}"')
    there.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    form = there.locator(".course-practice")
    expect(form).to_be_visible(timeout=30_000)
    for _ in range(3):
        # JupyterLab gives the focus back to the cell once it has scrolled to it: a walk that was
        # quicker than that, as no person's is, starts again.
        page.keyboard.press("Escape")
        walk_into(page, form)
        page.wait_for_timeout(700)
        if form.evaluate(FOCUS):
            return form
    raise AssertionError(f"the form of {question.id} cannot be reached with the tabulator")


def walk_into(page: Page, form: Locator) -> None:
    """The tabulator until the focus is in the form, or fifteen times."""
    for _ in range(15):
        page.keyboard.press("Tab")
        page.wait_for_timeout(60)
        if form.evaluate(FOCUS):
            return


def letters_do_no_harm(page: Page, form: Locator) -> None:
    """Letters are commands in JupyterLab: without care, D twice would delete the question."""
    cells = page.locator(SCROLLER).evaluate("e => e.scrollHeight")
    tag = page.evaluate("() => document.activeElement.type || ''")
    if tag not in ("text", "number"):
        page.keyboard.type("ddbx")
        # A list looks for what is typed, blanks included, until a second has passed.
        page.wait_for_timeout(1200)
    expect(form).to_be_visible()
    assert form.evaluate(FOCUS)
    assert page.locator(SCROLLER).evaluate("e => e.scrollHeight") == cells


def by_letter(page: Page, form: Locator, question: Question) -> None:
    assert isinstance(question.key, ChoiceKey)
    letters = list(question.form.options)  # type: ignore[union-attr]
    for _ in range(letters.index(question.key.right)):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")


def by_letters(page: Page, form: Locator, question: Question) -> None:
    assert isinstance(question.key, ChoicesKey)
    for letter in question.form.options:  # type: ignore[union-attr]
        if letter in question.key.right:
            page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def from_menu(page: Page, words: list[str], word: str) -> None:
    """Open the list that has the focus, go down to ``word``, take it."""
    page.keyboard.press("Space")
    page.wait_for_timeout(250)
    for _ in range(words.index(word) + 1):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(40)
    page.keyboard.press("Enter")
    page.wait_for_timeout(250)


def row_by_row(page: Page, form: Locator, question: Question) -> None:
    """Fill in a match or a table, entry by entry; a table has a button at its end."""
    key, table = question.key, question.form
    assert isinstance(key, TableKey)
    assert isinstance(table, TableForm)
    for case in key.rows:
        entries = case.expected if len(table.columns) > 1 else (case.expected,)
        for column, entry in zip(table.columns, entries, strict=True):
            if column.words:
                from_menu(page, list(column.words), entry)
            else:
                page.keyboard.type(f"{entry:g}")
            page.keyboard.press("Tab")
    if question.kind == "table":
        page.keyboard.press("Enter")


def step_by_step(page: Page, form: Locator, question: Question) -> None:
    """Move every text up to its place; the focus follows the text."""
    assert isinstance(question.key, OrderKey)
    assert isinstance(question.form, OrderForm)
    shown = list(question.form.items)
    for place, letter in enumerate(question.key.right):
        up = form.locator("button.practice-up").nth(shown.index(letter))
        while not up.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Tab" if shown.index(letter) >= place else "Shift+Tab")
            focused = form.locator("button:focus, button:focus-visible")
            if focused.count() and focused.inner_text() == "Check this order":
                for _ in range(2 * len(shown)):
                    page.keyboard.press("Shift+Tab")
        for _ in range(shown.index(letter) - place):
            page.keyboard.press("Enter")
            page.wait_for_timeout(300)
        shown.remove(letter)
        shown.insert(place, letter)
    while page.evaluate("() => document.activeElement.textContent") != "Check this order":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def by_number(page: Page, form: Locator, question: Question) -> None:
    assert isinstance(question.key, NumberKey)
    while page.evaluate("() => document.activeElement.tagName") != "INPUT":
        page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type(f"{question.key.value:g}")
    while page.evaluate("() => document.activeElement.tagName") != "BUTTON":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")


KEYBOARD: dict[str, Callable[[Page, Locator, Question], None]] = {
    "choice": by_letter,
    "choices": by_letters,
    "match": row_by_row,
    "order": step_by_step,
    "number": by_number,
    "table": row_by_row,
}


# --- panels -------------------------------------------------------------------------------------


def panels(asked: AskedQuestion) -> dict[str, Result]:
    """One result for each way that an answer can stand, for a question of any kind."""
    question = replace(asked.question, points=2.0)
    if question.kind == "text":
        return {
            "unanswered": score(question, Response("")),
            "waiting": score(question, Response("A sentence or two.")),
        }
    right = next(right_responses(question, asked.answer, asked.solutions))
    wrong = [score(question, r) for r, _ in wrong_responses(question, asked.solutions)]
    results = [score(question, right), *wrong, score(question, Response(scrawl(question))),
               score(question, Response()), score(question.without_key(), right)]  # fmt: skip
    return {result.status: result for result in results}


def scrawl(question: Question) -> Any:
    if isinstance(question.form, FunctionForm | TableForm):
        return ["?"]
    return "nobody knows <b>this</b>"


def test_the_panels_of_every_kind_pass_an_accessibility_check(
    browser_page: Callable[[], Page], lessons: list[Lesson], tmp_path: Path
) -> None:
    asked = [a for lesson in lessons for a in lesson.asked.values()]
    kinds = {a.question.kind: a for a in asked}
    body = ""
    for kind, one in sorted(kinds.items()):
        shown = panels(one)
        if kind != "text":
            assert {"right", "unreadable", "unanswered", "kept"} <= set(shown)
            assert {"wrong", "partly"} & set(shown)
        body += f"<h2>{kind}</h2>"
        for status, result in shown.items():
            marked = status not in ("kept",)
            body += f"<h3>{status}</h3>{as_html(one.question, result, marked=marked)}"
    page_file = tmp_path / "panels.html"
    page_file.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Panels</title>'
        f"<body><main><h1>Panels</h1>{body}</main></body></html>",
        encoding="utf-8",
    )
    page = browser_page()
    page.goto(page_file.as_uri())
    assert page.locator("b").count() == 0, "what was typed is text, never markup"
    assert Axe().run(page)["violations"] == []
    wide = page.locator("main").evaluate("e => e.scrollWidth > e.clientWidth")
    assert not wide
