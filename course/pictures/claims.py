"""Pictures of claims data: the funnel, raw and shrunk rates, and what a flag is worth.

All providers in them are simulated.
"""

from functools import lru_cache

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from course import figures
from course.billing.audit import LEVEL, Audit, Floats, Peers, audit, funnel_limits, screen
from course.billing.claims import Simulated, simulate

PROVIDERS, SEED = 400, 378
PEERS = {
    "walking": "Physical Therapist in Private Practice, O, walking",
    "little walking": "Physical Therapist in Private Practice, O, little walking",
    "everybody": "everybody",
}
NAMED = {"97112": "NMR", "97110": "THEREX"}

FUNNEL_ALT = (
    "Points, one a provider: patients to the right on a stretched scale from 11 to about 1000, "
    "units of the code per patient-day upwards from 1. A horizontal line is the peers' mean. Two "
    "curves are the limits, far apart at few patients and closing in to the right; with the usual "
    "spread of peers they stay apart, with chance alone they nearly meet. Points within the limits "
    "are hollow circles, points above are filled triangles pointing up, points below triangles "
    "pointing down."
)
SHRINK_ALT = (
    "The ten providers with the highest raw rates in one peer group, one a row with the number of "
    "patients beside it. A hollow circle is the raw rate, a filled square the shrunk rate with its "
    "95 % interval as a bar. Every square lies to the left of its circle, nearer the dashed line "
    "of the peers' mean: far away where patients are few, close where they are many."
)
WORTH_ALT = (
    "A thousand small squares, one a provider. Providers who bill wrongly stand first: dark with a "
    "white dot if flagged, dark ring if missed. The others follow: orange with a cross if flagged, "
    "pale grey if not. Beside them the four numbers in words."
)


@lru_cache(maxsize=1)
def simulated_year() -> Simulated:
    """The year of 400 invented providers that the lesson is about, made once."""
    return simulate(PROVIDERS, SEED)


@lru_cache(maxsize=8)
def _audited(code: str, everybody: bool) -> Audit:
    rows = simulated_year().rows
    return audit(rows, code, group=()) if everybody else audit(rows, code)


def _members(code: str, peers: str) -> tuple[pd.DataFrame, Peers]:
    if code not in NAMED:
        raise ValueError(f"There is no funnel for {code}: choose from {', '.join(NAMED)}.")
    if peers not in PEERS:
        raise ValueError(f"There are no peers {peers!r}: choose from {', '.join(PEERS)}.")
    found = _audited(code, peers == "everybody")
    table = found.table
    return table[table["group"] == PEERS[peers]], found.groups[PEERS[peers]]


# --- The funnel --------------------------------------------------------------------------------


def funnel(
    code: str = "97112", peers: str = "walking", chance_only: bool = False
) -> tuple[Figure, str]:
    """Draw the funnel of one code and peer group of the simulated year.

    Returns the figure, and how many providers lie beyond its limits, in words.
    """
    members, usual = _members(code, peers)
    patients, rate = members["patients"].to_numpy(), members["rate"].to_numpy()
    low, high = funnel_limits(patients, usual, chance_only=chance_only)
    above, below = rate > 1 + high + 1e-12, rate < 1 + low - 1e-12
    fig, ax = figures.figure(7.0, 4.6)
    fig.set_layout_engine("none")
    ax.set_position((0.09, 0.125, 0.72, 0.765))
    _limits(ax, usual, chance_only)
    inside = ~above & ~below
    for some, marker, face, size in (
        (inside, "o", "white", 26), (above, "^", figures.VERMILION, 60),
        (below, "v", figures.SKY_BLUE, 60),
    ):  # fmt: skip
        ax.scatter(patients[some], rate[some], marker=marker, s=size, facecolor=face,
                   edgecolor=figures.BLACK, linewidth=0.8, zorder=3)  # fmt: skip
    top = max(4.4 if code == "97112" else 5.2, float(rate.max()) + 0.2)
    ax.set(xscale="log", xlim=(10, 1000), ylim=(0.85, top))
    ax.xaxis.set_minor_locator(NullLocator())
    ticks = [11, 25, 50, 100, 250, 500, 1000]
    ax.set_xticks(ticks, [str(n) for n in ticks])
    ax.set_xlabel("Patients with this code in the year")
    ax.set_ylabel(f"{NAMED[code]} units per patient-day")
    beyond = int(above.sum())
    named = "chance alone" if chance_only else "the usual spread of peers"
    ax.set_title(f"{beyond} of {len(members)} lie above what {named} explains")
    ax.text(10.4, top - 0.03, "triangle: beyond a limit", va="top", color=figures.GREY)
    small = int((patients < 25).sum())
    return fig, (
        f"{len(members)} simulated providers, {small} of them with fewer than 25 patients. "
        f"{_count(beyond)} above the upper limit, {_count(int(below.sum()))} below the lower one. "
        f"The limits hold {LEVEL:.1%} of peers if {named} is all there is. "
        f"The highest raw rate, {rate.max():.2f}, belongs to a provider with "
        f"{patients[rate.argmax()]:.0f} patients."
    )


