"""Keys as their authors write them: ``answers.yaml`` for graded questions, the tail of the block
for practice. One shape for each kind, checked here; compiled they are ``course.questions.kinds``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from course.publish.faults import LessonFault
from course.publish.plain_yaml import compose, load, told


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _not_blank(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise ValueError("it is empty")
    return " ".join(value.split()) if isinstance(value, str) else value


def _letters(value: Any) -> Any:
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _units(value: Any) -> Any:
    """A hyphen, as a number question has it, for no unit."""
    return () if value in ("-", ["-"]) else value


def _ways(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


Sentence = Annotated[str, BeforeValidator(_not_blank)]


class WrittenReply(_Strict):
    """What an answer shows and what we say to it. The right option has no belief to name."""

    belief: Sentence | None = None
    reply: Sentence


class WrittenBelief(_Strict):
    """A wrong belief and the reply to it."""

    belief: Sentence
    reply: Sentence


class ChoiceAnswer(_Strict):
    """Key of a ``choice``: the right letter and a reply to each letter."""

    key: str
    replies: dict[str, WrittenReply]


class ChoicesAnswer(_Strict):
    """Key of ``choices``: the right letters and, for every letter, what its slip shows.

    A right letter's belief is held by who leaves it out, a wrong one's by who picks it.
    """

    key: Annotated[tuple[str, ...], BeforeValidator(_letters)] = Field(min_length=2)
    replies: dict[str, WrittenBelief]


class WrittenReversal(WrittenBelief):
    """Two letters in the wrong order, ``before: r q`` for r put before q, and what it shows."""

    before: Annotated[tuple[str, str], BeforeValidator(_letters)]


class OrderAnswer(_Strict):
    """Key of an ``order``; of the beliefs the first whose two letters are reversed is told."""

    key: Annotated[tuple[str, ...], BeforeValidator(_letters)] = Field(min_length=3)
    why: Sentence
    beliefs: dict[str, WrittenReversal] = Field(min_length=3)
    otherwise: Sentence


class WrittenMistake(WrittenBelief):
    """A wrong number and the belief that leads to it."""

    value: float


class NumberAnswer(_Strict):
    """Key of a ``number``; the tolerance has the answer's unit, its edge still counts."""

    value: float
    tolerance: float = Field(default=0.0, ge=0)
    why: Sentence
    mistakes: tuple[WrittenMistake, ...] = Field(min_length=3)
    otherwise: Sentence
    accept: tuple[Any, ...] = Field(min_length=2)


class WrittenPattern(WrittenBelief):
    """A belief and the rows it answers differently, in one way or in several."""

    gives: Annotated[tuple[dict[str, Any], ...], BeforeValidator(_ways)] = Field(min_length=1)


class TableAnswer(_Strict):
    """Key of a ``match`` or ``table``: each row's entry, or its list of entries by column."""

    key: dict[str, Any] = Field(min_length=2)
    why: Sentence
    beliefs: dict[str, WrittenPattern] = Field(min_length=3)
    otherwise: Sentence


class FunctionAnswer(_Strict):
    """Key of a ``function``: the cases' arguments; the expected values come from the reference."""

    cases: tuple[tuple[Any, ...], ...] = Field(min_length=4)
    beliefs: dict[str, WrittenBelief] = Field(min_length=3)
    why: Sentence
    otherwise: Sentence


class WrittenCriterion(_Strict):
    """One line of a rubric; ``levels`` say what earns 0, 1 and 2."""

    name: Sentence
    levels: tuple[Sentence, Sentence, Sentence]


class TextAnswer(_Strict):
    """Rubric of a ``text``, an answer at full marks, and the beliefs it meets."""

    rubric: tuple[WrittenCriterion, ...] = Field(min_length=1)
    model: str = Field(min_length=20)
    beliefs: dict[str, WrittenBelief] = Field(default_factory=dict)


WrittenAnswer = (
    ChoiceAnswer
    | ChoicesAnswer
    | OrderAnswer
    | NumberAnswer
    | TableAnswer
    | FunctionAnswer
    | TextAnswer
)
ANSWERS: dict[str, type[WrittenAnswer]] = {
    "choice": ChoiceAnswer,
    "choices": ChoicesAnswer,
    "match": TableAnswer,
    "order": OrderAnswer,
    "number": NumberAnswer,
    "table": TableAnswer,
    "function": FunctionAnswer,
    "text": TextAnswer,
}


class WrittenColumn(_Strict):
    """One column of a table: words with other words for them, or a number with its units."""

    name: Sentence
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    units: Annotated[tuple[str, ...], BeforeValidator(_units)] = ()
    tolerance: float = Field(default=0.0, ge=0)


class TableFormText(_Strict):
    """The public half of a ``table`` question, under the --- of its block."""

    columns: tuple[WrittenColumn, ...] = Field(min_length=1)
    rows: dict[str, Sentence] = Field(min_length=2)


class MatchFormText(_Strict):
    """The public half of a ``match`` question: the categories, each with other words for it."""

    words: dict[str, tuple[str, ...]] = Field(min_length=2)


class FormRow(_Strict):
    """One row of a function's no-code twin: a label, what the learner reads, the arguments."""

    label: Sentence
    shown: Sentence
    arguments: tuple[Any, ...]


class FunctionFormText(_Strict):
    """The public half of a ``function`` question, under the --- of its block."""

    function: str = Field(pattern=r"^[a-z_]+\([a-z_, ]*\)$")
    example: tuple[Any, ...]
    rows: tuple[FormRow, ...] = Field(min_length=6)
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    units: tuple[str, ...] = ()


FORMS: dict[str, type[BaseModel]] = {
    "function": FunctionFormText,
    "table": TableFormText,
    "match": MatchFormText,
}
"""What of a question's public half stands under ---, by kind."""


def read_answers(file: Path) -> dict[str, tuple[Any, int]]:
    """Entries of ``answers.yaml`` by question id, each with its line; empty without the file.

    Raises:
        LessonFault: not YAML, not a mapping, or an id that stands twice.
    """
    if not file.exists():
        return {}
    text = file.read_text(encoding="utf-8")
    try:
        node = compose(text)
        data = load(text) or {}
    except yaml.YAMLError as fault:
        line, what, remedy = told(fault, "This")
        raise LessonFault(file, line + 1, what, remedy) from None
    if node is None:
        return {}
    if not isinstance(data, dict):
        raise LessonFault(
            file, 1, "This is not a list of answers by question.", "Begin with an id:"
        )
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    return {str(name): (entry, lines.get(str(name), 1)) for name, entry in data.items()}
