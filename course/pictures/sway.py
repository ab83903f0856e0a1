"""Pictures of standing: where the pressure goes, what it does to the mass, and how it is measured.

All recordings are simulated: the model and its presets are in `course.physiology.balance`.
"""

from functools import cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.physiology.balance import (
    CONDITIONS,
    Floats,
    Recording,
    SwayMeasures,
    confidence_ellipse_area,
    confidence_scale,
    ellipse_outline,
    measures,
    prediction_ellipse_area,
    prediction_scale,
    record,
)

# Chosen among forty for measures near their mean, so that each recording is a typical one.
SEEDS = {"eyes open": 1, "eyes closed": 7, "older, eyes closed": 23, "foam, eyes closed": 20}
SECONDS = 60
SHORTEST = 10
STYLES = {
    "eyes open": (figures.BLUE, "-"),
    "eyes closed": (figures.VERMILION, "--"),
    "older, eyes closed": (figures.PURPLE, "-."),
    "foam, eyes closed": (figures.BLACK, ":"),
}

SWAY_ALT = (
    "Two maps of the centre of pressure seen from above. The left one shows one recording as a "
    "wandering line with a dot for each second. A large ellipse holds nearly all dots, and a small "
    "filled one in its middle marks the mean place. The right one shows the large ellipses of four "
    "conditions on one scale: eyes open is the smallest, then eyes closed, older with eyes closed, "
    "and foam with eyes closed, which is several times as wide."
)
TRACES_ALT = (
    "Two lines over fifteen seconds, forwards up. The centre of mass drifts smoothly between a few "
    "millimetres in front of and behind its middle. The centre of pressure goes the same slow way, "
    "but swings quickly from one side of the centre of mass to the other, and goes farther "
    "out wherever the mass turns."
)


@cache
def recording(name: str) -> Recording:
    """Return the recording of a condition that all pictures share; 60 s at 100 samples a second."""
    if name not in CONDITIONS:
        raise ValueError(f"{name} is not among the conditions: {', '.join(CONDITIONS)}.")
    return record(CONDITIONS[name], SEEDS[name], SECONDS)


@cache
def sway_measures(name: str = "eyes open", seconds: int = SECONDS) -> SwayMeasures:
    """Return the measures of the first seconds of a condition's recording."""
    if not SHORTEST <= seconds <= SECONDS:
        raise ValueError(f"{seconds} s were not recorded; choose from {SHORTEST} to {SECONDS}.")
    full = recording(name)
    return measures(full.pressure[: round(seconds * full.rate) + 1], full.rate)


# --- The stabilogram --------------------------------------------------------------------------


def sway_map(condition: str = "eyes open", seconds: int = SECONDS) -> tuple[Figure, str]:
    """Draw the recording of a condition, its ellipses, and those of all conditions.

    The ellipses are made from one point a second, so that the points hang together less. Returns
    the figure, and in words what was measured in the first `seconds`.
    """
    found = sway_measures(condition, seconds)
    full = recording(condition)
    used = full.pressure[: round(seconds * full.rate) + 1]
    dots = used[:: round(full.rate)]
    fig, [near, far] = figures.panels(1, 2, 7.0, 4.3)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    near.set_position((0.1, 0.13, 0.385, 0.7))
    far.set_position((0.575, 0.13, 0.415, 0.7))
    # Every fourth sample is enough for the eye, and quicker to draw.
    near.plot(used[::4, 1], used[::4, 0], color="0.6", linewidth=0.8, linestyle="-")
    near.plot(dots[:, 1], dots[:, 0], ".", color="0.15", markersize=4)
    outer = ellipse_outline(dots, prediction_scale(len(dots)))
    inner = ellipse_outline(dots, confidence_scale(len(dots)))
    near.plot(outer[:, 1], outer[:, 0], color=figures.BLUE, linestyle="-")
    near.fill(inner[:, 1], inner[:, 0], facecolor=figures.ORANGE, edgecolor=figures.BLACK,
              linewidth=1.2, zorder=4)  # fmt: skip
    middle, reach = dots.mean(axis=0), 1.62 * abs(outer - dots.mean(axis=0)).max()
    near.set(xlim=(middle[1] - reach, middle[1] + reach),
             ylim=(middle[0] - reach, middle[0] + reach))  # fmt: skip
    _label(near, "prediction ellipse:\n95 % of the points", outer[90], (0.98, 0.985))
    _label(near, "confidence ellipse: the mean", inner[30], (0.98, 0.02))
    near.set_title(f"{condition}, {seconds} s", weight="normal", fontsize=11, pad=5)
    near.set(xlabel="sideways (mm)", ylabel="forwards (mm)")
    near.yaxis.set_label_coords(-0.17, 0.5)
    near.locator_params(nbins=4)  # each number on an axis takes its time
    _all_conditions(far, condition)
    spread, mean = prediction_ellipse_area(dots), confidence_ellipse_area(dots)
    fig.suptitle(
        f"The points fill {spread:.0f} mm², the mean is known to within {mean:.0f} mm²",
        x=0.02, y=0.965, ha="left", fontsize=12, weight="bold",
    )  # fmt: skip
    return fig, (
        f"{_capital(condition)}, {seconds} s: the point went {found.path:.0f} mm, which is "
        f"{found.velocity:.1f} mm a second. Spread (RMS): {found.rms_ap:.1f} mm forwards and "
        f"{found.rms_ml:.1f} mm sideways. From {len(dots)} points, one a second: prediction "
        f"ellipse {spread:.0f} mm², confidence ellipse of the mean {mean:.0f} mm²."
    )


