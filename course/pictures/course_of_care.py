"""The capstone's patient in pictures: her scores week by week, and a morning in dispute.

Signe Lindqvist, Paolo Rossi and all that happens to them are invented. What a change on the
Mini-BESTest has to reach comes from `course.physiology.outcomes`, dates and minutes from
`course.billing`.
"""

from datetime import date, timedelta
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.billing.plan_of_care import certified_until, reports_due
from course.billing.timeline import clock, read_clock, read_log
from course.physiology.outcomes import measure

SCORES = {0: 17, 5: 19, 10: 22, 16: 22}
"""Week of treatment: points on the Mini-BESTest, 0 to 28, more is better."""

FIRST_DAY = date(2026, 3, 2)
PLANNED_WEEKS = 10
RENEWED_WEEKS = 6
LAST_WEEK = PLANNED_WEEKS + RENEWED_WEEKS

WEEKS_ALT = (
    "Two panels over 16 weeks of treatment. Above, Signe Lindqvist's points on the Mini-BESTest as "
    "far as they are known in the chosen week: 17 at first, 19 in week 5, 22 in weeks 10 and 16. A "
    "dotted line lies 3.4 points above the first score, the error found in Parkinson's disease; a "
    "band lies 3.4 to 4.0 points above it, what matters there. Below, a mark for each of two "
    "visits a week, a square at every tenth one, where a report is due, and a bar for the ten "
    "weeks that the plan is certified, followed from week 10 on by one for six weeks more."
)
MORNING_ALT = (
    "Timeline of one morning with three lanes. Signe Lindqvist's minutes as drafted last from 9:00 "
    "to 9:46, in three parts of 23, 14 and 9 minutes. Paolo Rossi's last until 10:02, and their "
    "beginning can be moved. Where both are claimed at once, the bars and the therapist's own "
    "clock below are hatched."
)


# --- Sixteen weeks ---------------------------------------------------------------------------


def weeks_of_care(week: int = 5) -> tuple[Figure, str]:
    """Draw what is known in a week of her treatment, 0 to 16, and say it in a sentence."""
    if not 0 <= week <= LAST_WEEK:
        raise ValueError(f"Her treatment lasts {LAST_WEEK} weeks: give a week from 0 to 16.")
    fig, (scores, visits) = figures.panels(2, 1, 7.0, 4.6)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    scores.set_position((0.12, 0.42, 0.85, 0.49))
    visits.set_position((0.12, 0.12, 0.85, 0.22))
    known = {w: points for w, points in SCORES.items() if w <= week}
    change = known[max(known)] - SCORES[0]
    _draw_scores(scores, known)
    scores.set_title(f"Week {week}: {change} points above the first visit" if change
                     else f"Week {week}: no second score yet")  # fmt: skip
    _draw_visits(visits, week)
    return fig, _weeks_in_words(week, known)


def explore_weeks() -> None:
    """Show her weeks of treatment with a slider for the week."""
    figures.explore(
        weeks_of_care,
        WEEKS_ALT,
        "An invented patient's scores and visits, as far as they are known in the chosen week.",
        week=figures.Slider("Week of treatment", 0, LAST_WEEK, 5, "weeks"),
    )


def _draw_scores(ax: Axes, known: dict[int, int]) -> None:
    first = SCORES[0]
    low, high = _matters()
    ax.axhspan(first + low, first + high, color=figures.SKY_BLUE, alpha=0.45, linewidth=0)
    ax.axhline(first + _error(), color=figures.BLACK, linestyle=":", linewidth=1.5)
    ax.text(-0.5, first + high + 0.15, f"what matters: {low:.1f} to {high:.1f} more",
            va="bottom", size=9.5)  # fmt: skip
    ax.text(LAST_WEEK + 0.6, first + _error() - 0.2, f"error alone: up to {_error():.1f} more",
            ha="right", va="top", size=9.5)  # fmt: skip
    places = [_place(week) for week in known]
    ax.plot(places, list(known.values()), marker="o", markersize=9, color=figures.BLUE)
    for place, points in zip(places, known.values(), strict=True):
        ax.text(place, points + 0.45, str(points), ha="center", va="bottom", weight="bold")
    ax.set(xlim=(-0.8, LAST_WEEK + 0.8), ylim=(15, 24.5), ylabel="Mini-BESTest, points",
           xticks=[])  # fmt: skip


def _draw_visits(ax: Axes, week: int) -> None:
    days = _treatment_days(week)
    due = reports_due(days)
    shown = [(d - FIRST_DAY).days / 7 for d in days if d not in due]
    ax.plot(shown, [0] * len(shown), linestyle="none", marker="|", markersize=13,
            color=figures.BLUE)  # fmt: skip
    ax.plot([(d - FIRST_DAY).days / 7 for d in due], [0] * len(due), linestyle="none", marker="s",
            markersize=11, markerfacecolor=figures.YELLOW,
            markeredgecolor=figures.BLACK)  # fmt: skip
    ax.text(LAST_WEEK + 0.6, -0.62, "square: a report is due", ha="right", size=9.5)
    begin = FIRST_DAY
    for weeks, words in ((PLANNED_WEEKS, "certified"), (RENEWED_WEEKS, "certified again")):
        if (begin - FIRST_DAY).days > 7 * week:
            break
        end = certified_until(begin, 7 * weeks)
        left, wide = (begin - FIRST_DAY).days / 7, (end - begin).days / 7
        ax.barh(1, wide, 0.5, left, color=figures.GREEN, alpha=0.55, edgecolor="0.3")
        ax.text(left + wide / 2, 1, words, ha="center", va="center", size=9.5)
        begin = end
    ax.set(xlim=(-0.8, LAST_WEEK + 0.8), ylim=(1.6, -0.7), yticks=[0, 1],
           xticks=range(0, LAST_WEEK + 1, 2), xlabel="Weeks from the first treatment")  # fmt: skip
    ax.set_yticklabels(["visits", "plan"])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _treatment_days(week: int) -> list[date]:
    """Two visits a week, Monday and Thursday, up to the end of a week of treatment."""
    return [FIRST_DAY + timedelta(weeks=w, days=d) for w in range(week) for d in (0, 3)]


