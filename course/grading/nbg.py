"""The seams at which nbgrader calls this course; grader_config.py names them.

``SubmissionExporter`` reads any file, ``Repair`` puts the notebook in order, ``Execute`` runs it
and keeps what an answer earned on positive evidence only, ``ShowRubric`` puts the rubric before
the marker's eyes. They serve ``nbgrader autograde``, Formgrader's button and ``python -m course
grade`` alike.
"""

from __future__ import annotations

import math
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute as StockExecute
from nbgrader.preprocessors import NbGraderPreprocessor

from course.grading.needed import needed_cells
from course.grading.released import NoRelease, asked_in, read_release
from course.grading.repair import repair
from course.grading.rubric import rubric_of
from course.grading.submission import UnreadableSubmission, read_submission
from course.questions.notebook import RESULT_MIME

MOST_TEXT = 20_000
"""Characters of printed output kept for one cell."""

MOST_RUNS = 12
"""Times a notebook is run, each time without the cell that ended the last run."""

LARGEST_DISPLAY = 2_000_000
"""Bytes of one displayed thing, a picture for instance, that are kept."""


def drop_links(assignment: str, student: str, notebooks: list[str]) -> None:
    """Remove links from a submission before nbgrader copies its files: it would copy what they
    point to. The notebook itself is left to :class:`SubmissionExporter`, which does not follow."""
    for folder in {Path(notebook).parent for notebook in notebooks}:
        for place, folders, files in os.walk(folder):
            for name in (*folders, *files):
                path = Path(place) / name
                if path.is_symlink() and str(path) not in notebooks:
                    path.unlink()


def _course_folder(parent: Any) -> Path | None:
    """The course folder of the nbgrader converter at work; None outside of one."""
    while parent is not None and getattr(parent, "coursedir", None) is None:
        parent = getattr(parent, "parent", None)
    return None if parent is None else Path(parent.coursedir.root)


class SubmissionExporter(NotebookExporter):
    """Reads a handed-in file; one that cannot be read is graded as a blank one, and says so."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """nbgrader's entrance: once for the submitted file, once for its repaired copy."""
        resources = {} if resources is None else resources
        folder, name = os.path.split(filename)
        resources["metadata"] = {"name": os.path.splitext(name)[0], "path": folder}
        try:
            book = read_submission(Path(filename))
        except UnreadableSubmission as fault:
            book = self._blank(resources, str(fault))
        seen: set[str] = set()
        for number, cell in enumerate(book.cells):
            # nbconvert complains about cells without a name of their own; for the repair any will
            # do that is no released cell's.
            cell.id = f"unnamed-{number}" if not cell.id or cell.id in seen else cell.id
            seen.add(cell.id)
        return self.from_notebook_node(book, resources, **kw)  # type: ignore[no-untyped-call]

    def _blank(self, resources: Any, reason: str) -> NotebookNode:
        lesson = resources["nbgrader"]["assignment"]
        course = _course_folder(self.parent)
        if course is None:
            raise UnreadableSubmission(reason)
        book = read_release(course, lesson)
        book.metadata.setdefault("course", NotebookNode())["refused"] = reason
        return book


