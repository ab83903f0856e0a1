"""Pictures of the two rules that turn minutes into units."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from course import figures
from course.billing.units import (
    MINUTES_PER_UNIT,
    DifferenceShares,
    compare_rules,
    difference_map,
    difference_shares,
    total_time_units,
)

RULE_MAP_ALT = (
    "Map of sessions with two timed codes: minutes of code one to the right, of code two upwards. "
    "Most of it is white, there the rules agree. Wherever both codes are between 7 and 8 minutes "
    "past a full quarter of an hour, two triangles touch like a bow tie: in the one below and to "
    "the left total time gives one unit more, in the one above and to the right midpoint does. "
    "The pattern repeats every 15 minutes. If only sessions with 8 minutes or more of each code "
    "are counted, grey covers the first 7 minutes of each code, and with them triangles of total "
    "time only."
)
STAIRCASE_ALT = (
    "Staircase of units against total timed minutes: 0 units up to 7 minutes, then one step up at "
    "8, 23, 38, 53 and 68 minutes. Only the first step comes after 8 minutes; every further one is "
    "15 minutes wide."
)


# --- The map of the two rules ----------------------------------------------------------------


def rule_map(first: int = 1, last: int = 45, a: int = 24, b: int = 23) -> tuple[Figure, str]:
    """Draw where the rules differ, over all sessions of two codes, with one session marked.

    Each code has `first` to `last` minutes; the marked session has `a` and `b` minutes, from 1 to
    `last`. Returns the figure, and in words what the marked session earns and how often the rules
    differ. Always shown from 1 minute on, so that one sees what a later `first` leaves out.
    """
    for code, minutes in (("Code one", a), ("Code two", b)):
        if not 1 <= minutes <= last:
            raise ValueError(f"{code}: {minutes} minutes lie outside the map (1 to {last}).")
    difference, shares = difference_map(first, last), difference_shares(first, last)
    fig, ax = figures.figure(7.0, 5.2)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    ax.set_position((0.08, 0.105, 0.62, 0.835))
    _frame(ax, first, last)
    _region(ax, first, difference > 0, figures.SKY_BLUE, "////")
    _region(ax, first, difference < 0, figures.ORANGE, "....")
    _name_regions(ax, first, difference, shares)
    _mark(ax, a, b, last)
    ax.set_title(_finding(shares))
    return fig, f"{_session_in_words(a, b)} {_shares_in_words(shares, min(a, b) < first)}"


def explore_rules() -> None:
    """Show the map with two minutes to choose and a menu for the sessions that are counted."""
    figures.explore(
        lambda sessions, a, b: rule_map(sessions[0], sessions[1], a, b),
        alt=RULE_MAP_ALT,
        caption="Units by total time and by midpoint, for every session of two timed codes. "
        "Choose the minutes of one session, and which sessions are counted.",
        a=figures.Slider("Code one", 1, 45, 24, "minutes"),
        b=figures.Slider("Code two", 1, 45, 23, "minutes"),
        sessions=figures.Choice(
            "Count",
            {
                "every session from 1 minute": (1, 45),
                "only sessions with 8 minutes or more of each code": (8, 45),
            },
        ),
    )


def _finding(shares: DifferenceShares) -> str:
    differ = f"The rules differ in {100 * shares.differ:.0f} % of sessions"
    if shares.cms_more == shares.midpoint_more:
        return f"{differ}, evenly"
    return f"{differ}, {_ahead(shares)} ahead"


def _ahead(shares: DifferenceShares) -> str:
    return "midpoint" if shares.midpoint_more > shares.cms_more else "total time"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _shares_in_words(shares: DifferenceShares, left_out: bool) -> str:
    this = " (this one is not among them)" if left_out else ""
    return (
        f"Of the {shares.sessions} sessions counted{this}, midpoint gives more in "
        f"{_percent(shares.midpoint_higher)} and total time in {_percent(shares.cms_higher)}."
    )


def _session_in_words(a: int, b: int) -> str:
    both = compare_rules({"one": a, "two": b})
    verdict = {
        "same": "both give the same",
        "CMS": f"total time gives more by {both.cms - both.midpoint}",
        "midpoint": f"midpoint gives more by {both.midpoint - both.cms}",
    }[both.gives_more]
    unit = "unit" if both.cms == 1 else "units"
    return (
        f"{a} + {b} = {a + b} minutes: total time gives {both.cms} {unit}, "
        f"midpoint {both.midpoint}; {verdict}."
    )


def _frame(ax: Axes, first: int, last: int) -> None:
    """Axes whose ticks stand where a unit begins (8, 23, 38) and where a quarter is full."""
    ends = (0.5, last + 0.5)
    ticks = [m for m in range(1, last + 1) if m % MINUTES_PER_UNIT in (0, 8)]
    ax.set(xlim=ends, ylim=ends, aspect="equal", xticks=ticks, yticks=ticks)
    ax.set_xlabel("Code one (minutes)")
    ax.set_ylabel("Code two (minutes)")
    for full in range(MINUTES_PER_UNIT, last, MINUTES_PER_UNIT):
        ax.axvline(full + 0.5, color="0.85", linewidth=0.8)
        ax.axhline(full + 0.5, color="0.85", linewidth=0.8)
    if first > 1:
        ax.axvspan(0.5, first - 0.5, color="0.9", linewidth=0)
        ax.axhspan(0.5, first - 0.5, color="0.9", linewidth=0)
        _name(ax, f"not counted:\nbelow {first} minutes", (last - 2, first / 2), 0.1)


def _region(ax: Axes, first: int, cells: npt.NDArray[np.bool_], colour: str, hatch: str) -> None:
    """Fill the cells of one kind, as a single shape so that drawing is quick."""
    corners = np.argwhere(cells)[:, np.newaxis, :] + first - 0.5
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    pen = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    shape = Path((corners + square).reshape(-1, 2), pen * len(corners))
    patch = PathPatch(shape, facecolor=colour, edgecolor="0.25", hatch=hatch, linewidth=0)
    ax.add_artist(patch)  # `add_patch` would measure it first; the map's ends are known


def _name_regions(
    ax: Axes, first: int, difference: npt.NDArray[np.int64], shares: DifferenceShares
) -> None:
    """Write beside the map what each kind of cell means, with a line to one of them."""
    last = first + len(difference) - 1
    names = (
        (difference < 0, "midpoint gives\n1 unit more", shares.midpoint_higher, 0.86),
        (difference > 0, "total time gives\n1 unit more", shares.cms_higher, 0.62),
        (difference == 0, "both give\nthe same", 1 - shares.differ, 0.38),
    )
    for cells, words, share, height in names:
        place = _rightmost(cells, first, height * last)
        _name(ax, f"{words}: {_percent(share)}", place, height)


def _name(ax: Axes, words: str, place: tuple[float, float], height: float) -> None:
    """Write words to the right of the map, with a line to a place on it."""
    ax.annotate(
        words, xy=place, xytext=(1.05, height), textcoords="axes fraction", va="center",
        arrowprops={"arrowstyle": "-", "color": "0.25", "relpos": (0, 0.5)},
    )  # fmt: skip


def _rightmost(cells: npt.NDArray[np.bool_], first: int, height: float) -> tuple[float, float]:
    """Return the middle of one region: the cell that lies rightmost near a height of the map."""
    found = np.argwhere(cells[:-2]) + first  # not at the very edge
    best = found[np.argmin(np.abs(found[:, 1] - height) - found[:, 0])]
    return float(best[0]), float(best[1])


def _mark(ax: Axes, a: int, b: int, last: int) -> None:
    """Mark one session, with lines to both axes."""
    ax.plot([a, a, 0.5], [0.5, b, b], color=figures.BLACK, linewidth=1.2, linestyle=":")
    ax.plot(a, b, marker="o", markersize=9, markerfacecolor="white",
            markeredgecolor=figures.BLACK, markeredgewidth=2, clip_on=False)  # fmt: skip
    right, low = a > 0.75 * last, b < 0.15 * last
    ax.annotate(
        f"{a} + {b}", xy=(a, b), xytext=(-9 if right else 9, 9 if low else -9),
        textcoords="offset points", ha="right" if right else "left",
        va="bottom" if low else "top", weight="bold",
        bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"},
    )  # fmt: skip


# --- The staircase of total time -------------------------------------------------------------


def unit_staircase(total: int | None = None) -> tuple[Figure, str]:
    """Draw units against total minutes from 0 to 70, with one total marked if it is given.

    Returns the figure, and what it shows, in words.
    """
    if total is not None:
        total_time_units(total)  # says what is wrong with minutes that cannot be
        if total > 70:
            raise ValueError(f"The total: {total} minutes lie outside the picture (0 to 70).")
    fig, ax = figures.figure(7.0, 4.0)
    steps = [8 + MINUTES_PER_UNIT * n for n in range(5)]
    _treads(ax, [0, *steps, 71])
    ax.set(xlim=(0, 71), ylim=(-0.25, 5.7), xticks=[0, *steps], yticks=range(6))
    ax.set_xlabel("Timed treatment, all together (minutes)")
    ax.set_ylabel("Units")
    ax.set_title("The first unit needs 8 minutes, each further one 15 more")
    if total is None:
        return fig, STAIRCASE_ALT
    return fig, _mark_total(ax, total)


def _treads(ax: Axes, starts: list[int]) -> None:
    """Draw each number of units as a line over its minutes, named above."""
    for units, (start, end) in enumerate(pairwise(starts)):
        ax.plot([start, end], [units, units], color=figures.BLUE, linestyle="-", linewidth=4,
                solid_capstyle="butt")  # fmt: skip
        ax.plot([start, start], [-0.25, units], color="0.8", linewidth=0.8, linestyle="-")
        last = start + (MINUTES_PER_UNIT if units else 8) - 1  # beyond the picture for the last
        ax.annotate(
            f"{start} to {last}",
            xy=(start, units),
            xytext=(2, 7),
            textcoords="offset points",
            va="bottom",
        )


def _mark_total(ax: Axes, total: int) -> str:
    units = total_time_units(total)
    ax.plot([total, total, 0], [-0.25, units, units], color=figures.BLACK, linestyle=":",
            linewidth=1.2)  # fmt: skip
    ax.plot(total, units, marker="o", markersize=10, markerfacecolor="white",
            markeredgecolor=figures.BLACK, markeredgewidth=2, clip_on=False)  # fmt: skip
    further = 8 + MINUTES_PER_UNIT * units - total
    word, more = ("unit" if units == 1 else "units"), ("minute" if further == 1 else "minutes")
    return (
        f"{total} minutes of timed treatment earn {units} {word}; "
        f"the next unit begins {further} {more} later, at {total + further}."
    )


def explore_staircase() -> None:
    """Show the staircase with a slider for the total."""
    figures.explore(
        unit_staircase,
        STAIRCASE_ALT,
        "Units by the total-time rule of US Medicare.",
        total=figures.Slider("Timed treatment", 0, 70, 7, "minutes"),
    )
