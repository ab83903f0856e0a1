"""Two gates for a change: is it real, and does it matter? One row for each population."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course import figures
from course.physiology.outcomes import Answer, Measure, Span, judge, populations

TESTS = ("Mini-BESTest", "Fugl-Meyer, arm")
LARGEST = 14  # points that the slider reaches

GATES_ALT = (
    "Three rows, one for each group of patients in whom a test was studied, along an axis of "
    "change in points. A thick line runs from zero to the chosen change. Where a study gave "
    "it, a tall solid post marks the smallest change that is real, and a lower hatched block "
    "the smallest change that matters, as wide as the range that was found. The posts stand "
    "in other places in each row. To the right of each row stand two answers, real and "
    "matters."
)


def two_gates(test: str = TESTS[0], change: int = 4) -> tuple[Figure, str]:
    """Draw one change of a test beside the thresholds of every population.

    `test` is one of `TESTS`, `change` from 0 to `LARGEST` points. Returns the figure, and the
    verdicts in words.
    """
    if test not in TESTS:
        raise ValueError(f"{test} is not one of {', '.join(TESTS)}.")
    if not 0 <= change <= LARGEST:
        raise ValueError(f"A change of {change} points lies outside the picture (0 to {LARGEST}).")
    rows = populations(test)
    fig, ax = figures.figure(7.0, 4.3)
    fig.set_layout_engine("none")
    ax.set_position((0.06, 0.125, 0.66, 0.745))
    for height, row in zip(range(len(rows) - 1, -1, -1), rows, strict=True):
        _row(ax, height, row, change)
    ax.set(xlim=(0, LARGEST + 0.5), ylim=(-0.45, len(rows) - 0.2), yticks=[])
    ax.set_xticks(range(0, LARGEST + 1, 2))
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("Change for the better (points)")
    fig.text(0.06, 0.935, _finding(test, change, rows), fontsize=12, weight="bold")
    fig.text(0.745, 0.885, "real?", weight="bold")
    fig.text(0.865, 0.885, "matters?", weight="bold")
    return fig, _in_words(test, change, rows)


def explore_gates() -> None:
    """Show the gates with a menu for the test and a slider for the change."""
    figures.explore(
        two_gates,
        GATES_ALT,
        "Thick line: the change. Solid post: MDC. Hatched block: MCID, a range where the source "
        "gives one (*: general knowledge, not cited). Each row is another group of patients.",
        test=figures.Choice("Test", {test: test for test in TESTS}),
        change=figures.Slider("Change", 0, LARGEST, 4, "points"),
    )


def _row(ax: Axes, height: int, row: Measure, change: int) -> None:
    verdict = judge(change, row.mdc, row.mcid)
    ax.text(0, height + 0.50, row.population, va="center", weight="bold")
    ax.plot([0, LARGEST + 0.5], [height, height], color="0.8", linewidth=1, linestyle="-")
    if row.mcid:
        _block(ax, height, row.mcid, "*" if row.general_knowledge else "")
    if row.mdc:
        low = row.mdc[0]
        ax.plot([low, low], [height - 0.27, height + 0.20], color=figures.BLACK, linewidth=4,
                linestyle="-", solid_capstyle="butt", zorder=3)  # fmt: skip
        ax.text(low - 0.25, height + 0.27, f"real: {low:g}", ha="right", va="center", fontsize=9.5)
    ax.plot([0, change], [height, height], color=figures.BLUE, linewidth=5, linestyle="-",
            solid_capstyle="butt", zorder=4)  # fmt: skip
    ax.plot(change, height, marker="o", markersize=9, color=figures.BLUE, zorder=5, clip_on=False)
    for place, answer in ((1.038, verdict.real), (1.22, verdict.matters)):
        ax.text(place, height, answer, transform=ax.get_yaxis_transform(), va="center",
                weight="bold" if answer == "yes" else "normal",
                color=figures.BLACK if answer in ("yes", "no") else figures.GREY)  # fmt: skip


def _block(ax: Axes, height: int, span: Span, mark: str) -> None:
    low, high = span
    wide = max(high - low, 0.12)
    ax.add_patch(
        Rectangle((low, height - 0.17), wide, 0.34, facecolor=figures.ORANGE, edgecolor="0.2",
                  hatch="////", linewidth=0.8, zorder=2)
    )  # fmt: skip
    words = f"matters: {low:g}" if low == high else f"matters: {low:g} to {high:g}"
    ax.text(low, height + 0.27, words + mark, va="center", fontsize=9.5)


def _finding(test: str, change: int, rows: list[Measure]) -> str:
    answers = {judge(change, row.mdc, row.mcid).matters for row in rows}
    points = "1 point matters" if change == 1 else f"{change} points matter"
    if answers == {"yes"}:
        return f"{test}: {points} in every row"
    if answers == {"no"}:
        return f"{test}: {points} in no row"
    return f"{test}: whether {points} depends on the row"


def _in_words(test: str, change: int, rows: list[Measure]) -> str:
    said = []
    for row in rows:
        verdict = judge(change, row.mdc, row.mcid)
        said.append(f"in {row.population} {_REAL[verdict.real]}, {_MATTERS[verdict.matters]}")
    points = "1 point" if change == 1 else f"{change} points"
    return f"A change of {points} on the {test}, row by row: " + "; ".join(said) + "."


_REAL: dict[Answer, str] = {
    "yes": "it is real",
    "no": "it is within error",
    "depends": "whether it is real depends on the mark",
    "unknown": "no MDC is known",
}
_MATTERS: dict[Answer, str] = {
    "yes": "it matters",
    "no": "it does not matter",
    "depends": "whether it matters depends on the mark",
    "unknown": "no MCID is known",
}
