"""Grading a class: one learner after the other, whatever they handed in.

A submission that cannot be graded costs its own marks and one sentence on the screen. nbgrader's
own words go to a log file.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from sqlalchemy.exc import SAWarning

from course.grading.feedback import page
from course.grading.gradebook import find_alembic, open_gradebook
from course.grading.hand_in import HandInRefused, check_name
from course.grading.outcome import NotGraded, Outcome, outcome_of
from course.grading.register import Registered, register
from course.grading.released import asked_in, read_release
from course.grading.submission import UnreadableSubmission, lesson_of, read_submission
from course.publish.release import ROOT, nbgrader_settings
from course.publish.whole_files import write_whole

LOG = ".nbgrader.log"


@dataclass(frozen=True)
class Graded:
    """One learner's row: what they got, or why not (``refused``), and what was noticed."""

    learner: str
    outcome: Outcome | None
    refused: str = ""
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


def grade(
    lesson: str,
    course_folder: Path = ROOT,
    learners: Sequence[str] | None = None,
    *,
    seconds_a_cell: int | None = None,
    say: Callable[[str], None] = lambda _: None,
    progress: Callable[[Iterable[str]], Iterable[str]] = lambda names: names,
) -> list[Graded]:
    """Grade everybody who handed in ``lesson``, or only ``learners``; one row each, in order.

    The lesson is registered first. ``seconds_a_cell`` shortens the time one cell may take.

    Raises:
        NoRelease: there is no such lesson.
        NotHandedIn: one of ``learners`` has handed in nothing.
        Stopped: Ctrl+C was pressed; everybody graded so far is recorded.
    """
    quiet_nbgrader()
    read_release(course_folder, lesson)
    registered = register(lesson, course_folder)
    if registered.changed:
        for sentence in registered.sentences():
            say(sentence)
    names = learners_with(lesson, course_folder)
    for name in learners or ():
        if name not in names:
            raise NotHandedIn(f"{name} has not handed in {lesson}.")
    class_ = _Class(lesson, course_folder, seconds_a_cell, registered)
    wanted, rows = [*(learners or names)], list[Graded]()
    with _interrupt_between_learners() as interrupted:
        for name in progress(wanted):
            rows.append(class_.grade(name))
            if interrupted() and len(rows) < len(wanted):
                raise Stopped(
                    f"Stopped after {len(rows)} of {len(wanted)}. Nothing is lost: run it again."
                )
    return rows


class Stopped(Exception):
    """Somebody pressed Ctrl+C; the text is one sentence."""


