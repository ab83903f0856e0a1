"""The commands of handing in and grading, for the course's command line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from course.grading import batch
from course.grading.demo import run_demo
from course.grading.explain import explain
from course.grading.export import export
from course.grading.hand_in import HandInRefused, hand_in, hand_in_all
from course.grading.outcome import NotGraded
from course.grading.progress import bar
from course.grading.register import register
from course.grading.released import NoRelease
from course.publish.release import ROOT

REFUSED, MISUSED, INTERRUPTED = 1, 2, 130

LessonName = Annotated[
    str, typer.Argument(help="Name of the lesson, for instance 06_counting_units.")
]
CourseFolder = Annotated[
    Path,
    typer.Option(
        "--course", help="Folder of the course.", hidden=True, exists=True, file_okay=False
    ),
]


def add_commands(app: typer.Typer) -> None:
    """Add register, handin, collect, grade, explain, export and demo to ``app``."""
    app.command("register")(_register)
    app.command("handin")(_handin)
    app.command("collect")(_collect)
    app.command("grade")(_grade)
    app.command("explain")(_explain)
    app.command("export")(_export)
    app.command("demo")(_demo)


@contextmanager
def _kindly() -> Iterator[None]:
    """What went wrong as one sentence on the error stream, with its exit code."""
    batch.quiet_nbgrader()
    try:
        yield
    except (NoRelease, NotGraded, batch.NotHandedIn) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(MISUSED) from None
    except HandInRefused as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(REFUSED) from None
    except batch.Stopped as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(INTERRUPTED) from None
    except OSError as fault:
        typer.echo(f"{fault.filename}: {fault.strerror}.", err=True)
        raise typer.Exit(REFUSED) from None


def _register(lesson: LessonName, course: CourseFolder = ROOT) -> None:
    """Put a lesson into the gradebook, or bring it up to date after it changed.

    Safe to repeat. `grade` does it by itself; plain `nbgrader autograde` needs it once.
    """
    with _kindly():
        for sentence in register(lesson, course.resolve()).sentences():
            typer.echo(sentence)


def _handin(
    lesson: LessonName,
    name: Annotated[str, typer.Option("--as", help="Who hands in: letters, digits and . _ - @.")],
    file: Annotated[
        Path | None,
        typer.Option(help="The notebook. Default: the one in work/, as 'make start' made it."),
    ] = None,
    course: CourseFolder = ROOT,
) -> None:
    """Hand in a notebook for somebody. Handing in again replaces it and keeps the earlier one."""
    with _kindly():
        chosen = file or course / "work" / lesson / f"{lesson}.ipynb"
        done = hand_in(chosen, lesson, name, course.resolve())
        typer.echo(f"Handed in as {name}: {_short(done.place)}")
        if done.earlier:
            typer.echo(f"The one handed in before is kept: {_short(done.earlier)}")


def _collect(
    lesson: LessonName,
    folder: Annotated[
        Path,
        typer.Argument(help="Folder with NAME.ipynb, or with NAME/any.ipynb.", file_okay=False),
    ],
    course: CourseFolder = ROOT,
) -> None:
    """Hand in a whole folder of notebooks at once; the file's name says whose each is."""
    with _kindly():
        done, refused = hand_in_all(folder, lesson, course.resolve())
    typer.echo(f"{len(done)} handed in, {len(refused)} refused.")
    for sentence in refused:
        typer.echo(sentence, err=True)
    if refused:
        raise typer.Exit(REFUSED)


def _grade(
    lesson: LessonName,
    learner: Annotated[
        list[str] | None, typer.Option(help="Only this learner; may be given more than once.")
    ] = None,
    course: CourseFolder = ROOT,
) -> None:
    """Grade everybody who handed in a lesson, and write their feedback.

    A submission that cannot be graded is listed with its reason and stops nobody else. Exit code
    0: all graded; 1: something was refused; 2: no such lesson or learner.
    """
    with _kindly():
        rows = batch.grade(
            lesson, course.resolve(), learner, say=typer.echo, progress=bar("Grading")
        )
    if not rows:
        typer.echo(f"Nobody has handed in {lesson}: there is nothing under submitted/.")
        return
    _show(lesson, rows, course)
    if any(row.refused for row in rows):
        raise typer.Exit(REFUSED)


def _show(lesson: str, rows: list[batch.Graded], course: Path) -> None:
    console = Console()
    graded = [row for row in rows if not row.refused]
    waiting = sum(1 for row in graded if row.outcome and row.outcome.waiting)
    seconds = sum(row.seconds for row in rows) / len(rows)
    console.print(f"{len(graded)} of {len(rows)} graded, {seconds:.1f} seconds each.")
    for row in graded:
        for note in row.notes:
            console.print(f"{row.learner}: {note}", markup=False, soft_wrap=True)
    if waiting:
        console.print(
            f"Written answers to mark: {waiting}. 'make teach' shows them with their rubric."
        )
    refused = [row for row in rows if row.refused]
    if refused:
        table = Table(title="Refused", title_justify="left")
        table.add_column("learner")
        table.add_column("why")
        for row in refused:
            table.add_row(row.learner, " ".join([row.refused, *row.notes]))
        console.print(table)
    console.print(f"Feedback: {_short(course)}/feedback/<learner>/{lesson}/", soft_wrap=True)


def _explain(
    lesson: LessonName,
    name: Annotated[str, typer.Argument(help="The learner.")],
    course: CourseFolder = ROOT,
) -> None:
    """Say question by question why somebody got what they got."""
    with _kindly():
        for line in explain(lesson, name, course.resolve()):
            typer.echo(line)


def _export(
    lesson: LessonName,
    to: Annotated[
        Path | None, typer.Option(help="The file to write. Default: marks/LESSON.csv.")
    ] = None,
    course: CourseFolder = ROOT,
) -> None:
    """Write the marks of a lesson as a table for a spreadsheet (CSV, UTF-8)."""
    with _kindly():
        typer.echo(f"Marks: {_short(export(lesson, course.resolve(), to))}")


def _demo() -> None:
    """Grade a sample class whose right marks are known, and show both side by side (in demo/)."""
    with _kindly():
        code = run_demo()
    raise typer.Exit(code)


def _short(path: Path) -> str:
    """The path as it is shortest to type from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