def _place(week: int) -> float:
    """Where a score stands, in weeks from the first treatment: at the last visit of its week."""
    return (_treatment_days(week)[-1] - FIRST_DAY).days / 7 if week else 0.0


def _weeks_in_words(week: int, known: dict[int, int]) -> str:
    days = _treatment_days(week)
    last = max(known)
    change = known[last] - SCORES[0]
    low, high = _matters()
    score = (
        f"the last score, {known[last]} in week {last}, is {change} points above the first. In "
        f"Parkinson's disease error alone may make up to {_error():.1f} points, and "
        f"{low:.1f} to {high:.1f} matter"
        if change
        else f"the score is {SCORES[0]}, and there is none to compare it with"
    )
    reports = len(reports_due(days))
    many = {0: "no progress report has", 1: "1 progress report has"}.get(
        reports, f"{reports} progress reports have"
    )
    return f"Week {week}, {len(days)} visits: {score}. So far {many} been due."


def _error() -> float:
    """The least change that exceeds one rater's error after a week, in points."""
    found = measure("mini-bestest-parkinson").mdc
    assert found is not None
    return found[0]


def _matters() -> tuple[float, float]:
    """The change that matters in Parkinson's disease, a range in points."""
    found = measure("mini-bestest-parkinson").mcid
    assert found is not None
    return found


# --- A morning in dispute ----------------------------------------------------------------------

PARTS = (("NMR", 23), ("THERACT", 14), ("THEREX", 9))
"""Ms Lindqvist's drafted minutes from 9:00 on, service by service."""


def disputed_morning(start: int = 37) -> tuple[Figure, str]:
    """Draw the morning with Mr Rossi's treatment beginning `start` minutes after 9:00, 15 to 55.

    Returns the figure and a sentence with her minutes that are sure.
    """
    if not 15 <= start <= 55:
        raise ValueError(
            f"Mr Rossi's treatment: {start} minutes lie outside the picture, 15 to 55."
        )
    nine, drafted = read_clock("9:00"), sum(minutes for _, minutes in PARTS)
    log = read_log(
        [
            ("Signe Lindqvist", "therapist", "therapist", nine, nine + drafted),
            ("Paolo Rossi", "therapist", "therapist", nine + start, read_clock("10:02")),
        ]
    )
    contested = log.contested_minutes("therapist")
    sure = log.minutes("Signe Lindqvist").therapist
    fig, ax = figures.figure(7.0, 3.3)
    fig.set_layout_engine("none")
    ax.set_position((0.15, 0.17, 0.82, 0.69))
    left = nine
    for name, minutes in PARTS:
        _bar(ax, 0, left, left + minutes, nine + start)
        ax.text(left + minutes / 2, -0.42, f"{name} {minutes}", ha="center", va="bottom", size=9.5)
        left += minutes
    ends = nine + drafted
    _bar(ax, 1, nine + start, read_clock("10:02"), read_clock("10:02"), until=ends)
    _bar(ax, 2, nine, ends, nine + start)
    if ends < read_clock("10:02"):
        _bar(ax, 2, max(ends, nine + start), read_clock("10:02"), read_clock("10:02"))
    ax.set(xlim=(nine - 1, nine + 66), ylim=(2.5, -0.75), yticks=[0, 1, 2])
    ax.set_yticklabels(["Lindqvist", "Rossi", "therapist's\nclock"])
    ticks = range(nine, nine + 61, 10)
    ax.set_xticks(list(ticks), [clock(t) for t in ticks])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("Time of day")
    many = {0: "No minute is", 1: "1 minute is"}.get(contested, f"{contested} minutes are")
    ax.set_title(f"{many} written down for two people")
    return fig, (
        f"Mr Rossi from {clock(nine + start)}: {many[0].lower()}{many[1:]} written down for two "
        f"people, and {sure} of Ms Lindqvist's {drafted} minutes are hers for sure."
    )


def explore_disputed_morning() -> None:
    """Show the morning with a slider for the beginning of Mr Rossi's treatment."""
    figures.explore(
        disputed_morning,
        MORNING_ALT,
        "One therapist's one-on-one minutes as two invented notes claim them. Hatched: both do.",
        start=figures.Slider("Mr Rossi begins after 9:00", 15, 55, 37, "minutes"),
    )


def _bar(
    ax: Axes, lane: int, start: int, end: int, clash_from: int, until: int | None = None
) -> None:
    """Draw a bar; hatched from `clash_from` on, or up to `until` where that is given."""
    style: Any = {"height": 0.55, "edgecolor": "0.2", "linewidth": 0.9}
    a, b = (start, min(until, end)) if until is not None else (max(clash_from, start), end)
    ax.barh(lane, end - start, left=start, color=figures.SKY_BLUE, **style)
    if a < b:
        ax.barh(lane, b - a, left=a, color=figures.ORANGE, hatch="////", **style)
