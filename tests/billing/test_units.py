"""Minutes to units: published examples, a second implementation, and laws that must hold."""

import json
import re
from itertools import pairwise, product
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.billing.units import (
    Allocation,
    allocate,
    compare_rules,
    difference_map,
    difference_shares,
    midpoint_allocation,
    midpoint_units,
    pool,
    total_time_units,
)

EXAMPLES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "units_examples.json").read_text(encoding="utf-8")
)

# Sessions of up to six timed codes, minutes small enough for ties to be common.
CODES = ["97110", "97112", "97116", "97140", "97530", "97535"]
sessions = st.dictionaries(st.sampled_from(CODES), st.integers(0, 50), max_size=6)
unhurried = settings(deadline=None)  # a slow machine is not a wrong count


def printed_table(minutes: int) -> int:
    """Read the units off the table as Medicare prints it, row by row, never by formula."""
    rows = [(0, 7), (8, 22), (23, 37), (38, 52), (53, 67), (68, 82), (83, 97), (98, 112)]
    rows.append((113, 127))
    for units, (least, most) in enumerate(rows):
        if least <= minutes <= most:
            return units
    least, units = 128, 9  # "the pattern continues": a further unit for each 15 minutes
    while minutes > least + 14:
        least, units = least + 15, units + 1
    return units


def choices_by_brute_force(minutes: dict[str, int]) -> list[dict[str, int]]:
    """Try every way to share the units out, and keep those that break no rule."""
    total = printed_table(sum(minutes.values()))
    quarters = {code: len(range(15, m + 1, 15)) for code, m in minutes.items()}
    kept = []
    for shared in product(*(range(q, q + 3) for q in quarters.values())):
        units = dict(zip(minutes, shared, strict=True))
        extra = {code for code in units if units[code] > quarters[code]}
        left = {code: minutes[code] - 15 * quarters[code] for code in minutes}
        one_each = all(units[code] <= quarters[code] + 1 for code in units)
        largest_first = all(left[w] >= left[o] for w in extra for o in set(units) - extra)
        if sum(shared) == total and one_each and largest_first:
            kept.append(units)
    return kept


def as_set(choices: Any) -> set[frozenset[tuple[str, int]]]:
    """Forget the order of the choices, and of the codes in each."""
    return {frozenset(choice.items()) for choice in choices}


# --- Published examples ----------------------------------------------------------------------


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES.keys())
def test_published_example_gives_its_units_and_exactly_its_accepted_allocations(
    example: dict[str, Any],
) -> None:
    allocation = allocate(example["minutes"])
    assert allocation.total_units == example["total_units"]
    assert len(allocation.choices) == len(example["accept"])
    assert as_set(allocation.choices) == as_set(example["accept"])


RULES_COMPARED = [
    ((24, 23), 3, 4, "midpoint"),
    ((20, 20), 3, 2, "CMS"),
    ((33, 7), 3, 2, "CMS"),
    ((18, 13, 10, 8), 3, 4, "midpoint"),
    ((7, 7, 7), 1, 0, "CMS"),
    ((8, 8), 1, 2, "midpoint"),
    ((8, 8, 8), 2, 3, "midpoint"),
    ((12, 10), 1, 2, "midpoint"),
    ((6, 5), 1, 0, "CMS"),
    ((22, 22), 3, 2, "CMS"),
    ((10, 5), 1, 1, "same"),
    ((28, 10), 3, 3, "same"),
    ((38, 22, 7), 4, 4, "same"),
]


@pytest.mark.parametrize(("minutes", "cms", "midpoint", "more"), RULES_COMPARED)
def test_session_under_both_rules(
    minutes: tuple[int, ...], cms: int, midpoint: int, more: str
) -> None:
    both = compare_rules(dict(zip(CODES, minutes, strict=False)))
    assert (both.cms, both.midpoint, both.gives_more) == (cms, midpoint, more)


def test_seven_minutes_can_win_a_unit_through_pooling() -> None:
    assert allocate({"97110": 33, "97140": 7}).choices == ({"97110": 2, "97140": 1},)


def test_largest_of_three_leftovers_wins() -> None:
    assert allocate({"97110": 38, "97112": 22, "97140": 7}).choices == (
        {"97110": 3, "97112": 1, "97140": 0},
    )


def test_session_of_the_knee_case() -> None:
    session = {"97110": 18, "97112": 16, "97140": 6}
    assert allocate(session).choices == ({"97110": 1, "97112": 1, "97140": 1},)
    assert midpoint_allocation(session) == {"97110": 1, "97112": 1, "97140": 0}


def test_session_of_the_stroke_case() -> None:
    session = {"97116": 22, "97112": 17, "97530": 9}
    assert allocate(session).choices == ({"97116": 1, "97112": 1, "97530": 1},)
    assert midpoint_allocation(session) == {"97116": 1, "97112": 1, "97530": 1}


