"""What a learner types is read as meant, or refused in one plain sentence."""

from __future__ import annotations

import contextlib
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.questions.kinds import ChoiceForm, FunctionForm, NumberForm, OrderForm, TableForm
from course.questions.plain_values import Unreadable, is_blank, plain
from course.questions.reading import read_choice, read_choices, read_number, read_order
from course.questions.tables import read_row, read_rows
from course.questions.typed import bare_answer, spoken
from tests.questions.spellings import CELLS, FORMS, MEANT, SPELLINGS, pd, shown


def read(kind: str, typed: Any) -> Any:
    """``typed`` as the reader of its kind reads it."""
    form = FORMS[kind]
    if isinstance(form, ChoiceForm):
        return read_choice(typed, form) if kind == "choice" else read_choices(typed, form)
    if isinstance(form, OrderForm):
        return read_order(typed, form)
    if isinstance(form, NumberForm):
        return read_number(typed, form.units)
    table = form.table if isinstance(form, FunctionForm) else form
    assert isinstance(table, TableForm)
    return {label: read_row(label, row, table) for label, row in read_rows(typed, table).items()}


def refusal(kind: str, typed: Any) -> str:
    """Why ``typed`` cannot be read; empty if it can."""
    try:
        read(kind, typed)
    except Unreadable as refused:
        return str(refused)
    return ""


# --- the forgiveness table ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        pytest.param(kind, typed, id=f"{kind}: {shown(typed)}")
        for kind, spellings in SPELLINGS.items()
        for typed in spellings
    ],
)
def test_a_clumsy_answer_is_read_as_it_was_meant(kind: str, typed: Any) -> None:
    assert not is_blank(typed)
    assert read(kind, typed) == MEANT[kind]


@pytest.mark.parametrize(
    ("kind", "cell"),
    [pytest.param(k, cell, id=f"{k}: {cell!r}") for k, cells in CELLS.items() for cell in cells],
)
def test_a_clumsy_cell_is_read_as_it_was_meant_without_running_it(kind: str, cell: str) -> None:
    said = spoken(cell, "answer_x")
    assert said is not None
    assert not said.runs
    assert read(kind, said.value) == MEANT[kind]


@pytest.mark.parametrize("kind", SPELLINGS)
def test_the_table_has_twenty_spellings_and_twenty_cells_of_each_kind(kind: str) -> None:
    assert len({shown(typed) for typed in SPELLINGS[kind]}) == len(SPELLINGS[kind]) >= 20
    assert len({*CELLS[kind]}) == len(CELLS[kind]) >= 20


# --- what is refused ------------------------------------------------------------------------------

ONE_LETTER = "Type one letter: 'a', 'b' or 'c'."
LETTERS = 'Type the letters of all that apply, such as "a b".'
ORDER = 'Type all 5 letters in their order, such as "p q r s t".'
NUMBER = "Type a number of units, such as 12."
ROWS = "Type one for i, ii, … iv."
WORDS = "Type 'junction', 'control', 're-education' or 'therapy'."
words_but = MEANT["match"]
numbers_but = MEANT["function"]
pairs_but = MEANT["table"]

