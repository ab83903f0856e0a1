"""Joint position sense: three ways of reading the misses of one person.

A joint is brought to an angle, and the person brings it there again without looking. The *miss* is
the angle reproduced minus the angle shown, in degrees: above 0 too far, below 0 not far enough.
The three errors are those of studies of the knee [S46b].
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class PositionErrors:
    """Three errors of one person, in degrees."""

    absolute: float
    """Mean size of the misses, direction ignored"""
    constant: float
    """Mean of the misses with their signs: the bias"""
    variable: float
    """Standard deviation of the misses: the scatter"""

    def __str__(self) -> str:
        """Say the three errors, as a lesson prints them."""
        return (
            f"absolute {self.absolute:.1f}°, constant {self.constant:+.1f}°, "
            f"variable {self.variable:.1f}°"
        )


def position_errors(misses: Sequence[float]) -> PositionErrors:
    """Return absolute, constant and variable error of misses in degrees.

    The variable error divides by the number of trials, not by one less, so that the mean squared
    miss is exactly constant² + variable². Fewer than two misses, and misses that are no numbers,
    raise a `ValueError`.
    """
    try:
        values = np.asarray(misses, dtype=float)
    except (TypeError, ValueError):
        raise ValueError("The misses: give numbers of degrees, as in [2, -1, 3].") from None
    if values.ndim != 1 or len(values) < 2:
        raise ValueError("The misses: two or more trials are needed to speak of scatter.")
    if not np.all(np.isfinite(values)):
        raise ValueError("The misses: a trial is missing; leave it out.")
    return PositionErrors(
        absolute=float(np.mean(np.abs(values))),
        constant=float(np.mean(values)),
        variable=float(np.std(values)),
    )