# --- Against a second implementation ---------------------------------------------------------


def test_formula_is_the_printed_table_for_every_minute_of_a_day() -> None:
    assert [total_time_units(m) for m in range(1441)] == [printed_table(m) for m in range(1441)]


def test_one_code_alone_earns_the_same_under_both_rules() -> None:
    assert all(midpoint_units(m) == total_time_units(m) for m in range(1441))


def test_choices_are_those_of_brute_force_for_every_pair_of_up_to_45_minutes() -> None:
    for a, b in product(range(46), repeat=2):
        session = {"NMR": a, "THEREX": b}
        assert as_set(allocate(session).choices) == as_set(choices_by_brute_force(session)), session


@unhurried
@given(sessions)
def test_choices_are_those_of_brute_force(session: dict[str, int]) -> None:
    assert as_set(allocate(session).choices) == as_set(choices_by_brute_force(session))


# --- Laws ------------------------------------------------------------------------------------


def test_more_minutes_never_earn_fewer_units_and_one_minute_never_two_more() -> None:
    units = [total_time_units(m) for m in range(1441)]
    assert all(later - earlier in (0, 1) for earlier, later in pairwise(units))


@unhurried
@given(sessions)
def test_every_choice_adds_up_and_keeps_the_full_quarters(session: dict[str, int]) -> None:
    allocation = allocate(session)
    assert allocation.total_minutes == sum(session.values())
    for choice in allocation.choices:
        assert list(choice) == list(session)
        assert sum(choice.values()) == allocation.total_units
        assert all(choice[c] - allocation.whole[c] in (0, 1) for c in session)


@unhurried
@given(sessions)
def test_choices_are_distinct_and_as_many_as_announced(session: dict[str, int]) -> None:
    allocation = allocate(session)
    assert len(as_set(allocation.choices)) == len(allocation.choices)
    assert len(allocation.choices) == allocation.number_of_choices


@unhurried
@given(sessions)
def test_full_quarters_and_leftovers_make_up_the_minutes(session: dict[str, int]) -> None:
    allocation = allocate(session)
    for code, minutes in session.items():
        assert 15 * allocation.whole[code] + allocation.leftover[code] == minutes
        assert 0 <= allocation.leftover[code] < 15


@unhurried
@given(sessions)
def test_units_left_to_hand_out_are_never_more_than_codes_with_leftovers(
    session: dict[str, int],
) -> None:
    allocation = allocate(session)
    remaining = allocation.total_units - sum(allocation.whole.values())
    assert 0 <= remaining <= sum(left > 0 for left in allocation.leftover.values())


@unhurried
@given(sessions)
def test_no_code_takes_everything_while_another_has_15_minutes(session: dict[str, int]) -> None:
    for choice in allocate(session).choices:
        assert all(choice[code] >= 1 for code in session if session[code] >= 15)


@unhurried
@given(sessions, st.randoms(use_true_random=False))
def test_order_of_the_codes_does_not_matter(session: dict[str, int], random: Any) -> None:
    items = list(session.items())
    random.shuffle(items)
    assert allocate(dict(items)).choices == allocate(session).choices
    assert compare_rules(dict(items)) == compare_rules(session)


@unhurried
@given(sessions, st.sampled_from(CODES))
def test_a_further_quarter_on_one_code_adds_one_unit_to_that_code(
    session: dict[str, int], code: str
) -> None:
    session = {**session, code: session.get(code, 0) or 8}
    longer = {**session, code: session[code] + 15}
    before, after = allocate(session), allocate(longer)
    if before.total_minutes >= 8:
        more = [{**choice, code: choice[code] + 1} for choice in before.choices]
        assert as_set(after.choices) == as_set(more)
    assert midpoint_allocation(longer)[code] == midpoint_allocation(session)[code] + 1


@unhurried
@given(sessions)
def test_a_code_without_minutes_changes_nothing(session: dict[str, int]) -> None:
    with_zero = allocate({**session, "97035": 0})
    assert as_set(with_zero.choices) == as_set(
        {**choice, "97035": 0} for choice in allocate(session).choices
    )


@unhurried
@given(sessions)
def test_midpoint_is_each_code_on_its_own(session: dict[str, int]) -> None:
    alone = {code: midpoint_units(minutes) for code, minutes in session.items()}
    assert midpoint_allocation(session) == alone
    assert compare_rules(session).midpoint == sum(alone.values())


@unhurried
@given(st.dictionaries(st.sampled_from(CODES), st.integers(0, 16), max_size=6))
def test_whole_quarters_earn_the_same_under_both_rules(quarters: dict[str, int]) -> None:
    session = {code: 15 * q for code, q in quarters.items()}
    assert allocate(session).choices == (quarters,)
    assert midpoint_allocation(session) == quarters


