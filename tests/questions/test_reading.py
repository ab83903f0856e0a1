"""What a learner types is read as meant, or refused in one plain sentence."""

from __future__ import annotations

import contextlib
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.questions.kinds import ChoiceForm
from course.questions.reading import (
    Unreadable,
    is_blank,
    read_choice,
    read_number,
    read_rows,
    spoken,
)

FORM = ChoiceForm({"a": "A chemical transmitter.", "b": "An electrical current", "c": "Calcium"})

MEANT_AS_B = [
    "b", "B", " b ", "b.", "b)", "(b)", "[b]", '"b"', "'B'", "“b”", "‘b’", "„b“", "ｂ", "Ｂ",
    "b:", "answer b", "Answer: B", "option b", "the".replace("the", "letter b"), "choice (b)",
    ["b"], ("b",), {"b"}, [["B"]], np.str_("b"), np.array(["b"]), "An electrical current",
    "b) An electrical current", "b: an electrical current", "\tb\n",
]  # fmt: skip

NOT_ONE_OPTION = [
    "d",
    "a or b",
    "ab",
    ["a", "b"],
    2,
    1.0,
    True,
    object(),
    "b because of c",
    {"a": 1},
]


@pytest.mark.parametrize("typed", MEANT_AS_B, ids=repr)
def test_a_clumsy_letter_is_read_as_the_letter(typed: Any) -> None:
    assert read_choice(typed, FORM) == "b"


@pytest.mark.parametrize("typed", NOT_ONE_OPTION, ids=lambda v: type(v).__name__ + str(v)[:12])
def test_what_names_no_single_option_is_refused_in_one_sentence_with_a_remedy(typed: Any) -> None:
    with pytest.raises(Unreadable, match=r"Type one letter: 'a', 'b' or 'c'\.$"):
        read_choice(typed, FORM)


MEANT_AS_TWELVE = [
    12, 12.0, "12", "12.0", "12.", " 12 ", "12 units", "12 unit", "12 Units.", "12units", "１２",
    "'12'", "“12”", "12,0", "+12", "≈12", "= 12", "24/2", "1.2e1", "twelve", "Twelve units", [12],
    (12,), {12}, np.int64(12), np.float32(12), np.array(12), np.array([12.0]), "12 (units)",
]  # fmt: skip

NOT_A_NUMBER = ["", "a", "12 minutes", "2-3", "1 000 000 cows", True, None, math.nan, math.inf,
                "1,2,3", "1.2.3", [1, 2], {"a": 1}, "1/0", object(), "12 or 13"]  # fmt: skip


@pytest.mark.parametrize("typed", MEANT_AS_TWELVE, ids=repr)
def test_a_clumsy_number_is_read_as_the_number(typed: Any) -> None:
    assert read_number(typed, ("units", "unit")) == pytest.approx(12, abs=1e-6)


@pytest.mark.parametrize("typed", NOT_A_NUMBER, ids=lambda v: type(v).__name__ + str(v)[:12])
def test_what_is_no_number_is_refused_in_one_short_sentence(typed: Any) -> None:
    with pytest.raises(Unreadable) as refused:
        read_number(typed, ("units", "unit"))
    assert 10 < len(str(refused.value)) < 200
    assert "\n" not in str(refused.value)


def test_a_comma_before_three_digits_groups_thousands_and_else_is_a_decimal_comma() -> None:
    assert read_number("1,250") == 1250
    assert read_number("1,25") == 1.25
    assert read_number("$".strip("$") + "12,345,678") == 12345678


def test_minus_signs_of_all_kinds_are_read() -> None:
    assert read_number("-5") == read_number("−5") == -5


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_every_number_is_read_as_itself_typed_or_printed(number: float) -> None:
    assert read_number(number) == number
    assert read_number(repr(number)) == number


