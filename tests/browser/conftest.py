"""A real browser and a real JupyterLab. Without Chromium the tests are skipped and say so."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
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
TOKEN = "only-for-this-test"


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
    """A running JupyterLab."""

    port: int
    folder: Path

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}{'&' if '?' in path else '?'}token={TOKEN}"


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Callable[..., Lab]]:
    """Starts JupyterLab the way ``course.start`` does, and stops it afterwards."""
    running: list[subprocess.Popen[bytes]] = []

    def start(call: str, folder: Path) -> Lab:
        port = _free_port()
        log = (tmp_path / f"lab-{port}.log").open("wb")
        code = f"from pathlib import Path; from course import start; start.{call}"
        running.append(
            subprocess.Popen(
                [sys.executable, "-c", code.format(folder=str(folder), port=port)],
                stdout=log, stderr=log, start_new_session=True,
                env={**os.environ, "JUPYTER_TOKEN": TOKEN},
            )
        )  # fmt: skip
        _wait_for(f"http://127.0.0.1:{port}/api/status?token={TOKEN}", Path(log.name))
        return Lab(port, folder)

    yield start
    for process in running:
        os.killpg(process.pid, 15)
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                json.load(answer)
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text(encoding='utf-8')[-2000:]}")
