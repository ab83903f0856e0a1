"""``docs/lessons.md``: what each lesson asks of its reader, in one table.

All of it follows from the lessons but the run time, which is measured when a lesson is built, told
in coarse steps, and kept from the page as it stands otherwise. So the page does not change with
every build.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from course.publish.assemble import Lesson
from course.publish.citations import claims_printed
from course.publish.reading_load import reading_load

PAGE = Path("docs/lessons.md")
"""From the project's folder."""

STEPS = {
    "under 5 s": (0.0, 5.0),
    "5 to 10 s": (5.0, 10.0),
    "10 to 20 s": (10.0, 20.0),
    "over 20 s": (20.0, float("inf")),
}
SLACK = 1.5
"""A run time that is told stays until the time measured lies outside its step by this factor."""
UNKNOWN = "not measured"

_HEAD = """# The lessons in numbers

Made by `python -m course build` from the lessons themselves; never edit it by hand.

| lesson | minutes | words | reading ease | practice | graded | claims | run time |
|---|---|---|---|---|---|---|---|
"""

_FOOT = """
Minutes are stated by each lesson, answering included; `python -m course check` prints the estimate
beside them. Words are those of text, cases and questions. Reading ease is Flesch's: 60 is plain
English, 80 is easy. Claims are those of the two pages that the lesson prints and judges. The run
time is what all cells together compute, the start of Python included, on the machine that built the
lesson last. Which lessons are for whom is told in
[00 Start here](../course/lessons/00_start_here/lesson.md).
"""


def lessons_page(lessons: list[Lesson], run_times: Mapping[str, str]) -> str:
    """The page, with the run time of each lesson as ``run_times`` tells it."""
    rows = []
    totals = [0] * 3
    for lesson in lessons:
        load = reading_load(lesson)
        uses = [asked.question.use for asked in lesson.asked.values()]
        counts = (load.stated, load.words, uses.count("practice"), uses.count("graded"))
        minutes, words, practice, graded = counts
        totals = [sum(pair) for pair in zip(totals, (minutes, practice, graded), strict=True)]
        rows.append(
            f"| {lesson.slug[:2]} {lesson.text.title} | {minutes} | {words} | "
            f"{load.readability.ease:.0f} | {practice} | {graded} | "
            f"{len(claims_printed([lesson]))} | {run_times.get(lesson.slug[:2], UNKNOWN)} |"
        )
    minutes, practice, graded = totals
    rows.append(
        f"| all | {minutes} | | | {practice} | {graded} | {len(claims_printed(lessons))} | |"
    )
    return _HEAD + "\n".join(rows) + "\n" + _FOOT


def run_times(page: str) -> dict[str, str]:
    """The run times that a page tells, by the lesson's number."""
    rows = re.findall(r"(?m)^\| (\d\d) .*\| ([^|]+) \|$", page)
    return {number: told for number, told in rows if told in STEPS}


def told(seconds: float, before: str = UNKNOWN) -> str:
    """A run time in coarse steps; ``before``, what was told last, holds as long as it can."""
    low, high = STEPS.get(before, (0.0, 0.0))
    if low / SLACK <= seconds < high * SLACK:
        return before
    return next(step for step, (_, end) in STEPS.items() if seconds < end)
