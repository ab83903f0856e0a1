"""Keys as their authors write them: ``answers.yaml`` for graded questions, the tail of the block
for practice. One shape for each kind, checked here; compiled they are ``course.questions.kinds``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from course.publish.faults import LessonFault


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _not_blank(value: Any) -> Any:
    if isinstance(value, str) and not value.strip():
        raise ValueError("it is empty")
    return " ".join(value.split()) if isinstance(value, str) else value


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


WrittenAnswer = ChoiceAnswer | NumberAnswer | FunctionAnswer | TextAnswer
ANSWERS: dict[str, type[WrittenAnswer]] = {
    "choice": ChoiceAnswer,
    "number": NumberAnswer,
    "function": FunctionAnswer,
    "text": TextAnswer,
}


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


def read_answers(file: Path) -> dict[str, tuple[Any, int]]:
    """Entries of ``answers.yaml`` by question id, each with its line; empty without the file.

    Raises:
        LessonFault: not YAML, not a mapping, or an id that stands twice.
    """
    if not file.exists():
        return {}
    text = file.read_text(encoding="utf-8")
    try:
        node = yaml.compose(text)
        data = yaml.safe_load(text) or {}
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        raise LessonFault(
            file,
            mark.line + 1 if mark else 1,
            "This is not YAML.",
            "Look for a missing quote or a colon inside an unquoted sentence.",
        ) from None
    if node is None:
        return {}
    if not isinstance(data, dict):
        raise LessonFault(
            file, 1, "This is not a list of answers by question.", "Begin with an id:"
        )
    entries: dict[str, tuple[Any, int]] = {}
    for key, _ in node.value:
        if key.value in entries:
            raise LessonFault(
                file,
                key.start_mark.line + 1,
                f"The answer to {key.value} stands twice.",
                "Remove one of them.",
            )
        entries[key.value] = (data[key.value], key.start_mark.line + 1)
    return entries
