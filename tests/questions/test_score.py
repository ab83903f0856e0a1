"""The scorer gives points on positive evidence only, and tells the belief behind a wrong answer."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    FunctionForm,
    FunctionKey,
    Key,
    Mistake,
    NumberForm,
    NumberKey,
    Question,
    Reply,
    TextForm,
    question_from_json,
)
from course.questions.score import Outcome, Response, same, score

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def question(kind: Any, form: Any, key: Key | None, points: float = 2.0) -> Question:
    return Question(
        "q", "90_lesson", 1, kind, "graded", points, "apply", "count", (), "Some heading", form, key
    )


CHOICE = question(
    "choice",
    ChoiceForm({"a": "one", "b": "two"}),
    ChoiceKey("b", {"a": Reply("Count again.", "one is two"), "b": Reply("Yes, two.")}),
)
NUMBER = question(
    "number",
    NumberForm(("units", "unit")),
    NumberKey(3.0, 0.5, "Pooled.", (Mistake(5.0, Reply("Not each.", "each alone")),), "Add first."),
)
FUNCTION = question(
    "function",
    FunctionForm("double", ("n",), (2,), ("A", "B"), units=("units", "unit")),
    FunctionKey(
        cases=(Case((1,), 2, ((1, "same"),)), Case((2,), 4, ((2, "same"),)), Case((3,), 6, ())),
        rows=(Case((1,), 2, ((1, "same"),)), Case((5,), 10, ((5, "same"),))),
        beliefs={"same": Reply("Doubling adds.", "doubling changes nothing")},
        why="Twice.",
        otherwise="Add the number to itself.",
    ),
)
TEXT = question("text", TextForm(50), None)
ALL = [CHOICE, NUMBER, FUNCTION, TEXT]


def outcomes(*values: Any) -> tuple[Outcome, ...]:
    return tuple(Outcome(v) for v in values)


@pytest.mark.parametrize("asked", ALL, ids=lambda q: q.kind)
def test_nothing_answered_earns_nothing_and_says_so(asked: Question) -> None:
    result = score(asked, Response())
    assert (result.status, result.points) == ("unanswered", 0)


@given(value=anything, rows=anything, values=st.lists(anything, max_size=3))
@pytest.mark.parametrize("asked", ALL, ids=lambda q: q.kind)
def test_points_always_lie_between_nothing_and_all(
    asked: Question, value: Any, rows: Any, values: list[Any]
) -> None:
    result = score(asked, Response(value, outcomes(*values), rows))
    assert 0 <= result.points <= asked.points
    assert (result.points == asked.points) == (result.status == "right")


@given(value=anything, rows=anything)
@pytest.mark.parametrize("asked", ALL, ids=lambda q: q.kind)
def test_without_a_key_nothing_is_given_away(asked: Question, value: Any, rows: Any) -> None:
    result = score(asked.without_key(), Response(value, None, rows))
    assert result.points == 0
    assert result.status in ("unanswered", "unreadable", "kept", "waiting")
    assert result.belief == ""


def test_the_right_letter_earns_all_and_another_shows_its_belief() -> None:
    assert score(CHOICE, Response(" B ")).points == 2
    wrong = score(CHOICE, Response("a"))
    assert (wrong.points, wrong.belief, wrong.message) == (0, "one is two", "Count again.")


@pytest.mark.parametrize(
    ("typed", "points"), [(2.5, 2), (3.5, 2), (2.499, 0), (3.501, 0), ("3 units", 2)]
)
def test_the_edge_of_the_tolerance_counts_and_just_outside_does_not(
    typed: Any, points: float
) -> None:
    assert score(NUMBER, Response(typed)).points == points


def test_a_tolerance_edge_survives_binary_fractions() -> None:
    key = NumberKey(0.2, 0.1, "w", (), "o")
    assert score(question("number", NumberForm(("",)), key), Response(0.1 + 0.2)).points == 2


def test_a_known_wrong_number_is_told_its_belief_and_an_unknown_one_a_hint() -> None:
    assert score(NUMBER, Response(5)).belief == "each alone"
    assert score(NUMBER, Response(99)).message == "Add first."


def test_a_number_with_another_unit_is_unreadable_not_wrong() -> None:
    assert score(NUMBER, Response("3 minutes")).status == "unreadable"


def test_function_and_table_earn_the_same_and_the_better_counts() -> None:
    right_function, right_table = outcomes(2, 4, 6), {"A": 2, "B": 10}
    assert score(FUNCTION, Response(outcomes=right_function)).points == 2
    assert score(FUNCTION, Response(rows=right_table)).points == 2
    half = score(FUNCTION, Response(outcomes=outcomes(1, 2, 0), rows={"A": 2, "B": 5}))
    assert (half.points, half.status) == (1, "partly")
    assert score(FUNCTION, Response(outcomes=right_function, rows={"A": 0, "B": 0})).points == 2


def test_a_table_is_read_back_row_by_row_before_it_is_marked() -> None:
    kept = score(FUNCTION.without_key(), Response(rows={"A": "2 units", "B": "a few"}))
    assert kept.read_as == "the table: A 2"
    assert kept.details == ("Row B: I cannot read 'a few'. Type a number.",)
    assert score(FUNCTION.without_key(), Response(rows={"A": 2})).details == (
        "Row B is still empty.",
    )


def test_rows_that_are_empty_or_unreadable_are_named_and_no_belief_is_read_into_them() -> None:
    result = score(FUNCTION, Response(rows={"A": 2, "B": "?"}))
    assert (result.points, result.belief) == (1, "")
    assert result.message == "Row B: I cannot read '?'. Type a number."


def test_words_of_a_table_may_be_said_in_other_words() -> None:
    form = FunctionForm("f", ("n",), (1,), ("A",), {"CMS": ("Medicare",), "same": ()})
    key = FunctionKey((), (Case((1,), "CMS"),), {}, "Yes.", "No.")
    asked = question("function", form, key)
    for typed in ("cms", "Medicare", " MEDICARE "):
        assert score(asked, Response(rows={"A": typed})).points == 2
    assert "Type 'CMS' or 'same'" in score(asked, Response(rows={"A": "other"})).message


def test_a_belief_is_told_only_if_it_explains_half_of_what_is_wrong() -> None:
    one_of_three = outcomes(1, 99, 98)
    assert score(FUNCTION, Response(outcomes=one_of_three)).belief == ""
    two_of_three = outcomes(1, 2, 98)
    assert score(FUNCTION, Response(outcomes=two_of_three)).belief == "doubling changes nothing"


def test_exactly_one_is_said_in_the_singular() -> None:
    assert score(NUMBER, Response(1)).read_as == "1 unit"
    assert score(NUMBER, Response(2)).read_as == "2 units"


def test_a_function_that_returns_nothing_is_unanswered_not_wrong() -> None:
    assert score(FUNCTION, Response(outcomes=outcomes(None, None, None))).status == "unanswered"


def test_wrong_values_of_a_function_vote_for_the_belief_they_show() -> None:
    assert (
        score(FUNCTION, Response(outcomes=outcomes(1, 2, 9))).belief == "doubling changes nothing"
    )


def test_a_function_that_stops_is_told_why_and_keeps_the_cases_it_got_right() -> None:
    stopped = (Outcome(2), Outcome(fault="double stopped with ZeroDivisionError"), Outcome(6))
    result = score(FUNCTION, Response(outcomes=stopped))
    assert result.points == pytest.approx(4 / 3, abs=1e-6)
    assert "ZeroDivisionError" in result.message


def test_fewer_outcomes_than_cases_earn_no_more_than_those_that_are_there() -> None:
    assert score(FUNCTION, Response(outcomes=outcomes(2))).points == pytest.approx(2 / 3, abs=1e-6)


def test_written_text_waits_for_a_person() -> None:
    result = score(TEXT, Response("Three words here"))
    assert (result.status, result.points) == ("waiting", 0)


class EqualToAll:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


class Always(int):
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


@pytest.mark.parametrize("asked", [CHOICE, NUMBER, FUNCTION], ids=lambda q: q.kind)
def test_an_object_that_equals_everything_earns_nothing(asked: Question) -> None:
    for trick in (EqualToAll(), Always(7)):
        response = Response(trick, outcomes(trick, trick, trick), {"A": trick, "B": trick})
        assert score(asked, response).points == 0


@pytest.mark.parametrize(
    ("expected", "given_value"),
    [(2, 2.0), (2, np.int64(2)), (2.0, "2"), ("CMS", " cms "), ((1, 2), [1, 2]),
     ((1, (2, "x")), [np.int8(1), [2, "X"]]), (True, np.bool_(True)),
     (None, None)],
)  # fmt: skip
def test_values_are_compared_by_what_they_mean(expected: Any, given_value: Any) -> None:
    assert same(expected, given_value)


@pytest.mark.parametrize(
    ("expected", "given_value"),
    [(1, True), (True, 1), (2, 2.1), ("CMS", "midpoint"), ((1, 2), [1, 2, 3]), ((1, 2), 1),
     (2, None),     (0, ""), (None, 0)],
)  # fmt: skip
def test_values_that_mean_something_else_differ(expected: Any, given_value: Any) -> None:
    assert not same(expected, given_value)


@pytest.mark.parametrize("asked", ALL, ids=lambda q: q.kind)
def test_a_question_survives_the_way_through_json(asked: Question) -> None:

    assert question_from_json(json.loads(json.dumps(asked.to_json()))) == asked
