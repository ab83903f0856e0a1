"""Draws docs/lesson.png anew: lesson 06 in JupyterLab, as a learner sees it. Needs Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

PORT, TOKEN, LESSON = 8977, "only-for-a-picture", "06_counting_units"
HERE = Path(__file__).resolve().parent


def main() -> None:
    """Start the course in a temporary folder, run the lesson, take the picture."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("Chromium is not on the PATH. Install it and try again.")
    with tempfile.TemporaryDirectory() as work:
        code = (
            "from pathlib import Path; from course import start; "
            f"start.learner(browser=False, port={PORT}, work=Path({work!r}))"
        )
        lab = subprocess.Popen(
            [sys.executable, "-c", code], env={**os.environ, "JUPYTER_TOKEN": TOKEN}
        )
        try:
            time.sleep(8)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox"]
                )
                take(browser.new_page(viewport={"width": 1250, "height": 1020}))
        finally:
            lab.terminate()
            lab.wait()


def take(page: Page) -> None:
    """Write docs/lesson.png."""
    page.goto(f"http://127.0.0.1:{PORT}/lab/tree/{LESSON}/{LESSON}.ipynb?token={TOKEN}&reset")
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    page.locator('.lm-MenuBar-item:has-text("Run")').click()
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
    page.wait_for_timeout(8000)
    page.keyboard.press("Control+B")
    question = near(page, 'check("guess-the-generous-rule"')
    question.locator("input[type=radio]").nth(1).click()
    near(page, "explore_rules()")
    near(page, "Take every session of two codes").evaluate(
        "e => e.scrollIntoView({block: 'start'})"
    )
    page.wait_for_timeout(1500)
    page.screenshot(path=HERE / "lesson.png")


def near(page: Page, text: str) -> Locator:
    """The cell that holds ``text``; the notebook is scrolled until it is drawn."""
    scroller = page.locator(".jp-WindowedPanel-outer").last
    scroller.evaluate("e => e.scrollTo(0, 0)")
    found = page.locator(".jp-Cell", has_text=text).first
    while not found.count():
        scroller.evaluate("e => e.scrollBy(0, 400)")
        page.wait_for_timeout(150)
    return found


if __name__ == "__main__":
    main()