def _count(number: int) -> str:
    return "1 lies" if number == 1 else f"{number} lie"


@lru_cache(maxsize=16)
def _curves(usual: Peers, chance_only: bool) -> tuple[Floats, Floats, Floats]:
    n = np.unique(np.round(np.geomspace(10, 1000, 60)))
    return n, *funnel_limits(n, usual, chance_only=chance_only)


def _limits(ax: Axes, usual: Peers, chance_only: bool) -> None:
    n, low, high = _curves(usual, chance_only)
    mean = 1 + usual.mean
    ax.plot(n, 1 + high, color=figures.BLUE, linestyle="--", linewidth=1.6)
    ax.plot(n, 1 + low, color=figures.BLUE, linestyle="--", linewidth=1.6)
    ax.axhline(mean, color=figures.BLACK, linestyle="-", linewidth=1.2)
    upper, lower = max(1 + high[-1], mean + 0.2), min(1 + low[-1], mean - 0.2)
    for words, place in (
        ("upper limit", upper), (f"mean {mean:.2f}", mean), ("lower limit", lower),
    ):  # fmt: skip
        ax.annotate(words, xy=(1000, place), xytext=(6, 0), textcoords="offset points",
                    va="center", annotation_clip=False)  # fmt: skip


def explore_funnel() -> None:
    """Show the funnel with menus for the code, the peers and the limits."""
    figures.explore(
        funnel,
        FUNNEL_ALT,
        "Funnel plot of a simulated year. Curves: limits that hold 99.8 % of peers.",
        peers=figures.Choice(
            "Peers",
            {
                "physical therapists, office, much gait training": "walking",
                "physical therapists, office, little gait training": "little walking",
                "everybody, whatever their patients": "everybody",
            },
        ),
        chance_only=figures.Choice(
            "Limits", {"chance and the usual spread of peers": False, "chance alone": True}
        ),
        code=figures.Choice("Code", {"NMR": "97112", "THEREX": "97110"}),
    )


# --- Raw and shrunk ----------------------------------------------------------------------------


def shrinkage(peers: str = "walking", rows: int = 10) -> tuple[Figure, str]:
    """Draw the highest raw rates of a peer group beside their shrunk rates, for 97112."""
    members, usual = _members("97112", peers)
    top = members.sort_values("rate", ascending=False).head(rows).reset_index(drop=True)
    fig, ax = figures.figure(7.0, 4.4)
    fig.set_layout_engine("none")
    ax.set_position((0.21, 0.13, 0.75, 0.76))
    mean = 1 + usual.mean
    ax.axvline(mean, color=figures.BLACK, linestyle="--", linewidth=1.2)
    y = np.arange(len(top))
    ax.hlines(y, top["low"], top["high"], color=figures.BLUE, linewidth=5, alpha=0.35)
    ax.hlines(y, top["shrunk"], top["rate"], color=figures.GREY, linewidth=1, linestyle=":")
    ax.scatter(top["shrunk"], y, marker="s", s=42, color=figures.BLUE, zorder=3)
    ax.scatter(top["rate"], y, marker="o", s=46, facecolor="white", edgecolor=figures.BLACK,
               linewidth=1.4, zorder=3)  # fmt: skip
    ax.set_yticks(y, [f"{place + 1}. {n:.0f} patients" for place, n in enumerate(top["patients"])])
    ax.set(ylim=(len(top) - 0.4, -1.1), xlabel="NMR units per patient-day")
    ax.set_xticks(np.arange(1.0, float(top["rate"][0]), 0.5))
    ax.tick_params(axis="y", length=0)
    order = top["shrunk"].rank(ascending=False).astype(int)
    ax.annotate("raw", (top["rate"][0], 0), (0, 8), textcoords="offset points", ha="center")
    ax.annotate("shrunk", (top["shrunk"][0], 0), (0, 8), textcoords="offset points", ha="center")
    ax.annotate(f"peers' mean {mean:.2f}", (mean, -0.75), (5, 0),
                textcoords="offset points", va="center")  # fmt: skip
    leader = int(order.idxmin())
    ax.set_title(
        f"{top['patients'][0]:.0f} patients lead the raw list, "
        f"{top['patients'][leader]:.0f} the shrunk one"
    )
    return fig, (
        f"Raw, the list is led by a provider with {top['patients'][0]:.0f} patients: "
        f"{top['rate'][0]:.2f} units a day, shrunk {top['shrunk'][0]:.2f}, place {order[0]}. "
        f"Shrunk, it is led by the one in row {leader + 1} with {top['patients'][leader]:.0f} "
        f"patients: {top['rate'][leader]:.2f}, shrunk {top['shrunk'][leader]:.2f}."
    )


