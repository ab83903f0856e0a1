"""The kinds of question as plain data, the same in the learner's notebook and in the grader.

A question has a public half (its form: what may be answered, and how) and a secret half (its key).
A practice question travels whole. A graded question travels without its key.
Only dataclasses and JSON here: this module also runs in a browser's Python.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Kind = Literal["choice", "choices", "match", "order", "number", "table", "function", "text"]
Use = Literal["practice", "graded"]


@dataclass(frozen=True)
class Reply:
    """The belief behind an answer, and what we say to somebody who holds it."""

    reply: str
    belief: str = ""


@dataclass(frozen=True)
class ChoiceForm:
    """Options by letter: of a ``choice`` one is right, of ``choices`` several."""

    options: Mapping[str, str]


@dataclass(frozen=True)
class ChoiceKey:
    """The right letter, and a reply to every letter."""

    right: str
    replies: Mapping[str, Reply]


@dataclass(frozen=True)
class ChoicesKey:
    """The right letters, and a reply to every letter.

    The belief of a right letter is held by who leaves it out, that of a wrong one by who picks it.
    """

    right: tuple[str, ...]
    replies: Mapping[str, Reply]


@dataclass(frozen=True)
class OrderForm:
    """Things to put in order, by letter."""

    items: Mapping[str, str]


@dataclass(frozen=True)
class Reversal:
    """Two letters in the wrong order, ``first`` before ``second``, and the belief that shows."""

    first: str
    second: str
    reply: Reply


@dataclass(frozen=True)
class OrderKey:
    """The right order, and the reversals that tell a belief, the most telling first."""

    right: tuple[str, ...]
    mistakes: tuple[Reversal, ...]
    why: str
    otherwise: str


@dataclass(frozen=True)
class NumberForm:
    """Units of the answer, singular or plural as a learner may write it; the first one is shown.

    ``slider`` (first, last, step) lets practice be answered with a slider.
    """

    units: tuple[str, ...]
    slider: tuple[float, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """A wrong number that tells which belief led to it."""

    value: float
    reply: Reply


@dataclass(frozen=True)
class NumberKey:
    """The right number, how far off still counts (same unit), and the known mistakes."""

    value: float
    tolerance: float
    why: str
    mistakes: tuple[Mistake, ...]
    otherwise: str


@dataclass(frozen=True)
class Column:
    """What stands in one column of a table.

    ``words`` are the words an entry may be, each with other words for it. Without any, an entry is
    a number, of ``units`` if it has a unit, and ``tolerance`` (same unit) is how far off counts.
    """

    name: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    tolerance: float = 0.0


@dataclass(frozen=True)
class TableForm:
    """Rows to fill in: the text of each row by its label, and the columns.

    A ``match`` is a table of one column, whose words are the categories.
    """

    rows: Mapping[str, str]
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Case:
    """A call or a row: its expected value, and which wrong value shows which belief.

    ``expected`` of a row with several columns is a tuple. ``mistakes`` are pairs (value, name of
    the belief in the key's ``beliefs``). ``arguments`` are those of a function's call.
    """

    expected: Any
    mistakes: tuple[tuple[Any, str], ...] = ()
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True)
class TableKey:
    """One case for each row, in the form's order, and the beliefs they reveal."""

    rows: tuple[Case, ...]
    beliefs: Mapping[str, Reply]
    why: str
    otherwise: str


@dataclass(frozen=True)
class FunctionForm:
    """A function to write, or its no-code twin, a table filled in by hand.

    ``example`` holds the arguments of one public call, so that ``check`` can say whether the
    function runs at all.
    """

    name: str
    parameters: tuple[str, ...]
    example: tuple[Any, ...]
    table: TableForm


@dataclass(frozen=True)
class FunctionKey(TableKey):
    """A key for the twin's rows, and cases for the function."""

    cases: tuple[Case, ...] = ()


@dataclass(frozen=True)
class TextForm:
    """Free writing, read by a person. ``words`` is the most words asked for."""

    words: int


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: what earns 0, 1 or 2."""

    name: str
    levels: tuple[str, str, str]


@dataclass(frozen=True)
class TextKey:
    """The rubric, an answer at full marks, and what we say to the beliefs it meets."""

    rubric: tuple[Criterion, ...]
    model: str
    beliefs: Mapping[str, Reply] = field(default_factory=dict)


Form = ChoiceForm | OrderForm | NumberForm | TableForm | FunctionForm | TextForm
Key = ChoiceKey | ChoicesKey | OrderKey | NumberKey | TableKey | FunctionKey | TextKey


@dataclass(frozen=True)
class Question:
    """One question. ``points`` is 0 for practice. ``where`` is the heading to read again."""

    id: str
    lesson: str
    number: int
    kind: Kind
    use: Use
    points: float
    level: str
    objective: str
    claims: tuple[str, ...]
    where: str
    form: Form
    key: Key | None

    @property
    def variable(self) -> str:
        """Name of the variable that holds the answer in the notebook."""
        return "answer_" + self.id.replace("-", "_")

    @property
    def label(self) -> str:
        """What the notebook calls this question."""
        return f"{'Question' if self.use == 'graded' else 'Practice'} {self.number}"

    @property
    def table(self) -> TableForm | None:
        """The table to fill in by hand, that of a function too; None where the kind has none."""
        if isinstance(self.form, FunctionForm):
            return self.form.table
        return self.form if isinstance(self.form, TableForm) else None

    @property
    def texts(self) -> Mapping[str, str]:
        """What is printed under the prompt: options and steps by letter, rows by label."""
        if isinstance(self.form, ChoiceForm):
            return self.form.options
        if isinstance(self.form, OrderForm):
            return self.form.items
        return self.table.rows if self.table is not None else {}

    def without_key(self) -> Question:
        """The half of the question that a learner may hold before marks are returned."""
        return Question(**{**self.__dict__, "key": None})

    def to_json(self) -> dict[str, Any]:
        """Plain JSON of the question; ``question_from_json`` reads it back."""
        return asdict(self)


def _reply(data: Mapping[str, Any]) -> Reply:
    return Reply(reply=data["reply"], belief=data.get("belief", ""))


def _replies(data: Mapping[str, Any]) -> dict[str, Reply]:
    return {name: _reply(entry) for name, entry in data.items()}


def frozen(value: Any) -> Any:
    """Lists as tuples, all the way down, so that a question read from JSON equals the built one."""
    if isinstance(value, (list, tuple)):
        return tuple(frozen(item) for item in value)
    return value


def thawed(value: Any) -> Any:
    """Tuples as lists, all the way down: what a learner's function is given."""
    if isinstance(value, (list, tuple)):
        return [thawed(item) for item in value]
    return value


def _cases(data: list[Mapping[str, Any]]) -> tuple[Case, ...]:
    return tuple(
        Case(
            expected=frozen(entry["expected"]),
            mistakes=frozen(entry["mistakes"]),
            arguments=frozen(entry["arguments"]),
        )
        for entry in data
    )


def _table(data: Mapping[str, Any]) -> TableForm:
    columns = tuple(
        Column(
            name=column["name"],
            words={word: tuple(others) for word, others in column["words"].items()},
            units=tuple(column["units"]),
            tolerance=column["tolerance"],
        )
        for column in data["columns"]
    )
    return TableForm(rows=dict(data["rows"]), columns=columns)


def _form(kind: Kind, data: Mapping[str, Any]) -> Form:
    if kind in ("choice", "choices"):
        return ChoiceForm(options=dict(data["options"]))
    if kind == "order":
        return OrderForm(items=dict(data["items"]))
    if kind == "number":
        return NumberForm(units=tuple(data["units"]), slider=tuple(data["slider"]))
    if kind in ("match", "table"):
        return _table(data)
    if kind == "function":
        return FunctionForm(
            name=data["name"],
            parameters=tuple(data["parameters"]),
            example=frozen(data["example"]),
            table=_table(data["table"]),
        )
    return TextForm(words=data["words"])


def _key(kind: Kind, data: Mapping[str, Any]) -> Key:
    if kind == "choice":
        return ChoiceKey(right=data["right"], replies=_replies(data["replies"]))
    if kind == "choices":
        return ChoicesKey(right=tuple(data["right"]), replies=_replies(data["replies"]))
    if kind == "text":
        return TextKey(
            rubric=tuple(Criterion(c["name"], tuple(c["levels"])) for c in data["rubric"]),
            model=data["model"],
            beliefs=_replies(data["beliefs"]),
        )
    told = {"why": data["why"], "otherwise": data["otherwise"]}
    if kind == "order":
        mistakes = tuple(
            Reversal(m["first"], m["second"], _reply(m["reply"])) for m in data["mistakes"]
        )
        return OrderKey(right=tuple(data["right"]), mistakes=mistakes, **told)
    if kind == "number":
        return NumberKey(
            value=data["value"],
            tolerance=data["tolerance"],
            mistakes=tuple(Mistake(m["value"], _reply(m["reply"])) for m in data["mistakes"]),
            **told,
        )
    rows, beliefs = _cases(data["rows"]), _replies(data["beliefs"])
    if kind == "function":
        return FunctionKey(rows=rows, beliefs=beliefs, cases=_cases(data["cases"]), **told)
    return TableKey(rows=rows, beliefs=beliefs, **told)


def question_from_json(data: Mapping[str, Any]) -> Question:
    """A question from the JSON that ``Question.to_json`` wrote."""
    kind: Kind = data["kind"]
    return Question(
        id=data["id"],
        lesson=data["lesson"],
        number=data["number"],
        kind=kind,
        use=data["use"],
        points=data["points"],
        level=data["level"],
        objective=data["objective"],
        claims=tuple(data["claims"]),
        where=data["where"],
        form=_form(kind, data["form"]),
        key=None if data["key"] is None else _key(kind, data["key"]),
    )


@cache
def learners_bank() -> dict[str, Question]:
    """Every question a learner's notebook may ask about, by id: practice whole, graded keyless."""
    bank: dict[str, Question] = {}
    for page in sorted(files("course.questions").joinpath("bank").iterdir(), key=lambda p: p.name):
        if page.name.endswith(".json"):
            for entry in json.loads(page.read_text(encoding="utf-8"))["questions"]:
                bank[entry["id"]] = question_from_json(entry)
    return bank