def is_timed(code: str) -> bool:
    """Stand in for the course's list of codes."""
    return code not in {"97150", "97164", "G0283"}


@unhurried
@given(sessions, st.sampled_from(["97150", "97164", "G0283"]), st.integers(0, 90))
def test_adding_an_untimed_code_changes_nothing(
    session: dict[str, int], untimed: str, minutes: int
) -> None:
    rows = [*session.items(), (untimed, minutes)]
    assert allocate(pool(rows, is_timed)) == allocate(session)


def test_rows_of_the_same_code_are_pooled() -> None:
    rows = [("97112", 6), ("97164", 20), ("97110", 10), ("97112", 9)]
    assert pool(rows, is_timed) == {"97112": 15, "97110": 10}


# --- Many ties, and asking about one allocation ----------------------------------------------


@unhurried
@given(st.dictionaries(st.sampled_from(CODES[:4]), st.integers(0, 40), max_size=4))
def test_exactly_the_listed_choices_are_allowed(session: dict[str, int]) -> None:
    allocation = allocate(session)
    for units in product(range(4), repeat=len(session)):
        proposed = dict(zip(session, units, strict=True))
        assert allocation.allows(proposed) == (proposed in allocation.choices)


def test_code_that_was_not_given_is_not_allowed_units() -> None:
    allocation = allocate({"97112": 24, "97110": 23})
    assert allocation.allows({"97112": 2, "97110": 1})
    assert not allocation.allows({"97112": 2, "97110": 1, "97140": 0})
    assert not allocation.allows({"97112": 2})


def test_a_missing_code_means_no_unit() -> None:
    assert allocate({"97112": 20, "97110": 1}).allows({"97112": 1})


def test_ties_too_many_to_list_are_counted_explained_and_checked() -> None:
    session = {f"code {n:02}": 7 for n in range(20)}
    allocation = allocate(session)
    assert allocation.number_of_choices == 167960  # 9 units among 20 codes
    assert "167960 allocations are allowed" in allocation.explain()
    assert allocation.allows({f"code {n:02}": 1 for n in range(9)})
    assert not allocation.allows({f"code {n:02}": 1 for n in range(10)})
    with pytest.raises(ValueError, match="too many to list"):
        _ = allocation.choices


# --- The explanation -------------------------------------------------------------------------


def steps(explanation: str) -> list[str]:
    """The four steps, each on one line again: long ones are broken for the page."""
    return re.sub(r"\n +", " ", explanation).splitlines()


def explained(**minutes: int) -> list[str]:
    """Return the lines of an explanation."""
    return steps(allocate(minutes).explain())


def test_explanation_shows_each_step_with_its_numbers() -> None:
    assert explained(NMR=24, THEREX=23) == [
        "Step 1, add the timed minutes: 24 (NMR) + 23 (THEREX) = 47 minutes. "
        "38 to 52 minutes earn 3 units.",
        "Step 2, give each code a unit for every full 15 minutes: NMR 24 = 1 x 15 + 9; "
        "THEREX 23 = 1 x 15 + 8. That places 2 units.",
        "Step 3, hand out the rest: 3 - 2 = 1 unit. Largest leftovers first, one unit each: "
        "NMR (9 left over).",
        "Step 4, the result: NMR 2 units, THEREX 1 unit.",
    ]


def test_explanation_of_a_tie_names_who_chooses_and_every_choice() -> None:
    rest, result = explained(NMR=20, THEREX=20)[2:]
    assert rest.endswith(
        "NMR, THEREX tie with 5 left over each, and 1 unit is left for them: the therapist chooses."
    )
    assert result == (
        "Step 4, the result: [NMR 2 units, THEREX 1 unit] or [NMR 1 unit, THEREX 2 units]."
    )


def test_explanation_of_a_winner_before_a_tie_names_both() -> None:
    rest = explained(A=14, B=9, C=9)[2]  # 32 minutes, 2 units: one sure, one to choose
    assert "A (14 left over)" in rest
    assert "B, C tie with 9 left over each" in rest


def test_explanation_says_that_unbilled_minutes_stay_in_the_note() -> None:
    assert "stay recorded" in explained(NMR=16)[2]


@unhurried
@given(sessions)
def test_every_session_is_explained_in_four_steps(session: dict[str, int]) -> None:
    allocation = allocate(session)
    lines = steps(allocation.explain())
    assert len(lines) == 4
    assert f"= {allocation.total_minutes} minutes" in lines[0]


# --- The map of two codes --------------------------------------------------------------------