REFUSED: list[tuple[str, Any, str]] = [
    *(("choice", typed, ONE_LETTER) for typed in (
        "d", "a or b", "ab", ["a", "b"], 2, 1.0, True, object(), "b because of c", {"a": 1},
        "not b", "An electr", "b) Calcium", "?", math.nan, b"b", [[]])),
    *(("choices", typed, LETTERS) for typed in (
        "a or b", "a f", "all", "not a", "a but not c", "a, c (not d)", ["a", "z"], "z", 3, [1, 2],
        True, object(), {"a": "perhaps"}, {"a": False, "c": False}, {"a": [1, 2]}, "1 2 3", "a?",
        "ac z", "The knee bends", "The knee bends 5 degrees", [], "-")),
    *(("order", typed, ORDER) for typed in (
        "q s r p", "q s r p p t", "q s r p z", "qsrp", "qqsrpt", {"q", "s", "r", "p", "t"},
        frozenset("qsrpt"), [{"q", "s"}, "r p t"], ["q", "s"],
        "t ← p ← r ← s ← q", "t <- p <- r <- s <- q", 12345,
        True, {"q": 1, "s": 2}, {"q": 1, "s": 1, "r": 2, "p": 3, "t": 4}, "q1 s1 r2 p3 t4",
        object(),
        {"q": True, "s": True, "r": True, "p": True, "t": True}, "q or s, r, p, t", [])),
    *(("number", typed, NUMBER) for typed in (
        "", "a", "12 minutes", "2-3", "1 000 000 cows", True, None, math.nan, math.inf, [1, 2],
        {"a": 1}, "1/0", object(), "12 or 13", "twelvish", 10**5000, "9" * 1999, "9" * 400 + "/1",
        1 + 2j, "12 " + "minutes" * 99)),
    *(("number", typed, "Type ") for typed in ("1,2,3", "1,2.3", "1.2.3", "1," * 999)),
    *(("match", typed, ROWS) for typed in (
        [], ["junction"], ["junction"] * 5, "junction, therapy", {"v": "junction"}, 3, None,
        object(), {"junction": "i, i"}, {"junction": "v"}, [["junction"] * 4] * 2)),
    *(("match", {**words_but, "ii": typed}, f"Row ii: I cannot read {said}. {WORDS}")
      for typed, said in [("massage", "'massage'"), ("neuromuscular", "'neuromuscular'"), (3, "3"),
                          ("neuromuscular t or c", "'neuromuscular t or c'"), (True, "True"),
                          (["control", "therapy"], "['control', 'therapy']"), ("j", "'j'"),
                          ("therapy or control", "'therapy or control'"), ([], "[]"),
                          ("?", "'?'")]),
    *(("table", typed, "Type one for A, B, … C.") for typed in (
        [[1, "CMS"]], [[1, "CMS"]] * 4, [1, 2, 3, 4], "1", {"D": [1, "CMS"]},
        {"units": [1, 2], "rule": ["CMS", "CMS"]})),
    *(("table", {**pairs_but, "B": typed}, remedy) for typed, remedy in [
        ([2.5], "Row B needs 2 entries. Type units and rule."),
        ([2.5, "CMS", 1], "Row B needs 2 entries. Type units and rule."),
        (2.5, "Row B needs 2 entries. Type units and rule."),
        ("2.5", "Row B needs 2 entries. Type units and rule."),
        (["2.5 minutes", "CMS"], "Row B, units: I cannot read '2.5 minutes'. Type a number."),
        ("2.5 minutes, CMS", "Row B, units: I cannot read '2.5 minutes'. Type a number."),
        (["CMS", 2.5], "Row B, units: I cannot read 'CMS'. Type a number."),
        ([2.5, "x"], "Row B, rule: I cannot read 'x'. Type 'CMS', 'midpoint' or 'neither'."),
        ([None, "CMS"], "Row B, units: this is still empty. Type a number."),
        ([2.5, ""], "Row B, rule: this is still empty. Type 'CMS', 'midpoint' or 'neither'."),
        ({"units": 2.5}, "Row B, rule: this is still empty. Type 'CMS', 'midpoint' or 'neither'."),
    ]),
    *(("function", typed, "Type one for Mon, Tue, … Wed.") for typed in (
        [2, 0], "2, 0", [2, 0, 3, 1], 2, {"Thu": 2}, [[2, 0], [3, 1]])),
    *(("function", {**numbers_but, "Tue": typed}, "Row Tue: I cannot read ") for typed in (
        "0 minutes", "few", [0, 1], True, math.nan, "0 or 1", 1j)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "typed", "remedy"),
    [pytest.param(k, t, r, id=f"{k}: {shown(t)[:70]}") for k, t, r in REFUSED
     if not (isinstance(t, int) and abs(t) > 10**99)]
    + [pytest.param("number", 10**5000, NUMBER, id="number: 10**5000")],
)  # fmt: skip
def test_what_has_no_one_meaning_is_refused_with_what_to_type(
    kind: str, typed: Any, remedy: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        read(kind, typed)
    said = str(refused.value)
    assert remedy in said
    assert "Type " in said
    assert "\n" not in said
    assert len(said) < 220


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("q s r p", "The letter 't' is missing"),
        ("q s r p t p", "The letter 'p' stands more than once"),
        ({"q", "s", "r", "p", "t"}, "Curly braces keep no order"),
        ("t ← p", "point backwards"),
        ("q s r p z", "I cannot make letters of 'q s r p z'"),
    ],
    ids=shown,
)
def test_an_order_that_cannot_be_read_is_told_why(typed: Any, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read("order", typed)


def test_the_beginning_of_two_words_is_read_as_neither() -> None:
    assert read("match", {**words_but, "ii": "neuromuscular th"})["ii"] == "therapy"
    with pytest.raises(Unreadable, match="Row ii"):
        read("match", {**words_but, "ii": "neuromuscular"})


# --- numbers --------------------------------------------------------------------------------------


def test_a_comma_before_three_digits_groups_thousands_and_else_is_a_decimal_comma() -> None:
    assert read_number("1,250") == 1250
    assert read_number("1,25") == 1.25
    assert read_number("12,345,678") == 12345678


@pytest.mark.parametrize("typed", ["1 250", "1'250", "1_250", "1’250", "1\u202f250", "1,250.0"])
def test_gaps_between_thousands_change_nothing(typed: str) -> None:
    assert read_number(typed) == 1250


def test_minus_signs_of_all_kinds_are_read() -> None:
    assert read_number("-5") == read_number("−5") == -5


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_every_number_is_read_as_itself_typed_or_printed(number: float) -> None:
    assert read_number(number) == number
    assert read_number(repr(number)) == number


@given(st.integers(-(10**12), 10**12))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert read_number(f"{number:,}") == number


# --- letters and rows, in every order -------------------------------------------------------------

between = st.sampled_from([" ", ",", ", ", "; ", " > ", " -> ", " → ", "/", "\n", " and ", ""])


@given(st.permutations("pqrst"), between, st.booleans())
def test_every_order_is_read_as_itself(order: list[str], sign: str, capitals: bool) -> None:
    typed = sign.join(order)
    assert read("order", typed.upper() if capitals else typed) == tuple(order)
    assert read("order", {letter: place for place, letter in enumerate(order, 1)}) == tuple(order)
    assert read("order", {letter: order.index(letter) + 1 for letter in "pqrst"}) == tuple(order)


@given(st.permutations("abcde"), st.integers(1, 5), between)
def test_every_choice_is_read_as_itself_in_printed_order(
    letters: list[str], number: int, sign: str
) -> None:
    picked = letters[:number]
    assert read("choices", sign.join(picked)) == tuple(sorted(picked))
    assert read("choices", {x: x in picked for x in "abcde"}) == tuple(sorted(picked))


rows_of_words = st.lists(
    st.sampled_from(["junction", "control", "re-education", "therapy"]), min_size=4, max_size=4
)


@given(rows_of_words, st.permutations(range(4)), st.sampled_from([", ", "; ", "\n"]))
def test_rows_with_labels_may_come_in_any_order(
    words: list[str], places: list[int], sign: str
) -> None:
    labels = list(MEANT["match"])
    meant = dict(zip(labels, words, strict=True))
    shuffled = [(labels[place], words[place]) for place in places]
    for typed in (dict(shuffled), shuffled, sign.join(f"{a}: {b}" for a, b in shuffled),
                  sign.join(f"{a} {b}" for a, b in shuffled), [f"{a} = {b}" for a, b in shuffled],
                  list(words), sign.join(words)):  # fmt: skip
        assert read("match", typed) == meant


def test_nought_and_one_are_marks_and_other_numbers_are_places() -> None:
    assert read("choices", {"a": 0, "b": 1}) == ("b",)
    assert read("choices", {"a": 1, "b": 0, "c": 1}) == read("choices", "a 1 b 0 c 1") == ("a", "c")
    assert read("choices", {"b": 1, "c": 2}) == ("b", "c")


def test_rows_that_are_not_there_are_none_and_the_others_are_kept() -> None:
    form = FORMS["function"].table  # type: ignore[union-attr]
    assert read_rows({" mon ": 1, "TUE": 2}, form) == {"Mon": 1, "Tue": 2, "Wed": None}
    assert read_rows("Wed: 3", form) == {"Mon": None, "Tue": None, "Wed": "3"}


@pytest.mark.skipif(pd is None, reason="pandas is not installed")
def test_what_is_missing_in_a_data_frame_is_empty() -> None:
    form = FORMS["function"].table  # type: ignore[union-attr]
    assert read_rows(pd.Series([2, None, 3]), form) == {"Mon": 2, "Tue": None, "Wed": 3}
    assert is_blank(pd.Series([None, math.nan, pd.NA]))
    assert is_blank(pd.DataFrame({"units": [math.nan]}))


def test_a_category_may_be_a_number_or_a_truth() -> None:
    codes = TableForm(
        {"i": "", "ii": ""},
        (FORMS["match"].columns[0].__class__(words={"97112": ("nmr",), "false": ("no",)}),),  # type: ignore[union-attr]
    )
    assert read_row("i", 97112, codes) == read_row("i", np.int64(97112), codes) == "97112"
    assert read_row("i", False, codes) == read_row("i", "no", codes) == "false"


# --- blank ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [None, ..., "", "  ", "\n", "None", "none", '""', "“”", "...", [], [None], (), set(), {},
     {"A": None}, {"A": [None, ""]}, [[], [""]], np.array([]), np.array(None), np.str_("")],
    ids=shown,
)  # fmt: skip
def test_nothing_typed_is_blank(value: Any) -> None:
    assert is_blank(value)


