"""A mistake in a lesson stops the build with file, line, fault and remedy."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import yaml

from course.publish.assemble import assemble
from course.publish.faults import LessonFault
from course.publish.notebook import instructors_notebook
from course.sources.models import Sources

BROKEN: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "broken_lessons.yaml").read_text(encoding="utf-8")
)


def broken(folder: Path, file: str, old: str, new: str) -> Path:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}: the test has nothing to break"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_lesson_stops_with_file_line_fault_and_remedy(
    name: str, small_lesson: Path, sources: Sources
) -> None:
    way = BROKEN[name]
    broken(small_lesson, way["file"], way["replace"], way["by"])
    with pytest.raises(LessonFault) as stopped:
        instructors_notebook(assemble(small_lesson, sources), sources)
    fault = stopped.value
    assert way["says"] in str(fault)
    assert str(fault).startswith(f"90_small_lesson/{fault.file.name}, line {fault.line}: ")
    assert len(fault.remedy) > 5
    assert "\n" not in str(fault)
    line = fault.file.read_text(encoding="utf-8").split("\n")[fault.line - 1]
    assert way.get("points_at", "") in line


def test_a_fault_can_come_from_the_process_that_builds(tmp_path: Path) -> None:
    fault = LessonFault(tmp_path / "lesson.md", 3, "Something is wrong.", "Mend it.")
    again = pickle.loads(pickle.dumps(fault))
    assert str(again) == str(fault)
    assert (again.line, again.remedy) == (3, "Mend it.")


def test_the_unbroken_lesson_is_built(small_lesson: Path, sources: Sources) -> None:
    assert len(instructors_notebook(assemble(small_lesson, sources), sources).cells) > 10


@pytest.mark.parametrize("file", ["lesson.md", "answers.yaml", "solutions.py"])
def test_a_line_lost_or_doubled_is_told_or_does_no_harm(
    file: str, small_lesson: Path, sources: Sources
) -> None:
    """No other exception than a fault: an author never sees a traceback."""
    lines = (small_lesson / file).read_text(encoding="utf-8").split("\n")
    told = 0
    for at in range(3, len(lines), 13):
        for lines_there in ([], [lines[at]] * 2):
            text = "\n".join([*lines[:at], *lines_there, *lines[at + 1 :]])
            (small_lesson / file).write_text(text, encoding="utf-8")
            try:
                assemble(small_lesson, sources)
            except LessonFault:
                told += 1
    assert told >= 1
