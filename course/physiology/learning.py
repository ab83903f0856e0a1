"""Practice: curves of learners and of their mean, and what a later test shows.

Errors fall with practice. Two forms are compared, with n the number of the trial, from 1 on:

- exponential: error = floor + gain * exp(-rate * n)
- power: error = floor + gain * n ** -rate

In 40 data sets the exponential fitted unaveraged series better in all, while averaging favoured
the power law [S89a]; averages of exponentials whose rates differ come out as power functions
[S89b]. `learners` makes such people, `best_fits` fits both forms. The spread of rates was chosen
so that the effect shows in most groups of 40. With slower and more even rates (shape 0.9, mean
0.12) the mean of 30 stayed exponential in 7 of the 12 groups tried.

`practise` is another thing: the authors' own model of feedback and variety, with made-up numbers.
It shows how practice and a later test can disagree. It is evidence for nothing.

Errors are in centimetres, shapes are (people, trials). Same seed, same people.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Form = Literal["exponential", "power"]
FORMS: tuple[Form, Form] = ("exponential", "power")

MOST_PEOPLE = 500
START = 12.0  # error before practice, cm: our own example
FLOOR = 2.0  # error that practice does not remove, cm
MEAN_RATE = 0.3  # per trial
RATE_SHAPE = 0.7  # of the gamma distribution of rates: small means that people differ greatly
NOISE = 0.5  # standard deviation of one trial, cm

SLOWEST_FASTEST: dict[Form, tuple[float, float]] = {
    "exponential": (1e-3, 3.0),
    "power": (1e-2, 5.0),
}
"""Rates among which a fit is sought. Slower ones are straight or logarithmic lines."""

_COARSE, _FINE = 120, 60  # rates tried, and tried again around the best


# --- People who learn --------------------------------------------------------------------------


@dataclass(frozen=True)
class Learners:
    """Errors of several people over trials, and the rate at which each one learns.

    `errors` has shape (people, trials), in cm; `rates` has shape (people,), per trial.
    """

    errors: Floats
    rates: Floats

    @property
    def trials(self) -> Floats:
        """Numbers of the trials, from 1 on, shape (trials,)."""
        return np.arange(1, self.errors.shape[1] + 1, dtype=np.float64)

    @property
    def mean(self) -> Floats:
        """Mean error of all people in each trial, shape (trials,)."""
        mean: Floats = self.errors.mean(axis=0)
        return mean


def exponential(trials: Floats, floor: float, gain: float, rate: float) -> Floats:
    """Error in each trial for somebody who learns exponentially; cm, rate per trial."""
    curve: Floats = floor + gain * np.exp(-rate * trials)
    return curve


def power(trials: Floats, floor: float, gain: float, rate: float) -> Floats:
    """Error in each trial by the power law; cm. Trials count from 1."""
    curve: Floats = floor + gain * trials**-rate
    return curve


def learners(people: int = 40, trials: int = 60, seed: int = 2, noise: float = NOISE) -> Learners:
    """Make people each of whom learns exponentially, at a rate of their own.

    Rates come from a gamma distribution. The mean of infinitely many noiseless curves is then
    floor + gain * (1 + n * mean rate / shape) ** -shape, a power function with a shifted start
    [S89b]. Each person has a generator of their own: a larger group holds the smaller one.

    Raises a `ValueError` where there are no people, too many, or fewer than five trials.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise ValueError(f"{people} people cannot be drawn: choose from 1 to {MOST_PEOPLE}.")
    if trials < 5:
        raise ValueError(f"{trials} trials are too few to fit a curve: choose 5 or more.")
    if noise < 0:
        raise ValueError(f"A noise of {noise} cm cannot be: choose 0 or more.")
    n = np.arange(1, trials + 1, dtype=np.float64)
    each = [np.random.default_rng([seed, person]) for person in range(people)]
    rates = np.array([rng.gamma(RATE_SHAPE, MEAN_RATE / RATE_SHAPE) for rng in each])
    scatter = np.array([rng.normal(0, 1, trials) for rng in each])
    clean = FLOOR + (START - FLOOR) * np.exp(-rates[:, np.newaxis] * n)
    return Learners(clean + noise * scatter, rates)


# --- Fitting both forms ------------------------------------------------------------------------


@dataclass(frozen=True)
class Fits:
    """The best curve of one form for each series: arrays of shape (series,).

    `misfit` is the root mean square distance of the points from the curve, in cm.
    """

    form: Form
    floor: Floats
    gain: Floats
    rate: Floats
    misfit: Floats

    def curve(self, series: int, trials: Floats) -> Floats:
        """Return the fitted error of one series in each trial."""
        form = exponential if self.form == "exponential" else power
        return form(
            trials, float(self.floor[series]), float(self.gain[series]), float(self.rate[series])
        )


