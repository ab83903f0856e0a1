"""What a day is paid: the published formula, the invented examples, and the dated figures."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.billing.payment import (
    Parts,
    dollars,
    fee_schedule,
    first_above,
    pay_day,
    shares,
    unit_fee,
)

INVENTED = {"ALPHA": Parts(0.50, 0.60, 0.02), "BETA": Parts(0.40, 0.40, 0.02)}
CENT = 0.005  # amounts are shown in cents, so half of one is the tolerance
weights = st.floats(0, 5, allow_nan=False)


@pytest.mark.parametrize(
    ("units", "paid"),
    [
        ({"ALPHA": 2}, 97),
        ({"ALPHA": 1, "BETA": 1}, 87),
        ({"BETA": 3}, 103),
        ({"ALPHA": 2, "BETA": 1}, 128),
        ({"ALPHA": 1}, 56),
        ({}, 0),
    ],
)
def test_the_invented_days_of_the_lesson(units: dict[str, int], paid: float) -> None:
    assert pay_day(units, INVENTED, 50).paid == pytest.approx(paid, abs=CENT)


def test_two_days_are_paid_as_two_days() -> None:
    assert 2 * pay_day({"ALPHA": 1}, INVENTED, 50).paid == pytest.approx(112, abs=CENT)


@given(
    st.dictionaries(
        st.sampled_from("ABCD"),
        st.tuples(st.integers(0, 5), weights, weights, weights),
        max_size=4,
    ),
    st.floats(1, 100),
)
def test_closed_form_of_the_reduction(
    day: dict[str, tuple[int, float, float, float]], factor: float
) -> None:
    """pay = CF * (sum W + sum M + PE_max + 0.5 * (sum PE - PE_max)), summed here unit by unit."""
    units = {name: number for name, (number, *_) in day.items()}
    parts = {name: Parts(w, pe, m) for name, (_, w, pe, m) in day.items()}
    each = [parts[name] for name, number in units.items() for _ in range(number)]
    highest = max((p.practice for p in each), default=0.0)
    rvus = sum(p.work + p.malpractice for p in each)
    rvus += highest + 0.5 * (sum(p.practice for p in each) - highest)
    found = pay_day(units, parts, factor)
    # Sums of at most 20 products in another order: far below a millionth of a part.
    assert math.isclose(found.paid, factor * rvus, rel_tol=1e-9, abs_tol=1e-9)
    alone = sum(unit_fee(p, factor) for p in each)
    assert math.isclose(found.unreduced, alone, rel_tol=1e-9, abs_tol=1e-9)
    assert found.cut >= 0


@given(st.integers(0, 4), st.integers(0, 4))
def test_another_unit_adds_money_and_less_than_its_price(a: int, b: int) -> None:
    before = pay_day({"ALPHA": a, "BETA": b}, INVENTED, 50).paid
    after = pay_day({"ALPHA": a, "BETA": b + 1}, INVENTED, 50).paid
    assert 0 < after - before <= unit_fee(INVENTED["BETA"], 50) + 1e-9


def test_units_and_codes_that_cannot_be_are_refused() -> None:
    wrong: Any = 1.5
    for number in (-1, wrong, True):
        with pytest.raises(ValueError, match=r"ALPHA: .* is not a whole number of units"):
            pay_day({"ALPHA": number}, INVENTED, 50)
    with pytest.raises(ValueError, match="GAMMA: its relative value units are missing"):
        pay_day({"GAMMA": 1}, INVENTED, 50)


# --- The assistant's share ----------------------------------------------------------------------


def test_of_a_hundred_for_an_assistants_unit_88_arrive() -> None:
    found = shares(100, by_assistant=True)
    assert (found.medicare, found.patient, found.received) == (68, 20, 88)
    assert shares(100).received == 100


@given(st.integers(0, 100_000))
def test_share_of_the_patient_is_the_same_either_way(cents: int) -> None:
    allowed = cents / 100
    assert shares(allowed).patient == shares(allowed, by_assistant=True).patient
    # Two parts rounded to cents.
    assert shares(allowed, by_assistant=True).received == pytest.approx(0.88 * allowed, abs=0.0101)


def test_numbers_of_the_lesson_on_assistants() -> None:
    assert shares(50, by_assistant=True).received == pytest.approx(44, abs=CENT)
    three = 2 * shares(40).received + shares(40, by_assistant=True).received
    assert three == pytest.approx(115.2, abs=CENT)


def test_negative_amount_is_refused() -> None:
    with pytest.raises(ValueError, match="the least is 0"):
        shares(-1)


# --- A year -------------------------------------------------------------------------------------


def test_reaching_the_threshold_is_not_passing_it() -> None:
    assert first_above([1500, 600, 230], 2330) is None
    assert first_above([1500, 600, 230, 40], 2330) == 3
    assert first_above([], 2330) is None


@given(st.lists(st.integers(0, 100_000), max_size=20), st.integers(0, 300_000))
def test_first_above_by_running_sums(cents: list[int], threshold: int) -> None:
    sums = [sum(cents[: n + 1]) for n in range(len(cents))]
    expected = next((n for n, total in enumerate(sums) if total > threshold), None)
    assert first_above([c / 100 for c in cents], threshold / 100) == expected


# --- The dated figures --------------------------------------------------------------------------


def test_schedule_carries_its_date_and_payer() -> None:
    schedule = fee_schedule()
    assert schedule.as_of.isoformat() == "2024-07-01"
    assert schedule.payer == "US Medicare Part B"
    assert schedule.conversion_factor == 33.2875


def test_prices_of_the_lesson() -> None:
    schedule = fee_schedule()
    assert dollars(schedule.day({"NMR": 1}).paid) == "$33.62"
    two = schedule.day({"NMR": 2})
    assert (dollars(two.paid), dollars(two.cut)) == ("$58.92", "$8.32")
    assert dollars(shares(33.62, by_assistant=True).received) == "$29.58"
    assert dollars(schedule.day({"NMR": 2, "THERACT": 1}).cut) == "$16.64"


def test_daily_limits_are_those_of_the_copy() -> None:
    schedule = fee_schedule()
    assert schedule.units_per_day == {
        "97035": 2, "97110": 6, "97112": 4, "97113": 6, "97116": 4, "97140": 6, "97150": 1,
        "97161": 1, "97162": 1, "97163": 1, "97164": 1, "97530": 6, "97535": 8,
    }  # fmt: skip
    evaluations = {"97161", "97162", "97163", "97164"}
    for number, indicator in schedule.adjudication_indicator.items():
        assert indicator == (2 if number in evaluations else 3)
    assert schedule.over_limit("NMR", 4) == 0
    assert schedule.over_limit("97112", 6) == 2


def test_thresholds_by_year_and_which_are_cited() -> None:
    schedule = fee_schedule()
    assert [schedule.threshold(year) for year in (2018, 2021, 2024, 2025, 2026)] == [
        2010, 2110, 2330, 2410, 2480,
    ]  # fmt: skip
    assert [year for year, cited in schedule.cited.items() if not cited] == [2018, 2019, 2020]
    with pytest.raises(ValueError, match="no threshold for 2017 here, only 2018 to 2026"):
        schedule.threshold(2017)


def test_code_without_a_fee_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(ValueError, match=r"TRACTION is not on our fee schedule: use .*97112"):
        fee_schedule().day({"TRACTION": 1})


def test_amounts_are_said_as_a_lesson_prints_them() -> None:
    schedule = fee_schedule()
    assert str(schedule.day({})) == "no unit, nothing paid"
    assert str(schedule.of("NMR")).endswith("= 1.01")
    assert str(shares(100)) == "Medicare $80.00 + patient $20.00 = $100.00"
