"""Putting a handed-in notebook back in order, so that clumsiness costs nothing.

The result has exactly the released cells in the released order, every locked text and every piece
of metadata taken from the release, and in each answer cell what the learner wrote. The learner's
own cells stay behind the cell they followed, because an answer may call what they define.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from course.grading.released import Asked, asked_in, defined_function
from course.grading.submission import lesson_of
from course.questions.plain_values import is_blank
from course.questions.typed import bare_answer, spoken


def repair(submitted: NotebookNode, released: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """The submission as it can be graded, and one plain sentence for each thing put right.

    Neither argument is changed. Nothing but cell texts is taken from ``submitted``.
    """
    return _Repair(submitted, released).run()


@dataclass
class _Placed:
    """A submitted cell and the released cell it was made from, if any."""

    cell: NotebookNode
    position: int
    origin: str = ""
    after: str = ""
    by_id: bool = False
    used: bool = False


@dataclass
class _Repair:
    submitted: NotebookNode
    released: NotebookNode
    said: list[str] = field(default_factory=list)

    def run(self) -> tuple[NotebookNode, list[str]]:
        self.cells = {cell.id: cell for cell in self.released.cells}
        self.asked = asked_in(self.released)
        self.question = {id_: a for a in self.asked for id_ in (*a.answers, a.check)}
        self.placed = self._placed()
        self._report_other_lesson()
        answers = {c.id: self._answer(c) for c in self.released.cells if _is_answer(c)}
        self._report_locked()
        book = copy.deepcopy(self.released)
        book.cells = self._assembled(answers)
        book.metadata["kernelspec"] = {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        }
        book.metadata.pop("widgets", None)
        return book, self.said

    # --- which submitted cell is which released one ---------------------------------------------

    def _placed(self) -> list[_Placed]:
        by_grade_id = {_grade_id(c): c.id for c in self.released.cells if _grade_id(c)}
        by_text: dict[tuple[str, str], str] = {}
        for cell in self.released.cells:
            by_text.setdefault((cell.cell_type, cell.source.strip()), cell.id)
        placed, after = [], ""
        for position, cell in enumerate(self.submitted.cells):
            entry = _Placed(cell, position, after=after)
            if cell.id in self.cells:
                entry.origin, entry.by_id = cell.id, True
            elif _grade_id(cell) in by_grade_id:
                entry.origin = by_grade_id[_grade_id(cell)]
            elif (cell.cell_type, cell.source.strip()) in by_text:
                entry.origin = by_text[cell.cell_type, cell.source.strip()]
            after = entry.origin or after
            placed.append(entry)
        return placed

    def _of(self, origin: str) -> list[_Placed]:
        return [entry for entry in self.placed if entry.origin == origin]

    def _report_other_lesson(self) -> None:
        lesson, own = lesson_of(self.submitted), lesson_of(self.released)
        if lesson and own and lesson != own:
            self.said.append(f"This is the notebook of lesson {lesson}, not of {own}.")

    # --- answers --------------------------------------------------------------------------------

    def _answer(self, blank: NotebookNode) -> str:
        """The text for one answer cell: the learner's, or the blank."""
        asked = self.question.get(blank.id)
        own = self._of(blank.id)
        for entry in own:
            entry.used = True
        changed = [e for e in own if not self._is_blank(e.cell.source, blank)]
        if not changed:
            found = self._found_by_content(blank, asked)
            if found is not None:
                return found
            if not own:
                self._say(asked, "its answer cell was missing and was put back empty.")
            return str(blank.source)
        chosen = self._chosen(changed, asked)
        if chosen.cell.cell_type != blank.cell_type:
            self._say(
                asked, "its answer cell had become another type of cell and was changed back."
            )
        return self._read_bare(chosen.cell.source, blank, asked)

    def _is_blank(self, source: str, blank: NotebookNode) -> bool:
        if _squeezed(source) in ("", _squeezed(blank.source)):
            return True
        asked = self.question.get(blank.id)
        if asked is None or asked.kind == "text" or defined_function(blank.source):
            return False
        said = spoken(source, asked.variable)
        return said is not None and not said.runs and is_blank(said.value)

    def _chosen(self, changed: list[_Placed], asked: Asked | None) -> _Placed:
        """Of several changed copies the one in the original place: the question's check and panel
        stand under it, so that is the answer the learner last saw confirmed."""
        first = next((e for e in changed if e.by_id), changed[0])
        if len({_squeezed(e.cell.source) for e in changed}) > 1:
            self._say(
                asked,
                "there were several copies of its answer cell with different answers; "
                "the one in the original place counts.",
            )
        elif len(self._of(first.origin)) > 1:
            self._say(asked, "its answer cell was there more than once; the filled-in copy counts.")
        return first

    def _found_by_content(self, blank: NotebookNode, asked: Asked | None) -> str | None:
        """An answer that was written somewhere else in the notebook."""
        if asked is None:
            return None
        if asked.kind == "text":
            entry = self._stray_text(asked)
            if entry is None:
                return None
            entry.used = True
            self._say(asked, "its answer stood in another cell and was moved to its place.")
            return str(entry.cell.source)
        function = defined_function(blank.source)
        for entry in self.placed:
            text = self._answering_part(entry, blank, asked, function)
            if text:
                self._say(asked, "its answer stood in another cell and was moved to its place.")
                return text
        return None

    def _answering_part(
        self, entry: _Placed, blank: NotebookNode, asked: Asked, function: str
    ) -> str:
        source = entry.cell.source
        if entry.used and not entry.origin:
            return ""
        if function:
            found = re.search(rf"^def\s+{function}\b", source, re.MULTILINE) is not None
        else:
            said = spoken(source, asked.variable)
            found = said is not None and not self._is_blank(source, blank)
        if not found:
            return ""
        if not entry.origin:
            entry.used = True
            return str(source)
        if entry.cell.source.strip() == self.cells[entry.origin].source.strip():
            return ""
        return _statement(source, asked.variable, function)

    def _stray_text(self, asked: Asked) -> _Placed | None:
        """The cell of the learner's own that stands between this question's prompt and the next
        released cell; or the only long one in the notebook."""
        order = [c.id for c in self.released.cells]
        before = order[order.index(asked.answers[0]) - 1]
        own = [e for e in self.placed if not e.origin and not e.used and e.cell.source.strip()]
        near = [e for e in own if e.after == before and e.cell.cell_type != "code"]
        if near:
            return near[0]
        long = [e for e in own if e.cell.cell_type != "code" and len(e.cell.source.split()) >= 5]
        texts = [a for a in self.asked if a.kind == "text" and not self._of(a.answers[0])]
        return long[0] if len(long) == 1 and len(texts) == 1 else None

    def _read_bare(self, source: str, blank: NotebookNode, asked: Asked | None) -> str:
        """``"b"`` or ``answer = b`` in an answer cell means ``answer_… = "b"``."""
        if asked is None or asked.kind == "text" or defined_function(blank.source):
            return source
        if spoken(source, asked.variable) is not None:
            return source
        value = bare_answer(source, {a.variable for a in self.asked})
        if not value:
            return source
        self._say(asked, f"the cell had lost its {asked.variable} = and was read as the answer.")
        return f"{asked.variable} = {value}"

    # --- the rest -------------------------------------------------------------------------------

    def _report_locked(self) -> None:
        texts = 0
        for cell in self.released.cells:
            if _is_answer(cell):
                continue
            own = self._of(cell.id)
            same = any(e.cell.source.strip() == cell.source.strip() for e in own)
            asked = self.question.get(cell.id) or self._prompted(cell)
            if same:
                if len(own) > 1 and asked and any(_grade_id(e.cell) for e in own):
                    self._say(asked, "a copy of one of its locked cells was taken out.")
            elif asked is not None and asked.is_graded:
                part = "check cell" if cell.id == asked.check else "text"
                self._say(
                    asked,
                    f"its {part} had been changed and was put back as it was."
                    if own
                    else f"its {part} was missing and was put back.",
                )
            elif not _is_learners_code(cell) and not _is_practice(cell):
                texts += 1
        if texts:
            cells = "1 cell" if texts == 1 else f"{texts} cells"
            self.said.append(f"{cells} of the lesson's text had been changed or deleted; put back.")
        released = [c.id for c in self.released.cells]
        there = [e.origin for e in self.placed if e.by_id]
        if there != sorted(there, key=released.index):
            self.said.append("Cells had been moved; they are back in their order.")

    def _prompted(self, cell: NotebookNode) -> Asked | None:
        name = cell.metadata.get("course", {}).get("question")
        return next((a for a in self.asked if a.id == name), None)

    def _assembled(self, answers: dict[str, str]) -> list[NotebookNode]:
        own: dict[str, list[NotebookNode]] = {}
        for entry in self.placed:
            if (node := self._own_cell(entry)) is not None:
                own.setdefault(entry.origin or entry.after, []).append(node)
        cells = list(own.get("", []))
        for released in self.released.cells:
            cell = copy.deepcopy(released)
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
            cell.pop("attachments", None)
            cell.source = answers.get(cell.id, cell.source)
            cells += [cell, *own.get(cell.id, [])]
        return _with_fresh_ids(cells, self.cells)

    def _own_cell(self, entry: _Placed) -> NotebookNode | None:
        """The cell as the learner's own, if it is one: added, or a demonstration played with."""
        source = entry.cell.source
        if entry.used or not source.strip():
            return None
        if entry.origin:
            there = self.cells[entry.origin]
            if not _is_learners_code(there) or source.strip() == there.source.strip():
                return None
        make = {"code": new_code_cell, "raw": new_raw_cell}.get(
            entry.cell.cell_type, new_markdown_cell
        )
        about = {"course": {"role": "added"}}
        cell: NotebookNode = make(source, metadata=about)  # type: ignore[no-untyped-call]
        cell.id = "added"
        return cell

    def _say(self, asked: Asked | None, what: str) -> None:
        if asked is not None and asked.is_graded:
            self.said.append(f"{asked.label}: {what}")


