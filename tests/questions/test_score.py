"""The scorer gives points on positive evidence only, and tells the belief behind a wrong answer."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    ChoicesKey,
    Column,
    Form,
    FunctionForm,
    FunctionKey,
    Key,
    Mistake,
    NumberForm,
    NumberKey,
    OrderForm,
    OrderKey,
    Question,
    Reply,
    Reversal,
    TableForm,
    TableKey,
    TextForm,
    TextKey,
    question_from_json,
)
from course.questions.score import Outcome, Response, Result, order_share, same, score
from tests.questions.spellings import FORMS, MEANT, SPELLINGS, shown
from tests.questions.test_reading import anything, deep, near_misses, poisons


def question(kind: Any, form: Form, key: Key | None, points: float = 2.0) -> Question:
    return Question(
        "q", "90_lesson", 1, kind, "graded", points, "apply", "count", (), "Some heading", form, key
    )


CHOICE = question(
    "choice",
    ChoiceForm({"a": "one", "b": "two"}),
    ChoiceKey("b", {"a": Reply("Count again.", "one is two"), "b": Reply("Yes, two.")}),
)
CHOICES = question(
    "choices",
    ChoiceForm({letter: f"option {letter * 3}" for letter in "abcde"}),
    ChoicesKey(
        ("a", "c", "d"),
        {letter: Reply(f"About {letter}.", f"belief of {letter}") for letter in "abcde"},
    ),
)
ORDER = question(
    "order",
    OrderForm({letter: f"thing {letter * 3}" for letter in "pqrst"}),
    OrderKey(
        tuple("qsrpt"),
        (
            Reversal("r", "q", Reply("The nerve is first.", "muscles start it")),
            Reversal("t", "s", Reply("The gap is early.", "the gap comes last")),
            Reversal("p", "r", Reply("The foot is late.", "the foot starts it")),
        ),
        "From the nerve on.",
        "Begin at the nerve.",
    ),
)
NUMBER = question(
    "number",
    NumberForm(("units", "unit")),
    NumberKey(3.0, 0.5, "Pooled.", (Mistake(5.0, Reply("Not each.", "each alone")),), "Add first."),
)
MATCH = question(
    "match",
    TableForm(
        {"i": "one", "ii": "two", "iii": "three", "iv": "four"},
        (Column(words={"junction": ("nmj",), "control": (), "therapy": (), "neither": ()}),),
    ),
    TableKey(
        (
            Case("junction", (("control", "place"),)),
            Case("control", (("junction", "place"), ("therapy", "hands"))),
            Case("therapy", (("control", "hands"),)),
            Case("neither", (("therapy", "hands"),)),
        ),
        {
            "place": Reply("A place is no ability.", "junction is control"),
            "hands": Reply("Hands are no proof.", "hands retrain"),
        },
        "Each by what it is.",
        "Ask what it is.",
    ),
    4.0,
)
TABLE = question(
    "table",
    TableForm(
        {"A": "first", "B": "second", "C": "third"},
        (
            Column("units", units=("units", "unit"), tolerance=0.25),
            Column("rule", words={"CMS": ("Medicare",), "midpoint": (), "neither": ()}),
            Column("minutes", tolerance=2.0),
        ),
    ),
    TableKey(
        (
            Case((1.0, "CMS", 15.0), (((2.0, "CMS", 15.0), "up"),)),
            Case((2.0, "midpoint", 30.0), (((3.0, "midpoint", 30.0), "up"),)),
            Case((0.0, "neither", 7.0), (((1.0, "neither", 7.0), "up"),)),
        ),
        {"up": Reply("Rests are not rounded up.", "every rest is a unit")},
        "Pooled.",
        "Pool first.",
    ),
    3.0,
)
FUNCTION = question(
    "function",
    FunctionForm(
        "double",
        ("n",),
        (2,),
        TableForm({"A": "1", "B": "5"}, (Column(units=("units", "unit")),)),
    ),
    FunctionKey(
        rows=(Case(2, ((1, "same"),), (1,)), Case(10, ((5, "same"),), (5,))),
        beliefs={"same": Reply("Doubling adds.", "doubling changes nothing")},
        why="Twice.",
        otherwise="Add the number to itself.",
        cases=(Case(2, ((1, "same"),), (1,)), Case(4, ((2, "same"),), (2,)), Case(6, (), (3,))),
    ),
)
TEXT = question("text", TextForm(50), None)
ALL = [CHOICE, CHOICES, ORDER, NUMBER, MATCH, TABLE, FUNCTION, TEXT]
KEYED = ALL[:-1]
RIGHT_ROWS = {"A": [1, "CMS", 15], "B": [2, "midpoint", 30], "C": [0, "neither", 7]}
RIGHT_WORDS = {"i": "junction", "ii": "control", "iii": "therapy", "iv": "neither"}

each = pytest.mark.parametrize("asked", ALL, ids=lambda q: q.kind)


def outcomes(*values: Any) -> tuple[Outcome, ...]:
    return tuple(Outcome(v) for v in values)


def result(asked: Question, value: Any) -> Result:
    return score(asked, Response(value))


def points(asked: Question, value: Any) -> float:
    return result(asked, value).points


# --- every kind -----------------------------------------------------------------------------------


@each
@pytest.mark.parametrize("blank", [None, "", [], {}, {"A": None}, ["", None], "“”", ...], ids=shown)
def test_nothing_answered_earns_nothing_and_says_so(asked: Question, blank: Any) -> None:
    for some in (asked, asked.without_key()):
        found = result(some, blank)
        assert (found.status, found.points, found.message) == ("unanswered", 0, "")


@settings(max_examples=40)
@given(value=anything | near_misses, values=st.lists(anything, max_size=4))
@each
def test_points_lie_between_nothing_and_all_and_only_right_earns_all(
    asked: Question, value: Any, values: list[Any]
) -> None:
    found = score(asked, Response(value, outcomes(*values)))
    assert 0 <= found.points <= asked.points
    assert found.points == round(found.points, 6)
    assert (found.points == asked.points) == (found.status == "right")
    assert (found.points > 0) == (found.status in ("right", "partly"))
    json.dumps(found.to_json(), allow_nan=False)


def told(data: Any, name: str = "") -> list[str]:
    """What a key says to learners."""
    if isinstance(data, str):
        return [data] if data and name in ("reply", "belief", "why", "otherwise") else []
    pairs = data.items() if isinstance(data, dict) else [(name, entry) for entry in data]
    return [
        text
        for key, entry in pairs
        if isinstance(entry, (str, dict, list, tuple))
        for text in told(entry, key)
    ]


@settings(max_examples=40)
@given(value=anything | near_misses, values=st.lists(anything, max_size=2))
@each
def test_without_a_key_nothing_is_given_away(
    asked: Question, value: Any, values: list[Any]
) -> None:
    found = score(asked.without_key(), Response(value, outcomes(*values)))
    assert found.points == 0
    assert found.status in ("unanswered", "unreadable", "kept", "waiting")
    assert found.belief == ""
    assert not any(secret in str(found) for secret in told(asked.to_json()["key"] or ()))


@pytest.mark.parametrize(
    ("asked", "right", "wrong"),
    [(CHOICE, "b", "a"), (CHOICES, "acd", "be"), (ORDER, "qsrpt", "tprsq"), (NUMBER, 3, 5),
     (MATCH, RIGHT_WORDS, ["control"] * 4), (FUNCTION, [2, 10], [1, 5]),
     (TABLE, RIGHT_ROWS, [[2, "CMS", 15]] * 3)],
    ids=lambda v: v.kind if isinstance(v, Question) else "",
)  # fmt: skip
def test_a_kept_answer_says_the_same_whether_it_is_right_or_wrong(
    asked: Question, right: Any, wrong: Any
) -> None:
    assert points(asked, right) == asked.points
    assert points(asked, wrong) < asked.points
    for typed in (right, wrong):
        kept = result(asked.without_key(), typed)
        assert kept.status == "kept"
        assert kept.read_as
        assert (kept.message, kept.belief, kept.details) == ("", "", ())


@each
def test_a_question_survives_the_way_through_json(asked: Question) -> None:
    assert question_from_json(json.loads(json.dumps(asked.to_json()))) == asked


def test_a_text_key_survives_the_way_through_json() -> None:
    asked = question("text", TextForm(50), TextKey((), "A model.", {"b": Reply("No.", "yes")}))
    assert question_from_json(json.loads(json.dumps(asked.to_json()))) == asked


KEYS: dict[str, Key] = {
    "choice": ChoiceKey("b", {letter: Reply("Yes.") for letter in "abc"}),
    "choices": ChoicesKey(("a", "c", "d"), {letter: Reply("Yes.", "no") for letter in "abcde"}),
    "order": OrderKey(MEANT["order"], (), "Yes.", "No."),
    "number": NumberKey(12.0, 0.0, "Yes.", (), "No."),
    **{
        kind: TableKey(tuple(Case(tuple(row) if isinstance(row, list) else row)
                             for row in MEANT[kind].values()), {}, "Yes.", "No.")
        for kind in ("match", "table")
    },
    "function": FunctionKey(tuple(map(Case, MEANT["function"].values())), {}, "Yes.", "No."),
}  # fmt: skip


@pytest.mark.parametrize("kind", SPELLINGS)
def test_every_spelling_of_the_right_answer_earns_all(kind: str) -> None:
    asked = question(kind, FORMS[kind], KEYS[kind], 3.0)
    for typed in SPELLINGS[kind]:
        assert points(asked, typed) == 3, shown(typed)


# --- choice and number ----------------------------------------------------------------------------


def test_the_right_letter_earns_all_and_another_shows_its_belief() -> None:
    assert points(CHOICE, " B ") == 2
    wrong = result(CHOICE, "a")
    assert (wrong.points, wrong.belief, wrong.message) == (0, "one is two", "Count again.")


@pytest.mark.parametrize(
    ("typed", "earned"), [(2.5, 2), (3.5, 2), (2.499, 0), (3.501, 0), ("3 units", 2)]
)
def test_the_edge_of_the_tolerance_counts_and_just_outside_does_not(
    typed: Any, earned: float
) -> None:
    assert points(NUMBER, typed) == earned


def test_a_tolerance_edge_survives_binary_fractions() -> None:
    key = NumberKey(0.2, 0.1, "w", (), "o")
    assert points(question("number", NumberForm(("",)), key), 0.1 + 0.2) == 2


def test_a_known_wrong_number_is_told_its_belief_and_an_unknown_one_a_hint() -> None:
    assert result(NUMBER, 5).belief == "each alone"
    assert result(NUMBER, 99).message == "Add first."


def test_a_number_with_another_unit_is_unreadable_not_wrong() -> None:
    assert result(NUMBER, "3 minutes").status == "unreadable"


def test_exactly_one_is_said_in_the_singular() -> None:
    assert result(NUMBER, 1).read_as == "1 unit"
    assert result(NUMBER, 2).read_as == "2 units"


# --- choices --------------------------------------------------------------------------------------

picks = st.sets(st.sampled_from("abcde"), min_size=1)


@given(picks)
def test_choices_earn_right_picks_minus_wrong_picks_over_all_right_ones(picked: set[str]) -> None:
    hits = sum(letter in "acd" for letter in picked)
    misses = sum(letter in "be" for letter in picked)
    expected = round(2 * max(0, hits - misses) / 3, 6)
    found = result(CHOICES, picked)
    assert found.points == pytest.approx(expected, abs=2e-6)
    assert (found.status == "right") == (picked == {"a", "c", "d"})
    assert (found.status == "wrong") == (hits <= misses)


@given(picks, st.sampled_from("abcde"))
def test_a_pick_turned_right_never_costs_points(picked: set[str], letter: str) -> None:
    better = picked | {letter} if letter in "acd" else picked - {letter}
    if better:
        assert points(CHOICES, better) >= points(CHOICES, picked)


def test_picking_everything_earns_less_than_knowing_and_only_wrong_ones_nothing() -> None:
    assert points(CHOICES, "abcde") == pytest.approx(2 / 3, abs=1e-6)
    assert points(CHOICES, "be") == 0


def test_the_first_slip_is_told_and_the_others_stand_in_the_details() -> None:
    found = result(CHOICES, "b c")
    assert (found.message, found.belief) == ("You left out a. About a.", "belief of a")
    assert found.details == (
        "You chose b. About b. You may have thought: belief of b.",
        "You left out d. About d. You may have thought: belief of d.",
    )


def test_right_choices_are_each_explained() -> None:
    found = result(CHOICES, "a c d")
    assert found.details == ("a: About a.", "c: About c.", "d: About d.")
    assert (found.belief, found.read_as) == ("", "a, c, d")


# --- order ----------------------------------------------------------------------------------------

orders = st.permutations("qsrpt")


def kendall(one: list[str], other: list[str]) -> float:
    """Rank correlation by its definition: concordant minus discordant pairs over all pairs."""
    signs = [
        np.sign(one.index(x) - one.index(y)) * np.sign(other.index(x) - other.index(y))
        for x, y in combinations(sorted(one), 2)
    ]
    return float(sum(signs)) / len(signs)


@given(orders, orders)
def test_an_order_earns_its_rank_correlation_with_the_right_one(
    one: list[str], other: list[str]
) -> None:
    assert order_share(one, other) == pytest.approx(kendall(one, other))
    assert order_share(one, other) == order_share(other, one)
    assert order_share(one, one[::-1]) == -1
    assert (order_share(one, other) == 1) == (one == other)
    expected = round(2 * max(0.0, kendall(one, list("qsrpt"))), 6)
    assert points(ORDER, one) == pytest.approx(expected, abs=1e-6)


@given(orders, st.integers(0, 3))
def test_a_pair_of_neighbours_put_right_never_costs_points(given_: list[str], at: int) -> None:
    swapped = [*given_[:at], given_[at + 1], given_[at], *given_[at + 2 :]]
    worse, better = sorted((given_, swapped), key=lambda o: kendall(o, list("qsrpt")))
    assert points(ORDER, better) >= points(ORDER, worse)


def test_only_the_right_order_earns_all_and_the_reverse_nothing() -> None:
    assert result(ORDER, "q s r p t").message == "From the nerve on."
    assert points(ORDER, "q s r p t") == 2
    assert points(ORDER, "t p r s q") == 0
    assert result(ORDER, "t p r s q").status == "wrong"
    assert points(ORDER, "s q r p t") == pytest.approx(2 * 0.8)


@given(orders)
def test_the_first_reversal_that_fits_is_told(given_: list[str]) -> None:
    expected = "Begin at the nerve."
    for first, second, reply in (("p", "r", "The foot is late."), ("t", "s", "The gap is early."),
                                 ("r", "q", "The nerve is first.")):  # fmt: skip
        if given_.index(first) < given_.index(second):
            expected = reply
    found = result(ORDER, given_)
    assert found.message == ("From the nerve on." if given_ == list("qsrpt") else expected)


# --- match and table ------------------------------------------------------------------------------

words = st.lists(st.sampled_from([*RIGHT_WORDS.values(), None, "??"]), min_size=4, max_size=4)


@given(words)
def test_a_match_earns_its_share_of_right_rows(typed: list[Any]) -> None:
    right = sum(a == b for a, b in zip(typed, RIGHT_WORDS.values(), strict=True))
    assert points(MATCH, typed) == right
    assert points(MATCH, dict(zip(RIGHT_WORDS, typed, strict=True))) == right


@given(words, st.integers(0, 3))
def test_a_row_turned_right_never_costs_points(typed: list[Any], row: int) -> None:
    better = [*typed[:row], list(RIGHT_WORDS.values())[row], *typed[row + 1 :]]
    assert points(MATCH, better) >= points(MATCH, typed)


entries = st.tuples(
    st.sampled_from([0, 1, 2, 1.25, 1.26]),
    st.sampled_from(["CMS", "midpoint", "neither"]),
    st.sampled_from([5, 7, 9, 9.01, 15, 17, 30]),
)


@given(st.lists(entries, min_size=3, max_size=3))
def test_a_row_of_a_table_counts_only_if_every_column_is_right(rows: list[Any]) -> None:
    right = sum(
        abs(units - key[0]) <= 0.25 and rule == key[1] and abs(minutes - key[2]) <= 2
        for (units, rule, minutes), key in zip(rows, RIGHT_ROWS.values(), strict=True)
    )
    assert points(TABLE, rows) == right


@pytest.mark.parametrize(
    ("row", "earned"),
    [([1, "CMS", 15], 3), ([1.25, "CMS", 15], 3), ([0.75, "CMS", 15], 3), ([1.2501, "CMS", 15], 2),
     ([0.7499, "CMS", 15], 2), ([1, "CMS", 17], 3), ([1, "CMS", 13], 3), ([1, "CMS", 17.01], 2),
     ([1.25, "CMS", 17.01], 2), ([1.3, "CMS", 17], 2), ([1, "neither", 15], 2), ([1, None, 15], 2),
     ([1, "CMS"], 2), ("1 unit, Medicare, 15", 3), (None, 2)],
    ids=str,
)  # fmt: skip
def test_each_column_has_its_own_tolerance(row: Any, earned: float) -> None:
    assert points(TABLE, {**RIGHT_ROWS, "A": row}) == earned


@pytest.mark.parametrize(
    ("typed", "belief"),
    [
        (["control", "junction", "therapy", "neither"], "junction is control"),
        (["control", "junction", "control", "therapy"], "junction is control"),
        (["control", "therapy", "control", "therapy"], "hands retrain"),
        (["junction", "control", "junction", "neither"], ""),
        (["control", "neither", "neither", "junction"], ""),
        (["control", "neither", "therapy", "neither"], "junction is control"),
        (["control", None, "therapy", "neither"], "junction is control"),
        (["junction", None, "therapy", "neither"], ""),
    ],
    ids=str,
)
def test_the_belief_told_is_the_one_that_explains_at_least_half_of_the_wrong_rows(
    typed: list[Any], belief: str
) -> None:
    found = result(MATCH, typed)
    assert found.belief == belief
    if not belief and None not in typed:
        assert found.message == "Ask what it is."


def test_wrong_rows_of_several_columns_show_their_belief_too() -> None:
    found = result(TABLE, [[2, "CMS", 15], [3, "midpoint", 30], [0, "neither", 7]])
    assert (found.points, found.belief) == (1, "every rest is a unit")
    assert found.details == ("Not right: A, B.",)


def test_a_partly_blank_table_says_which_rows_are_empty() -> None:
    found = result(MATCH, {"i": "junction", "ii": "", "iii": "therapy"})
    assert (found.status, found.points) == ("partly", 2)
    assert found.message == "Rows ii and iv are still empty."
    assert found.details == ()
    kept = result(MATCH.without_key(), {"i": "junction", "iii": "therapy", "iv": "a nap"})
    assert kept.read_as == "i: junction; iii: therapy"
    assert kept.details[0] == "Row ii is still empty."
    assert kept.details[1].startswith("Row iv: I cannot read 'a nap'. Type 'junction'")


def test_a_row_with_one_entry_missing_says_which() -> None:
    found = result(TABLE, {**RIGHT_ROWS, "B": [2, None, 30]})
    assert found.points == 2
    assert found.message.startswith("Row B, rule: this is still empty.")


# --- functions ------------------------------------------------------------------------------------


def test_function_and_table_earn_the_same_and_the_better_counts() -> None:
    right_function, right_table = outcomes(2, 4, 6), {"A": 2, "B": 10}
    assert score(FUNCTION, Response(outcomes=right_function)).points == 2
    assert points(FUNCTION, right_table) == 2
    half = score(FUNCTION, Response({"A": 2, "B": 5}, outcomes(1, 2, 0)))
    assert (half.points, half.status) == (1, "partly")
    assert score(FUNCTION, Response({"A": 0, "B": 0}, right_function)).points == 2
    assert score(FUNCTION, Response(right_table, outcomes(0, 0, 0))).points == 2


@given(st.sampled_from([None, "??", [1], {"x": 1}, 3, {"A": 2}, [2, 5]]),
       st.lists(st.integers(0, 7), min_size=3, max_size=3))  # fmt: skip
def test_a_table_never_costs_what_the_function_earned(typed: Any, values: list[int]) -> None:
    right = sum(a == b for a, b in zip(values, (2, 4, 6), strict=True))
    found = score(FUNCTION, Response(typed, outcomes(*values)))
    assert found.points >= round(2 * right / 3, 6)


def test_a_table_is_read_back_row_by_row_before_it_is_marked() -> None:
    kept = result(FUNCTION.without_key(), {"A": "2 units", "B": "a few"})
    assert kept.read_as == "the table: A: 2"
    assert kept.details == ("Row B: I cannot read 'a few'. Type a number.",)
    assert result(FUNCTION.without_key(), {"A": 2}).details == ("Row B is still empty.",)


def test_rows_that_are_empty_or_unreadable_are_named_and_no_belief_is_read_into_them() -> None:
    found = result(FUNCTION, {"A": 2, "B": "?"})
    assert (found.points, found.belief) == (1, "")
    assert found.message == "Row B: I cannot read '?'. Type a number."


def test_a_belief_is_told_only_if_it_explains_half_of_what_is_wrong() -> None:
    one_of_three = outcomes(1, 99, 98)
    assert score(FUNCTION, Response(outcomes=one_of_three)).belief == ""
    two_of_three = outcomes(1, 2, 98)
    assert score(FUNCTION, Response(outcomes=two_of_three)).belief == "doubling changes nothing"


def test_a_function_that_returns_nothing_is_unanswered_not_wrong() -> None:
    assert score(FUNCTION, Response(outcomes=outcomes(None, None, None))).status == "unanswered"


def test_a_function_that_stops_is_told_why_and_keeps_the_cases_it_got_right() -> None:
    stopped = (Outcome(2), Outcome(fault="double stopped with ZeroDivisionError"), Outcome(6))
    found = score(FUNCTION, Response(outcomes=stopped))
    assert found.points == pytest.approx(4 / 3, abs=1e-6)
    assert "ZeroDivisionError" in found.message


def test_fewer_outcomes_than_cases_earn_no_more_than_those_that_are_there() -> None:
    assert score(FUNCTION, Response(outcomes=outcomes(2))).points == pytest.approx(2 / 3, abs=1e-6)


def test_written_text_waits_for_a_person() -> None:
    found = result(TEXT, "Three words here")
    assert (found.status, found.points) == ("waiting", 0)


# --- values that try to trick ---------------------------------------------------------------------


class EqualToAll:
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __len__(self) -> int:
        return 3

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: EqualToAll()


class Always(int):
    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __float__(self) -> float:
        return 3.0


class RightFloat:
    def __float__(self) -> float:
        return 3.0


class RightList(list[Any]):
    def __iter__(self) -> Any:
        return iter("qsrpt")

    def tolist(self) -> list[str]:
        return ["b"]


class RightText(str):
    def __str__(self) -> str:
        return "b"

    def casefold(self) -> str:
        return "b"

    def strip(self, *_: Any) -> str:
        return "b"


class RightDict(dict[str, Any]):
    def items(self) -> Any:
        return {**RIGHT_ROWS, **RIGHT_WORDS}.items()

    def tolist(self) -> list[Any]:
        return [*RIGHT_ROWS.values()]


class NotNumpy:
    def tolist(self) -> Any:
        return "b"

    to_dict = tolist


NotNumpy.__module__ = RightList.__module__ = "numpy"

TRICKS = [EqualToAll(), Always(7), RightFloat(), RightList("z"), RightText("z"), RightDict(z=0),
          NotNumpy(), EqualToAll, type("Meta", (type,), {"__eq__": lambda *_: True})]  # fmt: skip


@pytest.mark.parametrize("asked", KEYED, ids=lambda q: q.kind)
@pytest.mark.parametrize("trick", TRICKS, ids=lambda t: type(t).__name__)
def test_an_object_that_plays_the_right_answer_earns_nothing(asked: Question, trick: Any) -> None:
    for value in (trick, [trick], [trick] * 3, {"A": trick, "i": trick, "B": trick, "a": trick}):
        assert score(asked, Response(value, outcomes(trick, trick, trick))).points == 0


@each
def test_whatever_is_answered_there_is_a_result(asked: Question) -> None:
    for value in poisons():
        for some in (asked, asked.without_key()):
            found = score(some, Response(value, outcomes(value, value)))
            assert isinstance(found, Result)
            assert found.points < asked.points or found.status == "waiting"
            json.dumps(found.to_json()).encode()
            found.read_as.encode()


def test_a_fault_in_reading_is_unreadable_and_never_stops_the_marking() -> None:
    broken = question("number", NumberForm(()), NUMBER.key)
    found = result(broken, 3)
    assert (found.status, found.points) == ("unreadable", 0)
    assert "Type it" in found.message


@pytest.mark.parametrize(
    ("expected", "given_value"),
    [(2, 2.0), (2, np.int64(2)), (2.0, "2"), ("CMS", " cms "), ((1, 2), [1, 2]),
     ((1, (2, "x")), [np.int8(1), [2, "X"]]), (True, np.bool_(True)), (None, None),
     (((1, 2), (3, ("a", True))), [(1.0, "2"), [3, ["A", True]]]), ((), []),
     ((1, 2), np.array([1, 2])),
     (((1, 2), (3, 4)), np.array([[1, 2], [3, 4]])), (0.3, 0.1 + 0.2), (1e9, 1e9 + 1), ("", "")],
    ids=str,
)  # fmt: skip
def test_values_are_compared_by_what_they_mean(expected: Any, given_value: Any) -> None:
    assert same(expected, given_value)


@pytest.mark.parametrize(
    ("expected", "given_value"),
    [(1, True), (True, 1), (2, 2.1), ("CMS", "midpoint"), ((1, 2), [1, 2, 3]), ((1, 2), 1),
     (2, None), (0, ""), (None, 0), (((1, 2), 3), [1, 2, 3]), ((1, (2,)), [1, [2, 3]]), ((1,), 1),
     (("a", "b"), "ab"), ("a", ["a", "b"]), ((1, 2), {1: 2}), (False, None), (0, False),
     (2, float("nan")), ((1, 2), [1, float("nan")]), ("b", RightText("z"))],
    ids=str,
)  # fmt: skip
def test_values_that_mean_something_else_differ(expected: Any, given_value: Any) -> None:
    assert not same(expected, given_value)


def test_values_without_end_are_the_same_as_nothing() -> None:
    assert not same(1, 10**5000)
    assert not same((1,), deep())
    assert not same(("a", "b"), poisons())


simple = st.recursive(
    st.booleans() | st.integers(-99, 99) | st.text("abc", max_size=3) | st.none(),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)


@given(simple)
def test_nested_values_are_the_same_as_themselves_and_as_their_lists(one: Any) -> None:
    as_lists = json.loads(json.dumps(one))
    assert same(one, one)
    assert same(one, as_lists)
