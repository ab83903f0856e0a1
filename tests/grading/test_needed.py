"""What is left out of a run can change no mark."""

from __future__ import annotations

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from course.grading.needed import needed_cells


def cell(name: str, source: str, role: str, use: str = "") -> NotebookNode:
    about = {"course": {"role": role, "use": use}}
    made: NotebookNode = new_code_cell(source, id=name, metadata=about)
    return made


def book(*cells: NotebookNode) -> NotebookNode:
    made: NotebookNode = new_notebook(cells=list(cells))
    return made


SHOWN = (
    cell("figure", "from pictures import draw\ndraw()", "demonstration"),
    cell("data", "minutes = [8, 23]", "demonstration"),
    cell("total", "total = sum(minutes)", "demonstration"),
    cell("told", "check('x')", "check", "practice"),
    cell("graded", "award('y')", "check", "graded"),
    cell("start", "import course", "setup"),
)


def test_an_untouched_notebook_runs_its_answers_and_graded_checks() -> None:
    blank = book(*SHOWN, cell("answer", "answer = None", "answer"))
    assert needed_cells(blank, blank) == {"graded", "start", "answer"}


def test_names_pull_in_what_they_need() -> None:
    blank = book(*SHOWN, cell("answer", "answer = None", "answer"))
    filled = book(*SHOWN, cell("answer", "answer = total", "answer"))
    assert needed_cells(filled, blank) == {"graded", "start", "answer", "total", "data"}


def test_own_cells_always_run() -> None:
    blank = book(*SHOWN)
    filled = book(*SHOWN, cell("added-1", "x = draw", "added"))
    assert needed_cells(filled, blank) == {"graded", "start", "added-1", "figure"}
