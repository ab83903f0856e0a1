"""Putting a lesson into nbgrader's gradebook: its points, its cells, its hidden tests.

nbgrader's own way (``generate_assignment`` with a database) refuses once submissions exist and
then deletes the release. This one can be repeated at any time: it compares, changes what differs
in one transaction, and says what that means for submissions that are already there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedNotebook,
)
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
)

from course.grading.gradebook import open_gradebook
from course.grading.released import NoRelease
from course.publish.release import ROOT, nbgrader_settings


@dataclass(frozen=True)
class Registered:
    """What registering a lesson changed; names are those of the gradebook's cells."""

    lesson: str
    new: bool = False
    submissions: int = 0
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    points: tuple[tuple[str, float, float], ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything in the gradebook is different now."""
        return self.new or bool(
            self.added or self.removed or self.kept or self.points or self.texts
        )

    def sentences(self) -> list[str]:
        """What an instructor should know, one sentence an entry."""
        if self.new:
            return [f"{self.lesson} is registered, with {len(self.added)} graded questions."]
        if not self.changed:
            return [f"{self.lesson} was registered already; nothing changed."]
        return [*self._about_questions(), *self._about_submissions()]

    def _about_questions(self) -> list[str]:
        said = [f"{_name(cell)} is new." for cell in self.added]
        said += [
            f"{_name(cell)} is gone, and so is its place in the gradebook." for cell in self.removed
        ]
        said += [
            f"{_name(cell)} is gone from the lesson; marks already given for it are kept and still "
            "count in the total."
            for cell in self.kept
        ]
        said += [
            f"{_name(cell)} is now worth {new:g} instead of {old:g}."
            for cell, old, new in self.points
        ]
        if self.texts:
            said.append(f"The text or the test of {', '.join(map(_name, self.texts))} changed.")
        return said

    def _about_submissions(self) -> list[str]:
        if not self.submissions:
            return []
        return [
            f"{self.submissions} submission{'s are' if self.submissions > 1 else ' is'} there: "
            f"grade {self.lesson} again, so that the marks follow."
        ]


def _name(cell: str) -> str:
    return cell.partition("-")[2] or cell


def register(lesson: str, course_folder: Path = ROOT) -> Registered:
    """Put ``lesson`` into the gradebook of ``course_folder``, or bring it up to date.

    Raises:
        NoRelease: when the lesson has no source notebook there.
    """
    cells = _registered_cells(lesson, course_folder)
    with open_gradebook(course_folder) as book:
        try:
            outcome = _Registering(book, lesson, cells).run()
            book.db.commit()
        except BaseException:
            book.db.rollback()
            raise
    return outcome


def _registered_cells(lesson: str, course_folder: Path) -> NotebookNode:
    """The source notebook as nbgrader records it: solutions cleared, hidden tests still there."""
    file = course_folder / "source_notebooks" / lesson / f"{lesson}.ipynb"
    if not file.is_file():
        names = sorted(p.parent.name for p in course_folder.glob("source_notebooks/*/*.ipynb"))
        known = (
            f"The lessons here are: {', '.join(names)}." if names else "No lesson is built here."
        )
        raise NoRelease(f"There is no lesson called {lesson}. {known}")
    book: NotebookNode = nbformat.read(file, as_version=4)
    config = nbgrader_settings(course_folder)
    for step in (LockCells, ClearSolutions, ClearOutput, CheckCellMetadata, ComputeChecksums):
        book, _ = step(config=config).preprocess(book, {})
    return book


@dataclass
class _Registering:
    book: Any
    lesson: str
    source: NotebookNode
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    points: list[tuple[str, float, float]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def run(self) -> Registered:
        new = self._assignment_and_notebook()
        self.submitted = self.notebook.submissions
        self._grade_cells()
        self._solution_cells()
        self._source_cells()
        return Registered(
            lesson=self.lesson,
            new=new,
            submissions=len(self.submitted),
            added=tuple(self.added),
            removed=tuple(self.removed),
            kept=tuple(self.kept),
            points=tuple(self.points),
            texts=() if new else tuple(sorted(set(self.texts) - set(self.added))),
        )

    def _assignment_and_notebook(self) -> bool:
        db = self.book.db
        assignment = db.query(Assignment).filter(Assignment.name == self.lesson).one_or_none()
        if assignment is None:
            assignment = Assignment(name=self.lesson, course_id=self.book.course_id)
            db.add(assignment)
        notebook = next((n for n in assignment.notebooks if n.name == self.lesson), None)
        new = notebook is None
        if notebook is None:
            notebook = Notebook(name=self.lesson, assignment=assignment)
            db.add(notebook)
        notebook.kernelspec = json.dumps(self.source.metadata.get("kernelspec", {}))
        db.flush()
        self.notebook = notebook
        self._rows_for_submissions(assignment, notebook)
        return new

    def _rows_for_submissions(self, assignment: Any, notebook: Any) -> None:
        """A notebook that came after the submissions needs its row in each of them."""
        for submission in assignment.submissions:
            if not any(n.notebook_id == notebook.id for n in submission.notebooks):
                self.book.db.add(SubmittedNotebook(notebook=notebook, assignment=submission))
        self.book.db.flush()

    # --- the three sorts of cell ----------------------------------------------------------------

    def _grade_cells(self) -> None:
        there = {cell.name: cell for cell in self.notebook.grade_cells}
        wanted = self._named(lambda about: about.get("grade", False))
        for name, cell in wanted.items():
            points = float(cell.metadata.nbgrader.points)
            if name not in there:
                self.added.append(name)
                self._add(GradeCell(name=name, max_score=points, cell_type=cell.cell_type), Grade)
                continue
            row = there[name]
            if row.max_score != points:
                self.points.append((name, row.max_score, points))
            row.max_score, row.cell_type = points, cell.cell_type
        self._drop((row for name, row in there.items() if name not in wanted), tell=True)

    def _solution_cells(self) -> None:
        there = {cell.name: cell for cell in self.notebook.solution_cells}
        wanted = self._named(lambda about: about.get("solution", False))
        for name in wanted:
            if name not in there:
                self._add(SolutionCell(name=name), Comment)
        self._drop((row for name, row in there.items() if name not in wanted), tell=False)

    def _source_cells(self) -> None:
        there = {cell.name: cell for cell in self.notebook.source_cells}
        wanted = self._named(
            lambda about: any(about.get(k) for k in ("grade", "solution", "locked"))
        )
        for name, cell in wanted.items():
            row = there.get(name)
            if row is None:
                row = SourceCell(name=name, notebook=self.notebook, cell_type=cell.cell_type)
                self.book.db.add(row)
            about = cell.metadata.nbgrader
            if row.source is not None and (row.source, row.checksum) != (
                cell.source,
                about.checksum,
            ):
                self.texts.append(name)
            row.cell_type, row.source, row.checksum = cell.cell_type, cell.source, about.checksum
            row.locked = not about.solution and (about.grade or about.locked)
        for name, row in there.items():
            if name not in wanted:
                self.book.db.delete(row)
        self.book.db.flush()

    def _named(self, wanted: Callable[[NotebookNode], bool]) -> dict[str, NotebookNode]:
        return {
            cell.metadata.nbgrader.grade_id: cell
            for cell in self.source.cells
            if "nbgrader" in cell.metadata and wanted(cell.metadata.nbgrader)
        }

    def _add(self, cell: Any, row: Any) -> None:
        """A new cell, and its place (a grade, or a comment) in every submission already there."""
        cell.notebook = self.notebook
        self.book.db.add(cell)
        self.book.db.flush()
        for submitted in self.submitted:
            self.book.db.add(row(cell_id=cell.id, notebook=submitted))
        self.book.db.flush()

    def _drop(self, cells: Iterable[Any], *, tell: bool) -> None:
        """Cells nobody has marks for go; the others stay, with what a person wrote there."""
        # A cell dropped by an earlier registering has no source any more: it is told once.
        fresh = {cell.name for cell in self.notebook.source_cells}
        for cell in cells:
            used = bool(cell.grades) if tell else bool(cell.comments)
            if tell and used and cell.name in fresh:
                self.kept.append(cell.name)
            elif not used:
                if tell:
                    self.removed.append(cell.name)
                self.book.db.delete(cell)
        self.book.db.flush()
