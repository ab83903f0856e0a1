"""The sample class: each learner is named by what they do, and each knows what that must earn.

The expected marks come from the lesson's answers, never from a run of the grader.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course.grading.released import Asked, asked_in
from course.publish.assemble import AskedQuestion, Lesson
from course.publish.solutions import source_of
from course.questions.kinds import (
    ChoiceKey,
    ChoicesKey,
    FunctionForm,
    NumberKey,
    OrderKey,
    TableKey,
    TextKey,
)


@dataclass
class HandedIn:
    """What one learner hands in: files by name, and the points of each question."""

    files: dict[str, bytes]
    expected: dict[str, float]


@dataclass(frozen=True)
class Behaviour:
    """A learner: name, one sentence, and how their submission is made."""

    name: str
    does: str
    make: Callable[[Sheet], HandedIn]


@dataclass
class Sheet:
    """A blank notebook with the lesson's answers at hand."""

    released: NotebookNode
    lesson: Lesson
    asked: list[Asked] = field(init=False)

    def __post_init__(self) -> None:
        self.asked = [a for a in asked_in(self.released) if a.is_graded]

    @property
    def file(self) -> str:
        """The right file name."""
        return f"{self.lesson.slug}.ipynb"

    def compiled(self, asked: Asked) -> AskedQuestion:
        """The question with its key."""
        return self.lesson.asked[asked.id]

    def blank(self) -> NotebookNode:
        """A fresh copy of the release."""
        return copy.deepcopy(self.released)

    def right(self) -> NotebookNode:
        """The release with every question answered rightly; functions by their table."""
        book = self.blank()
        for asked in self.asked:
            write(book, asked.answers[0], self.right_text(asked))
        return book

    def right_text(self, asked: Asked) -> str:
        """What stands in the (first) answer cell at full marks."""
        key = self.compiled(asked).question.key
        if isinstance(key, ChoiceKey):
            return f'{asked.variable} = "{key.right}"'
        if isinstance(key, (ChoicesKey, OrderKey)):
            return f'{asked.variable} = "{" ".join(key.right)}"'
        if isinstance(key, NumberKey):
            return f"{asked.variable} = {key.value:g}"
        if isinstance(key, TableKey):
            return self.table(asked)
        assert isinstance(key, TextKey)
        return key.model

    def table(self, asked: Asked, rows: int | None = None) -> str:
        """The filled-in table of a question that has one; only the first ``rows`` of it."""
        question = self.compiled(asked).question
        assert isinstance(question.key, TableKey)
        assert question.table is not None
        cases = zip(question.table.rows, question.key.rows, strict=True)
        lines = [
            f"    {label!r}: {_list(case.expected) if rows is None or at < rows else None!r},"
            for at, (label, case) in enumerate(cases)
        ]
        return "\n".join([f"{asked.variable} = {{", *lines, "}"])

    def function(self, asked: Asked) -> str:
        """A right function, as its author wrote it."""
        solutions = self.compiled(asked).solutions
        assert solutions is not None
        assert solutions.reference is not None
        may_use = self.compiled(asked).may_use
        imports = [f"from {n.rpartition('.')[0]} import {n.rpartition('.')[2]}" for n in may_use]
        return "\n".join([*imports, source_of(solutions.reference)])

    def of_kind(self, *kinds: str) -> list[Asked]:
        """The graded questions of these kinds."""
        return [a for a in self.asked if a.kind in kinds]

    def full(
        self, but: Iterable[Asked] = (), only: Iterable[Asked] | None = None
    ) -> dict[str, float]:
        """Full automatic marks, nothing for ``but``; a written answer earns nothing by itself."""
        lost = {a.id for a in but}
        kept = {a.id for a in self.asked if only is None} | {a.id for a in only or ()}
        return {
            a.id: a.points if a.kind != "text" and a.id in kept - lost else 0.0 for a in self.asked
        }

    def handed_in(self, book: NotebookNode, expected: dict[str, float]) -> HandedIn:
        """``book`` under its right name."""
        return HandedIn({self.file: as_bytes(book)}, expected)


def as_bytes(book: NotebookNode) -> bytes:
    """The notebook as a file."""
    text: str = nbformat.writes(book)
    return text.encode()


def cell_of(book: NotebookNode, id_: str) -> NotebookNode:
    """The cell called ``id_``."""
    found: NotebookNode = next(c for c in book.cells if c.id == id_)
    return found


def write(book: NotebookNode, id_: str, text: str) -> None:
    """Type ``text`` into a cell, over what stands there."""
    cell_of(book, id_).source = text


def _list(value: object) -> object:
    return [_list(v) for v in value] if isinstance(value, tuple) else value


