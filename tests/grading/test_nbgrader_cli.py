"""Plain nbgrader, from its own command line: the source earns full marks, the release none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from course.grading.demo import LESSON
from course.grading.gradebook import open_gradebook
from course.grading.register import register
from course.publish.release import ROOT


def nbgrader(folder: Path, *words: str) -> None:
    programs = Path(sys.prefix) / "bin"
    env = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    ran = subprocess.run(
        [str(programs / "nbgrader"), *words], cwd=folder, env=env, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr[-3000:]


def hand_in_both(folder: Path, source: str) -> None:
    for learner, part in (("full", source), ("none", "release")):
        place = folder / "submitted" / learner / LESSON
        place.mkdir(parents=True)
        shutil.copy(folder / part / LESSON / f"{LESSON}.ipynb", place)


def scores(folder: Path) -> dict[str, float]:
    with open_gradebook(folder) as book:
        return {s.student.id: s.score for s in book.find_assignment(LESSON).submissions}


def test_with_this_courses_settings(fresh_course: Path, automatic: float, whole: float) -> None:
    register(LESSON, fresh_course)
    hand_in_both(fresh_course, "source_notebooks")
    nbgrader(fresh_course, "autograde", LESSON)
    assert scores(fresh_course) == {"full": automatic, "none": 0.0}
    nbgrader(fresh_course, "generate_feedback", LESSON)
    page = fresh_course / "feedback" / "full" / LESSON / f"{LESSON}.html"
    assert f"{automatic:g} of {whole:g} points" in page.read_text(encoding="utf-8")


def test_with_a_stock_configuration(tmp_path: Path, automatic: float) -> None:
    """No file of ours but the source notebook and the learners' package."""
    place = tmp_path / "source" / LESSON
    place.mkdir(parents=True)
    shutil.copy(ROOT / "source_notebooks" / LESSON / f"{LESSON}.ipynb", place)
    (tmp_path / "nbgrader_config.py").write_text("", encoding="utf-8")
    nbgrader(tmp_path, "generate_assignment", LESSON)
    hand_in_both(tmp_path, "source")
    nbgrader(tmp_path, "autograde", LESSON)
    assert scores(tmp_path) == {"full": automatic, "none": 0.0}