class Repair(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts the notebook in order by its release; what was done is kept in the notebook."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The repaired notebook; one without a release here only loses its outputs."""
        course = _course_folder(self.parent)
        try:
            released = read_release(course or Path(), resources["nbgrader"]["assignment"])
        except NoRelease:
            return nb, resources
        self._check_registered(released, resources["nbgrader"])
        refused = nb.metadata.get("course", {}).get("refused", "")
        book, said = repair(nb, released)
        about = book.metadata.setdefault("course", NotebookNode())
        about["repairs"] = said
        if isinstance(refused, str) and refused and _is_blank(nb, released):
            about["refused"] = refused
        return book, resources

    def _check_registered(self, released: NotebookNode, about: Any) -> None:
        """Cells that the gradebook does not know would lose their tests without a word."""
        wanted = {c.metadata.nbgrader.grade_id for c in released.cells if "nbgrader" in c.metadata}
        lesson = about["assignment"]
        with Gradebook(about["db_url"]) as gradebook:
            known = {cell.name for cell in gradebook.find_notebook(lesson, lesson).source_cells}
        if not wanted <= known:
            raise NotUpToDate(
                f"{lesson} changed since it was registered: run python -m course register {lesson}."
            )


class NotUpToDate(Exception):
    """The lesson changed since it was registered; the text is one sentence."""


def _is_blank(book: NotebookNode, released: NotebookNode) -> bool:
    """Only our own blank may carry a refusal; a learner's notebook cannot claim one."""
    return [c.source for c in book.cells] == [c.source for c in released.cells]


class Execute(StockExecute):  # type: ignore[misc]
    """Runs the notebook in an empty folder and settles each check cell.

    A cell that ends the kernel, or cannot be interrupted, is left out and the notebook is run again
    from the top. Points come from the result that the hidden test displayed, nothing else: no
    result, no points. What a check prints to stderr costs nothing.
    """

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, Any]:
        """``nb`` with its outputs, and why cells were left out in ``metadata.course.left_out``."""
        self._left_out: dict[str, str] = {}
        self._needed = _needed(nb, resources, self.parent)
        place = resources["metadata"]["path"]
        with tempfile.TemporaryDirectory() as folder:
            resources["metadata"]["path"] = self._folder = folder
            try:
                self._run(nb, resources)
            finally:
                resources["metadata"]["path"] = place
        for cell in nb.cells:
            _settle(cell, self._left_out)
        nb.metadata.setdefault("course", NotebookNode())["left_out"] = self._left_out
        nb.metadata.pop("widgets", None)
        return nb, resources

    def _run(self, nb: NotebookNode, resources: Any) -> None:
        self.shutdown_kernel = "immediate"
        self.extra_arguments = [
            "--HistoryManager.hist_file=:memory:",
            # exit() would end the kernel while the next cell runs, and that cell would be blamed.
            "--IPKernelApp.exec_lines=get_ipython().ask_exit = lambda: None",
        ]
        self.store_widget_state = False
        suspects = [
            c for c in nb.cells if c.cell_type == "code" and _role(c) in ("answer", "added")
        ]
        for attempt in range(min(len(suspects) + 1, MOST_RUNS)):
            if attempt == 2:
                self._leave_out_own_cells(suspects)
            for cell in nb.cells:
                if cell.cell_type == "code":
                    cell.outputs = []
            try:
                super().preprocess(nb, resources)
                return
            except (DeadKernelError, CellTimeoutError) as fault:
                self._blame(nb, isinstance(fault, CellTimeoutError))
        # What was reached keeps its outputs; a check that was not reached has no result.

    def _leave_out_own_cells(self, suspects: list[NotebookNode]) -> None:
        """Two runs have ended early: something in the background may end the kernel while a cell
        that can't help it is running. Answers count, so first everything else goes."""
        why = "The notebook kept ending the program that runs it, so this cell was left out."
        self._left_out = {c.id: why for c in suspects if _role(c) == "added"} or self._left_out

    def _blame(self, nb: NotebookNode, stuck: bool) -> None:
        """Leave out the cell that ended the kernel; for a check, the function that it called."""
        cell = nb.cells[self._at]
        if _role(cell) == "check":
            own = [
                c
                for c in nb.cells
                if c.id.startswith("code-")
                and c.metadata.get("course", {}).get("question") == cell.metadata.course.question
                and c.id not in self._left_out
            ]
            cell = own[0] if own else cell
        why = "did not stop" if stuck else "ended the program that runs the notebook"
        self._left_out[cell.id] = f"This cell {why}, so it was left out."

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, index: int
    ) -> tuple[NotebookNode, Any]:
        """Run one cell, unless it was left out."""
        self._at = index
        self._kept_text = 0
        if cell.id in self._left_out or cell.id not in self._needed:
            return cell, resources
        ran: tuple[NotebookNode, Any] = super().preprocess_cell(cell, resources, index)
        if _role(cell) == "check" and _timed_out(cell) and self._has_function(cell):
            raise CellTimeoutError("a function did not come back")
        return ran

    def _has_function(self, check: NotebookNode) -> bool:
        name = check.metadata.course.question
        return f"code-{name}" not in self._left_out and any(
            c.id == f"code-{name}" for c in self.nb.cells
        )

    @contextmanager
    def setup_kernel(self, **kwargs: Any) -> Iterator[None]:
        """A kernel that sees neither the instructor's IPython profile nor a browser's."""
        kwargs["env"] = {
            **os.environ,
            "IPYTHONDIR": os.path.join(self._folder, ".ipython"),
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONHASHSEED": "0",
        }
        # What a dying kernel writes would land on the instructor's screen.
        kwargs["stdout"] = kwargs["stderr"] = subprocess.DEVNULL
        with super().setup_kernel(**kwargs):
            yield

    def output(self, outs: list[NotebookNode], msg: Any, display_id: Any, cell_index: int) -> Any:
        """Keep an output unless the cell has said too much already."""
        content = msg["content"]
        if msg["msg_type"] == "stream":
            room = max(MOST_TEXT - self._kept_text, 0)
            self._kept_text += len(content["text"])
            if not room:
                return None
            content["text"] = content["text"][:room]
        elif "data" in content:
            size = sum(len(str(value)) for value in content["data"].values())
            if size > LARGEST_DISPLAY:
                return None
        return super().output(outs, msg, display_id, cell_index)


