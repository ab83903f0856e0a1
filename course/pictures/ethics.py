"""Pictures for the lesson on honest billing: an audit's counts, and cover without improvement."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.billing.audit_sample import (
    FELL_SHORT,
    MOST_IN_ALL_THREE,
    REASONS,
    SAMPLED,
    ways,
)
from course.billing.plateau import CHANGES, GOALS, PAYERS, QUESTIONS, SKILLS, Answer, judge
from course.pictures.paths import draw_arrow, draw_box

AUDIT_ALT = (
    "Horizontal bars on a scale from 0 to 300 claims. The sample of 300 divides into 184 that fell "
    "short of the rules and 116 that met them. Below, three bars that all start at 0: coding 145, "
    "record 112, need 91. Below them one bar of 184 claims, divided into those with one reason, "
    "with two and with three, as the slider sets it. In the last row stands that intent was not "
    "examined."
)
PLATEAU_ALT = (
    "At the top, beside the path, a box on what the last weeks brought, with no arrow from it. "
    "Below it three questions in boxes, one under the other: who pays, what the goal is, whose "
    "skill it takes. Each has a way out to the right: read the contract, not covered as it stands, "
    "visits not covered but teaching may be. Under the last stand two boxes, the track to regain "
    "and the track to keep. "
    "Boxes and arrows on the path taken have thick black lines, all others thin dashed ones."
)

# --- The audit of 2018 -------------------------------------------------------------------------


def audit_counts(in_all_three: int = 0) -> tuple[Figure, str]:
    """Draw the published counts, and one division of the 184 that they allow.

    Returns the figure, and the division in words.
    """
    divided = ways(in_all_three)
    fig, ax = figures.figure(7.0, 4.6)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    ax.set_position((0.20, 0.12, 0.76, 0.79))
    rows = [
        "the sample",
        *(f"short in {n}" for n in REASONS),
        "reasons a claim\n(assumed)",
        "intent",
    ]
    places = [0.0, 1.25, 2.1, 2.95, 4.2, 5.2]
    ax.set(xlim=(0, SAMPLED), ylim=(5.6, -0.5), xlabel="claims", yticks=places, yticklabels=rows)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_title(f"{FELL_SHORT} of {SAMPLED} claims fell short; intent was not examined", x=-0.24)
    _bar(ax, 0, 0, FELL_SHORT, f"{FELL_SHORT} fell short", "#F3C4A4")
    _bar(ax, 0, FELL_SHORT, SAMPLED - FELL_SHORT, f"{SAMPLED - FELL_SHORT} met the rules",
         "white")  # fmt: skip
    for place, count in zip(places[1:4], REASONS.values(), strict=True):
        _bar(ax, place, 0, count, str(count), "#F3C4A4")
    ax.annotate("one claim can stand\nin two or three of these", (150, places[2]), va="center",
                color=figures.GREY)  # fmt: skip
    left = 0
    for count, words, fill in (
        (divided.one, "one", "white"),
        (divided.two, "two", "#CFE6F5"),
        (divided.three, "three", "#FBE3B5"),
    ):
        _bar(ax, places[4], left, count, f"{words}: {count}" if count >= 38 else "", fill)
        if 0 < count < 38:  # its words find no room inside
            side, at = ("left", left) if left == 0 else ("center", left + count / 2)
            ax.text(at, places[4] - 0.42, f"{words}: {count}", ha=side, va="bottom",
                    fontsize=10)  # fmt: skip
        left += count
    ax.text(2, places[5], "not examined", va="center", style="italic")
    return fig, (
        f"If {in_all_three} claims fell short in all three ways, {divided.two} did in just two and "
        f"{divided.one} in just one: {divided.several} in more than one. Any number from 0 to "
        f"{MOST_IN_ALL_THREE} fits what was published."
    )


def explore_audit() -> None:
    """Show the audit's counts with a slider for the one number that would settle the overlap."""
    figures.explore(
        audit_counts,
        AUDIT_ALT,
        "A federal sample of outpatient physical therapy claims, July to December 2013, published "
        "in 2018 (S32b). The last bar is our own arithmetic.",
        in_all_three=figures.Slider(
            "Short in all three ways", 0, MOST_IN_ALL_THREE, 0, "claims, assumed"
        ),
    )


def _bar(ax: Axes, place: float, left: float, width: float, words: str, fill: str) -> None:
    ax.barh(place, width, left=left, height=0.66, facecolor=fill,
            edgecolor=figures.BLACK, linewidth=1.0)  # fmt: skip
    ax.text(left + width / 2, place, words, ha="center", va="center")


# --- Cover without improvement -----------------------------------------------------------------

