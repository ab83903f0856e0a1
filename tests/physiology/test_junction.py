"""The junction: published constants, an independent Poisson, and what must hold for any values."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from course.physiology.junction import (
    PACKET_MV,
    THRESHOLD_MV,
    end_plate_potential,
    packets_needed,
    percent,
    safety_factor,
    simulate_potentials,
    slow_series,
    transmission,
)

unhurried = settings(deadline=None, max_examples=40)
shares = st.floats(0, 1)
packets = st.floats(0, 120)

# Share of the receptors left: mean potential in mV, safety factor, share of impulses that fail.
# Worked out for the course before the library was written, and printed to these digits.
TABLE = {
    1: (26.0, 2.16, 0.0),
    0.75: (21.3, 1.78, 0.0),
    0.6: (18.1, 1.51, 0.001),
    0.5: (15.7, 1.31, 0.016),
    0.4: (13.1, 1.10, 0.22),
    0.33: (11.2, 0.93, 0.74),
    0.25: (8.8, 0.73, 1.0),
}


@pytest.mark.parametrize("share", TABLE)
def test_the_table_of_receptor_loss_comes_out_to_its_last_digit(share: float) -> None:
    now, (mean, factor, fails) = transmission(share), TABLE[share]
    # Half of the last printed digit, and a hair for values that lie on the edge of rounding.
    assert now.mean_mv == pytest.approx(mean, abs=0.0501)
    assert now.safety_factor == pytest.approx(factor, abs=0.00501)
    assert now.fails == pytest.approx(fails, abs=0.0051 if fails > 0.1 else 0.000501)


def by_scipy(share: float, mean: float) -> tuple[float, float]:
    """Mean potential and share that fails, packet by packet, from scipy's Poisson."""
    counts = np.arange(0, 600)
    v = counts * 0.8 * share
    potential = v / (1 + v / 75)
    chance = stats.poisson.pmf(counts, mean)
    return float(chance @ potential), float(chance[potential < 12 - 1e-9].sum())


@unhurried
@given(shares, packets)
def test_the_closed_form_agrees_with_an_independent_poisson(share: float, mean: float) -> None:
    now, (potential, fails) = transmission(share, mean), by_scipy(share, mean)
    # Both leave out less than 1e-12 of the distribution; the rest is rounding.
    assert now.mean_mv == pytest.approx(potential, abs=1e-8)
    assert now.fails == pytest.approx(fails, abs=1e-8)


@pytest.mark.parametrize("share", [1, 0.5, 0.4, 0.33])
def test_simulated_impulses_come_near_the_closed_form(share: float) -> None:
    impulses = 20_000
    drawn = simulate_potentials(np.random.default_rng(7), impulses, share)
    now = transmission(share)
    # Four standard errors: one seed in some 16 000 would miss by chance, and the seed is fixed.
    assert drawn.mean() == pytest.approx(now.mean_mv, abs=4 * drawn.std() / impulses**0.5)
    error = (now.fails * (1 - now.fails) / impulses) ** 0.5
    assert np.mean(drawn < THRESHOLD_MV) == pytest.approx(now.fails, abs=4 * error + 1e-6)


def test_the_same_seed_gives_the_same_impulses() -> None:
    one, other = (simulate_potentials(np.random.default_rng(1), 50) for _ in range(2))
    assert one.shape == (50,)
    np.testing.assert_array_equal(one, other)


def test_twenty_packets_of_one_millivolt_would_fail_in_health_one_time_in_ten() -> None:
    # Why the model does not use them: that is no safe junction.
    fails = stats.poisson.cdf(packets_needed(1.0) - 1, 20)
    assert fails == pytest.approx(0.105, abs=0.0005)
    assert transmission().fails < 1e-6


# --- Laws --------------------------------------------------------------------------------------


@unhurried
@given(shares, shares)
def test_fewer_receptors_never_help(one: float, other: float) -> None:
    low, high = transmission(min(one, other)), transmission(max(one, other))
    assert low.mean_mv <= high.mean_mv + 1e-9
    assert low.fails >= high.fails - 1e-12


@unhurried
@given(packets, packets)
def test_fewer_packets_never_help(one: float, other: float) -> None:
    few, many = transmission(0.6, min(one, other)), transmission(0.6, max(one, other))
    assert few.mean_mv <= many.mean_mv + 1e-9
    assert few.fails >= many.fails - 1e-12


@unhurried
@given(st.integers(0, 500), st.floats(0, 5))
def test_saturation_takes_away_and_never_passes_the_driving_force(count: int, size: float) -> None:
    potential = float(end_plate_potential(count, size))
    assert 0 <= potential <= count * size + 1e-12
    assert potential < 75


