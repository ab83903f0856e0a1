"""A pool of motor units after Fuglevand, Winter and Patla (1993): who fires, how fast, what force.

Unit 1 is the smallest, unit 120 the largest. Drive is the command that all of them share. A unit
joins when drive passes its threshold, then fires faster as drive grows, up to its own peak. The
force of a unit grows with its rate along an S-shaped curve. Only steady drive is modelled, without
chance, fatigue or movement.

The constants are those of public code that names the paper of 1993 [S82a; S82b; S82c]; the paper
itself was not read. Known defects: some units' forces do not fuse as they should, and many fire
outside the steep part of the relation of force to rate [S83].
"""

from dataclasses import dataclass
from math import exp, isfinite, log
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

UNITS = 120
RECRUITMENT_RANGE = 30.0  # threshold of the last unit over that of the first
FIRST_RATE = 8.0  # impulses a second at threshold
PEAK_RATE = 45.0  # impulses a second, of the smallest unit
PEAK_RATE_FALL = 10.0  # by how much the peak of the largest is lower
GAIN = 1.0  # impulses a second for each step of drive
TWITCH_RANGE = 100.0  # force of one twitch, last unit over first
LONGEST_TIME_MS = 90.0  # from the start of a twitch to its peak, smallest units
TIME_RANGE = 3.0  # longest over shortest time to peak
LINEAR_BELOW = 0.4  # time to peak over interval between impulses


@dataclass(frozen=True, eq=False)
class Pool:
    """The fixed properties of each unit, smallest first; all arrays have shape (120,)."""

    thresholds: Floats  # drive at which a unit joins, in the model's steps
    peak_rates: Floats  # impulses a second
    twitch_forces: Floats  # force of one twitch, in that of a unit just below the first
    contraction_times: Floats  # from start to peak of one twitch, milliseconds

    @property
    def full_drive(self) -> float:
        """Drive at which the last unit reaches its peak rate, in the model's steps."""
        return float(self.thresholds[-1] + (self.peak_rates[-1] - FIRST_RATE) / GAIN)

    @property
    def shares(self) -> Floats:
        """Drive at which each unit joins, as a share of full drive, 0 to 1; shape (120,)."""
        return np.asarray(self.thresholds / self.full_drive, dtype=np.float64)


def _build() -> Pool:
    number = np.arange(1, UNITS + 1)
    thresholds = np.exp(log(RECRUITMENT_RANGE) / UNITS * number)
    twitch = np.exp(log(TWITCH_RANGE) / UNITS * number)
    return Pool(
        thresholds=thresholds,
        peak_rates=PEAK_RATE - PEAK_RATE_FALL * thresholds / thresholds[-1],
        twitch_forces=twitch,
        contraction_times=LONGEST_TIME_MS * twitch ** (-log(TIME_RANGE) / log(TWITCH_RANGE)),
    )


POOL = _build()
"""The pool that the lesson uses."""


# --- Who fires, and how fast -------------------------------------------------------------------


def firing_rates(drive: float) -> Floats:
    """Return the rate of each unit in impulses a second, 0 where it is silent; shape (120,).

    `drive` is a share of full drive, 0 to 1. From 8 impulses a second at its threshold a unit's
    rate grows in a straight line with drive, up to its peak. A drive outside 0 to 1 raises a
    `ValueError`.
    """
    excess = _drive(drive) * POOL.full_drive - POOL.thresholds
    # Full drive, rounded, must not stop an ulp short of a threshold.
    rates = np.where(excess >= -1e-9, FIRST_RATE + GAIN * np.maximum(excess, 0), 0.0)
    return np.asarray(np.minimum(rates, POOL.peak_rates), dtype=np.float64)


def recruited(drive: float) -> int:
    """Return how many of the 120 units fire at this drive (a share of full drive, 0 to 1)."""
    return int(np.count_nonzero(firing_rates(drive)))


# --- Force -------------------------------------------------------------------------------------


def unit_forces(rates: npt.ArrayLike) -> Floats:
    """Return the steady force of each unit at these rates, as a share of the whole pool's greatest.

    `rates` are impulses a second, one for each unit, shape (120,). With x = time to peak over
    interval between impulses, force is the twitch times 1 - exp(-2 x^3); below x = 0.4 it is the
    straight line from 0 to that curve. Another shape or a rate below 0 raises a `ValueError`.
    """
    rate = np.asarray(rates, dtype=np.float64)
    if rate.shape != (UNITS,) or not np.all(rate >= 0):
        raise ValueError(f"The rates: give one for each of the {UNITS} units, 0 or more.")
    return np.asarray(POOL.twitch_forces * _fusion(rate) / _GREATEST, dtype=np.float64)


def force(drive: float) -> float:
    """Return the steady force of the pool as a share of its greatest, 0 to 1, at this drive."""
    return float(unit_forces(firing_rates(drive)).sum())


def force_by_recruitment(drive: float) -> float:
    """Return the force if units joined as usual but each stayed at its first rate, 8 a second.

    As a share of the pool's greatest force. What `force` has beyond it comes from rate coding.
    """
    return float(unit_forces(np.where(firing_rates(drive) > 0, FIRST_RATE, 0.0)).sum())


def twitch(unit: int, milliseconds: npt.ArrayLike) -> Floats:
    """Return the force of one twitch of a unit (1 to 120) at times after its start.

    The curve P t / T exp(1 - t / T) peaks at P (its twitch force) after T (its contraction time).
    The result has the shape of `milliseconds`; times before the start give 0.
    """
    if isinstance(unit, bool) or unit not in range(1, UNITS + 1):
        raise ValueError(f"The unit: {unit!r} is not in the pool; give 1 to {UNITS}.")
    time = np.maximum(np.asarray(milliseconds, dtype=np.float64), 0.0)
    x = time / POOL.contraction_times[unit - 1]
    return np.asarray(POOL.twitch_forces[unit - 1] * x * np.exp(1 - x), dtype=np.float64)


def _fusion(rate: Floats) -> Floats:
    """How far twitches at this rate add up, 0 to 1."""
    x = POOL.contraction_times * rate / 1000
    linear = (1 - exp(-2 * LINEAR_BELOW**3)) / LINEAR_BELOW * x
    return np.where(x < LINEAR_BELOW, linear, 1 - np.exp(-2 * x**3))


_GREATEST = float((POOL.twitch_forces * _fusion(POOL.peak_rates)).sum())


def _drive(drive: Any) -> float:
    if isinstance(drive, bool) or not isinstance(drive, Real) or not isfinite(drive):
        raise ValueError(f"The drive: {drive!r} is not a number; give a share from 0 to 1.")
    share = float(drive)
    if not 0 <= share <= 1:
        raise ValueError(f"The drive: {share:g} cannot be; give a share from 0 to 1.")
    return share