@pytest.mark.parametrize(
    "value", [0, False, "0", "no", [0], {"A": 0}, math.nan, object(), "-", [None, 0]], ids=shown
)
def test_a_nought_is_an_answer(value: Any) -> None:
    assert not is_blank(value)


# --- nothing makes reading stumble ----------------------------------------------------------------


class Poison:
    """Whatever is asked of it, it stops."""

    def _stop(self, *_: Any) -> Any:
        raise ZeroDivisionError

    __eq__ = __hash__ = __len__ = __iter__ = __getattr__ = __bool__ = __repr__ = __str__ = _stop
    __float__ = __int__ = __index__ = __contains__ = __getitem__ = __lt__ = __format__ = _stop


class PoisonedText(str):
    __eq__ = __hash__ = __len__ = __iter__ = Poison._stop
    strip = casefold = replace = split = Poison._stop  # type: ignore[assignment]


class PoisonedList(list[Any]):
    __eq__ = __len__ = __iter__ = __getitem__ = Poison._stop


class PoisonedDict(dict[Any, Any]):
    __eq__ = __len__ = __iter__ = __getitem__ = items = keys = values = Poison._stop


class PoisonedNumber(int):
    __eq__ = __hash__ = __float__ = __bool__ = __abs__ = __repr__ = Poison._stop


