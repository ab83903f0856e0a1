"""Pictures of practice: single learners, their mean, and the two forms of curve."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.physiology.learning import (
    FORMS,
    Fits,
    Floats,
    Learners,
    best_fits,
    compare_forms,
    learners,
)

MEAN = "the mean of all"
WHO = (MEAN, "the quickest learner", "the learner in the middle", "the slowest learner")

CURVES_ALT = (
    "Two panels of errors in centimetres against trials 1 to 60. Left: a thin line for each "
    "made-up learner, some falling at once and some hardly at all, and a thick line for their "
    "mean, which falls quickly and then slowly for a long time. Right: the chosen series as "
    "points, with the best exponential curve as a solid line and the best power curve as a "
    "dashed one."
)
_FORM_LOOKS = {"exponential": (figures.BLUE, "-"), "power": (figures.VERMILION, "--")}


def practice_curves(people: int = 40, seed: int = 2, who: str = MEAN) -> tuple[Figure, str]:
    """Draw the learners of one group with their mean, and both fits to one series.

    `people` and `seed` are those of `learning.learners`; `who` is one of `WHO`. Returns the
    figure, and in words how many learners and which series follow which form more closely.
    """
    if who not in WHO:
        raise ValueError(f"{who} is not one of {', '.join(WHO)}.")
    group = learners(people, seed=seed)
    contest = compare_forms(group)
    series = _series(group, who)
    fits = [best_fits(series, form) for form in FORMS]
    closer = _closer(fits)
    fig, (left, right) = figures.panels(1, 2, 7.0, 4.0)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    left.set_position((0.075, 0.135, 0.40, 0.72))
    right.set_position((0.565, 0.135, 0.40, 0.72))
    _everybody(left, group)
    left.set_title(f"Single learners: {contest.exponential} of {people}\nexponential closer")
    _one_series(right, group.trials, series, fits, closer)
    right.set_title(f"{_capital(who)}:\n{closer.form if closer else 'neither form'} closer")
    for ax in (left, right):
        ax.set(xlim=(0, 61), ylim=(0, 17.5), xticks=[1, 20, 40, 60], yticks=range(0, 15, 2))
        ax.set_xlabel("Trial")
    left.set_ylabel("Error (cm)")
    return fig, _in_words(contest.exponential, people, who, fits)


def explore_practice() -> None:
    """Show the curves with the number of learners, the group, and a menu for the series."""
    figures.explore(
        practice_curves,
        CURVES_ALT,
        "Learners made by the course, each exponential at a rate of their own, with noise. "
        "Choose how many, which group, and whose curve is fitted on the right.",
        people=figures.Slider("Learners", 2, 80, 40, "people"),
        seed=figures.Slider("Group", 1, 30, 2, "number"),
        who=figures.Choice("Fit", {who: who for who in WHO}),
    )


def _closer(fits: list[Fits]) -> Fits | None:
    """Return the closer fit, or None where both read alike to the hundredth that is shown."""
    first, second = sorted(fits, key=lambda fit: float(fit.misfit[0]))
    alike = f"{first.misfit[0]:.2f}" == f"{second.misfit[0]:.2f}"
    return None if alike else first


def _series(group: Learners, who: str) -> Floats:
    if who == MEAN:
        return group.mean
    order = np.argsort(-group.rates)
    place = {WHO[1]: 0, WHO[2]: len(order) // 2, WHO[3]: -1}[who]
    series: Floats = group.errors[order[place]]
    return series


def _everybody(ax: Axes, group: Learners) -> None:
    # One line with gaps: much quicker than a line for each.
    gap = np.full((len(group.errors), 1), np.nan)
    across = np.tile(np.append(group.trials, np.nan), len(group.errors))
    ax.plot(across, np.hstack([group.errors, gap]).ravel(), color="0.72", linewidth=0.7,
            linestyle="-")  # fmt: skip
    ax.plot(group.trials, group.mean, color=figures.BLACK, linewidth=3, linestyle="-")
    at = 30
    ax.text(at, group.mean[at - 1] + 1.6, "mean", ha="center", va="center", weight="bold",
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"},
    )  # fmt: skip


def _one_series(
    ax: Axes, trials: Floats, series: Floats, fits: list[Fits], closer: Fits | None
) -> None:
    ax.plot(trials, series, linestyle="none", marker="o", markersize=3.5, color="0.45")
    for height, fit in zip((16.4, 15.0), fits, strict=True):
        colour, line = _FORM_LOOKS[fit.form]
        wide = 3.0 if fit is closer else 1.8
        ax.plot(trials, fit.curve(0, trials), color=colour, linestyle=line, linewidth=wide)
        ax.plot([3, 11], [height, height], color=colour, linestyle=line, linewidth=wide)
        ax.text(13, height, f"{fit.form}: {fit.misfit[0]:.2f} cm off", va="center",
                weight="bold" if fit is closer else "normal")  # fmt: skip


def _in_words(exponential: int, people: int, who: str, fits: list[Fits]) -> str:
    misses = [float(fit.misfit[0]) for fit in fits]
    closer = _closer(fits)
    form = f"the {closer.form} curve lies" if closer else "neither lies"
    group = "learner" if people == 1 else "learners"
    return (
        f"Of {people} single {group} the exponential lies closer to {exponential}. "
        f"For {who} the exponential misses the points by {misses[0]:.2f} cm and the power curve "
        f"by {misses[1]:.2f} cm, so {form} closer."
    )


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
