"""The main road in a real JupyterLab: open, answer, run, save, hand in, autograde in Formgrader,
mark by hand, read the feedback."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from course.grading.batch import grade
from course.grading.hand_in import hand_in
from course.grading.register import register
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser
LESSON = "06_counting_units"
SCROLLER = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"


def cell(page: Page, text: str) -> Locator:
    """The cell that holds ``text``, scrolled into view: JupyterLab draws only what is near."""
    found = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell", has_text=text).first
    for _ in range(60):
        if found.count() and found.is_visible():
            found.scroll_into_view_if_needed()
            return found
        page.locator(SCROLLER).evaluate("e => e.scrollBy(0, 500)")
        page.wait_for_timeout(150)
    raise AssertionError(f"no cell holds {text!r}")


def answer(page: Page, variable: str, line: str) -> None:
    """Type ``line`` over the answer cell, run it, run the check under it."""
    cell(page, f"{variable} = None").locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(line)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")


def to_the_top(page: Page) -> None:
    page.locator(SCROLLER).evaluate("e => e.scrollTo(0, 0)")
    page.wait_for_timeout(300)


@pytest.fixture
def course_folder(tmp_path: Path, root: Path) -> Path:
    folder = tmp_path / "course"
    for name in ("source_notebooks", "release"):
        shutil.copytree(root / name, folder / name)
    for name in ("grader_config.py", "nbgrader_config.py"):
        shutil.copy(root / name, folder / name)
    return folder


def test_from_the_first_page_to_the_feedback(
    browser_page: Callable[[], Page],
    lab: Callable[..., Lab],
    tmp_path: Path,
    course_folder: Path,
) -> None:
    notebook = learn(browser_page(), lab, tmp_path / "work")
    hand_in(notebook, LESSON, "maria", course_folder)
    register(LESSON, course_folder)
    mark(browser_page(), lab, course_folder)
    grade(LESSON, course_folder)
    read_feedback(browser_page(), course_folder / "feedback" / "maria" / LESSON / f"{LESSON}.html")


def learn(page: Page, lab: Callable[..., Lab], work: Path) -> Path:
    """Open the lesson from the first page, answer three questions, save."""
    started = lab("learner(browser=False, work=Path({folder!r}))", work)
    page.goto(started.first + "&reset")
    page.get_by_role("link", name="06 Counting units").click(timeout=60_000)
    expect(page.locator(".jp-NotebookPanel h1")).to_contain_text("Counting units", timeout=60_000)
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)

    answer(page, "answer_minutes_that_go_in", "answer_minutes_that_go_in = “c”")
    expect(cell(page, 'check("minutes-that-go-in")')).to_contain_text("Kept", timeout=30_000)
    answer(page, "answer_units_of_this_session", "answer_units_of_this_session = 5 units")
    expect(cell(page, 'check("units-of-this-session")')).to_contain_text("as 5 units")

    written = cell(page, "A colleague writes").locator(
        "xpath=following-sibling::div[contains(@class, 'jp-Cell')][1]"
    )
    written.locator(".jp-RenderedMarkdown").dblclick()
    written.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Her session earns NMR 2 and MANUAL 1, because 38 minutes are 3 units.")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Control+S")

    notebook = work / LESSON / f"{LESSON}.ipynb"
    end = time.monotonic() + 20
    while "38 minutes are 3 units" not in notebook.read_text(encoding="utf-8"):
        assert time.monotonic() < end, "the notebook was not saved"
        time.sleep(0.3)
    return notebook


def mark(page: Page, lab: Callable[..., Lab], course_folder: Path) -> None:
    """Autograde in Formgrader, then give points for the written answer, rubric in view."""
    started = lab("instructor(browser=False, course=Path({folder!r}))", course_folder)
    page.goto(started.first + "&reset")
    page.get_by_role("link", name="Manage Assignments").first.click()
    page.goto(started.url(f"/formgrader/manage_submissions/{LESSON}"))
    row = page.locator("tr", has_text="maria")
    row.locator(".autograde a").click(timeout=20_000)
    expect(page.locator(".modal-body")).to_contain_text("Successfully autograded", timeout=90_000)

    page.goto(started.url(f"/formgrader/gradebook/{LESSON}/{LESSON}"))
    # What is typed before the stored grades and comments have arrived would be overwritten.
    with (
        page.expect_response("**/api/grades*"),
        page.expect_response("**/api/comments*"),
    ):
        page.locator("a", has_text="Submission #1").click(timeout=30_000)
    expect(page.get_by_text("For the marker", exact=False).first).to_be_visible(timeout=30_000)
    expect(page.locator("body")).to_contain_text("MANUAL 1")
    page.wait_for_load_state("networkidle")
    with page.expect_response("**/api/grade/*"):
        given = page.locator("input.score").last
        given.fill("3.5")
        given.press("Tab")
    with page.expect_response("**/api/comment/*"):
        comment = page.locator("textarea.comment").last
        comment.fill("Well counted. Name the payer too.")
        comment.press("Tab")


def read_feedback(page: Page, feedback: Path) -> None:
    """The page tells points, belief, comment; it passes axe; it gives nothing else away."""
    page.goto(feedback.as_uri())
    body = page.locator("body")
    expect(body).to_contain_text("Well counted. Name the payer too.")
    expect(body).to_contain_text("3.5 of 4 points")
    expect(body).to_contain_text("every line is rounded up to a unit")
    for secret in ("BEGIN HIDDEN", "Traceback", "names no payer", "award("):
        assert secret not in page.content()
    found = Axe().run(page)
    assert found["violations"] == []


def test_every_lesson_opens_runs_and_fits_the_window(
    browser_page: Callable[[], Page], lab: Callable[..., Lab], tmp_path: Path, root: Path
) -> None:
    started = lab("learner(browser=False, work=Path({folder!r}))", tmp_path / "work")
    for lesson in sorted(p.name for p in (root / "release").iterdir()):
        page = browser_page()
        page.goto(started.url(f"/lab/tree/{lesson}/{lesson}.ipynb?reset"))
        expect(page.locator(".jp-NotebookPanel h1").first).to_be_visible(timeout=60_000)
        expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)
        page.locator('.lm-MenuBar-item:has-text("Run")').click()
        page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
        # The list of graded questions is made by the last cell, so all the others have run.
        expect(cell(page, "ready(")).to_contain_text("Question 1:", timeout=60_000)
        expect(page.locator(".jp-Dialog")).to_have_count(0)
        to_the_top(page)
        height = page.locator(SCROLLER).evaluate("e => e.scrollHeight")
        for top in range(0, int(height), 700):
            page.locator(SCROLLER).evaluate("(e, top) => e.scrollTo(0, top)", top)
            page.wait_for_timeout(120)
            assert page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').count() == 0
            assert page.locator(".jp-RenderedText pre:has-text('Traceback')").count() == 0
            wide = page.locator(".jp-OutputArea-output, .jp-RenderedMarkdown").evaluate_all(
                "all => all.filter(e => e.scrollWidth > e.clientWidth + 2).map(e => e.innerText)"
            )
            assert wide == [], lesson
        page.close()