_WIDTH, _HEIGHT = 7.0, 5.2
_LEFT, _RIGHT = (0.1, 4.4), (4.95, 1.95)  # where a column begins, and how wide it is
_TOPS = (3.72, 2.72, 1.72)
_TALL = 0.72
_WAYS_OUT = (
    "read that\ncontract",
    "not covered\nas it stands",
    "visits not covered;\nteaching may be",
)
_TRACKS = {"regain": "can be covered:\nto regain", "keep": "can be covered:\nto keep"}
_HEADINGS = tuple(f"{n} {asked}" for n, asked in enumerate(QUESTIONS, start=1))


def plateau_path(
    change: str = "same", payer: str = "medicare", goal: str = "keep", skill: str = "therapist"
) -> tuple[Figure, str]:
    """Draw the three questions and the path that these answers take.

    Returns the figure, and the path in words.
    """
    answer = judge(change, payer, goal, skill)
    fig, ax = figures.figure(_WIDTH, _HEIGHT)
    fig.set_layout_engine("none")
    ax.set_position((0, 0, 1, 1))
    ax.set(xlim=(0, _WIDTH), ylim=(0, _HEIGHT))
    ax.axis("off")
    ax.text(0.1, 4.94, _finding(answer), fontsize=12, weight="bold")
    draw_box(ax, (_LEFT[0], 4.12), (_LEFT[1], 0.6), taken=False)
    ax.text(0.25, 4.42, f"The last weeks brought: {CHANGES[change]}", va="center")
    ax.text(_RIGHT[0], 4.42, "not asked", va="center", style="italic", color=figures.GREY)
    given = (PAYERS[payer], GOALS[goal], SKILLS[skill])
    leaves = 0 if answer.cover == "can be covered" else answer.settled_at
    for n, words in enumerate(given, start=1):
        asked = n <= answer.settled_at
        low = _TOPS[n - 1] - _TALL
        colour = figures.BLACK if asked else figures.GREY
        draw_box(ax, (_LEFT[0], low), (_LEFT[1], _TALL), asked)
        ax.text(0.25, low + 0.49, _HEADINGS[n - 1], weight="bold", color=colour, va="center")
        ax.text(0.5, low + 0.21, words if asked else "not asked", color=colour, va="center")
        draw_box(ax, (_RIGHT[0], low), (_RIGHT[1], _TALL), n == leaves, ends=n == leaves)
        ax.text(_RIGHT[0] + _RIGHT[1] / 2, low + _TALL / 2, _WAYS_OUT[n - 1], ha="center",
                va="center", color=figures.BLACK if n == leaves else figures.GREY)  # fmt: skip
        draw_arrow(ax, (sum(_LEFT), low + _TALL / 2), (_RIGHT[0], low + _TALL / 2), n == leaves)
        if n < len(given):
            draw_arrow(ax, (0.8, low), (0.8, _TOPS[n]), asked and n != leaves)
    for place, (track, words) in enumerate(_TRACKS.items()):
        taken = not leaves and answer.track == track
        left = 0.1 + 2.3 * place
        draw_box(ax, (left, 0.1), (2.1, 0.62), taken, ends=taken)
        ax.text(left + 1.05, 0.41, words, ha="center", va="center",
                color=figures.BLACK if taken else figures.GREY)  # fmt: skip
        draw_arrow(ax, (left + 1.05, _TOPS[2] - _TALL), (left + 1.05, 0.72), taken)
    return fig, _in_words(given, change, answer)


def explore_plateau() -> None:
    """Show the three questions with a menu for each, and one for what has changed."""
    figures.explore(
        plateau_path,
        PLATEAU_ALT,
        "Cover under US Medicare, as three questions (the authors' own model, no decision on any "
        "real case). Thick lines: the path taken.",
        change=figures.Choice(
            "The last weeks brought", {words: key for key, words in CHANGES.items()}
        ),
        payer=figures.Choice(_HEADINGS[0], {words: key for key, words in PAYERS.items()}),
        goal=figures.Choice(_HEADINGS[1], {words: key for key, words in GOALS.items()}),
        skill=figures.Choice(_HEADINGS[2], {words: key for key, words in SKILLS.items()}),
    )


def _finding(answer: Answer) -> str:
    if answer.cover == "can be covered":
        return f"The path leads to cover, on the track to {answer.track}"
    return f"The path ends at question {answer.settled_at}: {answer.cover}"


def _in_words(given: tuple[str, ...], change: str, answer: Answer) -> str:
    steps = [
        f"{asked} {words[0].upper()}{words[1:]}."
        for asked, words in zip(QUESTIONS, given[: answer.settled_at], strict=False)
    ]
    return f"{' '.join(steps)} {answer.why} What changed ({CHANGES[change]}) was not asked."