def explore_sway() -> None:
    """Show the recording with a menu of conditions and a slider for the time."""
    figures.explore(
        sway_map,
        SWAY_ALT,
        "Centre of pressure from above, simulated (the authors' own model and calibration).",
        condition=figures.Choice("Standing", {_capital(name): name for name in CONDITIONS}),
        seconds=figures.Slider("Time used", SHORTEST, SECONDS, SECONDS, "seconds", 5),
    )


def _all_conditions(ax: Axes, chosen: str) -> None:
    """Draw the prediction ellipses of all conditions about one middle, the chosen one bold."""
    heights = dict(zip(STYLES, (-72, -30, 22, 68), strict=True))
    for name, (colour, line) in STYLES.items():
        dots = recording(name).pressure[::100]
        dots = dots - dots.mean(axis=0)
        outline = ellipse_outline(dots, prediction_scale(len(dots)))
        wide = 3.4 if name == chosen else 1.6
        ax.plot(outline[:, 1], outline[:, 0], color=colour, linestyle=line, linewidth=wide)
        # The line to the words leaves the ellipse on its right, at a height of its own.
        reach = outline[:, 1] - 0.25 * abs(outline[:, 0] - heights[name])
        touch = outline[reach.argmax()]
        # A line of one's own: that of `annotate` takes ten times as long to draw.
        ax.plot([touch[1], 58], [touch[0], heights[name]], color=colour, linestyle="-", linewidth=1)
        ax.text(60, heights[name], name.replace(", ", ",\n"), va="center", fontsize=9.5,
                weight="bold" if name == chosen else "normal")  # fmt: skip
    ax.set(xlim=(-62, 128), ylim=(-95, 95), xlabel="sideways (mm)")
    ax.set_title("all four on one scale, 60 s", weight="normal", fontsize=11, pad=5)
    ax.set_xticks([-50, 0, 50])
    ax.set_yticks([-50, 0, 50])


def _label(ax: Axes, words: str, place: Floats, corner: tuple[float, float]) -> None:
    """Write words in a corner, with a line to a place given as forwards and sideways."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    above = corner[1] > 0.5
    start = (left + 0.72 * (right - left), low + (0.865 if above else 0.085) * (high - low))
    ax.plot([start[0], place[1]], [start[1], place[0]], color="0.25", linestyle="-",
            linewidth=1, zorder=5)  # fmt: skip
    ax.text(*corner, words, transform=ax.transAxes, ha="right", va="top" if above else "bottom",
            fontsize=9.5)  # fmt: skip


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


# --- Pressure and mass ------------------------------------------------------------------------


def pressure_and_mass(start: float = 20.0, seconds: float = 15.0) -> tuple[Figure, str]:
    """Draw both centres over some seconds of standing with eyes open, forwards and backwards.

    Returns the figure, and in words how far each went.
    """
    full = recording("eyes open")
    part = slice(round(start * full.rate), round((start + seconds) * full.rate) + 1)
    pressure, mass = full.pressure[part, 0], full.mass[part, 0]
    middle = mass.mean()
    fig, ax = figures.figure(7.0, 3.6)
    fig.set_layout_engine("none")
    ax.set_position((0.085, 0.15, 0.905, 0.745))
    times = [n / full.rate for n in range(len(mass))]
    ax.plot(times, pressure - middle, color=figures.VERMILION, linewidth=1.1, linestyle="-")
    ax.plot(times, mass - middle, color=figures.BLUE, linewidth=3, linestyle="-")
    # Both names stand to the right of the pressure's last high peak, beside their lines.
    peak = int(np.flatnonzero(pressure > 0.95 * pressure.max())[-1])
    fallen = peak + int(np.argmax(mass[peak:] < middle + 2))
    for words, colour, now, height in (
        ("centre of pressure", figures.VERMILION, peak, pressure[peak] - middle),
        ("centre of mass", figures.BLUE, fallen, 2),
    ):
        ax.text(times[now] + 0.25, height, words, color=colour, va="center", weight="bold")
    ax.set(xlabel="time (s)", ylabel="forwards (mm)", xlim=(0, seconds))
    ways = [float(abs(line[1:] - line[:-1]).sum()) for line in (pressure, mass)]
    ax.set_title("The pressure passes the mass on either side and turns it back")
    return fig, (
        f"In {seconds:.0f} seconds the centre of pressure went {ways[0]:.0f} mm back and forth, "
        f"the centre of mass {ways[1]:.0f} mm."
    )


def show_pressure_and_mass() -> None:
    """Show both centres over fifteen seconds."""
    fig, reading = pressure_and_mass()
    figures.show(
        fig, TRACES_ALT, f"{reading} Simulated, eyes open (the authors' own model and calibration)."
    )
