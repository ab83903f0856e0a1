"""The command line: ``python -m course VERB``. Exit codes: 0 done, 1 something is not as it should
be, 2 the command was not understood."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from course.grading.commands import add_commands
from course.publish.build import build as build_course
from course.publish.build import chosen, freshness, read_course
from course.publish.counts import Numbers
from course.publish.execute import CellStopped
from course.publish.faults import LessonFault
from course.publish.inspection import inspect
from course.publish.release import ReleaseFailed
from course.sources.models import SourceError

app = typer.Typer(
    help="A course in Jupyter notebooks on neuromuscular re-education.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
out = Console(highlight=False, soft_wrap=True)
BuildFault = (LessonFault, SourceError, CellStopped, ReleaseFailed)

LessonName = Annotated[str | None, typer.Argument(help="One lesson, as 06_counting_units.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Print the address, open nothing.")]
Port = Annotated[
    int, typer.Option(min=0, max=65535, help="Port to try first; 0 takes a free one from 8888 on.")
]


def printed(numbers: Numbers) -> Table:
    """A table as the terminal shows it: the first column to the left, numbers to the right."""
    table = Table(
        title=numbers.title,
        title_justify="left",
        title_style="bold",
        box=None,
        padding=(0, 1, 0, 0),
    )
    for place, name in enumerate(numbers.columns):
        table.add_column(name, justify="right" if place else "left", no_wrap=True)
    for row in numbers.rows:
        table.add_row(*row)
    return table


def _stop(sentence: object, code: int) -> NoReturn:
    typer.echo(str(sentence), err=True)
    raise typer.Exit(code)


@app.command()
def build(lesson: LessonName = None) -> None:
    """Build notebooks, question banks and the learner's data from course/."""
    try:
        changed = build_course(lesson, say=typer.echo)
    except KeyError as fault:
        _stop(fault.args[0], 2)
    except BuildFault as fault:
        _stop(fault, 1)
    typer.echo(f"{changed} file{'' if changed == 1 else 's'} changed")


@app.command()
def new(
    lesson: Annotated[str, typer.Argument(help="Two digits and words, as 12_my_lesson.")],
    empty: Annotated[bool, typer.Option("--empty", help="One section and one question.")] = False,
) -> None:
    """Begin a lesson: the template, or its frame, under a name of its own. It builds at once."""
    from course.publish.new_lesson import new_lesson
    from course.publish.release import ROOT

    try:
        folder = new_lesson(lesson, empty=empty)
    except ValueError as fault:
        _stop(fault, 2)
    except FileExistsError as fault:
        _stop(fault, 1)
    then = (
        "and copy what you need from course/template/."
        if empty
        else "then answers.yaml and solutions.py beside it."
    )
    typer.echo(
        f"Change {folder.relative_to(ROOT)}/lesson.md from the top, {then}\n"
        f"Build it: python -m course build {lesson}\n"
        f"Look at it: python -m course start, and click {lesson[:2]} on the first page."
    )


@app.command()
def check(
    lesson: LessonName = None,
    quick: Annotated[bool, typer.Option(help="Leave out rebuilding the notebooks.")] = False,
) -> None:
    """Fail if a lesson has a fault or anything built is stale; print what was verified."""
    try:
        sources, lessons = read_course()
        inspection = inspect(sources, lessons)
        fresh = freshness(sources, chosen(lessons, lesson), notebooks=not quick)
    except KeyError as fault:
        _stop(fault.args[0], 2)
    except BuildFault as fault:
        _stop(fault, 1)
    for what, number in inspection.lines:
        out.print(f"[bold]{what}[/bold]: {number}")
    for table in inspection.tables:
        out.print(printed(table))
    out.print(
        f"[bold]built files[/bold]: {fresh.compared} rebuilt and compared, {len(fresh.stale)} stale"
        + (f", {len(fresh.pictures_differ)} with other pixels" if fresh.pictures_differ else "")
    )
    if fresh.seconds:
        took = ", ".join(f"{slug[:2]} {seconds:.1f}" for slug, seconds in fresh.seconds.items())
        out.print(f"[bold]seconds of computing in each lesson[/bold]: {took}")
    for path in fresh.stale:
        typer.echo(f"{path} is stale. Run: python -m course build", err=True)
    for text in inspection.faults:
        typer.echo(text, err=True)
    if fresh.stale or inspection.faults:
        raise typer.Exit(1)


@app.command()
def start(no_browser: NoBrowser = False, port: Port = 0) -> None:
    """Copy missing lessons into work/ and open JupyterLab on the page that lists them."""
    from course.start import learner

    raise typer.Exit(learner(browser=not no_browser, port=port, say=typer.echo))


@app.command()
def teach(no_browser: NoBrowser = False, port: Port = 0) -> None:
    """Open Formgrader: see submissions, mark written answers by hand."""
    from course.start import instructor

    raise typer.Exit(instructor(browser=not no_browser, port=port))


@app.command()
def audit(
    file: Annotated[
        Path, typer.Argument(help="Medicare file by provider and service, packed or not.")
    ],
    code: Annotated[
        str, typer.Option(help="The code whose units per patient-day are compared.")
    ] = "97112",
    show: Annotated[int, typer.Option(min=0, help="How many flags to print.")] = 20,
) -> None:
    """Compare providers in a claims file with their peers; a flag is a question, not a finding."""
    from course.billing.audit import audit as compare
    from course.billing.audit import read_claims

    start = time.perf_counter()
    try:
        rows = read_claims(file, progress=lambda line: typer.echo(f"\r{line}", nl=False, err=True))
        typer.echo(err=True)
        result = compare(rows, code)
    except (OSError, ValueError) as fault:
        _stop(fault, 1)
    flags = result.flags.head(show)
    groups = list(dict.fromkeys(flags["group"]))
    table = Numbers(
        f"Flags, {code}: units per patient-day",
        ("provider", "patients", "raw", "shrunk", "95 % interval", "limit", "peers"),
        tuple(
            (str(f.npi), f"{f.patients:.0f}", f"{f.rate:.2f}", f"{f.shrunk:.2f}",
             f"{f.low:.2f} to {f.high:.2f}", f"{f.limit:.2f}", f"group {groups.index(f.group) + 1}")
            for f in flags.itertuples()
        ),
    )  # fmt: skip
    out.print(printed(table))
    for place, group in enumerate(groups, start=1):
        peers = int((result.table["group"] == group).sum())
        typer.echo(f"group {place}: {group}, {peers:,} peers")
    typer.echo(str(result) + (f", {len(flags)} shown" if len(result.flags) > show else ""))
    typer.echo(
        f"{rows.attrs['rows_read']:,} rows read, {len(rows):,} kept, "
        f"{time.perf_counter() - start:.1f} s{_peak_memory()}"
    )
    typer.echo("A flag opens a review. These data hold no minutes, no notes and no severity.")


def _peak_memory() -> str:
    try:
        import resource
    except ImportError:  # Windows
        return ""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f", {peak / (1e6 if sys.platform == 'darwin' else 1e3):.0f} MB at most"


@app.command()
def wheel() -> None:
    """Build the learner's wheel into dist/."""
    from course.publish.release import ROOT
    from course.publish.wheel import build_wheel

    typer.echo(f"built {build_wheel(ROOT / 'dist').relative_to(ROOT)}")


add_commands(app)

if __name__ == "__main__":
    app()
