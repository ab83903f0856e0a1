"""The picture of a pool of motor units: who fires, how fast, and what force comes of it."""

from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.physiology.junction import percent
from course.physiology.motor_units import (
    POOL,
    UNITS,
    Floats,
    firing_rates,
    force,
    force_by_recruitment,
    recruited,
)

POOL_ALT = (
    "Two panels. Left: 120 motor units from small to large along the bottom, the rate at which "
    "each fires upwards. Units that fire are dots, fastest on the left where the small ones are; "
    "units that are silent are crosses on the zero line, always the larger ones. Right: force "
    "against drive, a curve that starts flat, rises steeply in the middle and ends at 100 %. A "
    "dashed line far below it shows the force if units joined but none fired faster; it is flat "
    "from 53 % drive on, where the last unit has joined. A ringed marker stands at the chosen "
    "drive."
)


def pool_at_work(drive: int = 30) -> tuple[Figure, str]:
    """Draw which units fire, how fast, and the force, at a drive in per cent (0 to 100).

    Returns the figure, and what it shows, in words.
    """
    rates = firing_rates(drive / 100)
    fig, (left, right) = figures.panels(1, 2, 7.0, 4.0)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    left.set_position((0.08, 0.135, 0.38, 0.68))
    right.set_position((0.57, 0.135, 0.40, 0.68))
    reached, joined = force(drive / 100), recruited(drive / 100)
    fig.text(0.012, 0.935, f"Drive {drive} %: {joined} of {UNITS} units fire, "
             f"force {percent(reached)}", fontsize=12, weight="bold")  # fmt: skip
    _draw_rates(left, rates)
    _draw_force(right, drive, 100 * reached)
    return fig, _in_words(drive, rates, reached)


def explore_pool() -> None:
    """Show the pool with a slider for drive."""
    figures.explore(
        pool_at_work,
        POOL_ALT,
        "A pool of 120 motor units under steady drive, in the model of Fuglevand and others. "
        "Force and drive in per cent of their greatest.",
        drive=figures.Slider("Drive", 0, 100, 10, "%"),
    )


def _in_words(drive: int, rates: Floats, reached: float) -> str:
    joined = int(np.count_nonzero(rates))
    if joined == 0:
        return f"At {drive} % drive no unit fires: the first joins at {percent(POOL.shares[0])}."
    who = {1: "unit 1 fires", UNITS: f"all {UNITS} units fire"}.get(
        joined, f"units 1 to {joined} fire, the small ones"
    )
    share = force_by_recruitment(drive / 100)
    return (
        f"At {drive} % drive {who}: number 1 at {rates[0]:.0f} impulses a second, number {joined} "
        f"at {rates[joined - 1]:.0f}. Force is {percent(reached)} of the greatest. If none fired "
        f"faster than at its start, it would be {percent(share)}."
    )


_PAPER = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}


def _draw_rates(ax: Axes, rates: Floats) -> None:
    number, fires = np.arange(1, UNITS + 1), rates > 0
    ax.plot(number[fires], rates[fires], color=figures.BLUE, marker="o", markersize=3.5,
            linestyle="none")  # fmt: skip
    ax.plot(number[~fires], rates[~fires], color=figures.VERMILION, marker="x", markersize=3.5,
            linestyle="none", clip_on=False)  # fmt: skip
    ax.set(xlim=(0, UNITS + 1), ylim=(0, 50), xticks=[1, 40, 80, UNITS])
    ax.set_xlabel("Motor unit (small to large)")
    ax.set_ylabel("Impulses a second")
    if fires.any():
        ax.text(0.02, 0.98, "● fires", transform=ax.transAxes, va="top", color=figures.BLUE,
                weight="bold")  # fmt: skip
    if not fires.all():
        ax.text(0.99, 0.03, "× silent", transform=ax.transAxes, ha="right", va="bottom",
                color=figures.VERMILION, weight="bold")  # fmt: skip
    ax.text(0, 1.045, "who fires, and how fast", transform=ax.transAxes)


@cache
def _curves() -> tuple[Floats, Floats, Floats]:
    drives = np.linspace(0, 1, 201)
    both = np.array([force(float(d)) for d in drives])
    joining = np.array([force_by_recruitment(float(d)) for d in drives])
    return 100 * drives, 100 * both, 100 * joining


def _draw_force(ax: Axes, drive: int, reached: float) -> None:
    drives, both, joining = _curves()
    ax.plot(drives, joining, color=figures.ORANGE, linestyle="--", linewidth=2)
    ax.plot(drives, both, color=figures.BLUE, linestyle="-", linewidth=2.5)
    last = 100 * float(POOL.shares[-1])
    ax.axvline(last, color=figures.GREY, linestyle=":", linewidth=1.2)
    ax.text(last - 2, 100, "last unit\njoins", ha="right", va="top", color=figures.GREY)
    ax.plot([drive, drive], [0, reached], color=figures.BLACK, linestyle=":", linewidth=1.2)
    ax.plot(drive, reached, marker="o", markersize=10, markerfacecolor="white",
            markeredgecolor=figures.BLACK, markeredgewidth=2, clip_on=False)  # fmt: skip
    ax.set(xlim=(0, 100), ylim=(0, 104), xticks=range(0, 101, 25), yticks=range(0, 101, 25))
    ax.tick_params(pad=6)
    ax.set_xlabel("Drive (%)")
    ax.set_ylabel("Force (% of the greatest)")
    ax.text(last + 2, 14, "if none fired faster", ha="left", va="bottom", fontsize=9, bbox=_PAPER)
    ax.text(0, 1.045, "the force of all together", transform=ax.transAxes)