def test_map_has_one_cell_per_session_in_the_stated_places() -> None:
    difference = difference_map(3, 40)
    assert difference.shape == (38, 38)
    for a, b in product(range(3, 41), repeat=2):
        both = compare_rules({"one": a, "two": b})
        assert difference[a - 3, b - 3] == both.cms - both.midpoint


def test_map_repeats_every_15_minutes_and_has_three_values() -> None:
    difference = difference_map(0, 59)
    assert set(np.unique(difference)) == {-1, 0, 1}
    assert (difference[:45] == difference[15:]).all()
    assert (difference == difference.T).all()


def test_from_1_minute_the_rules_differ_evenly() -> None:
    shares = difference_shares(1, 45)
    assert (shares.sessions, shares.cms_more, shares.midpoint_more) == (2025, 252, 252)
    assert round(shares.differ, 3) == 0.249
    assert round(shares.cms_higher, 3) == round(shares.midpoint_higher, 3) == 0.124


def test_from_8_minutes_midpoint_is_ahead() -> None:
    shares = difference_shares(8, 45)
    assert (shares.sessions, shares.cms_more, shares.midpoint_more) == (1444, 112, 252)
    assert round(shares.differ, 3) == 0.252
    assert round(shares.midpoint_higher, 3) == 0.175
    assert round(shares.cms_higher, 3) == 0.078


def test_sessions_below_8_minutes_hold_only_regions_where_medicare_gives_more() -> None:
    difference = difference_map(1, 45)
    left_out = np.ones((45, 45), dtype=bool)
    left_out[7:, 7:] = False  # a code with 1 to 7 minutes
    assert left_out.sum() == 581
    assert (difference[left_out] > 0).sum() == 5 * 28
    assert (difference[left_out] < 0).sum() == 0


def test_each_square_of_15_minutes_holds_28_sessions_either_way() -> None:
    square = difference_shares(1, 15)
    assert (square.sessions, square.cms_more, square.midpoint_more) == (225, 28, 28)


def test_a_range_of_whole_squares_is_even_wherever_it_starts() -> None:
    for first in range(0, 31):
        shares = difference_shares(first, first + 44)
        assert (shares.cms_more, shares.midpoint_more) == (252, 252)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(9, 8, "comes after"), (-1, 8, "The first"), (1, 721, "one day"), (1, 2.5, "not whole")],
)
def test_range_that_cannot_be_is_refused(first: Any, last: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        difference_map(first, last)


# --- What cannot be read as minutes ----------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", [-1, -0.5, 7.5, 1441, "24", "ten", None, True, np.True_, nan, float("inf"), 1j, [24]]
)
def test_minutes_that_cannot_be_are_refused_in_one_sentence(wrong: Any) -> None:
    counts = (lambda: total_time_units(wrong), lambda: midpoint_units(wrong))
    for_codes = (
        lambda: allocate({"97112": wrong}),
        lambda: midpoint_allocation({"97112": wrong}),
        lambda: compare_rules({"97112": wrong}),
        lambda: pool([("97112", wrong)], is_timed),
    )
    for attempt in counts + for_codes:
        with pytest.raises(ValueError, match=r"\.$") as refused:
            attempt()
        message = str(refused.value)
        assert str(wrong) in message
        assert "\n" not in message
        assert attempt in counts or message.startswith("97112: ")


@pytest.mark.parametrize("minutes", [8, 8.0, np.int64(8), np.float64(8.0)])
def test_whole_minutes_are_read_whatever_their_type(minutes: Any) -> None:
    assert total_time_units(minutes) == midpoint_units(minutes) == 1
    allocation = allocate({"NMR": minutes})
    assert allocation.choices == ({"NMR": 1},)
    assert type(allocation.minutes["NMR"]) is int


def test_a_session_longer_than_a_day_is_refused() -> None:
    for count in (allocate, midpoint_allocation, compare_rules):
        with pytest.raises(ValueError, match="The total: 1500 minutes cannot be"):
            count({"97110": 750, "97112": 750})


def test_minutes_without_codes_are_refused() -> None:
    with pytest.raises(ValueError, match="names each code"):
        allocate([24, 23])  # type: ignore[arg-type]


def test_a_code_without_quotes_is_refused_with_what_to_write() -> None:
    with pytest.raises(ValueError, match=r'write .* \{"97112": 24\}'):
        allocate({97112: 24})  # type: ignore[dict-item]


def test_an_empty_session_earns_nothing() -> None:
    allocation: Allocation = allocate({})
    assert (allocation.total_minutes, allocation.total_units) == (0, 0)
    assert allocation.choices == ({},)
    assert midpoint_allocation({}) == {}
    assert compare_rules({}).gives_more == "same"


def test_the_given_session_is_left_as_it_was() -> None:
    session = {"NMR": 24, "THEREX": 23}
    allocate(session)
    assert session == {"NMR": 24, "THEREX": 23}
