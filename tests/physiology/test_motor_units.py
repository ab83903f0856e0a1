"""The pool of motor units: figures worked out before, the formulas again, the size principle."""

from math import e, exp, log
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from course.physiology.motor_units import (
    POOL,
    firing_rates,
    force,
    force_by_recruitment,
    recruited,
    twitch,
    unit_forces,
)

unhurried = settings(deadline=None, max_examples=60)
drives = st.floats(0, 1)


# --- Worked out before -------------------------------------------------------------------------


def test_full_drive_and_thresholds_are_those_of_the_published_constants() -> None:
    assert POOL.full_drive == pytest.approx(57)
    # To the printed digit: 52.6 % and 9.7 %.
    assert 100 * POOL.shares[-1] == pytest.approx(52.6, abs=0.05)
    assert 100 * np.median(POOL.shares) == pytest.approx(9.7, abs=0.05)
    assert POOL.thresholds[-1] == pytest.approx(30)
    assert POOL.twitch_forces[-1] == pytest.approx(100)
    assert POOL.contraction_times[[0, -1]] == pytest.approx([90, 30], abs=1)


@pytest.mark.parametrize(
    ("drive", "units", "percent"), [(0.10, 61, 4.0), (0.30, 100, 21.7), (0.75, 120, 85.4)]
)
def test_units_and_force_at_three_drives(drive: float, units: int, percent: float) -> None:
    assert recruited(drive) == units
    assert 100 * force(drive) == pytest.approx(percent, abs=0.05)  # half of the printed digit


def test_the_lessons_sentences_hold() -> None:
    assert recruited(0.53) == 120
    assert force(0.53) == pytest.approx(0.54, abs=0.005)
    assert force_by_recruitment(1) == pytest.approx(0.10, abs=0.005)
    assert [recruited(d) for d in (0.6, 0.9)] == [120, 120]
    assert [force(d) for d in (0.6, 0.9)] == pytest.approx([0.65, 0.98], abs=0.005)
    assert [firing_rates(d)[-1] for d in (0.6, 0.9)] == pytest.approx([12, 29], abs=0.5)


# --- The same again, unit by unit --------------------------------------------------------------


def force_of_unit(number: int, drive: float) -> float:
    """The force of one unit in plain arithmetic, by the formulas as they are printed."""
    threshold = exp(log(30) / 120 * number)
    excess = 57 * drive - threshold
    if excess < -1e-9:
        return 0.0
    rate = min(8 + max(excess, 0), 45 - 10 * threshold / 30)
    twitch_force = exp(log(100) / 120 * number)
    time = 90 * (1 / twitch_force) ** (1 / (log(100) / log(3)))
    x = time / (1000 / rate)
    fused = 1 - exp(-2 * x**3) if x >= 0.4 else x / 0.4 * (1 - exp(-2 * 0.4**3))
    return twitch_force * fused


@unhurried
@given(drives)
def test_force_is_the_sum_over_units_by_the_printed_formulas(drive: float) -> None:
    greatest = sum(force_of_unit(n, 1) for n in range(1, 121))
    expected = sum(force_of_unit(n, drive) for n in range(1, 121)) / greatest
    assert force(drive) == pytest.approx(expected, abs=1e-12)  # rounding alone


@pytest.mark.parametrize("unit", [1, 60, 120])
def test_a_twitch_peaks_at_its_force_and_time_and_has_the_area_of_its_formula(unit: int) -> None:
    peak, time = POOL.twitch_forces[unit - 1], POOL.contraction_times[unit - 1]
    assert float(twitch(unit, time)) == pytest.approx(peak)
    times = np.linspace(0, 5 * time, 2001)
    assert times[np.argmax(twitch(unit, times))] == pytest.approx(time, rel=0.005)  # the grid
    area = integrate.quad(lambda t: float(twitch(unit, t)), 0, 40 * time)[0]
    assert area == pytest.approx(peak * time * e, rel=1e-6)  # the tail beyond 40 T is nothing
    assert float(twitch(unit, -5)) == 0


# --- The size principle, and other laws --------------------------------------------------------


def test_small_units_have_low_thresholds_weak_twitches_and_long_ones() -> None:
    assert np.all(np.diff(POOL.thresholds) > 0)
    assert np.all(np.diff(POOL.twitch_forces) > 0)
    assert np.all(np.diff(POOL.contraction_times) < 0)


@unhurried
@given(drives)
def test_no_unit_fires_while_a_smaller_one_is_silent(drive: float) -> None:
    fires = firing_rates(drive) > 0
    assert np.all(fires[:-1] >= fires[1:])
    assert np.all(np.diff(firing_rates(drive)) <= 1e-9)  # and none fires faster than a smaller one


@unhurried
@given(drives, drives)
def test_more_drive_never_takes_units_rate_or_force_away(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert np.all(firing_rates(low) <= firing_rates(high) + 1e-9)
    assert recruited(low) <= recruited(high)
    assert force(low) <= force(high) + 1e-12
    assert force_by_recruitment(low) <= force(low) + 1e-12


@unhurried
@given(drives)
def test_rates_lie_between_the_first_and_each_units_peak(drive: float) -> None:
    rates = firing_rates(drive)
    on = rates > 0
    assert np.all(rates[on] >= 8)
    assert np.all(rates <= POOL.peak_rates)


def test_nothing_fires_without_drive_and_everything_peaks_at_full_drive() -> None:
    assert recruited(0) == 0
    assert force(0) == 0
    assert firing_rates(1) == pytest.approx(POOL.peak_rates)
    assert force(1) == pytest.approx(1)


def test_the_last_unit_fires_at_its_own_threshold() -> None:
    # 30/57 times 57 is not quite 30 in binary.
    assert recruited(30 / 57) == 120


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: force(30), "The drive: 30 cannot be; give a share from 0 to 1"),
        (lambda: recruited(-0.1), "The drive: -0.1"),
        (lambda: firing_rates(float("nan")), "is not a number"),
        (lambda: unit_forces([1, 2]), "one for each of the 120 units"),
        (lambda: unit_forces(np.full(120, -1.0)), "0 or more"),
        (lambda: twitch(0, 5), "give 1 to 120"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
