"""Chances: against the binomial, against counting all results, against printed tables."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.publish.chances import at_least, chances_of_sum, chi_square_survival, interval


@given(st.integers(0, 30), st.floats(0, 1))
def test_equal_chances_give_the_binomial(trials: int, chance: float) -> None:
    for k, p in enumerate(chances_of_sum([chance] * trials)):
        expected = math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k)
        assert p == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.floats(0, 1), max_size=8))
def test_unequal_chances_give_what_counting_all_results_gives(chances: list[float]) -> None:
    expected = [0.0] * (len(chances) + 1)
    for result in itertools.product((0, 1), repeat=len(chances)):
        expected[sum(result)] += math.prod(
            p if hit else 1 - p for p, hit in zip(chances, result, strict=True)
        )
    assert chances_of_sum(chances) == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.floats(0, 1), max_size=40))
def test_mean_and_variance_of_a_sum_of_unequal_trials(chances: list[float]) -> None:
    known = chances_of_sum(chances)
    mean = math.fsum(k * p for k, p in enumerate(known))
    variance = math.fsum((k - mean) ** 2 * p for k, p in enumerate(known))
    assert mean == pytest.approx(math.fsum(chances), abs=1e-9)
    assert variance == pytest.approx(math.fsum(p * (1 - p) for p in chances), abs=1e-9)


def test_nine_heads_of_ten() -> None:
    assert at_least([0.5] * 10, 9) == pytest.approx(11 / 1024)
    assert at_least([0.5] * 10, 0) == 1.0
    assert at_least([0.5] * 10, 11) == 0.0


def test_the_interval_of_heads_in_twenty_throws() -> None:
    # Tables of the sign test: 5 or fewer of 20 have a chance of 0.0207, 6 or fewer of 0.0577.
    assert interval([0.5] * 20) == (6, 14)


@given(st.lists(st.floats(0.05, 0.95), min_size=1, max_size=30), st.floats(0.5, 0.999))
def test_an_interval_holds_its_share_and_leaves_half_the_rest_at_either_end(
    chances: list[float], share: float
) -> None:
    low, high = interval(chances, share)
    known = chances_of_sum(chances)
    assert math.fsum(known[low : high + 1]) >= share - 1e-9
    assert math.fsum(known[:low]) <= (1 - share) / 2 + 1e-9
    assert math.fsum(known[high + 1 :]) <= (1 - share) / 2 + 1e-9


@pytest.mark.parametrize(
    ("freedom", "tenth", "twentieth", "hundredth"),
    # Percentage points of the chi-square as printed in any table, to three decimals.
    [
        (1, 2.706, 3.841, 6.635),
        (2, 4.605, 5.991, 9.210),
        (3, 6.251, 7.815, 11.345),
        (4, 7.779, 9.488, 13.277),
        (5, 9.236, 11.070, 15.086),
        (10, 15.987, 18.307, 23.209),
    ],
)
def test_the_chi_square_against_its_printed_table(
    freedom: int, tenth: float, twentieth: float, hundredth: float
) -> None:
    # A point is rounded to 0.0005, and the density at these points is at most 0.07.
    for point, chance in ((tenth, 0.1), (twentieth, 0.05), (hundredth, 0.01)):
        assert chi_square_survival(point, freedom) == pytest.approx(chance, abs=1e-4)
    assert chi_square_survival(0.0, freedom) == 1.0


def test_a_published_goodness_of_fit() -> None:
    """Mendel's 315, 108, 101 and 32 peas for 9 : 3 : 3 : 1: chi-square 0.470, p = 0.925."""
    expected = [556 * share / 16 for share in (9, 3, 3, 1)]
    statistic = sum((o - e) ** 2 / e for o, e in zip((315, 108, 101, 32), expected, strict=True))
    assert statistic == pytest.approx(0.470, abs=5e-4)
    assert chi_square_survival(statistic, 3) == pytest.approx(0.925, abs=5e-4)