def endless() -> list[Any]:
    inner: list[Any] = []
    inner.extend([inner, inner])
    return inner


def deep(levels: int = 10_000) -> list[Any]:
    inner: list[Any] = []
    for _ in range(levels):
        inner = [inner]
    return inner


def poisons() -> list[Any]:
    """Values that no lesson asks for; fresh ones each time."""
    poison = Poison()
    array = np.empty(1, dtype=object)
    array[0] = poison
    return [
        poison, Poison, [poison], {"a": poison, "b": poison}, {1: poison}, PoisonedText("z"),
        PoisonedList([poison]), PoisonedDict(z=poison), PoisonedNumber(77), [PoisonedText("z")],
        endless(), deep(), [deep()], {"a": deep(), "i": deep()}, 10**5000, -(10**400), "\ud800",
        ["\udfff"], math.nan, [math.nan], -math.inf, "9" * 5000, "㊿" * 2000, "ﷺ" * 3000,
        "a" * 10**6,
        " " * 10**5, "9" * 400 + "/7", "1e999", {("a", "b"): 1}, {frozenset("a"): 1, None: 2},
        {math.nan: "a"}, range(5), (x for x in "ab"), b"a", bytearray(b"a"), len, type, math, 1j,
        np.array([[1, 2], [3, 4]]), array, np.datetime64(0, "D"),
        np.longdouble(3), np.zeros(3, dtype=[("a", int), ("b", float)]), memoryview(b"a"),
        list(range(10**5)), *([pd.NA, pd.NaT, pd.DataFrame(), pd.Timestamp(0)] if pd else []),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", FORMS)
def test_no_strange_value_makes_reading_stumble(kind: str) -> None:
    for value in poisons():
        is_blank(value)
        with contextlib.suppress(Unreadable):
            read(kind, value)


def test_values_of_ones_own_types_are_read_by_what_they_hold() -> None:
    assert read("choice", PoisonedText("b")) == "b"
    assert read("order", PoisonedList(["q", "s", "r", "p", "t"])) == MEANT["order"]
    assert read("match", PoisonedDict(MEANT["match"])) == MEANT["match"]
    assert read("number", PoisonedNumber(12)) == 12
    assert type(plain(PoisonedText("b"))) is str


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.binary()
    | st.sampled_from(["a", "i", "q", "Mon", "A", "units", "rule", "none", "1", 1, 0, "yes"])
)  # fmt: skip
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(scalars, inner, max_size=5)
        | st.frozensets(scalars, max_size=3)
    ),
    max_leaves=12,
)
near_misses = st.lists(
    st.sampled_from([*"abcdpqrst(){}[]:=,;.>-→|'“\"\n 123", " and ", " or ", "None", "->", "i: ",
                     "ii", "Mon ", "A: ", "units", "CMS", "junction", "therapy", "answer ", "- ",
                     "yes", "no", "1. ", "The nerve fires", "Calcium"]),
    max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=300)
