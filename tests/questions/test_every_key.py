"""Every question of the course: right answers are accepted, wrong ones refused with their belief.

The answers tried are made from the question itself, so a new question is tried without a new test.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from course.publish.assemble import AskedQuestion, assemble
from course.publish.build import read_course
from course.publish.new_lesson import TEMPLATE
from course.publish.proofs import right_responses, wrong_responses
from course.questions.kinds import (
    FunctionForm,
    FunctionKey,
    NumberKey,
    OrderForm,
    TableForm,
    TableKey,
    TextForm,
    TextKey,
)
from course.questions.score import Outcome, Response, Result, score

SOURCES, LESSONS = read_course()
ASKED = [
    asked for lesson in [*LESSONS, assemble(TEMPLATE, SOURCES)] for asked in lesson.asked.values()
]
# Practice has no points; it is tried with some, so that full and none can be told apart.
MARKED = [a for a in ASKED if a.question.kind != "text"]


def result(asked: AskedQuestion, response: Response) -> Result:
    return score(replace(asked.question, points=6.0), response)


def of_kind(*kinds: str) -> pytest.MarkDecorator:
    chosen = [a for a in ASKED if a.question.kind in kinds]
    return pytest.mark.parametrize("asked", chosen, ids=lambda a: a.question.id)


@pytest.mark.parametrize("asked", MARKED, ids=lambda a: a.question.id)
def test_right_answers_earn_everything(asked: AskedQuestion) -> None:
    tried = list(right_responses(asked.question, asked.answer, asked.solutions))
    assert len(tried) >= 4
    for response in tried:
        assert result(asked, response).points == 6, response


@pytest.mark.parametrize("asked", MARKED, ids=lambda a: a.question.id)
def test_wrong_answers_are_refused_and_told_their_belief(asked: AskedQuestion) -> None:
    tried = list(wrong_responses(asked.question, asked.solutions))
    assert len(tried) >= 3
    for response, belief in tried:
        found = result(asked, response)
        assert found.points < 6, response
        assert found.status in ("wrong", "partly")
        assert found.belief == belief, response
        assert found.message


@of_kind("number")
def test_just_outside_the_tolerance_earns_nothing(asked: AskedQuestion) -> None:
    key = asked.question.key
    assert isinstance(key, NumberKey)
    for value in (key.value + key.tolerance + 0.01, key.value - key.tolerance - 0.01):
        assert result(asked, Response(value)).points == 0


@of_kind("match", "table", "function")
def test_no_constant_answer_earns_more_than_half_of_a_table_or_function(
    asked: AskedQuestion,
) -> None:
    key, form = asked.question.key, asked.question.form
    table = form.table if isinstance(form, FunctionForm) else form
    assert isinstance(key, TableKey)
    assert isinstance(table, TableForm)
    for constant in {str(c.expected): c.expected for c in key.rows}.values():
        assert result(asked, Response(dict.fromkeys(table.rows, constant))).points <= 3
    if isinstance(key, FunctionKey):
        for constant in {str(c.expected): c.expected for c in key.cases}.values():
            each_time = tuple(Outcome(constant) for _ in key.cases)
            assert result(asked, Response(outcomes=each_time)).points <= 3


@of_kind("order")
def test_leaving_the_printed_order_earns_a_third_at_most(asked: AskedQuestion) -> None:
    assert isinstance(asked.question.form, OrderForm)
    assert result(asked, Response(list(asked.question.form.items))).points <= 2


@of_kind("choices")
def test_ticking_everything_earns_a_third_at_most(asked: AskedQuestion) -> None:
    assert result(asked, Response(list(asked.question.form.options))).points <= 2  # type: ignore[union-attr]


@of_kind("text")
def test_a_rubric_tells_its_levels_apart_and_its_model_keeps_to_the_length(
    asked: AskedQuestion,
) -> None:
    key = asked.question.key
    assert isinstance(key, TextKey)
    assert all(len(set(c.levels)) == 3 for c in key.rubric)
    assert isinstance(asked.question.form, TextForm)
    assert len(key.model.split()) <= asked.question.form.words