def _with_fresh_ids(cells: list[NotebookNode], released: Iterable[str]) -> list[NotebookNode]:
    taken, number = set(released), 0
    for cell in cells:
        if cell.metadata.get("course", {}).get("role") == "added":
            number += 1
            while f"added-{number}" in taken:
                number += 1
            cell.id = f"added-{number}"
    return cells


def _statement(source: str, variable: str, function: str) -> str:
    """The last statement of ``source`` that answers; empty where Python cannot read it."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = re.search(rf"^[ \t]*{variable}[ \t]*=(?!=).*$", source, re.MULTILINE)
        return found[0].strip() if found and not function else ""
    for statement in reversed(body):
        if isinstance(statement, ast.FunctionDef) and statement.name == function:
            return ast.get_source_segment(source, statement) or ""
        if (
            not function
            and isinstance(statement, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id == variable for t in statement.targets)
        ):
            return ast.get_source_segment(source, statement) or ""
    return ""


def _squeezed(source: str) -> str:
    return "\n".join(line.strip() for line in source.strip().splitlines() if line.strip())


def _grade_id(cell: NotebookNode) -> str:
    there = cell.metadata.get("nbgrader")
    name = there.get("grade_id") if isinstance(there, dict) else None
    return name if isinstance(name, str) else ""


def _is_answer(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def _is_learners_code(cell: NotebookNode) -> bool:
    """A code cell of the lesson that anybody may play with: no graded question's, not locked."""
    return cell.cell_type == "code" and "nbgrader" not in cell.metadata and not _is_practice(cell)


def _is_practice(cell: NotebookNode) -> bool:
    """The check of a practice question: what is typed or clicked there counts for nothing."""
    about = cell.metadata.get("course", {})
    return bool(about.get("role") == "check" and about.get("use") == "practice")
