"""Marks as a table for a spreadsheet: one row for each learner who handed in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from nbgrader.api import Assignment

from course.grading.gradebook import open_gradebook
from course.grading.outcome import NotGraded, Outcome, outcome_of
from course.grading.released import asked_in, read_release
from course.publish.release import ROOT
from course.publish.whole_files import write_whole

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(lesson: str, course_folder: Path = ROOT, to: Path | None = None) -> Path:
    """Write the marks of ``lesson`` as CSV and return the file; default ``marks/<lesson>.csv``.

    The file is UTF-8 with a byte-order mark: without it Excel shows names with accents as noise,
    and every other program skips it. A text that a spreadsheet would run as a formula gets an
    apostrophe in front.

    Raises:
        NoRelease: when there is no such lesson.
        NotGraded: when nothing of it is in the gradebook.
    """
    asked = [a for a in asked_in(read_release(course_folder, lesson)) if a.is_graded]
    outcomes = _outcomes(lesson, course_folder)
    if not outcomes:
        raise NotGraded(f"Nobody's {lesson} has been graded yet.")
    page = io.StringIO(newline="")
    table = csv.writer(page)
    names = [f"{a.label}: {a.id} (of {a.points:g})" for a in asked]
    table.writerow(
        [
            "learner",
            "total",
            "maximum",
            "late penalty",
            *names,
            "waits for a person",
            "handed in (UTC)",
            "remark",
        ]
    )
    for outcome in outcomes:
        table.writerow([_safe(value) for value in _row(outcome, [a.id for a in asked])])
    file = to or course_folder / "marks" / f"{lesson}.csv"
    write_whole(file, page.getvalue().encode("utf-8-sig"))
    return file


def _outcomes(lesson: str, course_folder: Path) -> list[Outcome]:
    with open_gradebook(course_folder) as book:
        found = book.db.query(Assignment).filter(Assignment.name == lesson).one_or_none()
        learners = sorted(s.student.id for s in found.submissions) if found else []
    return [outcome_of(course_folder, lesson, learner) for learner in learners]


def _row(outcome: Outcome, questions: list[str]) -> list[str | float]:
    points = {q.asked.id: q.points for q in outcome.questions}
    handed_in = f"{outcome.handed_in:%Y-%m-%d %H:%M:%S}" if outcome.handed_in else ""
    return [
        outcome.learner,
        outcome.total,
        outcome.maximum,
        outcome.late_penalty,
        *[points.get(question, 0.0) for question in questions],
        "yes" if outcome.waiting else "no",
        handed_in,
        outcome.refused,
    ]


def _safe(value: str | float) -> str:
    """A cell no spreadsheet runs: numbers as they are, text that looks like a formula quoted."""
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    return f"{value:.10g}"
