"""Every lesson is complete: one title, minutes, objectives that are served, figures with words."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from course.publish.assemble import Lesson, assemble
from course.publish.build import build, freshness, read_course
from course.publish.inspection import inspect
from course.publish.lesson_text import Code, Prose
from course.publish.lessons_page import PAGE
from course.publish.new_lesson import TEMPLATE
from course.publish.release import ROOT
from course.sources.models import Sources
from tests.conftest import Built

SOURCES, LESSONS = read_course()
# The template keeps the rules that it teaches.
by_slug = pytest.mark.parametrize(
    "lesson", [*LESSONS, assemble(TEMPLATE, SOURCES)], ids=lambda lesson: lesson.slug
)


@pytest.fixture
def released_cells(lesson: Lesson, request: pytest.FixtureRequest) -> list[dict[str, object]]:
    if lesson.text.file.parent == TEMPLATE:
        built: Built = request.getfixturevalue("built_template")
        return list(json.loads(built.release)["cells"])
    path = ROOT / "release" / lesson.slug / f"{lesson.slug}.ipynb"
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def prose(lesson: Lesson) -> str:
    asked = "\n".join(a.block.prompt for a in lesson.asked.values())
    return "\n".join(b.text for b in lesson.text.blocks if isinstance(b, Prose)) + asked


@by_slug
def test_a_lesson_says_its_title_once_its_minutes_and_what_one_can_do_after_it(
    lesson: Lesson, released_cells: list[dict[str, object]]
) -> None:
    first = "".join(released_cells[0]["source"])  # type: ignore[arg-type]
    assert first.startswith(f"# {lesson.text.title}\n")
    assert f"About {lesson.text.about.minutes} minutes" in first
    assert all(objective in first for objective in lesson.text.about.objectives.values())


@by_slug
def test_every_objective_is_served_by_a_question(lesson: Lesson) -> None:
    served = {a.question.objective for a in lesson.asked.values()}
    assert served == set(lesson.text.about.objectives)


@by_slug
def test_every_figure_has_alternative_text_a_caption_and_prose_under_it(
    lesson: Lesson, released_cells: list[dict[str, object]]
) -> None:
    cells = released_cells
    for index, cell in enumerate(cells):
        html = "".join(
            "".join(o.get("data", {}).get("text/html", ""))
            for o in cell.get("outputs", [])  # type: ignore[attr-defined]
        )
        for tag in re.findall(r"<img[^>]*>", html):
            assert re.search(r'alt="[^"]{40,}"', tag)
            assert "<figcaption" in html
            assert cells[index + 1]["cell_type"] == "markdown"


@by_slug
def test_a_learners_cell_is_short(lesson: Lesson) -> None:
    for block in lesson.text.blocks:
        if isinstance(block, Code):
            lines = block.text.removeprefix("# NBVAL_CHECK_OUTPUT\n").split("\n")
            assert len(lines) <= 4
            assert max(map(len, lines)) <= 88


@by_slug
def test_every_printed_number_is_compared_with_what_was_printed(lesson: Lesson) -> None:
    for block in lesson.text.blocks:
        if isinstance(block, Code) and re.search(r"print\(.*\d", block.text):
            assert block.text.startswith("# NBVAL_CHECK_OUTPUT\n")


@by_slug
def test_prose_is_quiet(lesson: Lesson) -> None:
    text = prose(lesson)
    assert "!" not in re.sub(r"`[^`]*`", "", text)
    assert not re.search(r"\b(simply|as we know|obviously|of course)\b", text, re.IGNORECASE)


@by_slug
def test_at_least_half_of_the_points_ask_to_apply_or_more(lesson: Lesson) -> None:
    graded = [a.question for a in lesson.asked.values() if a.question.points]
    high = [q for q in graded if q.level in ("apply", "analyse", "evaluate", "create")]
    assert len(high) * 2 >= len(graded)


def tracks() -> dict[str, tuple[list[str], list[str]]]:
    """By reader, as lesson 00 tells it: the numbers to read, and all others in the row."""
    start = next(lesson for lesson in LESSONS if lesson.slug == "00_start_here")
    row = r"(?m)^\| ([a-z][^|]+) \| (\d[^|]*) \|([^|]*)\|([^|]*)\|$"
    return {
        reader: (re.findall(r"\d\d", read), re.findall(r"\d\d", skipped + further))
        for reader, read, skipped, further in re.findall(row, prose(start))
    }


def test_every_reader_finds_every_lesson_once() -> None:
    assert len(tracks()) == 3
    after_the_first = sorted(lesson.slug[:2] for lesson in LESSONS)[1:]
    for reader, (read, others) in tracks().items():
        assert sorted(read + others) == after_the_first, reader


def test_what_a_reader_is_told_to_read_needs_nothing_that_may_be_skipped() -> None:
    needs = {x.slug[:2]: {needed[:2] for needed in x.text.about.needs} for x in LESSONS}
    for reader, (read, _) in tracks().items():
        assert read == sorted(read), reader
        for number in read:
            assert needs[number] <= {"00", *read}, (reader, number)


def test_the_key_of_a_choice_changes_its_place() -> None:
    keys = Counter(
        a.question.key.right  # type: ignore[union-attr]
        for lesson in LESSONS
        for a in lesson.asked.values()
        if a.question.kind == "choice"
    )
    assert len(keys) == 4
    assert max(keys.values()) <= 0.5 * sum(keys.values())


def test_nothing_is_wrong_with_the_course_as_it_stands(
    sources: Sources, lessons: list[Lesson]
) -> None:
    assert inspect(sources, lessons).faults == []


def test_checking_one_lesson_says_nothing_of_the_others(
    sources: Sources, lessons: list[Lesson]
) -> None:
    for lesson in lessons:
        assert freshness(sources, [lesson], notebooks=False).stale == []


def test_a_built_file_of_no_lesson_is_left_over(
    sources: Sources, lessons: list[Lesson], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, *rest = lessons
    monkeypatch.setattr(
        "course.publish.build.lesson_folders", lambda: [x.text.file.parent for x in rest]
    )
    stale = freshness(sources, rest, notebooks=False).stale
    assert set(stale) == {Path(f"course/questions/bank/{gone.slug}.json"), PAGE}


def test_every_lesson_has_both_notebooks(root: Path) -> None:
    for folder in ("source_notebooks", "release"):
        assert {p.stem for p in (root / folder).glob("*/*.ipynb")} == {x.slug for x in LESSONS}


def test_building_everything_removes_what_no_lesson_is_built_from_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "course" / "questions" / "bank" / "77_gone.json"
    gone.parent.mkdir(parents=True)
    gone.write_text("{}")
    monkeypatch.setattr("course.publish.build.ROOT", tmp_path)
    monkeypatch.setattr("course.publish.build.read_course", lambda: (None, []))
    monkeypatch.setattr("course.publish.build.light_files", lambda *_: {})
    said: list[str] = []
    assert build(say=said.append) == 2
    assert not gone.exists()
    assert (tmp_path / PAGE).exists()
    assert "77_gone" in said[0]