def best_fits(errors: Floats, form: Form) -> Fits:
    """Fit one form to every row of `errors`, shape (series, trials), by least squares.

    For a given rate the best floor and gain follow in closed form (linear regression on the
    falling part, gain not below 0), so only the rate is searched: first on a coarse scale of
    ratios, then on a fine one around the best. Both forms have three numbers to fit.
    """
    rows = np.atleast_2d(np.asarray(errors, dtype=np.float64))
    n = np.arange(1, rows.shape[1] + 1, dtype=np.float64)
    ends = SLOWEST_FASTEST[form]
    coarse = np.geomspace(*ends, _COARSE)
    best = coarse[_squares(rows, n, form, coarse).argmin(axis=1)]
    step = (ends[1] / ends[0]) ** (1 / (_COARSE - 1))
    around = np.geomspace(1 / step, step, _FINE)
    found = np.empty(len(rows))
    for place, (row, rate) in enumerate(zip(rows, best, strict=True)):
        tried = np.clip(rate * around, *ends)
        found[place] = tried[_squares(row[np.newaxis], n, form, tried).argmin()]
    x = _falling(n, form, found)
    x_mean, y_mean = x.mean(axis=1), rows.mean(axis=1)
    dx, dy = x - x_mean[:, np.newaxis], rows - y_mean[:, np.newaxis]
    gain = np.maximum((dx * dy).sum(axis=1) / (dx**2).sum(axis=1), 0.0)
    floor = y_mean - gain * x_mean
    left = rows - floor[:, np.newaxis] - gain[:, np.newaxis] * x
    return Fits(form, floor, gain, found, np.sqrt((left**2).mean(axis=1)))


def better_form(errors: Floats) -> list[Form]:
    """For each row of `errors`: the form that lies closer to its points."""
    exponentials, powers = (best_fits(errors, form).misfit for form in FORMS)
    return ["exponential" if e <= p else "power" for e, p in zip(exponentials, powers, strict=True)]


@dataclass(frozen=True)
class Contest:
    """How many single learners an exponential fits better, and which form fits their mean."""

    people: int
    exponential: int
    mean: Form

    def __str__(self) -> str:
        """Say the result, as a lesson prints it."""
        return (
            f"{self.exponential} of {self.people} learners: exponential closer. "
            f"Their mean: {self.mean} closer."
        )


def compare_forms(group: Learners) -> Contest:
    """Fit both forms to every learner and to the mean, and count."""
    single = better_form(group.errors)
    return Contest(len(single), single.count("exponential"), better_form(group.mean)[0])


def _falling(n: Floats, form: Form, rates: Floats) -> Floats:
    """Return the part of a curve that falls from about 1 to 0, one row for each rate."""
    steps = n if form == "exponential" else np.log(n)
    falling: Floats = np.exp(-rates[:, np.newaxis] * steps)
    return falling


def _squares(rows: Floats, n: Floats, form: Form, rates: Floats) -> Floats:
    """Sum of squares left over, shape (series, rates), at the best floor and gain."""
    x = _falling(n, form, rates)
    x = x - x.mean(axis=1, keepdims=True)
    y = rows - rows.mean(axis=1, keepdims=True)
    explained = np.maximum(y @ x.T, 0.0) ** 2 / (x**2).sum(axis=1)
    left: Floats = (y**2).sum(axis=1, keepdims=True) - explained
    return left


# --- Practice and the later test: the authors' own model ---------------------------------------

Feedback = Literal["always", "faded"]
Tasks = Literal["same", "varied"]

GUIDED = 0.10  # share of what is missing that a trial with feedback teaches
ALONE = 0.06  # and a trial without
SENSING = 0.05  # the same for noticing one's own errors, which only trials without feedback teach
BREADTH = 0.05  # the same for doing the task in other forms, which only varied trials teach
JUGGLING = 1.5  # cm that changing the task costs while practising, half of it for good
KEPT = 0.9  # share of the skill that is there after the pause
UNAIDED = 0.6  # share of the skill that shows without feedback where nothing is noticed
ELSEWHERE = 0.6  # share of it that shows in another task where no breadth was gained


@dataclass(frozen=True)
class Practice:
    """Error in each trial of practice, and in two tests after a pause, in cm."""

    errors: Floats
    retention: float
    transfer: float

    @property
    def last(self) -> float:
        """Mean error of the last ten trials of practice."""
        return float(self.errors[-10:].mean())

    def __str__(self) -> str:
        """Say the three numbers, as a lesson prints them."""
        return (
            f"end of practice {self.last:.1f} cm, a week later {self.retention:.1f}, "
            f"another step {self.transfer:.1f}"
        )


def practise(feedback: Feedback, tasks: Tasks, trials: int = 60) -> Practice:
    """Practise with feedback on every trial or faded, one task or varied ones.

    The authors' own model, with numbers chosen to show the idea. Three things grow from 0
    towards 1: skill with every trial, noticing one's own errors on trials without feedback, and
    breadth with varied tasks. Faded feedback comes on every trial in the first quarter, on every
    second in the next, and on every fourth after that. Tests come without feedback.
    """
    if feedback not in ("always", "faded") or tasks not in ("same", "varied"):
        raise ValueError('Feedback is "always" or "faded", tasks are "same" or "varied".')
    if trials < 4:
        raise ValueError(f"{trials} trials are too few to fade anything: choose 4 or more.")
    skill = notice = breadth = 0.0
    errors = np.empty(trials)
    for trial in range(trials):
        every = 1 if feedback == "always" else (1, 2, 4, 4)[4 * trial // trials]
        told = trial % every == 0
        skill += (GUIDED if told else ALONE) * (1 - skill)
        notice += 0.0 if told else SENSING * (1 - notice)
        breadth += BREADTH * (1 - breadth) if tasks == "varied" else 0.0
        shown = skill * (1.0 if told else UNAIDED + (1 - UNAIDED) * notice)
        juggled = JUGGLING * (1 - breadth / 2) if tasks == "varied" else 0.0
        errors[trial] = START - (START - FLOOR) * shown + juggled
    later = KEPT * skill * (UNAIDED + (1 - UNAIDED) * notice)
    elsewhere = later * (ELSEWHERE + (1 - ELSEWHERE) * breadth)
    return Practice(errors, START - (START - FLOOR) * later, START - (START - FLOOR) * elsewhere)
