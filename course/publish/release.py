"""From the instructor's notebook to the learner's, by nbgrader, without a gradebook."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course.publish.execute import executed, without_widgets

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder: where grader_config.py, source_notebooks/ and release/ stand."""


def nbgrader_settings(course_folder: Path) -> Config:
    """The settings of grader_config.py, for the course that stands in ``course_folder``."""
    config = Config(PyFileConfigLoader("grader_config.py", path=str(ROOT)).load_config())
    config.CourseDirectory.root = str(course_folder)
    return config


def learners_notebook(source: NotebookNode, slug: str) -> NotebookNode:
    """The release of ``source``: solutions and hidden tests removed, run once as it is.

    Outputs of demonstrations stay, so that a figure is there before the first cell is run, and
    those of practice, which hold its options. Checks of graded questions and widgets keep none.

    Raises:
        ReleaseFailed: when nbgrader refuses the notebook.
        CellStopped: when the untouched release stops with an error.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = folder / "source_notebooks" / slug
        place.mkdir(parents=True)
        nbformat.write(source, place / f"{slug}.ipynb")
        config = nbgrader_settings(folder)
        config.GenerateAssignment.no_database = True
        config.SaveCells.enabled = False
        api = NbGraderAPI(config=config)
        api.log.setLevel(logging.ERROR)
        outcome = api.generate_assignment(slug, force=True)
        made = folder / "release" / slug / f"{slug}.ipynb"
        if not outcome["success"] or not made.exists():
            said = outcome.get("log") or outcome.get("error", "")
            raise ReleaseFailed(f"{slug}: nbgrader could not make the release. It said:\n{said}")
        book = nbformat.read(made, as_version=4)
    for cell in book.cells:
        # The mark is for our tests, and an empty last line is what a removed solution leaves.
        cell.source = cell.source.removeprefix("# NBVAL_CHECK_OUTPUT\n").rstrip("\n")
        if cell.cell_type == "code" and cell.metadata.course.role == "answer":
            # An answer that Python cannot run must not keep "Run All Cells" from going on.
            cell.metadata["tags"] = ["raises-exception"]
    book = without_widgets(executed(book, slug))
    for cell in book.cells:
        if cell.cell_type == "code":
            _as_not_yet_run(cell)
    return book


def _as_not_yet_run(cell: NotebookNode) -> None:
    cell.execution_count = None
    about = cell.metadata.course
    told = about.role == "check" and (about.use == "graded" or about.kind == "text")
    if told or about.get("bare"):
        cell.outputs = []
    for output in cell.outputs:
        if "execution_count" in output:
            output.execution_count = None


class ReleaseFailed(Exception):
    """nbgrader refused a source notebook; the text carries its log."""
