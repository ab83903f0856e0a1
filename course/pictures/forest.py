"""Pictures of what studies found: a forest of intervals, and a registry beside a trial."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.physiology.outcomes import Trial, evidence

FOREST_ALT = (
    "Three panels of trial results, each a point with its 95 % interval and a dotted line for no "
    "difference. Top, other training against Bobath for leg activity after stroke, standardised: "
    "task-specific practice 0.48, from 0.01 to 0.95, just right of the line; strength training "
    "0.35, from -0.37 to 1.08, and a mix of treatments -0.06, from -0.73 to 0.61, both across it. "
    "Middle, neuromuscular against strengthening exercise in knee osteoarthritis, pain in mm: 2.4, "
    "from -6.0 to 10.8, across the line. Bottom, prevention programmes and cruciate ligament "
    "injuries, odds ratios on a scale of doublings: 0.50, 0.51 and 0.33, all left of the line at 1."
)
REGISTRY_ALT = (
    "Two panels of pain, in points of 100. Top, a registry without comparison: pain had fallen by "
    "12.4 points after 3 months and 13.7 after 12. Bottom, a trial with two groups after a year: "
    "the score improved by 8.4 points with exercise and education and by 7.0 with salt water; the "
    "difference is 1.5, with an interval from -2.6 to 5.5, across zero."
)

_STROKE = {
    "bobath-task": "task-specific\npractice",
    "bobath-strength": "strength\ntraining",
    "bobath-mix": "a mix of\ntreatments",
}
_KNEE = {"nexa-pain": "neuromuscular\nagainst strength"}
_LIGAMENT = {
    "acl-all": "all athletes,\nall injuries",
    "acl-women": "women,\nall injuries",
    "acl-non-contact-women": "women, injuries\nwithout contact",
}


def forest() -> tuple[Figure, str]:
    """Draw intervals from reviews and one trial, one scale for each panel.

    Returns the figure, and what it shows in words.
    """
    fig, (stroke, knee, ligament) = figures.panels(3, 1, 7.0, 8.0)
    fig.set_layout_engine("none")
    stroke.set_position((0.22, 5.75 / 8, 0.75, 1.87 / 8))
    knee.set_position((0.22, 3.9 / 8, 0.75, 0.65 / 8))
    ligament.set_position((0.22, 1.0 / 8, 0.75, 2.05 / 8))
    draw_intervals(stroke, _STROKE, "{:.2f}")
    stroke.set(xlim=(-1.3, 1.3), xticks=[-1, -0.5, 0, 0.5, 1])
    stroke.set_xlabel("Standardised difference in leg activity (in spreads of the scores)")
    stroke.set_title("Stroke: task practice ahead, just clear of zero")
    _sides(stroke, "← Bobath better", "the other better →", -0.355)
    draw_intervals(knee, _KNEE, "{:.1f}")
    knee.set(xlim=(-13, 13), xticks=range(-10, 11, 5))
    knee.set_xlabel("Difference in pain (mm of 100)")
    knee.set_title("Knee osteoarthritis: no difference detected")
    draw_intervals(ligament, _LIGAMENT, "{:.2f}")
    ligament.set_xscale("log")
    ligament.set(xlim=(0.22, 2.1), xticks=[0.25, 0.5, 1, 2])
    ligament.set_xticklabels(["0.25", "0.5", "1", "2"])
    ligament.minorticks_off()
    ligament.set_xlabel("Odds ratio of a cruciate ligament injury (each mark doubles)")
    ligament.set_title("Prevention: the odds about halved, clear of 1")
    _sides(ligament, "← fewer with the programme", "more →", -0.345)
    return fig, FOREST_ALT


def show_forest() -> None:
    """Show the forest of intervals."""
    figures.show(
        forest()[0],
        FOREST_ALT,
        "Estimates with 95 % intervals. Filled squares: the interval leaves out no difference. "
        "Open circles: it holds it. Dotted line: no difference. Scales differ between panels.",
    )


def registry_and_trial() -> tuple[Figure, str]:
    """Draw change in a registry above change and difference in a trial.

    Returns the figure, and what it shows in words.
    """
    changes, trial = evidence().changes, evidence().trials["glad-saline"]
    fig, (above, below) = figures.panels(2, 1, 7.0, 4.9)
    fig.set_layout_engine("none")
    above.set_position((0.235, 0.655, 0.735, 0.265))
    below.set_position((0.235, 0.125, 0.735, 0.335))
    three, twelve = changes["registry-pain-3"].better_by, changes["registry-pain-12"].better_by
    programme = changes["trial-pain-programme"].better_by
    saline = changes["trial-pain-saline"].better_by
    _bars(above, [("after 3 months", three, ""), ("after 12 months", twelve, "")])
    above.set_title(f"Registry: pain fell by {three}, compared with nobody")
    above.set_xlabel("Fall in pain (points of 100)")
    rows = [("exercise and\neducation", programme, ""), ("salt water", saline, "////")]
    _bars(below, rows, room=1)
    below.axvline(0, color=figures.GREY, linewidth=1.2, linestyle=":")
    _interval(below, trial, 0, "{:.1f}")
    below.set(yticks=[2, 1, 0], ylim=(-0.5, 2.5))
    below.set_yticklabels([rows[0][0], rows[1][0], "difference"])
    below.set_title(f"Trial: the groups differed by {trial.estimate}")
    below.set_xlabel("Gain in the KOOS pain score after a year (points of 100)")
    for ax in (above, below):
        ax.set(xlim=(-4, 16), xticks=range(-4, 17, 4))
    return fig, REGISTRY_ALT


def show_registry() -> None:
    """Show the registry beside the trial."""
    figures.show(
        registry_and_trial()[0],
        REGISTRY_ALT,
        "Change in a group is not the difference between groups. Bars: mean change. "
        "Circle with line: difference with its 95 % interval. The two pain scales differ.",
    )


def draw_intervals(ax: Axes, names: dict[str, str], number: str) -> None:
    """Draw trials as points with intervals, the first on top, and a line at no difference.

    `names` maps ids of `outcomes.evidence` to the names of the rows, `number` is a format.
    """
    found = [evidence().trials[key] for key in names]
    ax.axvline(found[0].no_difference, color=figures.GREY, linewidth=1.2, linestyle=":")
    for height, trial in zip(range(len(found) - 1, -1, -1), found, strict=True):
        _interval(ax, trial, height, number)
    ax.set(ylim=(-0.5, len(found) - 0.25), yticks=range(len(found)))
    ax.set_yticklabels(list(reversed(names.values())))
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _interval(ax: Axes, trial: Trial, height: float, number: str) -> None:
    open_ = trial.holds_no_difference
    ax.plot([trial.low, trial.high], [height, height], color=figures.BLUE, linestyle="-")
    ax.plot(trial.estimate, height, marker="o" if open_ else "s", markersize=10,
            markerfacecolor="white" if open_ else figures.BLUE,
            markeredgecolor=figures.BLUE, markeredgewidth=2)  # fmt: skip
    low, high = number.format(trial.low), number.format(trial.high)
    ax.annotate(
        f"{number.format(trial.estimate)} ({low} to {high})".replace("-", "−"),
        xy=(trial.estimate, height), xytext=(0, 9), textcoords="offset points",
        ha="center", va="bottom",
        bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"},
    )  # fmt: skip


def _bars(ax: Axes, rows: Sequence[tuple[str, float, str]], room: int = 0) -> None:
    """Draw named bars from zero, the first on top, with `room` free rows below them."""
    for height, (_, length, hatch) in zip(
        range(len(rows) - 1 + room, room - 1, -1), rows, strict=True
    ):
        ax.barh(height, length, height=0.55, color=figures.SKY_BLUE, edgecolor="0.25", hatch=hatch)
        ax.text(length + 0.25, height, f"{length:.1f}", va="center", weight="bold")
    ax.set(yticks=range(room, len(rows) + room), ylim=(-0.5, len(rows) + room - 0.4))
    ax.set_yticklabels([name for name, *_ in reversed(rows)])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _sides(ax: Axes, left: str, right: str, height: float) -> None:
    for place, side, words in ((0, "left", left), (1, "right", right)):
        ax.text(place, height, words, transform=ax.transAxes, ha=side, va="center",
                color=figures.GREY)  # fmt: skip