@contextmanager
def _interrupt_between_learners() -> Iterator[Callable[[], bool]]:
    """Let Ctrl+C wait until a learner is done: nbgrader would take it for that learner's fault.

    A second Ctrl+C stops at once.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    pressed: list[int] = []

    def note(number: int, _: object) -> None:
        pressed.append(number)
        if len(pressed) > 1:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


class NotHandedIn(Exception):
    """Somebody who was asked for has handed in nothing; the text is one sentence."""


def learners_with(lesson: str, course_folder: Path) -> list[str]:
    """Everybody with a folder for ``lesson`` under ``submitted/``, in order."""
    found = (course_folder / "submitted").glob(f"*/{lesson}")
    return sorted(p.parent.name for p in found if not p.parent.name.startswith("."))


class _Class:
    """Grades one learner after the other with one set of nbgrader's settings."""

    def __init__(
        self, lesson: str, course_folder: Path, seconds_a_cell: int | None, registered: Registered
    ) -> None:
        find_alembic()
        self.lesson, self.folder, self.registered = lesson, course_folder, registered
        config = nbgrader_settings(course_folder)
        if seconds_a_cell is not None:
            config.Execute.timeout = seconds_a_cell
        self.api = NbGraderAPI(config=config)
        self.graded_cells = {
            a.graded_cell for a in asked_in(read_release(course_folder, lesson)) if a.is_graded
        }

    def grade(self, learner: str) -> Graded:
        """One learner's row; never raises for anything they handed in."""
        started = time.monotonic()
        try:
            refused, notes = self._grade(learner)
        except HandInRefused as fault:
            return Graded(learner, None, str(fault))
        except Exception as fault:
            self._log(f"{learner}: {type(fault).__name__}: {fault}")
            refused, notes = self._unexpected(), []
        try:
            outcome = outcome_of(self.folder, self.lesson, learner)
        except NotGraded:
            return Graded(learner, None, refused or self._unexpected(), tuple(notes))
        refused = refused or outcome.refused
        self._tell(learner, replace(outcome, refused=refused))
        seconds = time.monotonic() - started
        return Graded(learner, outcome, refused, tuple(notes), seconds)

    def _tell(self, learner: str, outcome: Outcome) -> None:
        """A page for somebody without a notebook, whom nbgrader's feedback passes over."""
        folder = self.folder / "feedback" / learner / self.lesson
        if outcome.refused and self._autograded(learner) is None and not folder.is_symlink():
            write_whole(folder / f"{self.lesson}.html", page(outcome).encode())

    def _unexpected(self) -> str:
        return f"It could not be graded, for a reason that stands in {LOG}; grade it again alone."

    def _grade(self, learner: str) -> tuple[str, list[str]]:
        check_name(learner)
        folder = self.folder / "submitted" / learner / self.lesson
        notes: list[str] = []
        missing = self._missing(folder, notes)
        missing = missing or self._other_lesson(folder / f"{self.lesson}.ipynb")
        if missing:
            self._record_nothing(learner)
            return missing, notes
        done = self.api.autograde(self.lesson, learner, force=True, create=True)
        self._log(f"--- {self.lesson}, {learner}\n{done.get('log', '')}{done.get('error', '')}")
        if not done["success"]:
            return self._unexpected(), notes
        self._settle(learner)
        told = self.api.generate_feedback(self.lesson, learner, force=True)
        if not told["success"]:
            self._log(f"{told.get('log', '')}{told.get('error', '')}")
            notes.append(f"The feedback could not be written; the reason stands in {LOG}.")
        return "", notes

    # --- before -------------------------------------------------------------------------------

    def _missing(self, folder: Path, notes: list[str]) -> str:
        """Why there is nothing to grade; else empty, and the notebook has its right name."""
        if folder.is_symlink() or folder.parent.is_symlink() or not folder.is_dir():
            return "The folder is a link or no folder; links are not followed."
        wanted = folder / f"{self.lesson}.ipynb"
        if wanted.is_symlink() or wanted.is_file():
            return ""
        others = sorted(
            p
            for p in folder.iterdir()
            if ".ipynb" in p.name
            and p.is_file()
            and not p.is_symlink()
            and not p.name.startswith(".")
        )
        if len(others) == 1:
            write_whole(wanted, others[0].read_bytes())
            notes.append(f"The file was called {others[0].name}; it was graded all the same.")
            return ""
        if others:
            return f"There are {len(others)} notebooks and none is called {wanted.name}."
        return f"There is no {wanted.name} in the folder."

    def _other_lesson(self, file: Path) -> str:
        """Why this readable notebook is not this lesson's; else empty."""
        try:
            other = lesson_of(read_submission(file))
        except UnreadableSubmission:
            return ""
        if other in ("", self.lesson):
            return ""
        return f"This is the notebook of {other}, not of {self.lesson}."

    def _record_nothing(self, learner: str) -> None:
        """A row of zeros for somebody without a notebook, unless they have marks already."""
        with open_gradebook(self.folder) as book:
            book.update_or_create_student(learner)
            book.update_or_create_submission(self.lesson, learner)
            rows = book.find_submission_notebook(self.lesson, self.lesson, learner)
            for grade in rows.grades:
                if grade.auto_score is None and grade.manual_score is None:
                    grade.auto_score, grade.needs_manual_grade = 0.0, False
            book.db.commit()

    # --- after --------------------------------------------------------------------------------

    def _settle(self, learner: str) -> None:
        """A question that is gone from the lesson waits for nobody."""
        with open_gradebook(self.folder) as gradebook:
            for name, row in _grades(gradebook, self.lesson, learner).items():
                if name not in self.graded_cells and row.auto_score is None:
                    row.auto_score, row.needs_manual_grade = 0.0, row.manual_score is not None
            gradebook.db.commit()

    def _autograded(self, learner: str) -> NotebookNode | None:
        file = self.folder / "autograded" / learner / self.lesson / f"{self.lesson}.ipynb"
        return nbformat.read(file, as_version=4) if file.is_file() else None

    def _log(self, text: str) -> None:
        with (self.folder / LOG).open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {text}\n")


def _grades(gradebook: Gradebook, lesson: str, learner: str) -> dict[str, Any]:
    try:
        rows = gradebook.find_submission_notebook(lesson, lesson, learner)
    except ValueError:  # nbgrader's MissingEntry
        return {}
    return {row.cell.name: row for row in rows.grades}


def quiet_nbgrader() -> None:
    """Keep nbgrader's, traitlets' and alembic's words off the screen; the log file has them."""
    for name in ("traitlets", "alembic", "nbgrader"):
        log = logging.getLogger(name)
        log.propagate = False
        log.handlers = [logging.NullHandler()]
    # nbgrader's own queries make SQLAlchemy warn about objects that are in no session yet.
    warnings.filterwarnings("ignore", category=SAWarning)