def _needed(book: NotebookNode, resources: Any, parent: Any) -> set[str]:
    try:
        released = read_release(
            _course_folder(parent) or Path(), resources["nbgrader"]["assignment"]
        )
    except NoRelease:
        return {cell.id for cell in book.cells}
    return needed_cells(book, released)


def _role(cell: NotebookNode) -> str:
    return str(cell.metadata.get("course", {}).get("role", ""))


def _timed_out(cell: NotebookNode) -> bool:
    return any(o.output_type == "error" and o.ename == "CellTimeoutError" for o in cell.outputs)


def _settle(cell: NotebookNode, left_out: dict[str, str]) -> None:
    """A graded check cell keeps its result and the points in it, or one error and no points."""
    if cell.cell_type == "code" and cell.id in left_out:
        cell.outputs = [_error(left_out[cell.id])]
    about = cell.metadata.get("nbgrader", {})
    if cell.cell_type != "code" or _role(cell) != "check" or not about.get("grade"):
        return
    shown = _result_output(cell)
    if shown is None:
        faults = [o for o in cell.outputs if o.output_type == "error"]
        cell.outputs = faults[:1] or [_error("The check gave no result.")]
        return
    points = min(max(float(shown.data[RESULT_MIME]["points"]), 0.0), float(about.points))
    cell.outputs = [shown, new_output("execute_result", data={"text/plain": repr(points)})]


def _result_output(cell: NotebookNode) -> NotebookNode | None:
    """The last output that holds a result of this cell's question."""
    question = cell.metadata.course.question
    for output in reversed(cell.outputs):
        result = output.get("data", {}).get(RESULT_MIME)
        if isinstance(result, dict) and result.get("question") == question:
            points = result.get("points")
            if isinstance(points, (int, float)) and math.isfinite(points):
                found: NotebookNode = output
                return found
    return None


def _error(sentence: str) -> NotebookNode:
    error: NotebookNode = new_output(
        "error", ename="NotGraded", evalue=sentence, traceback=[sentence]
    )
    return error


class ShowRubric(NbGraderPreprocessor):  # type: ignore[misc]
    """Puts each rubric before its answer, in ``autograded/`` only: the marker reads it there."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """``nb`` with one rubric cell before each graded text answer."""
        lesson = resources["nbgrader"]["assignment"]
        by_hand = {
            a.answers[0]: a for a in asked_in(nb) if a.kind == "text" and a.is_graded and a.answers
        }
        cells = []
        for cell in nb.cells:
            if cell.id in by_hand:
                asked = by_hand[cell.id]
                text = rubric_of(_course_folder(self.parent), lesson, asked)
                shown = new_markdown_cell(text, metadata={"course": {"role": "rubric"}})
                shown.id = f"rubric-{asked.id}"[:64]
                cells.append(shown)
            cells.append(cell)
        nb.cells = cells
        return nb, resources
