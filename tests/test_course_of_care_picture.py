"""The capstone's pictures show what its questions ask about, and say it in words."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from course import figures
from course.billing.plan_of_care import certified_until
from course.billing.units import allocate, midpoint_allocation
from course.physiology.outcomes import judge, measure
from course.pictures.course_of_care import (
    FIRST_DAY,
    LAST_WEEK,
    MORNING_ALT,
    PARTS,
    PLANNED_WEEKS,
    RENEWED_WEEKS,
    SCORES,
    WEEKS_ALT,
    _treatment_days,
    disputed_morning,
    weeks_of_care,
)

LESSON = Path("course/lessons/11_capstone")


def test_a_week_shows_only_what_is_known_by_then() -> None:
    _, before = weeks_of_care(4)
    _, after = weeks_of_care(5)
    assert "there is none to compare it with" in before
    assert "19 in week 5, is 2 points above the first." in after


def test_the_picture_states_the_thresholds_and_leaves_the_verdict_to_the_learner() -> None:
    for week in (5, 10):
        _, words = weeks_of_care(week)
        assert "up to 3.4 points, and 3.4 to 4.0 matter" in words
        assert not re.search("within|beyond|at least|less than", words)


def test_only_ten_weeks_pass_both_gates_of_her_disease_whoever_scored() -> None:
    hers = measure("mini-bestest-parkinson")
    two_raters = 4.1  # Löfgren 2014, smallest real difference between raters
    assert hers.mdc == (3.4, 3.4)
    for week, answer in ((5, "no"), (10, "yes")):
        change = SCORES[week] - SCORES[0]
        assert judge(change, hers.mdc, hers.mcid).matters == answer
        assert judge(change, hers.mdc, hers.mcid).real == answer
        assert judge(change, two_raters, hers.mcid).real == answer


def test_her_visits_are_on_the_days_that_the_lesson_names() -> None:
    text = (LESSON / "lesson.md").read_text(encoding="utf-8")
    assert "my days are Mondays and Thursdays" in text
    days = _treatment_days(LAST_WEEK)
    assert {day.weekday() for day in days} == {0, 3}
    for day in ("12 March", "19 March"):
        assert day in text
        assert datetime.strptime(f"{day} 2026", "%d %B %Y").date() in days
    assert "7 April, a Tuesday" in text
    assert date(2026, 4, 7).weekday() == 1
    assert len(_treatment_days(5)) == 10
    assert len(_treatment_days(10)) == 20


def test_the_plan_is_certified_up_to_the_last_week() -> None:
    first = certified_until(FIRST_DAY, 7 * PLANNED_WEEKS)
    assert certified_until(first, 7 * RENEWED_WEEKS) == FIRST_DAY + timedelta(weeks=LAST_WEEK)


def test_the_undisputed_morning_is_two_units() -> None:
    assert sum(allocate({"NMR": 20, "THERACT": 13}).choices[0].values()) == 2
    assert sum(allocate({"NMR": 26, "THERACT": 13}).choices[0].values()) == 3  # rest counted


@pytest.mark.parametrize(("week", "reports"), [(4, 0), (5, 1), (9, 1), (10, 2), (16, 3)])
def test_a_report_is_due_at_every_tenth_visit(week: int, reports: int) -> None:
    _, words = weeks_of_care(week)
    said = re.search(r"So far (no|\d+) progress reports? ha", words)
    assert said is not None
    assert {"no": 0}.get(said[1], said[1]) in (reports, str(reports))


def test_the_lessons_table_is_the_picture() -> None:
    text = (LESSON / "lesson.md").read_text(encoding="utf-8")
    row = re.search(r"\| Mini-BESTest, points \| (\d+) \| (\d+) \| (\d+) \|", text)
    assert row is not None
    assert [int(n) for n in row.groups()] == [SCORES[0], SCORES[5], SCORES[10]]
    for service, minutes in PARTS:
        assert re.search(rf"\| {service}[^|]*\| {minutes} \|", text)


@pytest.mark.parametrize(
    ("start", "contested", "sure"), [(15, 31, 15), (37, 9, 37), (45, 1, 45), (46, 0, 46)]
)
def test_minutes_claimed_for_both_are_hers_no_longer(start: int, contested: int, sure: int) -> None:
    _, words = disputed_morning(start)
    assert f"{contested or 'no'} minute" in words
    assert f"{sure} of Ms Lindqvist's 46" in words


def test_the_units_of_the_morning_are_those_of_the_key() -> None:
    answers = yaml.safe_load((LESSON / "answers.yaml").read_text(encoding="utf-8"))
    key = answers["three-readings"]["key"]
    drafted = dict(PARTS)
    alone = drafted | {"THEREX": 0}
    assert list(allocate(drafted).choices[0].values()) == key["A"] == key["D"]
    assert list(allocate(alone).choices[0].values()) == key["B"]
    assert list(midpoint_allocation(drafted).values()) == key["C"]
    assert allocate(drafted).number_of_choices == allocate(alone).number_of_choices == 1


def test_outside_the_picture_is_said_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="16 weeks"):
        weeks_of_care(17)
    with pytest.raises(ValueError, match="15 to 55"):
        disputed_morning(60)


def test_every_position_can_be_drawn_and_has_words() -> None:
    for draw, places in ((weeks_of_care, range(17)), (disputed_morning, range(15, 56, 5))):
        for place in places:
            fig, words = draw(place)
            assert len(words) > 40
            figures.close(fig)
    for alt in (WEEKS_ALT, MORNING_ALT):
        assert figures.check_alt(alt) == alt