def show_shrinkage() -> None:
    """Show the ten highest raw rates beside their shrunk rates."""
    fig, reading = shrinkage()
    figures.show(
        fig, SHRINK_ALT,
        f"{reading} All simulated: physical therapists, office, much gait training.",
    )  # fmt: skip


# --- What a flag is worth ----------------------------------------------------------------------


def flag_worth(
    prevalence: int = 2, sensitivity: int = 80, false_positives: int = 5
) -> tuple[Figure, str]:
    """Draw a thousand providers and what a screen does to them; the three shares in per cent.

    Returns the figure, and the sum in words. Counts are rounded to whole providers.
    """
    found = screen(prevalence / 100, sensitivity / 100, false_positives / 100)
    wrong = 10 * prevalence
    true, false = int(found.true_flags + 0.5), int(found.false_flags + 0.5)
    kinds = np.repeat([0, 1, 2, 3], [true, wrong - true, false, 1000 - wrong - false])
    place = np.arange(1000)
    x, y = place // 25, 24 - place % 25  # forty columns of 25, filled from the left
    fig, ax = figures.figure(7.0, 4.3)
    fig.set_layout_engine("none")
    ax.set_position((0.01, 0.02, 0.66, 0.86))
    for kind, (face, edge) in enumerate(
        ((figures.BLUE, figures.BLUE), ("white", figures.BLUE), (figures.ORANGE, figures.ORANGE),
         ("0.88", "0.88"))
    ):  # fmt: skip
        some = kinds == kind
        ax.scatter(x[some], y[some], marker="s", s=44, facecolor=face, edgecolor=edge, linewidth=1)
    ax.scatter(x[kinds == 0], y[kinds == 0], marker="o", s=9, color="white")
    ax.scatter(x[kinds == 2], y[kinds == 2], marker="x", s=18, color=figures.BLACK, linewidth=1)
    ax.set(xlim=(-0.8, 39.8), ylim=(-0.8, 24.8))
    ax.axis("off")
    flags = true + false
    share = f"{found.predictive_value:.0%}" if flags else "none"
    # Whole providers may make another share than the one before rounding: then the words say so.
    about = "about " if flags and share != f"{true / flags:.0%}" else ""
    title = f"{about}{true} of {flags} flags are true: {share}" if flags else "nobody is flagged"
    ax.set_title(title[0].upper() + title[1:])
    _key(fig, (true, wrong - true, false, 1000 - wrong - false))
    return fig, (
        f"Of 1,000 providers {wrong} bill wrongly and {1000 - wrong:,} do not. The screen flags "
        f"{about}{true} of the first and {false} of the others, {flags} in all. "
        + (f"So {share} of the flags are true." if flags else "So there are no flags.")
    )


def _key(fig: Figure, counts: tuple[int, int, int, int]) -> None:
    ax = fig.add_axes((0.68, 0.02, 0.31, 0.86))
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.axis("off")
    lines = (
        ("bill wrongly", None, None),
        (f"{counts[0]} flagged", figures.BLUE, "o"),
        (f"{counts[1]} missed", "white", None),
        ("bill rightly", None, None),
        (f"{counts[2]} flagged", figures.ORANGE, "x"),
        (f"{counts[3]:,} not flagged", "0.88", None),
    )
    for row, (words, face, mark) in enumerate(lines):
        height = 0.93 - 0.13 * row - (0.06 if row > 2 else 0)
        if face is None:
            ax.text(0.03, height, words, weight="bold", va="center")
            continue
        edge = figures.BLUE if face == "white" else face
        ax.scatter(0.08, height, marker="s", s=70, facecolor=face, edgecolor=edge)
        if mark:
            colour = "white" if mark == "o" else figures.BLACK
            ax.scatter(0.08, height, marker=mark, s=18, color=colour, linewidth=1.2)
        ax.text(0.16, height, words, va="center")


def explore_flag() -> None:
    """Show the thousand providers with sliders for the three shares."""
    figures.explore(
        flag_worth,
        WORTH_ALT,
        "A screen among 1,000 providers (our own example). The grid shows everyone, once.",
        prevalence=figures.Slider("Bill wrongly", 0, 50, 2, "% of providers"),
        sensitivity=figures.Slider("Caught, of those", 0, 100, 80, "%"),
        false_positives=figures.Slider("Flagged, of the others", 0, 30, 5, "%"),
    )
