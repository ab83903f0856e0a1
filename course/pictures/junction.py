"""Pictures of the junction: the cliff of receptor loss, and a slow series of impulses."""

from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.physiology.junction import (
    THRESHOLD_MV,
    Floats,
    Series,
    Transmission,
    percent,
    simulate_potentials,
    slow_series,
    transmission,
)

CLIFF_ALT = (
    "Two panels. Left: the end-plate potentials of 100 simulated impulses as points, against a "
    "dashed threshold at 12 millivolts; dots above it get through, crosses below it fail. Right: "
    "the share of impulses that get through, against the share of receptors left. From 100 % down "
    "to about 50 % the curve is almost flat at the top, then it falls off a cliff and is almost at "
    "zero by 25 %. A grey dotted diagonal shows what a loss in proportion would look like. A "
    "ringed marker stands at the chosen share of receptors."
)
SERIES_ALT = (
    "Eight bars, one for each impulse of a slow series: the share of the muscle's fibres that "
    "answer. From the first impulse to the fifth the packets released fall by a quarter, and the "
    "bars fall with them where little is to spare; from the fifth on they stay alike. A dotted "
    "line carries the height of the first bar across."
)
IMPULSES = 100
SEED = 2  # of the simulated impulses: the same ones for everybody
ALWAYS = 0.9995  # of the impulses: the picture then calls the fibre safe


# --- The cliff ---------------------------------------------------------------------------------


def receptor_cliff(receptors: int = 100) -> tuple[Figure, str]:
    """Draw what becomes of impulses with a share of the receptors left, in per cent (0 to 100).

    Returns the figure, and in words the mean end-plate potential, the safety factor and the share
    of the impulses that fail.
    """
    now = transmission(receptors / 100)
    drawn = simulate_potentials(np.random.default_rng(SEED), IMPULSES, receptors / 100)
    fig, (left, right) = figures.panels(1, 2, 7.0, 4.0)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    left.set_position((0.085, 0.135, 0.36, 0.68))
    right.set_position((0.56, 0.135, 0.405, 0.68))
    fig.text(0.012, 0.935, _finding(now), fontsize=12, weight="bold")
    _draw_impulses(left, drawn)
    _draw_cliff(right, receptors, 100 * (1 - now.fails))
    return fig, _in_words(now, int(np.count_nonzero(drawn < THRESHOLD_MV)))


def explore_receptors() -> None:
    """Show the cliff with a slider for the share of receptors left."""
    figures.explore(
        receptor_cliff,
        CLIFF_ALT,
        "One junction, 50 packets an impulse on average (the authors' own model). "
        "The points are simulated, the curve is calculated.",
        receptors=figures.Slider("Receptors left", 0, 100, 100, "%"),
    )


def _finding(now: Transmission) -> str:
    left = f"{100 * now.receptors:.0f} % of the receptors left"
    through = 1 - now.fails
    if through > ALWAYS:
        return f"{left}: practically every impulse gets through"
    if through < 1 - ALWAYS:
        return f"{left}: practically no impulse gets through"
    return f"{left}: {percent(through)} of the impulses get through"


def _in_words(now: Transmission, failed: int) -> str:
    return (
        f"With {100 * now.receptors:.0f} % of the receptors left the mean end-plate potential is "
        f"{now.mean_mv:.1f} mV, and the safety factor {now.safety_factor:.2f}. In the long run "
        f"{percent(now.fails)} of the impulses fail; of the {IMPULSES} drawn here it is {failed}."
    )


def _draw_impulses(ax: Axes, potentials: Floats) -> None:
    number = np.arange(1, potentials.size + 1)
    fails = potentials < THRESHOLD_MV
    ax.plot(number[~fails], potentials[~fails], color=figures.BLUE, marker="o", markersize=4,
            linestyle="none")  # fmt: skip
    ax.plot(number[fails], potentials[fails], color=figures.VERMILION, marker="x", markersize=5,
            markeredgewidth=1.6, linestyle="none")  # fmt: skip
    ax.axhline(THRESHOLD_MV, color=figures.BLACK, linestyle="--", linewidth=1.5)
    ax.set(xlim=(0, potentials.size + 1), ylim=(0, 40), xticks=[1, 25, 50, 75, 100])
    ax.set_yticks([0, 12, 20, 30, 40])
    ax.set_xlabel("Impulse (number)")
    ax.set_ylabel("End-plate potential (mV)")
    ax.text(0, 1.045, f"{potentials.size} impulses, threshold 12 mV", transform=ax.transAxes)
    if fails.any():
        ax.text(0.02, 0.98, "× fails", transform=ax.transAxes, ha="left", va="top",
                color=figures.VERMILION, weight="bold")  # fmt: skip
    if not fails.all():
        ax.text(0.98, 0.98, "● gets through", transform=ax.transAxes, ha="right", va="top",
                color=figures.BLUE, weight="bold")  # fmt: skip


