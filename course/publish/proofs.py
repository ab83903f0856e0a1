"""Answers that prove a key: those it must accept in many spellings, and those it must refuse.

They are made from the key itself and from ``solutions.py``, so a new question is proved without a
new test. The build, the tests and the sample class all take them from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from course.publish.answers import NumberAnswer, WrittenAnswer
from course.publish.solutions import Solutions
from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    ChoicesKey,
    FunctionKey,
    NumberForm,
    NumberKey,
    OrderForm,
    OrderKey,
    Question,
    Reversal,
    TableForm,
    TableKey,
    thawed,
)
from course.questions.score import Outcome, Response


def known_mistakes(question: Question) -> Iterator[tuple[Response, str]]:
    """The wrong answers that the key knows, each with the belief it must be told.

    A function's wrong answers are the functions marked so in ``solutions.py``, and not here.
    """
    key = question.key
    if isinstance(key, ChoiceKey):
        for letter, reply in key.replies.items():
            if letter != key.right:
                yield Response(letter), reply.belief
    elif isinstance(key, ChoicesKey):
        for letter, reply in key.replies.items():
            yield Response(sorted(set(key.right) ^ {letter})), reply.belief
    elif isinstance(key, OrderKey):
        for reversal in key.mistakes:
            yield Response(_reversed(key.right, reversal)), reversal.reply.belief
    elif isinstance(key, NumberKey):
        for mistake in key.mistakes:
            yield Response(mistake.value), mistake.reply.belief
    elif isinstance(key, TableKey) and isinstance(question.form, TableForm):
        for name, reply in key.beliefs.items():
            rows = [_believed(case, name) for case in key.rows]
            yield Response(dict(zip(question.form.rows, rows, strict=True))), reply.belief


def _reversed(right: Sequence[str], reversal: Reversal) -> list[str]:
    """The right order with one letter moved to stand just before the one it should follow."""
    order = [letter for letter in right if letter != reversal.first]
    order.insert(order.index(reversal.second), reversal.first)
    return order


def _believed(case: Case, belief: str) -> Any:
    """A row as somebody who holds ``belief`` fills it in: where it shows, its first value."""
    wrong = [value for value, name in case.mistakes if name == belief]
    return thawed(wrong[0] if wrong else case.expected)


def wrong_responses(
    question: Question, solutions: Solutions | None
) -> Iterator[tuple[Response, str]]:
    """All answers to refuse, each with the belief it must be told."""
    yield from known_mistakes(question)
    if isinstance(question.key, FunctionKey) and solutions is not None:
        for wrong in solutions.wrong:
            belief = question.key.beliefs[wrong.belief].belief
            yield Response(outcomes=_outcomes(wrong.function, question.key)), belief


def right_responses(
    question: Question, answer: WrittenAnswer, solutions: Solutions | None
) -> Iterator[Response]:
    """The right answer in the spellings that a learner may choose, all to be accepted."""
    key, form = question.key, question.form
    if isinstance(key, ChoiceKey) and isinstance(form, ChoiceForm):
        for typed in _spelt_letter(key.right, form.options[key.right]):
            yield Response(typed)
    elif isinstance(key, ChoicesKey):
        for typed in (*_spelt_letters(key.right), set(key.right), list(reversed(key.right))):
            yield Response(typed)
    elif isinstance(key, OrderKey) and isinstance(form, OrderForm):
        steps = [form.items[letter] for letter in key.right]
        for typed in (*_spelt_letters(key.right), " > ".join(key.right), steps):
            yield Response(typed)
    elif isinstance(key, NumberKey) and isinstance(form, NumberForm):
        accept = answer.accept if isinstance(answer, NumberAnswer) else ()
        for typed in (*_spelt_number(key, form), *accept):
            yield Response(typed)
    elif isinstance(key, TableKey):
        assert question.table is not None
        for typed in _spelt_table(question.table, [thawed(case.expected) for case in key.rows]):
            yield Response(typed)
        if isinstance(key, FunctionKey) and solutions is not None and solutions.reference:
            for function in (solutions.reference, *solutions.alternatives):
                yield Response(outcomes=_outcomes(function, key))


def _spelt_letter(letter: str, text: str) -> list[Any]:
    return [letter, f" {letter.upper()} ", [letter], f"{letter})", text, f"“{letter}”",
            np.str_(letter)]  # fmt: skip


def _spelt_letters(letters: Sequence[str]) -> list[Any]:
    return ["".join(letters), " ".join(letters), ", ".join(letters).upper(), list(letters),
            tuple(letters), "; ".join(f"{x})" for x in letters), np.array(letters)]  # fmt: skip


def _spelt_number(key: NumberKey, form: NumberForm) -> list[Any]:
    value = f"{key.value:g}"
    return [key.value, value, f" {value} {form.units[0]}", [key.value], np.float64(key.value),
            key.value + key.tolerance, key.value - key.tolerance]  # fmt: skip


def _spelt_table(form: TableForm, rows: list[Any]) -> list[Any]:
    shouted = [_shouted(row) for row in rows]
    typed: list[Any] = [
        dict(zip(form.rows, rows, strict=True)),
        {f" {label.upper()} ": row for label, row in zip(form.rows, shouted, strict=True)},
        rows,
        [[label, *(row if isinstance(row, list) else [row])]
         for label, row in zip(form.rows, rows, strict=True)],
    ]  # fmt: skip
    if len(form.columns) == 1:
        typed.append("; ".join(f"{a}: {b}" for a, b in zip(form.rows, rows, strict=True)))
    return typed


def _shouted(row: Any) -> Any:
    if isinstance(row, list):
        return [_shouted(entry) for entry in row]
    return row.upper() if isinstance(row, str) else np.float64(row)


def _outcomes(function: Callable[..., Any], key: FunctionKey) -> tuple[Outcome, ...]:
    return tuple(Outcome(function(*thawed(list(case.arguments)))) for case in key.cases)
