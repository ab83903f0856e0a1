"""Three errors of position sense: what each one sees, and what it overlooks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.physiology.position_sense import position_errors

degrees = st.lists(st.floats(-60, 60), min_size=2, max_size=12)


@given(degrees)
def test_the_mean_squared_miss_is_bias_and_scatter_together(misses: list[float]) -> None:
    found = position_errors(misses)
    assert np.mean(np.square(misses)) == pytest.approx(
        found.constant**2 + found.variable**2, abs=1e-9
    )


@given(degrees)
def test_size_is_never_less_than_bias(misses: list[float]) -> None:
    found = position_errors(misses)
    assert abs(found.constant) <= found.absolute + 1e-9
    assert found.absolute <= np.hypot(found.constant, found.variable) + 1e-9


@given(degrees)
def test_mirrored_misses_have_the_same_size_and_scatter_and_the_opposite_bias(
    misses: list[float],
) -> None:
    one, other = position_errors(misses), position_errors([-m for m in misses])
    assert other.absolute == pytest.approx(one.absolute)
    assert other.variable == pytest.approx(one.variable)
    assert other.constant == pytest.approx(-one.constant)


@pytest.mark.parametrize(
    ("misses", "absolute", "constant", "variable"),
    [
        ([1, -7, 1, -7], 4, -3, 4),
        ([5, 1, 5, 1], 3, 3, 2),
        ([-4, -5, -4, -5], 4.5, -4.5, 0.5),
        ([5, -4, -5, 4], 4.5, 0, 4.528),
        ([-1, 2, -2, 1], 1.5, 0, 1.581),
    ],
)
def test_the_knees_of_the_lesson(
    misses: list[float], absolute: float, constant: float, variable: float
) -> None:
    found = position_errors(misses)
    assert (found.absolute, found.constant) == (absolute, constant)
    assert found.variable == pytest.approx(variable, abs=0.001)


def test_errors_are_said_with_their_signs() -> None:
    said = str(position_errors([1, -7, 1, -7]))
    assert said == "absolute 4.0°, constant -3.0°, variable 4.0°"


@pytest.mark.parametrize(
    ("misses", "words"),
    [
        ([3], "two or more trials"),
        ([1, float("nan")], "a trial is missing"),
        ("ab", "give numbers"),
    ],
)
def test_misses_that_cannot_be_read_say_why(misses: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        position_errors(misses)
