"""Picture of the gains that hold a standing body up, and of how much it sways with each."""

from functools import cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course import figures
from course.physiology.balance import (
    CONDITIONS,
    INERTIA,
    TOPPLING,
    Floats,
    critical_delay,
    expected_sway,
    is_stable,
)

DAMPING = 300.0
"""N m s/rad, the damping on which the right panel looks: that of eyes open."""
NOISE = CONDITIONS["eyes open"].noise
STIFFEST = 3.0
"""Largest stiffness drawn, as a multiple of m g h."""
TALLEST = 20.0
"""Largest sway drawn, mm."""

STABILITY_ALT = (
    "Left, a map with stiffness to the right and damping upwards. The gains that hold the body up "
    "form a patch that begins just right of the stiffness that equals gravity, and is closed off "
    "to the right; a longer delay makes it smaller, until nothing is left. Right, the sway along "
    "one line of the map: as stiffness rises, sway falls from a steep wall, reaches a lowest "
    "point, and rises again to a second wall, beyond which the body falls."
)


def least_sway(delay: float) -> tuple[float, float, float] | None:
    """Return where a delay in seconds allows least sway along the line of damping 300.

    The stiffness that does (multiple of m g h), the sway there (mm), and the stiffness at which
    the body falls; None where no stiffness holds it up.
    """
    stiffness, sway = _along(delay)
    stands = np.isfinite(sway)
    if not stands.any():
        return None
    best = int(np.argmin(sway))
    last = float(stiffness[stands][-1])
    return float(stiffness[best]), float(sway[best]), last


@cache
def _along(delay: float) -> tuple[Floats, Floats]:
    coarse = np.linspace(1.02, STIFFEST, 199)
    stands = coarse[is_stable(coarse * TOPPLING, DAMPING, delay)]
    # Finer near the stiffness at which the body falls, where the sway rises like a wall.
    edge = stands[-1] + (coarse[1] - coarse[0]) * np.linspace(0, 1, 40)[1:] if stands.size else []
    stiffness = np.union1d(coarse, edge)
    stiffness = stiffness[stiffness <= STIFFEST]
    return stiffness, expected_sway(stiffness * TOPPLING, DAMPING, delay, NOISE)


@cache
def patch_outline(delay: float) -> tuple[Floats, Floats]:
    """Return the outline of the gains that stand at a delay in seconds; empty where none do.

    Stiffness as a multiple of m g h, damping in N m s/rad. On the edge the characteristic equation
    has a root iω, so K_P + iω K_D = (J ω² + m g h) e^(iωτ). The curve leaves K_P = m g h at ω = 0,
    and the patch ends where it comes back.
    """
    omega = np.linspace(1e-6, np.pi / 2 / delay, 800)
    size = INERTIA * omega**2 + TOPPLING
    stiffness = size * np.cos(omega * delay) / TOPPLING
    damping = size * np.sin(omega * delay) / omega
    back = int(np.argmax(stiffness < 1))
    if back:
        stiffness[back] = 1  # the point beside it is close enough
        back += 1
    return stiffness[:back], damping[:back]


def stability_map(delay: int = 150, stiffness: float = 1.4) -> tuple[Figure, str]:
    """Draw the gains that hold the body up at a delay in ms, and the sway along one line.

    `stiffness` (multiple of m g h) is marked in both panels. Returns the figure, and in words
    what happens there.
    """
    late = delay / 1000
    fig, [left, right] = figures.panels(1, 2, 7.0, 4.2)
    fig.set_layout_engine("none")
    left.set_position((0.105, 0.13, 0.385, 0.71))
    right.set_position((0.6, 0.13, 0.375, 0.71))
    steady = bool(is_stable(stiffness * TOPPLING, DAMPING, late))
    _draw_map(left, late, stiffness, steady)
    _draw_sway(right, late, stiffness, steady)
    fig.suptitle(_finding(late), x=0.02, y=0.97, ha="left", fontsize=12, weight="bold")
    return fig, _reading(delay, stiffness, steady)


def explore_stability() -> None:
    """Show the map with sliders for delay and stiffness."""
    figures.explore(
        stability_map,
        STABILITY_ALT,
        "Standing as a pendulum with late feedback (the authors' own model).",
        delay=figures.Slider("Delay", 100, 400, 150, "milliseconds", 10),
        stiffness=figures.Slider("Stiffness", 0.9, STIFFEST, 1.4, "times gravity", 0.05),
    )


def _finding(late: float) -> str:
    best = least_sway(late)
    if best is None:
        return "So late an answer cannot hold this body up at damping 300"
    if best[2] >= STIFFEST:
        return "So quick an answer bears every stiffness that is drawn here"
    return f"Steadiest at {best[0]:.2f} times gravity; from {best[2]:.2f} on the body falls"