# --- answers and their spellings ----------------------------------------------------------------


def _right(sheet: Sheet) -> HandedIn:
    return sheet.handed_in(sheet.right(), sheet.full())


def _spelt(
    choice: Callable[[str, str], str], number: Callable[[str, float, str], str]
) -> Callable[[Sheet], HandedIn]:
    """Right answers, each written as ``choice`` and ``number`` say."""

    def make(sheet: Sheet) -> HandedIn:
        book = sheet.right()
        for asked in sheet.asked:
            question = sheet.compiled(asked).question
            if isinstance(question.key, ChoiceKey):
                write(book, asked.answers[0], choice(asked.variable, question.key.right))
            elif isinstance(question.key, NumberKey):
                unit = getattr(question.form, "units", ("",))[0]
                write(book, asked.answers[0], number(asked.variable, question.key.value, unit))
        return sheet.handed_in(book, sheet.full())

    return make


def _wrong_letter(sheet: Sheet) -> HandedIn:
    book = sheet.right()
    for asked in sheet.of_kind("choice"):
        key = sheet.compiled(asked).question.key
        assert isinstance(key, ChoiceKey)
        letter = next(x for x in key.replies if x != key.right)
        write(book, asked.answers[0], f'{asked.variable} = "{letter}"')
    return sheet.handed_in(book, sheet.full(but=sheet.of_kind("choice")))


def _wrong_number(sheet: Sheet) -> HandedIn:
    book = sheet.right()
    for asked in sheet.of_kind("number"):
        key = sheet.compiled(asked).question.key
        assert isinstance(key, NumberKey)
        write(book, asked.answers[0], f"{asked.variable} = {key.mistakes[0].value:g}")
    return sheet.handed_in(book, sheet.full(but=sheet.of_kind("number")))


def _blank(sheet: Sheet) -> HandedIn:
    return sheet.handed_in(sheet.blank(), sheet.full(only=[]))


def _lost_the_name(sheet: Sheet) -> HandedIn:
    book = sheet.right()
    for asked in sheet.of_kind("choice", "number"):
        write(book, asked.answers[0], sheet.right_text(asked).partition("= ")[2])
    return sheet.handed_in(book, sheet.full())


# --- cells deleted, copied, changed -------------------------------------------------------------


def _deleted_cell(sheet: Sheet) -> HandedIn:
    book, first = sheet.right(), sheet.asked[0]
    gone = {first.answers[0], sheet.asked[1].check, f"prompt-{sheet.asked[1].id}"}
    book.cells = [c for c in book.cells if c.id not in gone]
    return sheet.handed_in(book, sheet.full(but=[first]))


def _copied_cell(sheet: Sheet) -> HandedIn:
    """The first cell stays blank, its copy below is filled in, as after copy and paste."""
    book, first = sheet.right(), sheet.asked[0]
    blank = copy.deepcopy(cell_of(sheet.blank(), first.answers[0]))
    at = book.cells.index(cell_of(book, first.answers[0]))
    book.cells[at].id = "pasted"
    book.cells.insert(at, blank)
    return sheet.handed_in(book, sheet.full())


def _edited_check(sheet: Sheet) -> HandedIn:
    book = sheet.blank()
    for asked in sheet.asked:
        if asked.check:
            write(book, asked.check, f"print('All right')\n{asked.points}")
    return sheet.handed_in(book, sheet.full(only=[]))


def _moved_cells(sheet: Sheet) -> HandedIn:
    book = sheet.right()
    book.cells = list(reversed(book.cells))
    return sheet.handed_in(book, sheet.full())


def _changed_metadata(sheet: Sheet) -> HandedIn:
    book = sheet.right()
    first = sheet.asked[0]
    for cell in book.cells:
        about = cell.metadata.get("nbgrader")
        if about and about.get("grade"):
            about["points"] = 100.0
        if about:
            about["locked"], about["schema_version"] = False, 99
    write(book, first.answers[0], f"{first.variable} = None")
    return sheet.handed_in(book, sheet.full(but=[first]))


def _other_cell_type(sheet: Sheet) -> HandedIn:
    book, first = sheet.right(), sheet.asked[0]
    at = book.cells.index(cell_of(book, first.answers[0]))
    old = book.cells[at]
    book.cells[at] = new_markdown_cell(old.source, id=old.id, metadata=old.metadata)
    return sheet.handed_in(book, sheet.full())


def _answers_below(sheet: Sheet) -> HandedIn:
    """Answers in new cells under the checks; the cells meant for them stay empty."""
    filled, book = sheet.right(), sheet.blank()
    for asked in sheet.of_kind("choice", "choices", "match", "order", "number", "table"):
        at = book.cells.index(cell_of(book, asked.check))
        book.cells.insert(at + 1, new_code_cell(cell_of(filled, asked.answers[0]).source))
    for asked in sheet.of_kind("function"):
        write(book, asked.answers[0], sheet.table(asked))
    return sheet.handed_in(book, sheet.full())


