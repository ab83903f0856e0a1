"""Every question of the course: right answers are accepted, wrong ones refused with their belief.

The answers tried are made from the question itself, so a new question is tried without a new test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from course.publish.answers import NumberAnswer
from course.publish.assemble import AskedQuestion
from course.publish.build import read_course
from course.questions.kinds import (
    ChoiceForm,
    ChoiceKey,
    FunctionKey,
    NumberForm,
    NumberKey,
    TextForm,
    TextKey,
    thawed,
)
from course.questions.score import Outcome, Response, Result, score

ASKED = [asked for lesson in read_course()[1] for asked in lesson.asked.values()]
# Practice has no points; it is tried with some, so that full and none can be told apart.
MARKED = [a for a in ASKED if a.question.kind != "text"]


def result(asked: AskedQuestion, response: Response) -> Result:
    return score(replace(asked.question, points=6.0), response)


def right_responses(asked: AskedQuestion) -> Iterator[Response]:
    key, form = asked.question.key, asked.question.form
    if isinstance(key, ChoiceKey) and isinstance(form, ChoiceForm):
        for typed in (key.right, f" {key.right.upper()} ", [key.right], f"{key.right})",
                      form.options[key.right], f"“{key.right}”", np.str_(key.right)):  # fmt: skip
            yield Response(typed)
    elif isinstance(key, NumberKey) and isinstance(form, NumberForm):
        assert isinstance(asked.answer, NumberAnswer)
        value = f"{key.value:g}"
        typed_numbers: list[Any] = [key.value, value, f" {value} {form.units[0]}", [key.value],
                                    np.float64(key.value), key.value + key.tolerance,
                                    key.value - key.tolerance, *asked.answer.accept]  # fmt: skip
        for number in typed_numbers:
            yield Response(number)
    elif isinstance(key, FunctionKey):
        assert asked.solutions is not None
        assert asked.solutions.reference is not None
        for function in (asked.solutions.reference, *asked.solutions.alternatives):
            yield Response(outcomes=outcomes(function, key))
            yield Response(rows=table(function, asked))
            yield Response(rows=list(table(function, asked).values()))


def wrong_responses(asked: AskedQuestion) -> Iterator[tuple[Response, str]]:
    """Wrong answers, each with the belief it shows."""
    key = asked.question.key
    if isinstance(key, ChoiceKey):
        for letter, reply in key.replies.items():
            if letter != key.right:
                yield Response(letter), reply.belief
    elif isinstance(key, NumberKey):
        for mistake in key.mistakes:
            yield Response(mistake.value), mistake.reply.belief
            yield Response(f"{mistake.value:g}"), mistake.reply.belief
    elif isinstance(key, FunctionKey):
        assert asked.solutions is not None
        for wrong in asked.solutions.wrong:
            yield Response(outcomes=outcomes(wrong.function, key)), key.beliefs[wrong.belief].belief


def outcomes(function: Any, key: FunctionKey) -> tuple[Outcome, ...]:
    return tuple(Outcome(function(*thawed(list(case.arguments)))) for case in key.cases)


def table(function: Any, asked: AskedQuestion) -> dict[str, Any]:
    key = asked.question.key
    assert isinstance(key, FunctionKey)
    labels = asked.question.form.rows  # type: ignore[union-attr]
    return {
        label: function(*thawed(list(row.arguments)))
        for label, row in zip(labels, key.rows, strict=True)
    }


@pytest.mark.parametrize("asked", MARKED, ids=lambda a: a.question.id)
def test_right_answers_earn_everything(asked: AskedQuestion) -> None:
    tried = list(right_responses(asked))
    assert len(tried) >= 3
    for response in tried:
        assert result(asked, response).points == 6, response


@pytest.mark.parametrize("asked", MARKED, ids=lambda a: a.question.id)
def test_wrong_answers_are_refused_and_told_their_belief(asked: AskedQuestion) -> None:
    tried = list(wrong_responses(asked))
    assert len(tried) >= 3
    for response, belief in tried:
        found = result(asked, response)
        assert found.points < 6, response
        assert found.belief == belief, response
        assert found.message


@pytest.mark.parametrize("asked", [a for a in MARKED if a.question.kind == "number"],
                         ids=lambda a: a.question.id)  # fmt: skip
def test_just_outside_the_tolerance_earns_nothing(asked: AskedQuestion) -> None:
    key = asked.question.key
    assert isinstance(key, NumberKey)
    for value in (key.value + key.tolerance + 0.01, key.value - key.tolerance - 0.01):
        assert result(asked, Response(value)).points == 0


@pytest.mark.parametrize("asked", [a for a in MARKED if a.question.kind == "function"],
                         ids=lambda a: a.question.id)  # fmt: skip
def test_no_constant_answer_earns_more_than_half_of_a_table_or_function(
    asked: AskedQuestion,
) -> None:
    key = asked.question.key
    assert isinstance(key, FunctionKey)
    for constant in {str(c.expected): c.expected for c in key.cases}.values():
        same_each_time = tuple(Outcome(constant) for _ in key.cases)
        assert result(asked, Response(outcomes=same_each_time)).points <= 3
        rows = dict.fromkeys(asked.question.form.rows, constant)  # type: ignore[union-attr]
        assert result(asked, Response(rows=rows)).points <= 3


@pytest.mark.parametrize("asked", [a for a in ASKED if a.question.kind == "text"],
                         ids=lambda a: a.question.id)  # fmt: skip
def test_a_rubric_tells_its_levels_apart_and_its_model_keeps_to_the_length(
    asked: AskedQuestion,
) -> None:
    key = asked.question.key
    assert isinstance(key, TextKey)
    assert all(len(set(c.levels)) == 3 for c in key.rubric)
    assert isinstance(asked.question.form, TextForm)
    assert len(key.model.split()) <= asked.question.form.words
