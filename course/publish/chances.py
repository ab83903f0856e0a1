"""Chances that the rules of item quality ask for, exact and without scipy."""

from __future__ import annotations

import math
from collections.abc import Sequence

ALPHA = 0.05
"""Chance of an alarm, for each test, when the keys are drawn by lot."""


def chances_of_sum(chances: Sequence[float]) -> list[float]:
    """Chance of 0, 1, 2, … successes in independent trials with ``chances`` each.

    The Poisson-binomial distribution, exactly, by adding one trial after the other; with equal
    chances it is the binomial.
    """
    known = [1.0]
    for chance in chances:
        without = [*(p * (1 - chance) for p in known), 0.0]
        with_it = [0.0, *(p * chance for p in known)]
        known = [a + b for a, b in zip(without, with_it, strict=True)]
    return known


def at_least(chances: Sequence[float], successes: int) -> float:
    """Chance of ``successes`` or more."""
    return min(math.fsum(chances_of_sum(chances)[max(successes, 0) :]), 1.0)


def interval(chances: Sequence[float], share: float = 1 - ALPHA) -> tuple[int, int]:
    """Ends of the central interval that holds at least ``share`` of all results.

    At most half of the rest lies beyond either end.
    """
    tail = (1 - share) / 2
    known = chances_of_sum(chances)
    low = next(k for k in range(len(known)) if math.fsum(known[: k + 1]) > tail)
    high = next(k for k in reversed(range(len(known))) if math.fsum(known[k:]) > tail)
    return low, high


def chi_square_survival(statistic: float, freedom: int) -> float:
    """Chance of a chi-square of ``statistic`` or more with ``freedom`` degrees of freedom.

    Closed forms of the upper incomplete gamma function for whole and half arguments (Abramowitz
    and Stegun 1964, 26.4.4 and 26.4.5).
    """
    half = statistic / 2
    if freedom % 2 == 0:
        terms = (half**i / math.factorial(i) for i in range(freedom // 2))
        return math.exp(-half) * math.fsum(terms)
    terms = (half ** (i - 0.5) / math.gamma(i + 0.5) for i in range(1, (freedom + 1) // 2))
    return math.erfc(math.sqrt(half)) + math.exp(-half) * math.fsum(terms)
