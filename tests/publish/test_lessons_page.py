"""The public table of lessons follows from the lessons; run times are told coarsely and stay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course.publish.assemble import Lesson
from course.publish.build import lessons_table
from course.publish.lessons_page import PAGE, SLACK, STEPS, UNKNOWN, lessons_page, run_times, told
from course.publish.reading_load import reading_load


def rows(page: str) -> dict[str, list[str]]:
    """The cells of each row by what stands in the first two places of it."""
    lines = re.findall(r"(?m)^\| ((?:\d\d|all)\b.*) \|$", page)
    split = [[cell.strip() for cell in line.split("|")] for line in lines]
    return {cells[0].split()[0]: cells for cells in split}


def test_the_page_is_what_the_lessons_make_of_it(root: Path, lessons: list[Lesson]) -> None:
    page = (root / PAGE).read_text(encoding="utf-8")
    assert page == lessons_table(lessons, {}), "Run: python -m course build"


def test_every_lesson_has_its_numbers_and_a_run_time(root: Path, lessons: list[Lesson]) -> None:
    found = rows((root / PAGE).read_text(encoding="utf-8"))
    for lesson in lessons:
        name, minutes, words, ease, practice, graded, claims, took = found.pop(lesson.slug[:2])
        load = reading_load(lesson)
        assert name == f"{lesson.slug[:2]} {lesson.text.title}"
        assert (int(minutes), int(words), int(ease)) == (
            load.stated, load.words, round(load.readability.ease),
        )  # fmt: skip
        assert int(practice) + int(graded) == len(lesson.asked)
        assert int(claims) == load.claims
        assert took in STEPS
    assert int(found["all"][1]) == sum(lesson.text.about.minutes for lesson in lessons)


def test_run_times_are_read_back_as_they_were_told(lessons: list[Lesson]) -> None:
    known = {lesson.slug[:2]: list(STEPS)[n % len(STEPS)] for n, lesson in enumerate(lessons)}
    assert run_times(lessons_page(lessons, known)) == known
    assert run_times(lessons_page(lessons, {})) == {}
    assert UNKNOWN in lessons_page(lessons, {})


@pytest.mark.parametrize(
    ("seconds", "step"),
    [(0.0, "under 5 s"), (4.99, "under 5 s"), (5.0, "5 to 10 s"), (19.9, "10 to 20 s"),
     (20.0, "over 20 s"), (900.0, "over 20 s")],
)  # fmt: skip
def test_a_run_time_is_told_by_its_step(seconds: float, step: str) -> None:
    assert told(seconds) == step


@pytest.mark.parametrize("step", STEPS)
def test_what_was_told_stays_until_it_is_plainly_wrong(step: str) -> None:
    low, high = STEPS[step]
    for seconds in (low / SLACK, (low + min(high, 60.0)) / 2, min(high, 60.0) * SLACK - 0.01):
        assert told(seconds, step) == step
    if low:
        assert told(low / SLACK - 0.01, step) != step
    if high < 60:
        assert told(high * SLACK, step) != step


def test_a_lesson_that_was_not_run_keeps_its_run_time(lessons: list[Lesson]) -> None:
    before = run_times(lessons_table(lessons, {}))
    slug = lessons[-1].slug
    after = run_times(lessons_table(lessons, {slug: 500.0}))
    assert after == {**before, slug[:2]: "over 20 s"}