# --- code that misbehaves -----------------------------------------------------------------------


def _with_code(code: str) -> Callable[[Sheet], HandedIn]:
    """Everything right, and ``code`` in a cell of the learner's own near the top."""

    def make(sheet: Sheet) -> HandedIn:
        book = sheet.right()
        at = book.cells.index(cell_of(book, f"prompt-{sheet.asked[0].id}"))
        book.cells.insert(at, new_code_cell(code))
        return sheet.handed_in(book, sheet.full())

    return make


def _loop_in_answer(sheet: Sheet) -> HandedIn:
    """The last answer cell never comes to its answer; the others are right."""
    book, last = sheet.right(), sheet.of_kind("choice", "number")[-1]
    write(book, last.answers[0], f"while True:\n    pass\n{last.variable} = input()")
    return sheet.handed_in(book, sheet.full(but=[last]))


def _exits(sheet: Sheet) -> HandedIn:
    book, last = sheet.right(), sheet.of_kind("choice", "number")[-1]
    write(book, last.answers[0], f"import os\nos._exit(0)\n{last.variable} = 1")
    return sheet.handed_in(book, sheet.full(but=[last]))


def _looping_function(sheet: Sheet) -> HandedIn:
    """A function that never returns, beside a right table: the better counts."""
    book = sheet.right()
    for asked in sheet.of_kind("function"):
        form = sheet.compiled(asked).question.form
        assert isinstance(form, FunctionForm)
        write(
            book,
            asked.answers[1],
            f"def {form.name}({', '.join(form.parameters)}):\n    while True:\n        pass",
        )
    return sheet.handed_in(book, sheet.full())


# --- one part only ------------------------------------------------------------------------------


def _only_table(sheet: Sheet) -> HandedIn:
    book = sheet.blank()
    for asked in sheet.of_kind("function"):
        write(book, asked.answers[0], sheet.table(asked))
    return sheet.handed_in(book, sheet.full(only=sheet.of_kind("function")))


def _only_function(sheet: Sheet) -> HandedIn:
    book = sheet.blank()
    for asked in sheet.of_kind("function"):
        write(book, asked.answers[1], sheet.function(asked))
    return sheet.handed_in(book, sheet.full(only=sheet.of_kind("function")))


def _half_table(sheet: Sheet) -> HandedIn:
    book, expected = sheet.blank(), sheet.full(only=[])
    for asked in sheet.of_kind("function"):
        key = sheet.compiled(asked).question.key
        assert isinstance(key, TableKey)
        done = len(key.rows) // 2
        write(book, asked.answers[0], sheet.table(asked, rows=done))
        expected[asked.id] = asked.points * done / len(key.rows)
    return sheet.handed_in(book, expected)


def _only_written(sheet: Sheet) -> HandedIn:
    book = sheet.blank()
    for asked in sheet.of_kind("text"):
        write(book, asked.answers[0], sheet.right_text(asked))
    return sheet.handed_in(book, sheet.full(only=[]))


# --- files --------------------------------------------------------------------------------------


def _file(change: Callable[[bytes], bytes], *, read: bool) -> Callable[[Sheet], HandedIn]:
    """The right notebook with its bytes changed; ``read`` says whether it can still be graded."""

    def make(sheet: Sheet) -> HandedIn:
        data = change(as_bytes(sheet.right()))
        return HandedIn({sheet.file: data}, sheet.full() if read else sheet.full(only=[]))

    return make


def _latin_1(sheet: Sheet) -> HandedIn:
    book = sheet.right()
    book.cells.append(new_markdown_cell("Schöne Grüße von der Praxis Müller."))
    text = json.dumps(book, ensure_ascii=False)
    return HandedIn({sheet.file: text.encode("latin-1", "ignore")}, sheet.full())


def _missing(sheet: Sheet) -> HandedIn:
    return HandedIn({}, sheet.full(only=[]))


def _wrong_name(sheet: Sheet) -> HandedIn:
    return HandedIn({f"{sheet.lesson.slug} (1) final.ipynb": as_bytes(sheet.right())}, sheet.full())


def _other_format(sheet: Sheet) -> HandedIn:
    book = sheet.right()
    for cell in book.cells:
        cell.pop("id", None)
        if cell.cell_type == "code":
            cell.outputs = []
    book.nbformat_minor = 4
    old = nbformat.convert(book, 3)
    return HandedIn({sheet.file: nbformat.v3.writes_json(old).encode()}, sheet.full())


