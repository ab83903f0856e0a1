"""The neuromuscular junction as a counting model: packets, potentials, and impulses that fail.

One nerve impulse releases a number of packets of acetylcholine, drawn from a Poisson distribution.
Each packet adds a little voltage. The sum, corrected for saturation, is the end-plate potential,
and the fibre answers if that reaches the threshold. Everything is in millivolts above rest.

The model is the authors' own, built from common ingredients. What it leaves out: the time course,
the fibre's length, differences between the junctions of a muscle, and any repair. Of its constants
the effect of a packet is cited (0.8 mV [S42]; another page gives about 0.4 mV [S41]), and the
safety factor's definition [S46]. Human quantal content and threshold are general knowledge.
"""

from dataclasses import dataclass
from math import ceil, isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PACKETS = 50.0
"""Packets that one impulse releases on average (quantal content); general knowledge, not cited."""

PACKET_MV = 0.8
"""Voltage that one packet adds at a healthy junction, in millivolts [S42]."""

THRESHOLD_MV = 12.0
"""Rise above rest at which the fibre fires, in millivolts; general knowledge, not cited."""

DRIVING_FORCE_MV = 75.0
"""From rest to the voltage at which open receptors pass no net current, in millivolts."""

_MOST_PACKETS = 1000.0
_COUNTLESS = 1e9


# --- One impulse -----------------------------------------------------------------------------


def end_plate_potential(packets: npt.ArrayLike, packet_mv: float = PACKET_MV) -> Floats:
    """Return the end-plate potential that a number of packets sets up, in millivolts.

    `packets` is a number or an array of them, and the result has its shape. Packets would add up
    to v = packets x packet_mv, but the nearer the voltage comes to the driving force, the less
    each one adds: v / (1 + v / 75). A count below 0 raises a `ValueError`.

    Source: a correction for saturation in the manner of Martin (general knowledge, not cited).
    """
    count = np.asarray(packets, dtype=np.float64)
    if not np.all(count >= 0):
        raise ValueError("The packets: a count below 0 cannot be; give 0 or more.")
    v = count * _in_range("The effect of a packet", packet_mv, 0, 100, "mV")
    return np.asarray(v / (1 + v / DRIVING_FORCE_MV), dtype=np.float64)


def safety_factor(potential_mv: float, threshold_mv: float = THRESHOLD_MV) -> float:
    """Return how often the threshold fits into the end-plate potential; 1 is just enough.

    Both are rises above rest in millivolts. A threshold of 0 or below raises a `ValueError`.

    Source of the definition: [S46].
    """
    potential = _in_range("The potential", potential_mv, 0, DRIVING_FORCE_MV, "mV")
    return potential / _threshold(threshold_mv)


def packets_needed(packet_mv: float = PACKET_MV, threshold_mv: float = THRESHOLD_MV) -> float:
    """Return the least number of packets whose end-plate potential reaches the threshold.

    The saturation formula turned round: v = threshold / (1 - threshold / 75). Packets that
    would have to be more than a billion never reach it, which gives infinity.
    """
    size = _in_range("The effect of a packet", packet_mv, 0, 100, "mV")
    threshold = _threshold(threshold_mv)
    together = threshold / (1 - threshold / DRIVING_FORCE_MV)
    if size < together / _COUNTLESS:
        return float("inf")
    # Rounded first, so that an exact multiple does not need one packet more.
    return ceil(round(together / size, 9))


@dataclass(frozen=True)
class Transmission:
    """What becomes of the impulses that reach a junction, in the long run."""

    receptors: float  # share of the receptors left, 0 to 1
    packets: float  # released by one impulse, on average
    mean_mv: float  # mean end-plate potential
    safety_factor: float
    fails: float  # share of the impulses that the fibre does not answer, 0 to 1

    def __str__(self) -> str:
        """Say the numbers as a lesson prints them."""
        return (
            f"{100 * self.receptors:.0f} % of the receptors: {self.mean_mv:.1f} mV, "
            f"safety factor {self.safety_factor:.2f}, {percent(self.fails)} of impulses fail"
        )


def transmission(receptors: float = 1.0, packets: float = PACKETS) -> Transmission:
    """Return what becomes of impulses, in closed form, with a share of the receptors left.

    `receptors` is that share, 0 to 1; in this model the effect of each packet shrinks in
    proportion. `packets` is the mean number that an impulse releases. Nothing is simulated: the
    means run over the Poisson distribution, and an impulse fails if it releases fewer packets
    than `packets_needed`. Numbers outside their range raise a `ValueError`.
    """
    size = PACKET_MV * _share(receptors)
    mean = _in_range("The packets", packets, 0, _MOST_PACKETS, "packets")
    chance = _poisson(mean)
    counts = np.arange(chance.size)
    potential = float(chance @ end_plate_potential(counts, size))
    needed = packets_needed(size)
    # Not the sum where no count is enough: adding up would stop an ulp short of 1.
    fails = 1.0 if needed >= chance.size else float(chance[counts < needed].sum())
    return Transmission(float(receptors), mean, potential, safety_factor(potential), fails)


