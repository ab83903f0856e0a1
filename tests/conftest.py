"""What most tests share: the course as it stands, and a small lesson to break or build."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.publish.assemble import Lesson
from course.publish.build import read_course
from course.publish.release import ROOT
from course.sources.models import Sources

SMALL_LESSON = Path(__file__).parent / "publish" / "small_lesson"


@pytest.fixture(scope="session")
def course() -> tuple[Sources, list[Lesson]]:
    """The sources and every lesson of the repository."""
    return read_course()


@pytest.fixture(scope="session")
def sources(course: tuple[Sources, list[Lesson]]) -> Sources:
    return course[0]


@pytest.fixture(scope="session")
def lessons(course: tuple[Sources, list[Lesson]]) -> list[Lesson]:
    return course[1]


@pytest.fixture
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def small_lesson(tmp_path: Path) -> Path:
    """A folder with a copy of the small lesson: every kind of question, practice and graded."""
    folder = tmp_path / "90_small_lesson"
    folder.mkdir()
    for file in SMALL_LESSON.iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    return folder
