"""Dates of a plan of care: each limit from both sides, and a count of treatment days by hand."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from course.billing.plan_of_care import (
    certified_until,
    certify_by,
    initial_certification,
    reports_due,
    sign_by,
    unreported,
)

FIRST = date(2026, 3, 2)
LESSON = Path(__file__).parents[2] / "course" / "lessons" / "07_records_and_roles"
KEYS = yaml.safe_load((LESSON / "answers.yaml").read_text(encoding="utf-8"))
unhurried = settings(deadline=None)


def day(number: int) -> date:
    """Return the date so many days after the first treatment."""
    return FIRST + timedelta(days=number)


def test_the_dates_of_one_plan_read_off_a_calendar() -> None:
    # March has 31 days: 2 March and 30 days is 1 April; 14 days on from 20 March is 3 April.
    assert certify_by(FIRST) == date(2026, 4, 1)
    assert sign_by(date(2026, 3, 20)) == date(2026, 4, 3)
    assert certified_until(FIRST, 90) == date(2026, 5, 31)


@pytest.mark.parametrize(("signed", "timely"), [(0, True), (30, True), (31, False)])
def test_a_signature_has_thirty_days(signed: int, timely: bool) -> None:
    assert initial_certification(FIRST, signed=day(signed)).timely is timely


@pytest.mark.parametrize(
    ("told", "signed", "timely"),
    [(25, 39, True), (25, 40, False), (30, 44, True), (31, 33, False), (25, None, False)],
)
def test_a_verbal_order_in_the_thirty_days_gives_fourteen_for_the_signature(
    told: int, signed: int | None, timely: bool
) -> None:
    verdict = initial_certification(
        FIRST, verbal_order=day(told), signed=None if signed is None else day(signed)
    )
    assert verdict.timely is timely


@pytest.mark.parametrize(
    ("first", "order", "sent", "timely"),
    [
        (date(2025, 1, 1), True, 30, True),
        (date(2025, 1, 1), True, 31, False),
        (date(2025, 1, 1), True, None, False),
        (date(2025, 1, 1), False, 5, False),
        (date(2024, 12, 31), True, 5, False),
    ],
)
def test_since_2025_an_order_on_file_and_a_plan_sent_in_time_serve_as_well(
    first: date, order: bool, sent: int | None, timely: bool
) -> None:
    sent_on = None if sent is None else first + timedelta(days=sent)
    verdict = initial_certification(first, order_on_file=order, plan_sent=sent_on)
    assert verdict.timely is timely


@pytest.mark.parametrize(
    ("given_dates", "words"),
    [
        ({}, "No signature"),
        ({"signed": day(36)}, "6 days after the 30 days"),
        ({"signed": day(3)}, "within 30 days"),
        ({"signed": day(35), "verbal_order": day(25)}, "within 14 days"),
        ({"signed": day(40), "verbal_order": day(25)}, "signed 1 day after its 14 days"),
        ({"signed": day(45), "verbal_order": day(26)}, "signed 5 days after its 14 days"),
    ],
)
def test_the_verdict_says_why(given_dates: dict[str, Any], words: str) -> None:
    assert words in initial_certification(FIRST, **given_dates).why


def test_a_plan_may_be_signed_or_ordered_before_the_first_treatment() -> None:
    assert initial_certification(FIRST, signed=day(-1)).timely
    assert initial_certification(FIRST, verbal_order=day(-1), signed=day(13)).timely


def test_a_plan_sent_before_the_first_treatment_is_refused() -> None:
    with pytest.raises(ValueError, match="The plan was sent: 2026-03-01 is before"):
        initial_certification(FIRST, plan_sent=day(-1))


@pytest.mark.parametrize(("planned", "lasts"), [(1, 1), (56, 56), (90, 90), (91, 90), (120, 90)])
def test_the_interval_is_the_plan_or_ninety_days_whichever_is_shorter(
    planned: int, lasts: int
) -> None:
    assert certified_until(FIRST, planned) == day(lasts)


def test_a_plan_without_a_length_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a duration"):
        certified_until(FIRST, 0)


def test_a_report_is_due_on_every_tenth_treatment_day_not_calendar_day() -> None:
    mondays_and_thursdays = [day(7 * week + extra) for week in range(12) for extra in (0, 3)]
    assert reports_due(mondays_and_thursdays) == [day(31), day(66)]
    assert reports_due(mondays_and_thursdays[:9]) == []


def test_two_sessions_on_one_date_are_one_treatment_day() -> None:
    days = [day(n) for n in range(9)]
    assert reports_due(days + days) == []


def test_the_eleventh_day_without_a_report_is_named() -> None:
    days = [day(n) for n in range(12)]
    assert unreported(days, []) == [day(10), day(11)]
    assert unreported(days, [day(9)]) == []
    assert unreported(days, [day(10)]) == [day(10)]  # a day late, and the count begins again
    assert unreported(days[:10], []) == []


@unhurried
@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_a_missing_report_is_what_counting_back_from_each_day_finds(
    treated: set[int], reported: set[int]
) -> None:
    expected = []
    for now in sorted(treated):
        # A report counts from the first treatment day on, and covers its own date.
        earlier = [r for r in reported if r < now]
        covered = max(earlier, default=-1)
        since = [t for t in treated if covered < t <= now]
        if len(since) > 10:
            expected.append(day(now))
    assert unreported(map(day, treated), map(day, reported)) == expected


@unhurried
@given(st.sets(st.integers(0, 200)))
def test_reports_written_when_due_leave_none_missing(treated: set[int]) -> None:
    days = [day(n) for n in treated]
    assert unreported(days, reports_due(days)) == []


def test_the_reporting_period_of_the_lessons_case_ends_on_the_day_of_its_key() -> None:
    june = [date(2026, 6, n) for n in range(1, 31)]
    visits = [d for d in june if d.strftime("%a") in ("Mon", "Wed", "Fri")]
    assert reports_due(visits)[0].day == KEYS["report-in-june"]["value"]


@pytest.mark.parametrize(
    ("item", "dates"),
    [
        ("i", {"signed": day(28)}),
        ("ii", {"verbal_order": day(26), "signed": day(38)}),
        ("iii", {"verbal_order": day(26), "signed": day(45)}),
        ("iv", {"order_on_file": True, "plan_sent": day(9)}),
        ("v", {"order_on_file": True}),
        ("vi", {"signed": day(41)}),
    ],
)
def test_the_six_certifications_of_the_lesson(item: str, dates: dict[str, Any]) -> None:
    late = KEYS["six-first-certifications"]["key"][item] == "late"
    assert initial_certification(FIRST, **dates).timely is not late