@given(st.integers(-(10**12), 10**12))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert read_number(f"{number:,}") == number


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    )
)
def test_nothing_that_can_be_typed_makes_reading_stumble(value: Any) -> None:
    is_blank(value)
    for read in (
        lambda: read_choice(value, FORM),
        lambda: read_number(value, ("units",)),
        lambda: read_rows(value, ("A", "B")),
    ):
        with contextlib.suppress(Unreadable):
            read()


def test_an_integer_too_long_to_print_is_refused_kindly() -> None:
    with pytest.raises(Unreadable):
        read_number(10**5000)


@pytest.mark.parametrize(
    "value", [None, ..., "", "  ", "None", '""', "...", [], [None], {"A": None}]
)
def test_nothing_typed_is_blank(value: Any) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", [0, False, "0", "no", [0], {"A": 0}])
def test_a_nought_is_an_answer(value: Any) -> None:
    assert not is_blank(value)


# --- cells that Python cannot run -----------------------------------------------------------------

CELLS = [
    ("answer_x = 'b'", "b"),
    ('answer_x = None  # type "a", "b" or "c"', None),
    ("answer_x = b  # type", "b"),
    ("answer_x = “b”  # type", "“b”"),
    ("answer_x = 3 units", "3 units"),
    ("answer_x = 3 units  # type a number", "3 units"),
    ("answer_x = 'b", "'b"),
    ("answer_x = ", None),
    ("answer_x =", None),
    ("answer_x = None\nanswer_x = 'c'", "c"),
    ("x = 1\nanswer_x = [3]\n", [3]),
    ("answer_x: str = 'b'", "b"),
    ("  answer_x = 'b'", "b"),
    ("answer_x = -2", -2),
    ("answer_x = 1/2 units", "1/2 units"),
    ("answer_x = b)", "b)"),
    ("answer_x = 12,5", (12, 5)),
]


@pytest.mark.parametrize(("cell", "said"), CELLS, ids=[c for c, _ in CELLS])
def test_a_cell_is_read_without_running_it(cell: str, said: Any) -> None:
    found = spoken(cell, "answer_x")
    assert found is not None
    assert not found.runs
    assert found.value == said


def test_a_cell_that_assigns_nothing_says_nothing() -> None:
    assert spoken("print(1)", "answer_x") is None
    assert spoken("answer_x == 3", "answer_x") is None


def test_a_value_that_must_be_computed_is_left_to_running() -> None:
    found = spoken("answer_x = len('abc')", "answer_x")
    assert found is not None
    assert found.runs


TABLES = [
    ('answer_x = {"A": 1, "B": two, "C": None}', {"A": 1, "B": "two", "C": None}),
    (
        'answer_x = {\n    "A": 3 units,\n    "B": 2,\n    "C": None,\n}',
        {"A": "3 units", "B": 2, "C": None},
    ),
    ('answer_x = {\n    "A": 1\n    "B": 2,\n    “C”: 3,\n}', {"A": 1, "B": 2, "C": 3}),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "said"), TABLES)
def test_a_table_is_read_row_by_row_even_when_python_cannot(cell: str, said: Any) -> None:
    found = spoken(cell, "answer_x")
    assert found is not None
    assert found.value == said


def test_rows_are_found_by_label_however_it_is_written_or_by_their_order() -> None:
    assert read_rows({" mon ": 1, "TUE": 2}, ("Mon", "Tue")) == {"Mon": 1, "Tue": 2}
    assert read_rows([1, 2], ("Mon", "Tue")) == {"Mon": 1, "Tue": 2}
    assert read_rows("1, 2", ("Mon", "Tue")) == {"Mon": "1", "Tue": "2"}
    assert read_rows({"Mon": 1}, ("Mon", "Tue")) == {"Mon": 1, "Tue": None}


@given(st.text(max_size=200))
def test_no_text_in_a_cell_makes_reading_stumble(text: str) -> None:
    spoken(text, "answer_x")
    spoken("answer_x = " + text, "answer_x")
    spoken('answer_x = {"A": ' + text, "answer_x")