def _reading(delay: int, stiffness: float, steady: bool) -> str:
    start = f"An answer {delay} ms late, stiffness {stiffness:.2f} times gravity, damping 300: "
    best = least_sway(delay / 1000)
    if not steady:
        why = (
            "gravity is stronger than the ankles"
            if stiffness <= 1
            else "the answers come too late, and each swing is larger than the last"
        )
        hope = "" if best else " At this damping no stiffness would hold it."
        return f"{start}the body falls, because {why}.{hope}"
    sway = float(expected_sway(stiffness * TOPPLING, DAMPING, delay / 1000, NOISE))
    low = f" Least sway is {best[1]:.1f} mm, at {best[0]:.2f}." if best else ""
    return f"{start}it stands and sways by {sway:.1f} mm (RMS).{low}"


def _draw_map(ax: Any, late: float, stiffness: float, steady: bool) -> None:
    across, up = patch_outline(late)
    ax.fill(across, up, facecolor="#CFE8F5", edgecolor=figures.BLUE, linewidth=2)
    seen = np.clip(across, 1, STIFFEST), np.clip(up, 0, 900)
    if across.size and np.ptp(seen[0]) * np.ptp(seen[1]) > 160:
        ax.text(1 + 0.42 * np.ptp(seen[0]), (seen[1].min() + seen[1].max()) / 2 + 15, "stands",
                ha="center", va="bottom", color=figures.BLUE, weight="bold")  # fmt: skip
    if critical_delay(1.7 * TOPPLING, 825) < late:  # the patch stays clear of the words
        ax.text(0.97, 0.985, "falls: swings grow", transform=ax.transAxes, ha="right", va="top")
    ax.text(0.8, 640, "falls: gravity wins", rotation=90, ha="center", va="center")
    ax.axhline(DAMPING, color="0.35", linewidth=1, linestyle=":")
    ax.axvline(1, color="0.35", linewidth=1, linestyle=":")
    _mark(ax, stiffness, DAMPING, steady)
    ax.set(xlim=(0.6, STIFFEST), ylim=(0, 900), xticks=[1, 2, 3], yticks=[0, 300, 600, 900])
    ax.set_xlabel("stiffness (times gravity)")
    ax.set_ylabel("damping (N m s/rad)")
    ax.set_title("which gains hold the body up", weight="normal", fontsize=11, pad=5)


def _draw_sway(ax: Any, late: float, stiffness: float, steady: bool) -> None:
    across, sway = _along(late)
    stands = np.isfinite(sway)
    drawn = [across[stands], sway[stands]]
    if stands.any() and not stands.all():
        # Where the body falls, sway grows without end: the wall goes up out of the picture.
        drawn = [np.append(drawn[0], drawn[0][-1]), np.append(drawn[1], 2 * TALLEST)]
    ax.plot(*drawn, color=figures.BLUE, linestyle="-")
    ax.set(xlim=(0.6, STIFFEST), ylim=(0, TALLEST), xticks=[1, 2, 3], yticks=[0, 10, 20])
    ax.axvspan(0.6, 1, facecolor="0.9", linewidth=0)
    ax.text(0.8, TALLEST / 2, "falls", rotation=90, ha="center", va="center")
    best = least_sway(late)
    if best is None:
        ax.axvspan(1, STIFFEST, facecolor="0.9", linewidth=0)
        ax.text(2, TALLEST / 2, "falls at every stiffness", ha="center")
    else:
        if best[2] < STIFFEST - 0.01:
            ax.axvspan(best[2], STIFFEST, facecolor="0.9", linewidth=0)
            if best[2] < STIFFEST - 0.15:
                ax.text((best[2] + STIFFEST) / 2, TALLEST / 2, "falls", rotation=90,
                        ha="center", va="center")  # fmt: skip
        if best[0] < STIFFEST - 0.05 and best[1] < TALLEST - 1:
            beside = best[2] < STIFFEST - 0.4
            place = (best[2] + 0.07 if beside else 2.0, best[1] if beside else best[1] + 5)
            ax.plot([best[0], place[0] - 0.03], [best[1], place[1]], color=figures.BLUE,
                    linestyle="-", linewidth=1)  # fmt: skip
            ax.text(*place, "least\nsway", va="center", color=figures.BLUE)
    if steady:
        height = float(expected_sway(stiffness * TOPPLING, DAMPING, late, NOISE))
        _mark(ax, stiffness, min(height, TALLEST - 0.4), True)
    ax.set_xlabel("stiffness (times gravity)")
    ax.set_ylabel("sway of the mass, RMS (mm)", labelpad=2)
    ax.set_title("sway along the dotted line", weight="normal", fontsize=11, pad=5)


def _mark(ax: Any, x: float, y: float, steady: bool) -> None:
    face = "white" if steady else figures.VERMILION
    ax.plot(x, y, marker="o" if steady else "X", markersize=10, markerfacecolor=face,
            markeredgecolor=figures.BLACK, markeredgewidth=1.8, clip_on=False)  # fmt: skip
