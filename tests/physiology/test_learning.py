"""Practice: learners, both forms of curve, and a model in which practice and test disagree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import curve_fit

from course.physiology import learning
from course.physiology.learning import (
    FORMS,
    Form,
    best_fits,
    better_form,
    compare_forms,
    exponential,
    learners,
    power,
    practise,
)

N = np.arange(1, 61, dtype=np.float64)
CURVES = {"exponential": exponential, "power": power}


# --- People who learn ----------------------------------------------------------------------------


def test_same_seed_same_people_and_a_larger_group_holds_the_smaller() -> None:
    small, large = learners(5, seed=3), learners(9, seed=3)
    assert np.array_equal(small.errors, large.errors[:5])
    assert not np.array_equal(small.errors, learners(5, seed=4).errors)


def test_the_mean_of_many_exponentials_is_the_power_curve_that_mathematics_gives() -> None:
    group = learners(500, seed=1, noise=0)
    shape, rate = learning.RATE_SHAPE, learning.MEAN_RATE
    gain = learning.START - learning.FLOOR
    expected = learning.FLOOR + gain * (1 + N * rate / shape) ** -shape
    # 500 people: the standard error of their mean is at most 5 / sqrt(500) = 0.22 cm.
    assert np.abs(group.mean - expected).max() < 0.66


def test_single_learners_are_exponential_and_their_mean_is_mostly_not() -> None:
    contests = [compare_forms(learners(40, seed=seed)) for seed in range(1, 21)]
    assert all(c.exponential >= 33 for c in contests)
    assert sum(c.mean == "power" for c in contests) >= 15


def test_the_group_that_the_lesson_shows() -> None:
    assert str(compare_forms(learners())) == (
        "37 of 40 learners: exponential closer. Their mean: power closer."
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"people": 0}, "0 people cannot be drawn"),
        ({"people": 501}, "choose from 1 to 500"),
        ({"trials": 4}, "4 trials are too few"),
        ({"noise": -1}, "noise of -1 cm cannot be"),
    ],
)
def test_a_group_that_cannot_be_is_refused(wrong: dict[str, int], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        learners(**wrong)


# --- Fits ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=25, deadline=None)
@given(floor=st.floats(0, 5), gain=st.floats(1, 20), rate=st.floats(0.05, 1.5))
def test_a_curve_without_noise_is_found_again(
    form: Form, floor: float, gain: float, rate: float
) -> None:
    errors = CURVES[form](N, floor, gain, rate)
    # The rate is searched on a fine scale of ratios, so some hundredths of a per cent remain.
    assert best_fits(errors, form).misfit[0] < 0.002 * gain
    assert best_fits(errors, form).rate[0] == pytest.approx(rate, rel=0.02)


@pytest.mark.parametrize("form", FORMS)
def test_the_fit_is_as_close_as_that_of_an_independent_method(form: Form) -> None:
    group = learners(6, seed=5)
    fits = best_fits(group.errors, form)
    slow, fast = learning.SLOWEST_FASTEST[form]
    for person, series in enumerate(group.errors):
        start = (fits.floor[person], fits.gain[person], fits.rate[person])
        found, _ = curve_fit(
            CURVES[form], N, series, p0=start, max_nfev=5000,
            bounds=([-np.inf, 0, slow * 0.999], [np.inf, np.inf, fast]),
        )  # fmt: skip
        theirs = float(np.sqrt(((series - CURVES[form](N, *found)) ** 2).mean()))
        # A rate within 0.2 % of the best costs far less than a thousandth of the misfit.
        assert fits.misfit[person] <= theirs * 1.001
        ours = series - fits.curve(person, N)
        assert np.sqrt((ours**2).mean()) == pytest.approx(fits.misfit[person])


def test_a_series_that_rises_is_fitted_by_a_level_line() -> None:
    fit = best_fits(N, "exponential")
    assert fit.gain[0] == 0
    assert fit.floor[0] == pytest.approx(N.mean())


def test_each_form_wins_on_its_own_curve() -> None:
    rows = np.array([exponential(N, 2, 10, 0.1), power(N, 2, 10, 0.8)])
    assert better_form(rows) == ["exponential", "power"]


# --- Practice and the later test -----------------------------------------------------------------


def test_the_better_practice_is_the_worse_test() -> None:
    ada, bo = practise("always", "same"), practise("faded", "varied")
    assert str(ada) == "end of practice 2.0 cm, a week later 6.6, another step 8.8"
    assert str(bo) == "end of practice 3.7 cm, a week later 3.8, another step 3.9"


def test_the_groups_that_the_lesson_counts() -> None:
    means = [compare_forms(learners(40, seed=seed)).mean for seed in range(1, 31)]
    assert means.count("power") == 29
    assert compare_forms(learners(10, seed=3)).mean == "exponential"


def test_fading_serves_retention_and_variety_serves_transfer() -> None:
    for tasks in ("same", "varied"):
        assert practise("faded", tasks).retention < practise("always", tasks).retention
    for feedback in ("always", "faded"):
        varied, same = practise(feedback, "varied"), practise(feedback, "same")
        assert varied.transfer < same.transfer
        assert varied.last > same.last
        assert varied.retention == pytest.approx(same.retention)


@given(st.integers(4, 200))
def test_errors_stay_between_perfect_and_untrained(trials: int) -> None:
    found = practise("faded", "varied", trials)
    assert found.errors.shape == (trials,)
    top = learning.START + learning.JUGGLING
    assert ((found.errors > learning.FLOOR) & (found.errors < top)).all()
    assert learning.FLOOR < found.retention <= found.transfer < learning.START


def test_practice_that_the_model_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match='Feedback is "always" or "faded"'):
        practise("never", "same")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="3 trials are too few"):
        practise("faded", "same", 3)
