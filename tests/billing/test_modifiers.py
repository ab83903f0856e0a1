"""Who gave the minutes: the published examples, an independent count, and what is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.billing.modifiers import (
    NotDecided,
    line_modifiers,
    marked_session,
    marked_units,
    marked_untimed,
)
from course.billing.units import total_time_units

minutes = st.integers(0, 120)


@pytest.mark.parametrize(
    ("therapist", "assistant", "together", "expected"),
    [
        (15, 0, 0, (1, 0)),
        (5, 10, 0, (1, 1)),  # also the example that [S17] shows
        (8, 6, 0, (1, 0)),
        (12, 13, 0, (2, 1)),
        (7, 7, 0, (1, 1)),
        (0, 0, 20, (1, 0)),
    ],
)
def test_our_own_examples_of_the_rule_and_the_one_that_its_source_shows(
    therapist: int, assistant: int, together: int, expected: tuple[int, int]
) -> None:
    found = marked_units(therapist, assistant, together)
    assert (found.units, found.by_assistant) == expected


@pytest.mark.parametrize(
    ("therapist", "assistant", "together", "expected"),
    [
        (4, 11, 0, (1, 1)),
        (3, 6, 5, (1, 0)),
        (11, 14, 0, (2, 1)),
        (6, 6, 0, (1, 1)),
        (0, 0, 23, (2, 0)),
        (9, 9, 0, (1, 0)),
        (8, 30, 0, (3, 2)),
        (10, 20, 0, (2, 1)),
        (20, 25, 0, (3, 2)),
    ],
)
def test_the_rows_that_the_lesson_asks_about(
    therapist: int, assistant: int, together: int, expected: tuple[int, int]
) -> None:
    found = marked_units(therapist, assistant, together)
    assert (found.units, found.by_assistant) == expected


def counted_by_hand(therapist: int, assistant: int) -> int:
    """Marked units by taking quarters of an hour away one by one; no formula of the library."""
    marked, left = 0, 0
    total = therapist + assistant
    edge = 8
    while total >= edge:
        left, edge = left + 1, edge + 15
    while therapist >= 15:
        therapist, left = therapist - 15, left - 1
    while assistant >= 15:
        assistant, left, marked = assistant - 15, left - 1, marked + 1
    if left == 2:
        return marked + 1
    if left == 1 and therapist < 8 and assistant / (therapist + assistant) > 0.1:
        return marked + 1
    return marked


@given(minutes, minutes)
def test_an_independent_count_agrees(therapist: int, assistant: int) -> None:
    assert marked_units(therapist, assistant).by_assistant == counted_by_hand(therapist, assistant)


@given(minutes, minutes, minutes)
def test_minutes_together_are_the_therapists(therapist: int, assistant: int, both: int) -> None:
    apart = marked_units(therapist + both, assistant)
    assert marked_units(therapist, assistant, both) == apart


@given(minutes, minutes)
def test_marks_are_among_the_units_of_the_day(therapist: int, assistant: int) -> None:
    found = marked_units(therapist, assistant)
    assert found.units == total_time_units(therapist + assistant)
    assert assistant // 15 <= found.by_assistant <= found.units - therapist // 15


@given(minutes)
def test_who_works_alone_has_all_units(alone: int) -> None:
    assert marked_units(alone, 0).by_assistant == 0
    everything = marked_units(0, alone)
    assert everything.by_assistant == everything.units


def test_two_units_are_left_just_where_the_proposed_rule_says() -> None:
    for own in range(15):
        for other in range(15):
            two = total_time_units(own + other) == 2
            assert two == (9 <= own <= 14 and 9 <= other <= 14 and 23 <= own + other <= 28)
            if two:
                assert marked_units(own, other).by_assistant == 1


def test_ten_per_cent_never_saves_a_timed_last_unit() -> None:
    """With at most 7 minutes of the therapist, one of eight is the least an assistant can have."""
    for own in range(8):
        for other in range(8 - own, 15):
            assert marked_units(own, other).by_assistant == 1


def test_reason_is_said_in_a_line() -> None:
    assert (
        str(marked_units(12, 13)) == "2 units, 1 marked. 12 + 13 minutes are left: one unit each."
    )
    assert "the therapist has 8 or more" in str(marked_units(8, 6))
    assert "fewer than 8" in str(marked_units(7, 7))
    assert "Full quarters" in str(marked_units(15, 0))


# --- Several codes ----------------------------------------------------------------------------


def test_codes_that_stand_alone_are_marked_each() -> None:
    found = marked_session({"THEREX": (0, 22, 0), "MANUAL": (23, 0, 0)})
    assert {code: (m.units, m.by_assistant) for code, m in found.items()} == {
        "THEREX": (1, 1),
        "MANUAL": (2, 0),
    }


def test_tie_between_codes_is_left_to_the_therapist() -> None:
    with pytest.raises(NotDecided, match="NMR and THEREX tie for a unit"):
        marked_session({"NMR": (10, 10, 0), "THEREX": (20, 0, 0)})


def test_unit_that_rests_on_several_codes_is_not_decided() -> None:
    with pytest.raises(NotDecided, match="MANUAL would earn 0 units alone and gets 1 here"):
        marked_session({"THEREX": (33, 0, 0), "MANUAL": (3, 4, 0)})


@given(st.dictionaries(st.sampled_from("ABC"), st.tuples(minutes, minutes, minutes), max_size=3))
def test_session_is_decided_as_its_codes_alone_or_refused(
    session: dict[str, tuple[int, int, int]],
) -> None:
    try:
        found = marked_session(session)
    except NotDecided:
        return
    assert found == {code: marked_units(*each) for code, each in session.items()}


# --- Untimed codes, lines, and what cannot be ------------------------------------------------


@pytest.mark.parametrize(
    ("therapist", "assistant", "together", "marked"),
    [(27, 3, 0, False), (26, 4, 0, True), (0, 4, 26, True), (0, 0, 30, False), (0, 30, 0, True)],
)
def test_untimed_service_is_marked_above_a_tenth(
    therapist: int, assistant: int, together: int, marked: bool
) -> None:
    assert marked_untimed(therapist, assistant, together) is marked


def test_line_says_plan_then_assistant_then_threshold() -> None:
    assert line_modifiers("PT") == ("GP",)
    assert line_modifiers("OT", by_assistant=True) == ("GO", "CO")
    assert line_modifiers("PT", by_assistant=True, above_threshold=True) == ("GP", "CQ", "KX")
    assert line_modifiers("SLP", above_threshold=True) == ("GN", "KX")


def test_lines_that_cannot_be_are_refused() -> None:
    wrong: Any = "DC"
    with pytest.raises(ValueError, match="use PT, OT or SLP"):
        line_modifiers(wrong)
    with pytest.raises(ValueError, match="no assistant's modifier for speech therapy"):
        line_modifiers("SLP", by_assistant=True)


@pytest.mark.parametrize("bad", [-1, 7.5, True, "8"])
def test_minutes_that_cannot_be_are_refused(bad: Any) -> None:
    for call in (marked_units, marked_untimed):
        with pytest.raises(ValueError, match=r"The assistant alone: .*minutes"):
            call(10, bad)
    with pytest.raises(ValueError, match="no minutes"):
        marked_untimed(0, 0)