def simulate_potentials(
    rng: np.random.Generator, impulses: int, receptors: float = 1.0, packets: float = PACKETS
) -> Floats:
    """Draw the end-plate potentials of single impulses, in millivolts; shape (impulses,).

    The same generator in the same state gives the same impulses. See `transmission` for the
    arguments; the share below `THRESHOLD_MV` comes near its `fails` as impulses grow in number.
    """
    if isinstance(impulses, bool) or not isinstance(impulses, Integral) or impulses < 1:
        raise ValueError(f"The impulses: {impulses!r} cannot be; give a whole number from 1 on.")
    size = PACKET_MV * _share(receptors)
    mean = _in_range("The packets", packets, 0, _MOST_PACKETS, "packets")
    return end_plate_potential(rng.poisson(mean, int(impulses)), size)


# --- A slow series of impulses -----------------------------------------------------------------


@dataclass(frozen=True)
class Series:
    """A slow series of impulses: what is released, and how many fibres answer each time."""

    packets: Floats  # mean number released by each impulse, shape (impulses,)
    answers: Floats  # share of the muscle's fibres that answer each, 0 to 1, same shape

    @property
    def decrement(self) -> float:
        """How much smaller the fifth answer is than the first, as a share of the first.

        Not a number (nan) where there is no first answer to compare with, or no fifth.
        """
        if self.answers.size < 5 or self.answers[0] == 0:
            return float("nan")
        return float(1 - self.answers[4] / self.answers[0])


def slow_series(
    receptors: float = 1.0, packets: float = PACKETS, fall: float = 0.25, impulses: int = 8
) -> Series:
    """Return how a muscle answers a slow series of impulses, two or three a second.

    All its junctions are alike. The number of packets falls in equal steps from the first impulse
    to the fifth, in all by the share `fall` (0 to 1), and stays there. A fall of 20 to 30 % is
    general knowledge, not cited; its even steps are the authors' own model.
    """
    if isinstance(impulses, bool) or not isinstance(impulses, Integral) or impulses < 1:
        raise ValueError(f"The impulses: {impulses!r} cannot be; give a whole number from 1 on.")
    share = _in_range("The fall", fall, 0, 1, "(a share)")
    steps = np.minimum(np.arange(int(impulses)), 4) / 4
    released = _in_range("The packets", packets, 0, _MOST_PACKETS, "packets") * (1 - share * steps)
    answers = np.array([1 - transmission(receptors, float(m)).fails for m in released])
    return Series(released, answers)


# --- Numbers in and out ------------------------------------------------------------------------


def percent(share: float) -> str:
    """Say a share in per cent: nothing rare becomes 0 %, and no "almost all" becomes 100 %."""
    if 0 < share < 0.001:
        return "less than 0.1 %"
    if 0.999 < share < 1:
        return "more than 99.9 %"
    digits = 1 if 0 < share < 0.0995 or 0.995 <= share < 1 else 0
    return f"{100 * share:.{digits}f} %"


def _poisson(mean: float) -> Floats:
    """Chance of 0, 1, 2 ... events, so far up that less than 1e-12 is left out."""
    counts = np.arange(1, int(mean + 12 * np.sqrt(mean) + 30))
    if mean == 0:
        return np.concatenate([[1.0], np.zeros(counts.size)])
    logs = np.concatenate([[0.0], np.cumsum(np.log(mean) - np.log(counts))]) - mean
    return np.asarray(np.exp(logs), dtype=np.float64)


def _share(receptors: float) -> float:
    return _in_range("The receptors", receptors, 0, 1, "(a share: half is 0.5)")


def _threshold(threshold_mv: float) -> float:
    threshold = _in_range("The threshold", threshold_mv, 0, DRIVING_FORCE_MV, "mV")
    if threshold in (0, DRIVING_FORCE_MV):
        raise ValueError(f"The threshold: {threshold:g} mV cannot be; give a value between 0 and "
                         f"{DRIVING_FORCE_MV:g} mV.")  # fmt: skip
    return threshold


def _in_range(what: str, value: Any, least: float, most: float, unit: str) -> float:
    """Return the number, or say in one sentence why it cannot be."""
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        raise ValueError(f"{what}: {value!r} is not a number; give one from {least:g} to {most:g}.")
    number = float(value)
    if not least <= number <= most:
        raise ValueError(
            f"{what}: {number:g} {unit} cannot be; give a number from {least:g} to {most:g}."
        )
    return number
