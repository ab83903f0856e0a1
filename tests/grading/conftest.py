"""A sample class, graded once for all tests that only look; and fresh course folders."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from course.grading.batch import Graded, grade
from course.grading.behaviours import BEHAVIOURS, HandedIn, Sheet
from course.grading.demo import LESSON, course_folder, make_class
from course.grading.gradebook import open_gradebook
from course.grading.released import read_release
from course.grading.rubric import compiled_lesson
from course.publish.release import ROOT

TEN_BROKEN = (
    "not_json", "empty_file", "latin_1", "other_format", "missing_file",
    "wrong_file_name", "huge_outputs", "deleted_cell", "copied_cell", "edited_check",
)  # fmt: skip
MakeClass = Callable[..., dict[str, HandedIn]]
OTHERS = ("right", "half_table", "exits", "written_answer_only", "wrong_number")


@dataclass(frozen=True)
class SampleClass:
    folder: Path
    handed_in: dict[str, HandedIn]
    rows: dict[str, Graded]
    broken: tuple[str, ...] = TEN_BROKEN
    others: tuple[str, ...] = OTHERS


@pytest.fixture(scope="session")
def sample_class(tmp_path_factory: pytest.TempPathFactory, a_class: MakeClass) -> SampleClass:
    """Fifteen learners, graded in one go. Look, don't touch."""
    folder = tmp_path_factory.mktemp("class") / "course"
    some = tuple(b for b in BEHAVIOURS if b.name in (*TEN_BROKEN, *OTHERS))
    handed_in = a_class(folder, behaviours=some)
    rows = grade(LESSON, folder, seconds_a_cell=5)
    return SampleClass(folder, handed_in, {row.learner: row for row in rows})


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: nbgrader starts a program for each new one."""
    folder = course_folder(tmp_path_factory.mktemp("gradebook"))
    with open_gradebook(folder):
        return folder / "gradebook.db"


@pytest.fixture(scope="session")
def a_class(empty_gradebook: Path) -> MakeClass:
    """``make_class``, with a gradebook that is there already."""

    def made(folder: Path, *arguments: Any, **options: Any) -> dict[str, HandedIn]:
        handed_in = make_class(folder, *arguments, **options)
        shutil.copy(empty_gradebook, folder)
        return handed_in

    return made


@pytest.fixture
def fresh_course(tmp_path: Path, empty_gradebook: Path) -> Path:
    """A course folder with one lesson and nobody's submission."""
    folder = course_folder(tmp_path / "course", LESSON)
    shutil.copy(empty_gradebook, folder)
    return folder


@pytest.fixture
def sheet() -> Sheet:
    """The lesson's release, with its answers at hand."""
    lesson = compiled_lesson(None, LESSON)
    assert lesson is not None
    return Sheet(read_release(ROOT, LESSON), lesson)


@pytest.fixture
def automatic(sheet: Sheet) -> float:
    """Points that need no person."""
    return sum(sheet.full().values())


@pytest.fixture
def whole(sheet: Sheet) -> float:
    """All points of the lesson."""
    return sum(asked.points for asked in sheet.asked)


@pytest.fixture
def released() -> NotebookNode:
    return read_release(ROOT, LESSON)
