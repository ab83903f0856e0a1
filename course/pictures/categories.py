"""Pictures for the categories of treatment: the four questions, and trials of named methods."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.billing.categories import (
    DEFICITS,
    INTENTS,
    QUESTIONS,
    Activity,
    Category,
    classify,
)
from course.pictures.forest import draw_intervals
from course.pictures.paths import draw_arrow, draw_box, draw_line

PATH_ALT = (
    "Four questions in boxes, one under the other: the deficit on record, the intent, the skill, "
    "and the patients at once with the one-on-one minutes. Each box has a "
    "way out to the right: test first, no fit, not skilled, group. Below the last question stand "
    "six categories in a row. Boxes and arrows on the path taken have thick black lines, all "
    "others thin dashed grey ones."
)
EVIDENCE_ALT = (
    "Two panels of trial results, each a point with its interval and a line for no difference. "
    "Above, other training against Bobath for leg activity after stroke, in standardised units: "
    "task-specific practice 0.48, interval 0.01 to 0.95, just to the right of the line; strength "
    "training 0.35, from -0.37 to 1.08, and a mix of treatments -0.06, from -0.73 to 0.61, both "
    "across the line. Below, neuromuscular against strengthening exercise in knee osteoarthritis, "
    "in millimetres of pain: 2.4, from -6.0 to 10.8, across the line."
)

_HEADINGS = tuple(f"{n} {asked}" for n, asked in enumerate(QUESTIONS, start=1))
_WAYS_OUT = (
    "none on record:\ntest first",
    "does not answer this\ndeficit: look again",
    "aide or relative:\nnot skilled therapy",
    "two or more:\ngroup (GROUP)",
)
_WIDTH, _HEIGHT = 7.0, 5.9  # inches, and the units in which the boxes are placed
_LEFT, _RIGHT = (0.1, 4.5), (5.0, 1.9)  # where a column begins, and how wide it is
_TOPS = (5.4, 4.3, 3.2, 2.1)  # upper edges of the four questions
_TALL = 0.74
_ROW = (0.25, 0.72)  # lower edge and height of the categories


# --- The four questions ------------------------------------------------------------------------


def category_path(
    deficit: str = "control", intent: str = "retrain", skilled: bool = True, patients: int = 1
) -> tuple[Figure, str]:
    """Draw the four questions and the path that these answers take to a category.

    Returns the figure, and the path in words.
    """
    category = classify(Activity("any activity", deficit, intent, skilled, 15, patients))
    fig, ax = figures.figure(_WIDTH, _HEIGHT)
    fig.set_layout_engine("none")
    ax.set_position((0, 0, 1, 1))
    ax.set(xlim=(0, _WIDTH), ylim=(0, _HEIGHT))
    ax.axis("off")
    ax.text(_LEFT[0], 5.6, _finding(category), fontsize=12, weight="bold")
    answers = (
        DEFICITS[deficit],
        INTENTS[intent].words,
        "only someone qualified" if skilled else "an aide or a relative",
        "one patient, all minutes" if patients == 1 else "two or more patients, no minutes",
    )
    for n, answer in enumerate(answers, start=1):
        _question(ax, n, answer, category)
    _categories(ax, category)
    return fig, _path_in_words(category)


def explore_categories() -> None:
    """Show the path with a menu for each of the four answers."""
    figures.explore(
        category_path,
        PATH_ALT,
        "The four questions that lead from an activity to its category (the authors' own model). "
        "Thick lines: the path taken.",
        deficit=figures.Choice(_HEADINGS[0], {words: key for key, words in DEFICITS.items()}),
        intent=figures.Choice(_HEADINGS[1], {i.words: key for key, i in INTENTS.items()}),
        skilled=figures.Choice(
            _HEADINGS[2], {"only someone qualified": True, "an aide or a relative": False}
        ),
        patients=figures.Choice(
            _HEADINGS[3], {"one patient, all minutes": 1, "two or more patients, no minutes": 2}
        ),
    )


def _finding(category: Category) -> str:
    if category.label is None:
        return f"The path ends at step {category.settled_at}: {category.name}"
    return f"The path leads to {category.name} ({category.label})"


def _path_in_words(category: Category) -> str:
    act = category.activity
    many = (
        "one, all minutes one-on-one" if act.patients == 1 else "two or more, no one-on-one minutes"
    )
    steps = (*category.steps[:3], f"Patients at once: {many}.")[: category.settled_at]
    label = f" ({category.label})" if category.label else ""
    return f"{' '.join(steps)} So: {category.name}{label}."


def _leaves_at(category: Category) -> int:
    """The question at which the path turns right; 0 where it reaches the row of categories."""
    return category.settled_at if category.label in (None, "GROUP") else 0


def _question(ax: Axes, n: int, answer: str, category: Category) -> None:
    """Draw one question with its answer, its way out, and the arrow down from it."""
    asked, leaves = n <= category.settled_at, n == _leaves_at(category)
    goes_on = asked and not leaves
    top, low = _TOPS[n - 1], _TOPS[n - 1] - _TALL
    draw_box(ax, (_LEFT[0], low), (_LEFT[1], _TALL), asked)
    colour = figures.BLACK if asked else figures.GREY
    ax.text(0.25, top - 0.24, _HEADINGS[n - 1], weight="bold", color=colour, va="center")
    ax.text(0.5, low + 0.22, answer if asked else "not asked", color=colour, va="center")
    draw_box(ax, (_RIGHT[0], low), (_RIGHT[1], _TALL), leaves, ends=leaves)
    ax.text(
        _RIGHT[0] + _RIGHT[1] / 2, low + _TALL / 2, _WAYS_OUT[n - 1], ha="center", va="center",
        color=figures.BLACK if leaves else figures.GREY,
    )  # fmt: skip
    middle = low + _TALL / 2
    draw_arrow(ax, (sum(_LEFT), middle), (_RIGHT[0], middle), leaves)
    if n < len(_HEADINGS):
        draw_arrow(ax, (0.8, low), (0.8, _TOPS[n]), goes_on)


def _categories(ax: Axes, category: Category) -> None:
    """Draw the row of categories, and the line that leads from the last question to one of them."""
    low, tall = _ROW
    wide = (_WIDTH - 0.2) / len(INTENTS)
    start, rail = _TOPS[-1] - _TALL, low + tall + 0.22
    reached = not _leaves_at(category)
    draw_line(ax, [(0.8, start), (0.8, rail)], reached)
    for place, intent in enumerate(INTENTS.values()):
        left = 0.1 + place * wide + 0.03
        centre = left + (wide - 0.06) / 2
        taken = reached and intent.label == category.label
        draw_box(ax, (left, low), (wide - 0.06, tall), taken, ends=taken)
        colour = figures.BLACK if taken else figures.GREY
        ax.text(centre, low + tall - 0.24, intent.category, ha="center", va="center", color=colour,
                fontsize=10)  # fmt: skip
        ax.text(centre, low + 0.22, intent.label, ha="center", va="center", color=colour,
                fontsize=10)  # fmt: skip
        draw_line(ax, [(0.8, rail), (centre, rail)], taken)
        draw_arrow(ax, (centre, rail), (centre, low + tall), taken)


# --- Trials of named methods -------------------------------------------------------------------


AGAINST_BOBATH = {
    "bobath-task": "task-specific\npractice",
    "bobath-strength": "strength\ntraining",
    "bobath-mix": "a mix of\ntreatments",
}
"""Leg activity after stroke: trials of `outcomes.evidence`, and what their rows are called."""

KNEE_PAIN = {"nexa-pain": "neuromuscular\nagainst strength"}
"""Pain in knee osteoarthritis, as above; which programme the sign favours is not known."""


def evidence_intervals() -> tuple[Figure, str]:
    """Draw what two studies found for named methods, each on its own scale.

    Returns the figure, and what it shows in words.
    """
    fig, (stroke, knee) = figures.panels(2, 1, 7.0, 5.8)
    fig.set_layout_engine("none")
    stroke.set_position((0.21, 0.54, 0.76, 0.385))
    knee.set_position((0.21, 0.115, 0.76, 0.165))
    draw_intervals(stroke, AGAINST_BOBATH, "{:.2f}")
    stroke.set(xlim=(-1.2, 1.2), xticks=[-1, -0.5, 0, 0.5, 1])
    stroke.set_xlabel("Standardised difference in leg activity")
    stroke.set_title("Stroke: task practice ahead, just clear of zero")
    for place, side, words in ((0, "left", "← Bobath better"), (1, "right", "the other better →")):
        stroke.text(place, -0.30, words, transform=stroke.transAxes, ha=side, va="center",
                    color=figures.GREY)  # fmt: skip
    draw_intervals(knee, KNEE_PAIN, "{:.1f}")
    knee.set(xlim=(-12, 12), xticks=range(-10, 11, 5))
    knee.set_xlabel("Difference in pain (mm, marked on a line of 100 mm)")
    knee.set_title("Knee osteoarthritis: no difference detected")
    return fig, EVIDENCE_ALT


def show_evidence() -> None:
    """Show the intervals of both studies."""
    figures.show(
        evidence_intervals()[0],
        EVIDENCE_ALT,
        "Differences with 95 % intervals. Filled squares: the interval leaves zero out. "
        "Open circles: it holds zero. Dotted line: no difference.",
    )
