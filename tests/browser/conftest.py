"""A real browser and a real JupyterLab. Without Chromium the tests are skipped and say so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def browser_page() -> Iterator[Callable[[], Page]]:
    """Makes pages of a headless Chromium."""
    if CHROMIUM is None:
        reason = "Chromium is not on the PATH: the tests in a browser cannot run"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET + (["--no-sandbox"] if root else [])
        )
        yield lambda: browser.new_page(viewport={"width": 1300, "height": 1000})
        browser.close()


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab, and the address it would have opened in the user's browser."""

    first: str

    def url(self, path: str) -> str:
        """The address of ``path``, token included."""
        host, token = re.fullmatch(r"(http://[^/]+)/.*[?&]token=(\w+)", self.first).groups()  # type: ignore[union-attr]
        return f"{host}{path}{'&' if '?' in path else '?'}token={token}"


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Callable[..., Lab]]:
    """Starts JupyterLab the way ``course.start`` does, and stops it afterwards."""
    running: list[subprocess.Popen[bytes]] = []

    def start(call: str, folder: Path) -> Lab:
        log = tmp_path / f"lab-{len(running)}.log"
        code = f"from pathlib import Path; from course import start; start.{call}"
        with log.open("wb") as written:
            running.append(
                subprocess.Popen(
                    [sys.executable, "-c", code.format(folder=str(folder))],
                    stdout=written,
                    stderr=written,
                    start_new_session=True,
                )
            )
        return Lab(_printed_address(log))

    yield start
    for process in running:
        os.killpg(process.pid, 15)
        process.wait(20)


def _printed_address(log: Path, seconds: float = 60) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = re.search(r"http://127\.0\.0\.1:\d+/\S+token=\w+", log.read_text(encoding="utf-8"))
        if found:
            return found[0]
        time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