def _huge_outputs(sheet: Sheet) -> HandedIn:
    book = sheet.right()
    cell = cell_of(book, sheet.asked[0].answers[0])
    cell.outputs = [nbformat.v4.new_output("stream", text="a line of output\n" * 1_000_000)]
    return sheet.handed_in(book, sheet.full())


_NOVEL = "for _ in range(200):\n    print('It was a dark and stormy night. ' * 3000)"

BEHAVIOURS = (
    Behaviour("right", "answers everything rightly", _right),
    Behaviour(
        "other_right_spellings",
        "writes the same answers otherwise: ['b)'], '3.0 units'",
        _spelt(lambda v, x: f"{v} = ['{x})']", lambda v, n, u: f"{v} = '{n:.1f} {u}'"),
    ),
    Behaviour(
        "upper_case_with_spaces",
        "types capital letters with blanks around them",
        _spelt(lambda v, x: f'{v} = "  {x.upper()} "', lambda v, n, u: f'{v} = " {n:g} "'),
    ),
    Behaviour(
        "no_quotation_marks",
        "forgets the quotation marks",
        _spelt(lambda v, x: f"{v} = {x}", lambda v, n, u: f"{v} = {n:g}"),
    ),
    Behaviour(
        "curly_quotes",
        "pastes curly quotation marks from a word processor",
        _spelt(lambda v, x: f"{v} = “{x}”", lambda v, n, u: f"{v} = “{n:g}”"),
    ),
    Behaviour(
        "three_units",
        "writes the unit behind the number, as in 3 units",
        _spelt(lambda v, x: f'{v} = "{x}"', lambda v, n, u: f"{v} = {n:g} {u}"),
    ),
    Behaviour("lost_the_name", "deletes the name and the = before each answer", _lost_the_name),
    Behaviour("wrong_letter", "picks a wrong letter every time", _wrong_letter),
    Behaviour("wrong_number", "makes the commonest mistake with every number", _wrong_number),
    Behaviour("blank", "hands in the notebook as it was", _blank),
    Behaviour(
        "deleted_cell", "deletes an answer cell, a check cell and a question's text", _deleted_cell
    ),
    Behaviour(
        "copied_cell",
        "fills in a copy of the answer cell and leaves the first one empty",
        _copied_cell,
    ),
    Behaviour(
        "edited_check",
        "answers nothing and makes every check cell return full marks",
        _edited_check,
    ),
    Behaviour("moved_cells", "hands in all cells in reverse order", _moved_cells),
    Behaviour(
        "changed_points_metadata",
        "says in the file that each question is worth 100 points",
        _changed_metadata,
    ),
    Behaviour("other_cell_type", "turns an answer cell into a text cell", _other_cell_type),
    Behaviour("answers_below", "answers in new cells under the checks", _answers_below),
    Behaviour("infinite_loop", "has a loop without end in one answer", _loop_in_answer),
    Behaviour(
        "looping_function",
        "writes a function that never returns, and a right table",
        _looping_function,
    ),
    Behaviour("exits", "ends Python in the middle of an answer", _exits),
    Behaviour("prints_a_novel", "prints twenty megabytes", _with_code(_NOVEL)),
    Behaviour(
        "stderr_noise",
        "makes warnings and red text, and is right",
        _with_code("import sys, warnings\nwarnings.warn('careful')\nprint('red', file=sys.stderr)"),
    ),
    Behaviour("stops_with_an_error", "has a cell of their own that fails", _with_code("1 / 0")),
    Behaviour("only_table", "answers nothing but the table of the function question", _only_table),
    Behaviour("only_function", "answers nothing but the function, in Python", _only_function),
    Behaviour("half_table", "fills in the first half of the table", _half_table),
    Behaviour(
        "written_answer_only", "answers nothing but the question a person reads", _only_written
    ),
    Behaviour(
        "huge_outputs", "saved the notebook with seventeen megabytes of output", _huge_outputs
    ),
    Behaviour(
        "not_json",
        "hands in a file that is no notebook",
        _file(lambda _: b"Dear teacher, my answers are b, c and 3.", read=False),
    ),
    Behaviour(
        "damaged",
        "hands in a notebook whose second half is gone",
        _file(lambda data: data[: len(data) // 2], read=False),
    ),
    Behaviour("empty_file", "hands in an empty file", _file(lambda _: b"", read=False)),
    Behaviour("latin_1", "saved the file in the encoding Latin-1", _latin_1),
    Behaviour("missing_file", "hands in a folder without a notebook", _missing),
    Behaviour("wrong_file_name", "hands in under another file name", _wrong_name),
    Behaviour("other_format", "hands in notebook format 3, ten years old", _other_format),
)
