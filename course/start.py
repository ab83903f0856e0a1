"""Opening the course in JupyterLab: for a learner in ``work/``, for an instructor in Formgrader.

Everything JupyterLab keeps (settings, trust, tokens) stays inside the environment's own folder, so
that nothing of the machine's other Jupyter is read or changed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

from course.publish.release import ROOT
from course.publish.whole_files import write_whole

# No pop-up about news at first start; Markdown opens as a page, not as text to edit.
_SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyterlab/docmanager-extension/plugin.jupyterlab-settings": {
        "defaultViewers": {"markdown": "Markdown Preview"}
    },
}


@dataclass(frozen=True)
class Lessons:
    """What ``copy_lessons`` found: copied now, kept, and kept although a newer one exists."""

    copied: list[str]
    kept: list[str]
    older: list[str]


def copy_lessons(work: Path, release: Path = ROOT / "release") -> Lessons:
    """Copy the lessons that are missing in ``work``; never touch one that is there."""
    found = Lessons([], [], [])
    for book in sorted(release.glob("*/*.ipynb")):
        slug = book.parent.name
        mine = work / slug / book.name
        if not mine.exists():
            write_whole(mine, book.read_bytes())
            found.copied.append(slug)
        elif _version(mine) != _version(book):
            found.older.append(slug)
        else:
            found.kept.append(slug)
    return found


def _version(book: Path) -> str:
    try:
        return str(json.loads(book.read_text(encoding="utf-8"))["metadata"]["course"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return "unreadable"


def first_page(release: Path = ROOT / "release") -> str:
    """The page that lists the lessons, as Markdown."""
    lines = [
        "# Neuromuscular re-education: the course",
        "",
        "Click a lesson to open it. Begin at the top: the first one is short and shows how "
        "everything works. Your answers are saved in your own copy.",
        "",
        "| lesson | minutes | questions |",
        "|---|---|---|",
    ]
    for path in sorted(release.glob("*/*.ipynb")):
        book = json.loads(path.read_text(encoding="utf-8"))
        about = book["metadata"]["course"]
        slug = about["lesson"]
        asked = {
            cell["metadata"]["course"]["question"]: cell["metadata"]["course"]["use"]
            for cell in book["cells"]
            if "question" in cell["metadata"].get("course", {})
        }
        graded = sum(use == "graded" for use in asked.values())
        lines.append(
            f"| [{slug[:2]} {about['title']}]({slug}/{slug}.ipynb) | about {about['minutes']} | "
            f"{len(asked) - graded} practice, {graded} graded |"
        )
    lines += [
        "",
        "US Medicare rules are explained here as teaching material, not as legal advice.",
    ]
    return "\n".join(lines) + "\n"


def learner(
    *,
    browser: bool = True,
    port: int = 0,
    work: Path = ROOT / "work",
    say: Callable[[str], None] = print,
) -> int:
    """Copy what is missing into ``work`` and open JupyterLab on the first page."""
    home = _home("learner", nbgrader=False)
    lessons = copy_lessons(work)
    for slug in lessons.copied:
        say(f"copied {slug} into work/")
    for slug in lessons.older:
        say(
            f"{slug} has a newer version. Yours is kept. To begin afresh, rename the folder "
            f"work/{slug} and start again."
        )
    (work / "index.md").write_text(first_page(), encoding="utf-8")
    _trust(sorted(work.glob("*/*.ipynb")), home)
    return _lab(work, "/lab/tree/index.md", home, browser=browser, port=port)


def instructor(*, browser: bool = True, port: int = 0, course: Path = ROOT) -> int:
    """Open Formgrader for the course that stands in ``course``."""
    return _lab(
        course, "/formgrader", _home("instructor", nbgrader=True), browser=browser, port=port
    )


def _home(name: str, *, nbgrader: bool) -> Path:
    """A folder inside the environment for all that Jupyter wants to remember."""
    home = Path(sys.prefix) / "jupyter" / name
    for file, setting in _SETTINGS.items():
        path = home / "settings" / file
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(setting), encoding="utf-8")
    if not nbgrader:
        # A learner needs neither the instructor's menu nor the exchange it looks for.
        page = home / "config" / "labconfig" / "page_config.json"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            json.dumps({"disabledExtensions": {"@jupyter/nbgrader": True}}), encoding="utf-8"
        )
    return home


def environment(home: Path) -> dict[str, str]:
    """Environment variables under which Jupyter stays inside ``home``."""
    return {
        **os.environ,
        "PATH": str(Path(sys.executable).parent) + os.pathsep + os.environ.get("PATH", ""),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
    }


def _trust(books: list[Path], home: Path) -> None:
    """Mark our own copies as trusted, so that their figures show before a cell is run."""
    data = home / "data"
    data.mkdir(parents=True, exist_ok=True)
    notary = NotebookNotary(data_dir=str(data))
    for path in books:
        try:
            notary.sign(nbformat.read(path, as_version=4))
        except Exception:
            # A notebook that cannot be read is the learner's to open and see; not our concern here.
            continue


def _lab(folder: Path, url: str, home: Path, *, browser: bool, port: int) -> int:
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port or 8888}",
        "--ServerApp.port_retries=50",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url={url}",
        f"--ServerApp.open_browser={browser}",
        # Formgrader's pages would set the login for themselves alone, and find nothing when asked
        # for data: nbgrader hands jupyter_server an empty base address.
        "--IdentityProvider.cookie_options={'path': '/'}",
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]
    with_home = environment(home)
    if os.name == "posix":
        # JupyterLab takes this process's place, so that whoever stops one stops the other.
        os.chdir(folder)
        os.execve(sys.executable, command, with_home)
    try:
        return subprocess.run(command, env=with_home, cwd=folder, check=False).returncode
    except KeyboardInterrupt:
        return 0
