"""A sample class, graded in one go, with the marks each must get beside the marks each got."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from course.grading.batch import Graded, grade
from course.grading.behaviours import BEHAVIOURS, Behaviour, HandedIn, Sheet
from course.grading.export import export
from course.grading.progress import bar
from course.grading.released import NoRelease, asked_in, read_release
from course.grading.rubric import compiled_lesson
from course.publish.release import ROOT

LESSON = "06_counting_units"
MARK = ".sample-class"
"""A file that says that a folder is a sample class, which alone may be replaced."""
SECONDS_A_CELL = 5
"""Time for one cell in the demonstration: an endless loop is waited for only this long."""


def run_demo(folder: Path = ROOT / "demo", console: Console | None = None) -> int:
    """Hand in, grade and compare the sample class in ``folder``; 0 when all marks are as stated.

    A folder of an earlier demonstration is moved to ``<folder>.earlier``.
    """
    console = console or Console()
    handed_in = make_class(folder)
    console.print(f"{len(handed_in)} learners hand in {LESSON}. Grading takes a minute or two.")
    rows = grade(LESSON, folder, seconds_a_cell=SECONDS_A_CELL, progress=bar("Grading"))
    marks = export(LESSON, folder)
    table, wrong = _compared(handed_in, {row.learner: row for row in rows})
    console.print(table)
    _refusals(console, rows)
    place = os.path.relpath(folder)
    console.print(f"Feedback: {place}/feedback/<learner>/{LESSON}/{LESSON}.html", soft_wrap=True)
    console.print(f"Marks:    {os.path.relpath(marks)}", soft_wrap=True)
    console.print(
        f"Why did somebody get what they got? python -m course explain {LESSON} copied_cell "
        f"--course {place}",
        soft_wrap=True,
    )
    if wrong:
        console.print(f"{wrong} of {len(rows)} learners did not get the marks that are right.")
        return 1
    console.print(f"All {len(rows)} learners got exactly the marks that are right.")
    return 0


def make_class(
    folder: Path, lesson: str = LESSON, behaviours: tuple[Behaviour, ...] = BEHAVIOURS
) -> dict[str, HandedIn]:
    """A fresh course folder with everybody's submission; what each handed in, by name."""
    made, earlier = (folder.with_name(f"{folder.name}.{end}") for end in ("new", "earlier"))
    for place in (folder, made, earlier):
        if place.exists() and not (place / MARK).is_file():
            raise NoRelease(f"{place} is no sample class of ours and stays as it is; move it away.")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    (made / MARK).write_text("Made by 'python -m course demo'.\n", encoding="utf-8")
    course_folder(made, lesson)
    compiled = compiled_lesson(None, lesson)
    asked = {a.id for a in asked_in(read_release(made, lesson))}
    if compiled is None or asked != set(compiled.asked):
        raise NoRelease(
            f"{lesson} changed since it was built: run python -m course build {lesson}."
        )
    handed_in = {}
    for behaviour in behaviours:
        handed_in[behaviour.name] = behaviour.make(Sheet(read_release(made, lesson), compiled))
        _put(made / "submitted" / behaviour.name / lesson, handed_in[behaviour.name])
    if folder.exists():
        shutil.rmtree(earlier, ignore_errors=True)
        folder.rename(earlier)
    made.rename(folder)
    return handed_in


def course_folder(folder: Path, *lessons: str) -> Path:
    """A course folder of its own: configuration, sources and releases of ``lessons``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("grader_config.py", "nbgrader_config.py"):
        shutil.copy(ROOT / name, folder / name)
    for lesson in lessons:
        for part in ("source_notebooks", "release"):
            place = folder / part / lesson
            place.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / part / lesson / f"{lesson}.ipynb", place)
    return folder


def _put(place: Path, handed_in: HandedIn) -> None:
    place.mkdir(parents=True)
    for name, data in handed_in.files.items():
        (place / name).write_bytes(data)
    now = datetime.now(UTC)
    (place / "timestamp.txt").write_text(f"{now:%Y-%m-%d %H:%M:%S.%f} UTC", encoding="utf-8")


def _compared(handed_in: dict[str, HandedIn], rows: dict[str, Graded]) -> tuple[Table, int]:
    table = Table(title=f"Sample class, lesson {LESSON}", title_justify="left")
    table.add_column("learner", no_wrap=True)
    table.add_column("what they do")
    for heading in ("must get", "got"):
        table.add_column(heading, justify="right")
    table.add_column("")
    does = {b.name: b.does for b in BEHAVIOURS}
    wrong = 0
    for name, given in handed_in.items():
        differs = differences(given, rows.get(name))
        wrong += bool(differs)
        got = rows[name].outcome if name in rows else None
        table.add_row(
            name,
            does[name],
            f"{round(sum(given.expected.values()), 2):g}",
            "none" if got is None else f"{round(got.total, 2):g}",
            "✗ " + "; ".join(differs) if differs else "✓",
        )
    return table, wrong


def differences(given: HandedIn, row: Graded | None) -> list[str]:
    """Where the marks of ``row`` are not the expected ones, question by question."""
    if row is None or row.outcome is None:
        return ["no marks at all"]
    got = {q.asked.id: q.points for q in row.outcome.questions}
    return [
        f"{name}: {got.get(name, 0.0):g} instead of {points:g}"
        for name, points in given.expected.items()
        if abs(got.get(name, -1.0) - points) > 1e-6
    ]


def _refusals(console: Console, rows: list[Graded]) -> None:
    refused = [(row.learner, row.refused) for row in rows if row.refused]
    if refused:
        console.print("Refused, each with 0 points:")
        for learner, sentence in refused:
            console.print(f"  {learner}: {sentence}", soft_wrap=True)
