"""What most tests share: the course as it stands, and the template to break or build."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml

from course.publish.assemble import Lesson, assemble
from course.publish.build import learners_bank_page, read_course
from course.publish.execute import executed
from course.publish.new_lesson import FILES, TEMPLATE
from course.publish.notebook import instructors_notebook
from course.publish.release import ROOT, learners_notebook
from course.publish.wheel import learners_files
from course.sources.models import Sources, load_sources

CANARY = "CANARY-7f3a"
"""Stands in every secret of ``built_template`` and nowhere else."""


@dataclass(frozen=True)
class Built:
    """What is made of one lesson: its source notebook, its release, its page of the bank."""

    source: str
    release: str
    bank: str


@pytest.fixture(scope="session")
def course() -> tuple[Sources, list[Lesson]]:
    """The sources and every lesson of the repository."""
    return read_course()


@pytest.fixture(scope="session")
def sources() -> Sources:
    return load_sources()


@pytest.fixture(scope="session")
def lessons(course: tuple[Sources, list[Lesson]]) -> list[Lesson]:
    return course[1]


@pytest.fixture(scope="session")
def template(sources: Sources) -> Lesson:
    """The lesson that shows how to write one: every kind of question, practice and graded."""
    return assemble(TEMPLATE, sources)


@pytest.fixture
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def small_lesson(tmp_path: Path) -> Path:
    """A folder with a copy of the template, to be broken."""
    return _copy(tmp_path / "90_small_lesson")


def _copy(folder: Path) -> Path:
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes((TEMPLATE / name).read_bytes())
    return folder


@pytest.fixture(scope="session")
def build_whole(
    tmp_path_factory: pytest.TempPathFactory, sources: Sources
) -> Callable[[Path], Built]:
    """A function that builds the lesson in a folder and runs it, its own questions in the bank."""

    def built(folder: Path) -> Built:
        lesson = assemble(folder, sources)
        bank = learners_bank_page(lesson)
        place = tmp_path_factory.mktemp("learner")
        for file in learners_files():
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_bytes((ROOT / file).read_bytes())
        page = place / "course" / "questions" / "bank" / f"{lesson.slug}.json"
        page.write_text(bank, encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONPATH", str(place), prepend=os.pathsep)
            source = nbformat.writes(executed(instructors_notebook(lesson, sources), lesson.slug))
            release = learners_notebook(nbformat.reads(source, 4), lesson.slug)
        return Built(source, nbformat.writes(release), bank)

    return built


@pytest.fixture(scope="session")
def template_with_canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the template, a canary in every secret."""
    folder = _copy(tmp_path_factory.mktemp("template") / "90_small_lesson")
    answers = yaml.safe_load((folder / "answers.yaml").read_text(encoding="utf-8"))
    marked = yaml.safe_dump(_with_canary(answers), allow_unicode=True, sort_keys=False)
    (folder / "answers.yaml").write_text(marked, encoding="utf-8")
    solutions = (folder / "solutions.py").read_text(encoding="utf-8")
    solutions = re.sub(r"(?m)^    return", f"    # {CANARY}\n    return", solutions)
    (folder / "solutions.py").write_text(solutions, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built_template(template_with_canary: Path, build_whole: Callable[[Path], Built]) -> Built:
    """The template built and run once, for all tests that only look; a canary in every secret."""
    return build_whole(template_with_canary)


_SECRETS = ("belief", "reply", "why", "otherwise", "model", "levels")


def _with_canary(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _with_canary(entry, key) for key, entry in value.items()}
    if isinstance(value, list):
        return [_with_canary(entry, name) for entry in value]
    return f"{CANARY} {value}" if name in _SECRETS and isinstance(value, str) else value