@given(anything | near_misses)
def test_nothing_that_can_be_typed_makes_reading_stumble(value: Any) -> None:
    is_blank(value)
    for kind in FORMS:
        said = refusal(kind, value)
        assert "\n" not in said
        assert len(said) < 220


@settings(max_examples=300)
@given(st.text(max_size=200) | near_misses)
def test_no_text_in_a_cell_makes_reading_stumble(text: str) -> None:
    bare_answer(text)
    spoken(text, "answer_x")
    for beginning in (
        "answer_x = ",
        "answer_x =\n",
        'answer_x = {"A": ',
        "answer_x = {",
        "x = 1; ",
    ):
        said = spoken(beginning + text, "answer_x")
        for kind in FORMS:
            with contextlib.suppress(Unreadable):
                read(kind, said and said.value)


@pytest.mark.parametrize(
    "typed",
    ["{" * 3000, '{"a": ' * 3000, "[" * 3000, "(" * 3000, "-" * 3000 + "1", "1+" * 3000 + "1",
     "{[1]: b}", "{(1, 2): b, **c}", "{None: b}", "\x00", "\ud800",
     "b\x0c", "'" * 999, "a" * 10**5],
    ids=lambda typed: repr(typed[:20]),
)  # fmt: skip
def test_no_odd_cell_makes_reading_stumble(typed: str) -> None:
    spoken(f"answer_x = {typed}", "answer_x")
    spoken(f"answer_x = {typed} b", "answer_x")


# --- cells ----------------------------------------------------------------------------------------

SAID: list[tuple[str, Any]] = [
    ("answer_x = 'b'", "b"),
    ('answer_x = None  # type "a", "b" or "c"', None),
    ("answer_x = b  # type", "b"),
    ("answer_x = “b”  # type", "“b”"),
    ("answer_x = 3 units", "3 units"),
    ("answer_x = 3 units  # type a number", "3 units"),
    ("answer_x = 'b", "'b"),
    ("answer_x = ", None),
    ("answer_x =", None),
    ("answer_x =\nprint(answer_x)", None),
    ("answer_x =\nshow(answer_x)", None),
    ("answer_x = None\nanswer_x = 'c'", "c"),
    ("x = 1\nanswer_x = [3]\n", [3]),
    ("answer_x: str = 'b'", "b"),
    ("  answer_x = 'b'", "b"),
    ("answer_x = -2", -2),
    ("answer_x = 1/2 units", "1/2 units"),
    ("answer_x = b)", "b)"),
    ("answer_x = 12,5", (12, 5)),
    ("answer_x = 'b'; print(answer_x)", "b"),
    ("answer_x = a; c; d", "a; c; d"),
    ("answer_x = q > s > r", "q > s > r"),
    ("answer_x = {a c d}", "{a c d}"),
    ('answer_x = {"A": 1, "B": two, "C": None}', {"A": 1, "B": "two", "C": None}),
    (
        'answer_x = {\n    "A": 3 units,\n    "B": 2,\n    "C": None,\n}',
        {"A": "3 units", "B": 2, "C": None},
    ),
    ('answer_x = {\n    "A": 1\n    "B": 2,\n    “C”: 3,\n}', {"A": 1, "B": 2, "C": 3}),
    (
        'answer_x = {\n    "A": [None, None],\n    "B": 1 unit, CMS,\n}',
        {"A": [None, None], "B": "1 unit, CMS"},
    ),
]


@pytest.mark.parametrize(("cell", "value"), SAID, ids=[repr(cell) for cell, _ in SAID])
def test_a_cell_says_what_stands_in_it(cell: str, value: Any) -> None:
    found = spoken(cell, "answer_x")
    assert found is not None
    assert not found.runs
    assert found.value == value


def test_a_cell_that_assigns_nothing_says_nothing() -> None:
    assert spoken("print(1)", "answer_x") is None
    assert spoken("answer_x == 3", "answer_x") is None


def test_a_value_that_must_be_computed_is_left_to_running() -> None:
    found = spoken("answer_x = len('abc')", "answer_x")
    assert found is not None
    assert found.runs
