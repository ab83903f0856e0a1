"""The capstone's pictures show what its questions ask about, and say it in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from course import figures
from course.billing.units import allocate, midpoint_allocation
from course.physiology.outcomes import judge, measure
from course.pictures.course_of_care import (
    MORNING_ALT,
    PARTS,
    SCORES,
    WEEKS_ALT,
    disputed_morning,
    weeks_of_care,
)

LESSON = Path("course/lessons/11_capstone")


def test_a_week_shows_only_what_is_known_by_then() -> None:
    _, before = weeks_of_care(4)
    _, after = weeks_of_care(5)
    assert "there is none to compare it with" in before
    assert "19 in week 5, is 2 points above the first: within the 3.2" in after


def test_ten_weeks_pass_the_error_after_stroke_and_matter_in_her_disease() -> None:
    _, words = weeks_of_care(10)
    assert "5 points above the first: beyond the 3.2" in words
    assert "at least the 3.4 to 4.0" in words
    change = SCORES[10] - SCORES[0]
    hers = measure("mini-bestest-parkinson")
    assert judge(change, hers.mdc, hers.mcid).matters == "yes"
    assert judge(change, hers.mdc, hers.mcid).real == "unknown"


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
