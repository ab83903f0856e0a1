"""Edit pairs: the dates of a row decide, and what the copy does not tell is not known."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.billing.edits import EditFile, edit_file, edits_between, read_edits

DAY = datetime.date


def file_with(*rows: dict[str, Any]) -> EditFile:
    """Make a copy of July to September 2024 with invented rows for two codes."""
    whole = {"column_1": "97150", "column_2": "97112", "order_known": True, "indicator": 1}
    return read_edits(
        {
            "as_of": "2024-07-01",
            "until": "2024-09-30",
            "payer": "invented",
            "covers": ["97150", "97112"],
            "edits": [whole | {"effective": None, "deleted": None} | row for row in rows],
        }
    )


@pytest.mark.parametrize(
    ("one", "other", "deleted"),
    [
        ("97530", "97112", "1 January 1996"),
        ("97112", "97140", "1 April 1999"),
        ("97112", "97164", "1 October 2020"),
        ("97530", "97116", "1 October 2020"),
        ("97161", "97140", "1 October 2020"),
    ],
)
def test_deleted_pairs_are_no_edits_in_the_quarter_of_the_copy(
    one: str, other: str, deleted: str
) -> None:
    found = edits_between(one, other, "2024-08-15")
    assert found.state == "deleted"
    assert str(found).endswith(f"The row was deleted as of {deleted}.")
    assert edits_between(other, one, "2024-08-15").state == "deleted"


def test_group_excludes_each_timed_code_of_the_list() -> None:
    for other in ("97110", "97112", "97113", "97116", "97140", "97530", "97535"):
        found = edits_between("97150", other, "2024-07-01")
        assert (found.state, found.rows[0].indicator) == ("in force", 1)


def test_pairs_in_force_are_those_of_the_copy() -> None:
    copy = edit_file()
    found = [
        frozenset((a, b))
        for a in copy.covers
        for b in copy.covers
        if a < b and copy.between(a, b, copy.as_of).state == "in force"
    ]
    assert len(found) == 7 + 3 + 6
    assert frozenset(("97112", "97530")) not in found


def test_evaluations_exclude_each_other_whatever_is_added() -> None:
    found = edits_between("97161", "97164", "2024-07-01")
    assert "no modifier is accepted" in str(found).casefold()


def test_labels_and_days_are_read_as_people_write_them() -> None:
    assert edits_between("NMR", "group", DAY(2024, 7, 1)).codes == ("97112", "97150")
    with pytest.raises(ValueError, match="write it like"):
        edits_between("NMR", "GROUP", "15 August")


def test_day_after_the_quarter_is_not_known() -> None:
    assert edits_between("NMR", "MANUAL", "2024-09-30").state == "deleted"
    found = edits_between("NMR", "MANUAL", "2024-10-01")
    assert found.state == "not known"
    assert "look the pair up in the quarter's file" in str(found)


def test_day_before_the_copy_is_not_known_where_no_beginning_is_told() -> None:
    found = edits_between("NMR", "GROUP", "2024-06-30")
    assert found.state == "not known"
    assert "does not tell when the row began" in str(found)


def test_pair_without_a_row_has_no_edit() -> None:
    found = edits_between("NMR", "GAIT", "2024-08-15")
    assert (found.state, found.rows) == ("no edit", ())


def test_code_outside_the_copy_and_a_code_with_itself_are_refused() -> None:
    with pytest.raises(ValueError, match="97012 is not covered by our copy"):
        edits_between("NMR", "TRACTION", "2024-08-15")
    with pytest.raises(ValueError, match="the same code"):
        edits_between("NMR", "97112", "2024-08-15")


def test_deleted_row_beside_an_active_one_does_not_hide_it() -> None:
    copy = file_with(
        {"effective": "2000-01-01", "deleted": "2010-01-01"},
        {"effective": "2015-01-01"},
    )
    states = [
        copy.between("97112", "97150", DAY(year, 1, 1)).state
        for year in (1999, 2000, 2010, 2014, 2015, 2024)
    ]
    assert states == ["no edit", "in force", "deleted", "deleted", "in force", "in force"]


def test_the_indicator_told_is_that_of_the_row_in_force() -> None:
    copy = file_with(
        {"effective": "2024-08-01", "indicator": 0},
        {"effective": "2015-01-01", "indicator": 1},
    )
    found = copy.between("97112", "97150", DAY(2024, 7, 15))
    assert str(found).endswith("A modifier is accepted, if it is true.")


def test_a_day_between_two_rows_has_no_edit_as_the_lesson_asks() -> None:
    copy = file_with(
        {"effective": "2020-01-01", "deleted": "2020-10-01"},
        {"effective": "2024-10-01"},
    )
    assert copy.between("97112", "97150", DAY(2024, 8, 20)).state == "deleted"


def test_the_day_of_deletion_is_the_first_without_the_row() -> None:
    copy = file_with({"effective": "2020-01-01", "deleted": "2020-10-01"})
    assert copy.between("97112", "97150", DAY(2020, 9, 30)).state == "in force"
    assert copy.between("97112", "97150", DAY(2020, 10, 1)).state == "deleted"


def test_row_deleted_on_the_day_it_began_was_never_in_force() -> None:
    copy = file_with({"effective": "2020-10-01", "deleted": "2020-10-01"})
    for on in (DAY(2020, 9, 30), DAY(2020, 10, 1), DAY(2022, 1, 1)):
        assert copy.between("97112", "97150", on).state != "in force"


@given(st.dates(DAY(1990, 1, 1), DAY(2030, 1, 1)))
def test_nothing_deleted_comes_back_and_nothing_late_is_known(on: datetime.date) -> None:
    found = edits_between("97530", "97116", on)
    if on > edit_file().until:
        assert found.state == "not known"
    elif on >= DAY(2020, 10, 1):
        assert found.state == "deleted"
    else:
        assert found.state == "not known"
