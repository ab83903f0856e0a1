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

Kind = Literal["choice", "number", "function", "text"]
Use = Literal["practice", "graded"]


@dataclass(frozen=True)
class Reply:
    """The belief behind an answer, and what we say to somebody who holds it."""

    reply: str
    belief: str = ""


@dataclass(frozen=True)
class ChoiceForm:
    """Options by letter."""

    options: Mapping[str, str]


@dataclass(frozen=True)
class ChoiceKey:
    """The right letter, and a reply to every letter."""

    right: str
    replies: Mapping[str, Reply]


@dataclass(frozen=True)
class NumberForm:
    """Unit of the answer, singular or plural as a learner may write it; the first one is shown."""

    units: tuple[str, ...]


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
class FunctionForm:
    """A function to write, or its no-code twin: a table whose rows are filled in by hand.

    ``example`` holds the arguments of one public call, so that ``check`` can say whether the
    function runs at all. ``rows`` are the labels of the twin's rows. ``words`` are the answers a
    row may have, each with other words for it; without any, a row takes a number,
    of ``units`` if it has a unit.
    """

    name: str
    parameters: tuple[str, ...]
    example: tuple[Any, ...]
    rows: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """Arguments (or a row's label), the expected value, and which wrong value shows which belief.

    ``mistakes`` are pairs (value, name of the belief in the key's ``beliefs``).
    """

    arguments: tuple[Any, ...]
    expected: Any
    mistakes: tuple[tuple[Any, str], ...] = ()


@dataclass(frozen=True)
class FunctionKey:
    """Cases for the function, one case for each row of the twin, and the beliefs they reveal."""

    cases: tuple[Case, ...]
    rows: tuple[Case, ...]
    beliefs: Mapping[str, Reply]
    why: str
    otherwise: str


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


Form = ChoiceForm | NumberForm | FunctionForm | TextForm
Key = ChoiceKey | NumberKey | FunctionKey | TextKey


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
            arguments=frozen(entry["arguments"]),
            expected=frozen(entry["expected"]),
            mistakes=frozen(entry["mistakes"]),
        )
        for entry in data
    )


def _form(kind: Kind, data: Mapping[str, Any]) -> Form:
    if kind == "choice":
        return ChoiceForm(options=dict(data["options"]))
    if kind == "number":
        return NumberForm(units=tuple(data["units"]))
    if kind == "function":
        return FunctionForm(
            name=data["name"],
            parameters=tuple(data["parameters"]),
            example=frozen(data["example"]),
            rows=tuple(data["rows"]),
            words={word: tuple(others) for word, others in data["words"].items()},
            units=tuple(data["units"]),
        )
    return TextForm(words=data["words"])


def _key(kind: Kind, data: Mapping[str, Any]) -> Key:
    if kind == "choice":
        return ChoiceKey(right=data["right"], replies=_replies(data["replies"]))
    if kind == "number":
        return NumberKey(
            value=data["value"],
            tolerance=data["tolerance"],
            why=data["why"],
            mistakes=tuple(Mistake(m["value"], _reply(m["reply"])) for m in data["mistakes"]),
            otherwise=data["otherwise"],
        )
    if kind == "function":
        return FunctionKey(
            cases=_cases(data["cases"]),
            rows=_cases(data["rows"]),
            beliefs=_replies(data["beliefs"]),
            why=data["why"],
            otherwise=data["otherwise"],
        )
    return TextKey(
        rubric=tuple(Criterion(c["name"], tuple(c["levels"])) for c in data["rubric"]),
        model=data["model"],
        beliefs=_replies(data["beliefs"]),
    )


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