_PAPER = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}


@cache
def _curve() -> tuple[Floats, Floats]:
    shares = np.arange(0, 101)
    return shares.astype(float), np.array([100 * (1 - transmission(s / 100).fails) for s in shares])


def _draw_cliff(ax: Axes, receptors: int, through: float) -> None:
    shares, curve = _curve()
    ax.plot(shares, shares, color=figures.GREY, linestyle=":", linewidth=1.5)
    ax.plot(shares, curve, color=figures.BLUE, linestyle="-", linewidth=2.5)
    ax.plot([receptors, receptors], [0, through], color=figures.BLACK, linestyle=":", linewidth=1.2)
    ax.plot(receptors, through, marker="o", markersize=10, markerfacecolor="white",
            markeredgecolor=figures.BLACK, markeredgewidth=2, clip_on=False)  # fmt: skip
    ax.set(xlim=(0, 100), ylim=(0, 104), xticks=range(0, 101, 25), yticks=range(0, 101, 25))
    ax.tick_params(pad=6)
    ax.set_xlabel("Receptors left (%)")
    ax.set_ylabel("Impulses that get through (%)")
    ax.text(72, 60, "if it were in\nproportion", ha="left", va="top", color=figures.GREY,
            fontsize=9.5, bbox=_PAPER)  # fmt: skip
    ax.text(0, 1.045, "in the long run, at every share", transform=ax.transAxes)


# --- A slow series -----------------------------------------------------------------------------


def series_of_impulses(receptors: int = 50, packets: int = 50) -> tuple[Figure, str]:
    """Draw how a muscle answers eight slow impulses.

    `receptors` is the share left in per cent (0 to 100), `packets` what the first impulse releases
    on average (0 to 60). Returns the figure, and what it shows, in words.
    """
    series = slow_series(receptors / 100, packets)
    answers = 100 * series.answers
    fig, ax = figures.figure(7.0, 3.9)
    fig.set_layout_engine("none")
    ax.set_position((0.095, 0.185, 0.89, 0.69))
    number = np.arange(1, answers.size + 1)
    ax.bar(number, answers, width=0.62, color=figures.SKY_BLUE, edgecolor="0.25", hatch="//")
    ax.axhline(answers[0], color=figures.GREY, linestyle=":", linewidth=1.5)
    for n, answer in zip(number, series.answers, strict=True):
        ax.annotate(f"{100 * answer:.0f} %", xy=(n, 100 * answer), xytext=(0, 4),
                    textcoords="offset points", ha="center", va="bottom", bbox=_PAPER)  # fmt: skip
    ax.set(xlim=(0.5, answers.size + 0.5), ylim=(0, 112), yticks=range(0, 101, 25))
    ax.set_xticks(number, [f"{n}\n({m:.0f})" for n, m in zip(number, series.packets, strict=True)])
    ax.set_xlabel("Impulse (in brackets: packets released)")
    ax.set_ylabel("Fibres that answer (%)")
    fig.text(0.012, 0.935, _series_finding(series), fontsize=12, weight="bold")
    return fig, _series_in_words(receptors, packets, series)


def explore_series() -> None:
    """Show the series with sliders for the receptors and for the packets."""
    figures.explore(
        series_of_impulses,
        SERIES_ALT,
        "Two or three impulses a second (the authors' own model). Its junctions are all alike; "
        "in a real muscle they differ, and the answers fall less steeply.",
        receptors=figures.Slider("Receptors left", 0, 100, 50, "%"),
        packets=figures.Slider("Packets at the first impulse", 0, 60, 50, "on average"),
    )


def _hardly(series: Series) -> bool:
    return bool(series.answers[0] < 0.005)  # the bars would say 0 %


def _series_finding(series: Series) -> str:
    if _hardly(series):
        return "Hardly a fibre answers, at any impulse"
    if series.decrement < 0.001:
        return "Packets fall by a quarter, and every answer is alike"
    first, fifth = 100 * series.answers[[0, 4]]  # rounded as on the bars
    return f"{first:.0f} % of the fibres answer the first impulse, {fifth:.0f} % the fifth"


def _series_in_words(receptors: int, packets: int, series: Series) -> str:
    opening = f"{receptors} % of the receptors and {packets} packets at the first impulse:"
    if _hardly(series):
        return f"{opening} hardly a fibre answers, so there is nothing to compare."
    if series.decrement < 0.001:
        return f"{opening} the fifth answer is as large as the first. No decrement."
    beyond = "more" if series.decrement > 0.1 else "not more"
    return (
        f"{opening} the fifth answer is {percent(series.decrement)} smaller than the first. "
        f"That is {beyond} than the 10 % from which doctors speak of a decrement."
    )
