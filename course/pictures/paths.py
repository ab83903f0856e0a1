"""Boxes, lines and arrows of a path through questions: thick where it was taken, thin elsewhere."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course import figures

Point = tuple[float, float]


def draw_box(ax: Axes, corner: Point, size: Point, taken: bool, ends: bool = False) -> None:
    """Draw a box from its lower left corner; the one in which the path `ends` is filled."""
    ax.add_patch(
        Rectangle(
            corner, *size, facecolor=figures.YELLOW if ends else "white",
            edgecolor=figures.BLACK if taken else "0.6", zorder=3 if taken else 2, **_stroke(taken),
        )
    )  # fmt: skip


def draw_line(ax: Axes, points: Sequence[Point], taken: bool) -> None:
    """Draw a line from point to point."""
    xs, ys = zip(*points, strict=True)
    ax.plot(xs, ys, color=figures.BLACK if taken else "0.6", zorder=1.5 if taken else 1,
            **_stroke(taken))  # fmt: skip


def draw_arrow(ax: Axes, start: Point, end: Point, taken: bool) -> None:
    """Draw an arrow, from edge to edge of what it joins."""
    ax.annotate(
        "", xy=end, xytext=start, zorder=1.5 if taken else 1,
        arrowprops={
            "arrowstyle": "-|>", "mutation_scale": 18 if taken else 10, "shrinkA": 0, "shrinkB": 0,
            "color": figures.BLACK if taken else "0.6", **_stroke(taken),
        },
    )  # fmt: skip


def _stroke(taken: bool) -> dict[str, Any]:
    return {"linewidth": 2.6 if taken else 1.0, "linestyle": "-" if taken else "--"}
