"""Which cells of a repaired notebook must run for its marks.

What the lesson shows and what practice tells changes no mark, unless something the learner wrote
speaks of the same names. Leaving those cells out halves the time a submission takes.
"""

from __future__ import annotations

import ast
import re

from nbformat import NotebookNode

_WORD = re.compile(r"[^\W\d]\w*")


def needed_cells(book: NotebookNode, released: NotebookNode) -> set[str]:
    """Ids of the code cells to run: the learner's own, the graded checks, and whatever shares a
    name with something the learner wrote, directly or through another such cell."""
    blank = {cell.id: cell.source.strip() for cell in released.cells}
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    spare = {cell.id: _names(cell.source) for cell in code if _may_be_left_out(cell)}
    words: set[str] = set()
    for cell in code:
        if (
            cell.id not in spare
            and _role(cell) != "check"
            and cell.source.strip() != blank.get(cell.id)
        ):
            words |= set(_WORD.findall(cell.source))
    needed = {cell.id for cell in code} - set(spare)
    while found := {id_ for id_, names in spare.items() if names is None or names & words}:
        for id_ in found:
            words |= spare.pop(id_) or set()
        needed |= found
    return needed


def _may_be_left_out(cell: NotebookNode) -> bool:
    about = cell.metadata.get("course", {})
    return bool(about.get("use") == "practice" or about.get("role") == "demonstration")


def _role(cell: NotebookNode) -> str:
    return str(cell.metadata.get("course", {}).get("role", ""))


def _names(source: str) -> set[str] | None:
    """Every name the cell speaks of; None where that cannot be told, so that it runs."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return None
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            if any(alias.name == "*" for alias in node.names):
                return None
            names |= {(a.asname or a.name).partition(".")[0] for a in node.names}
    return names - {"print", "range", "len", "sum", "min", "max"}