@unhurried
@given(st.floats(0.01, 5), st.floats(1, 60))
def test_packets_needed_is_the_least_number_that_reaches_threshold(
    size: float, threshold: float
) -> None:
    least = packets_needed(size, threshold)
    assert float(end_plate_potential(least, size)) >= threshold - 1e-6
    assert float(end_plate_potential(least - 1, size)) < threshold


def test_a_packet_that_does_nothing_never_reaches_threshold() -> None:
    assert packets_needed(0) == float("inf")
    assert packets_needed(5e-324) == float("inf")  # so little that dividing by it overflows
    assert transmission(0).fails == 1
    assert transmission(0).mean_mv == 0
    assert transmission(1, 0).fails == 1


def test_a_healthy_junction_needs_eighteen_packets() -> None:
    assert packets_needed(PACKET_MV) == 18
    assert float(end_plate_potential(18)) >= THRESHOLD_MV > float(end_plate_potential(17))


def test_an_exact_multiple_needs_no_packet_more() -> None:
    # 12 mV after saturation is 100/7 mV before; packets of 1/7 of that are just enough in seven.
    assert packets_needed(100 / 49) == 7


def test_safety_factor_is_potential_over_threshold() -> None:
    assert safety_factor(24) == 2
    assert safety_factor(12, 8) == 1.5


def test_potentials_keep_the_shape_of_the_counts() -> None:
    assert end_plate_potential(np.ones((2, 3))).shape == (2, 3)
    assert end_plate_potential(50).shape == ()


# --- A slow series -----------------------------------------------------------------------------


def test_packets_fall_by_a_quarter_to_the_fifth_impulse_and_stay() -> None:
    released = slow_series().packets
    np.testing.assert_allclose(released[:5], [50, 46.875, 43.75, 40.625, 37.5])
    np.testing.assert_allclose(released[5:], 37.5)


def test_health_shows_no_decrement_and_half_the_receptors_a_large_one() -> None:
    assert slow_series().decrement < 0.001
    half = slow_series(0.5)
    assert half.answers[[0, 4]] == pytest.approx([0.984, 0.619], abs=0.0005)
    assert half.decrement > 0.1


def test_few_packets_give_a_decrement_too() -> None:
    assert slow_series(1, 20).answers[[0, 4]] == pytest.approx([0.70, 0.25], abs=0.005)


def test_the_lessons_two_patients_fit_the_model() -> None:
    teodor, piet = slow_series(0.36 / 0.8, 54), slow_series(1, 14)
    assert teodor.answers[0] == pytest.approx(0.98, abs=0.005)
    assert 1 - teodor.decrement == pytest.approx(0.56, abs=0.005)
    assert piet.answers[0] == pytest.approx(0.17, abs=0.005)
    assert 1 - piet.decrement == pytest.approx(0.13, abs=0.005)


@unhurried
@given(shares, packets, shares)
def test_answers_never_grow_along_a_series(share: float, mean: float, fall: float) -> None:
    answers = slow_series(share, mean, fall).answers
    assert np.all(np.diff(answers) <= 1e-9)
    assert np.all((answers >= -1e-12) & (answers <= 1))


def test_a_series_without_first_or_fifth_answer_has_no_decrement() -> None:
    assert np.isnan(slow_series(0).decrement)
    assert np.isnan(slow_series(1, impulses=4).decrement)


# --- Words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0 %"), (1e-9, "less than 0.1 %"), (0.016, "1.6 %"), (0.0999, "10 %"), (0.22, "22 %"),
        (0.998, "99.8 %"), (0.9999, "more than 99.9 %"), (1, "100 %"),
    ],
)  # fmt: skip
def test_rare_is_not_called_nothing_and_almost_all_is_not_called_all(
    share: float, words: str
) -> None:
    assert percent(share) == words


def test_a_transmission_says_its_numbers() -> None:
    assert str(transmission(0.5)) == (
        "50 % of the receptors: 15.7 mV, safety factor 1.31, 1.6 % of impulses fail"
    )


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: transmission(50), "The receptors: 50 .*half is 0.5"),
        (lambda: transmission(1, -1), "The packets: -1 packets cannot be"),
        (lambda: transmission(float("nan")), "The receptors: nan is not a number"),
        (lambda: transmission(True), "not a number"),
        (lambda: end_plate_potential(-1), "a count below 0 cannot be"),
        (lambda: safety_factor(20, 0), "The threshold: 0 mV cannot be"),
        (lambda: packets_needed(0.8, 75), "between 0 and 75 mV"),
        (lambda: simulate_potentials(np.random.default_rng(0), 0), "whole number from 1"),
        (lambda: slow_series(impulses=0), "whole number from 1"),
        (lambda: slow_series(fall=2), "The fall: 2"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()
