"""Pictures of records: one therapist's minutes, whose time counts, and the dates of a plan."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.billing.plan_of_care import (
    DAYS_TO_CERTIFY,
    TREATMENT_DAYS_PER_REPORT,
    certified_until,
    initial_certification,
    reports_due,
)
from course.billing.timeline import DayLog, clock, read_clock, read_log

OVERLAP_ALT = (
    "Timeline of one invented therapist's morning from 9:00 to 10:20, a lane for each of three "
    "patients and one for the therapist's own clock. Ana's bar lasts from 9:00 to 9:30, Cem's from "
    "9:40 to 10:00; Bea's lasts 20 minutes and can be moved. Wherever two bars lie above one "
    "another, they and the therapist's clock are hatched: these minutes are contested."
)
ROLES_ALT = (
    "Timeline of one invented patient's 80 minutes, a lane for each person who treats: therapist, "
    "assistant, aide, student. Plain bars count, hatched ones do not. The therapist counts from "
    "9:00 to 9:30 and from 10:10 to 10:20, the assistant alone from 9:30 to 9:45. The aide from "
    "9:45 to 9:55 does not count, and the student counts only from 10:10, while Mara directs him."
)
PLAN_ALT = (
    "Calendar of an invented course of treatment, in days from the first one. A lane of dots shows "
    "the treatment days, every tenth of them a large square: there a reporting period ends. A "
    "second lane shows the 30 days for the physician's signature, and a marker where it is. "
    "A third shows how long the plan may be certified: as planned, but 90 days at most."
)

SURE = figures.SKY_BLUE
CLASH = figures.ORANGE
HATCH = "////"
LANE = 0.62  # height of a bar, where lanes are 1 apart


# --- One therapist, three patients -----------------------------------------------------------


def morning(start: int = 20) -> DayLog:
    """Return the log of the invented morning; Bea's 20 minutes begin `start` minutes after 9:00."""
    nine = read_clock("9:00")
    return read_log(
        [
            ("Ana", "Mara", "therapist", "9:00", "9:30"),
            ("Bea", "Mara", "therapist", nine + start, nine + start + 20),
            ("Cem", "Mara", "therapist", "9:40", "10:00"),
        ]
    )


def overlap(start: int = 20) -> tuple[Figure, str]:
    """Draw who is treated when, contested minutes hatched, and say what may be billed to whom.

    `start` is the minute after 9:00 at which Bea's 20 minutes begin, 0 to 60. Returns the figure
    and its sentence.
    """
    if not 0 <= start <= 60:
        raise ValueError(f"Bea's session: {start} minutes lie outside the picture (0 to 60).")
    log = morning(start)
    stretches = log.contested("Mara")
    fig, ax = _lanes([*log.patients, "Mara's\nclock"], read_clock("9:00"), read_clock("10:20"))
    for lane, row in enumerate(log.rows):
        own = [(s.start, s.end) for s in stretches if row.patient in s.patients]
        _bar(ax, lane, row.start, row.end, own)
        claimed, sure = row.minutes, log.minutes(row.patient).therapist
        _aside(ax, lane, f"claims {claimed},\n{sure} for sure")
    last = len(log.rows)
    for a, b in _union([(row.start, row.end) for row in log.rows]):
        _bar(ax, last, a, b, [(s.start, s.end) for s in stretches])
    ax.axhline(last - 0.5, color="0.6", linewidth=0.8)
    contested, passed = log.contested_minutes("Mara"), log.on_the_clock("Mara")
    _aside(ax, last, f"{passed} filled,\n{log.claimed('Mara')} claimed")
    ax.set_title(f"{_many(contested)} claimed for two patients at once")
    return fig, _overlap_in_words(log, contested)


def explore_overlap() -> None:
    """Show the morning with a slider for the beginning of Bea's session."""
    figures.explore(
        overlap,
        OVERLAP_ALT,
        "One-on-one minutes as an invented therapist's notes claim them. Hatched: contested.",
        start=figures.Slider("Bea begins after 9:00", 0, 60, 20, "minutes"),
    )


def _overlap_in_words(log: DayLog, contested: int) -> str:
    bea = log.rows[1]
    sure = ", ".join(f"{p} {log.minutes(p).therapist}" for p in log.patients)
    first = (
        f"Bea {clock(bea.start)} to {clock(bea.end)}: {log.claimed('Mara')} minutes are claimed, "
        f"and they fill {log.on_the_clock('Mara')} on Mara's clock; {contested} "
        f"{'is' if contested == 1 else 'are'} contested."
    )
    if not contested:
        return f"{first} One-on-one as claimed: {sure}."
    them = "The contested minute" if contested == 1 else f"Each of the {contested} contested ones"
    return (
        f"{first} One-on-one for sure: {sure}. {them} is one patient's at most, or a group for "
        "both; which, no arithmetic can tell."
    )


def _many(minutes: int) -> str:
    if minutes == 0:
        return "No minute is"
    return "1 minute is" if minutes == 1 else f"{minutes} minutes are"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = sorted({edge for span in spans for edge in span})
    return [(a, b) for a, b in pairwise(edges) if any(s <= a and b <= e for s, e in spans)]


# --- One patient, four people ----------------------------------------------------------------

DORA = (
    ("Dora", "Mara", "therapist", "9:00", "9:30"),
    ("Dora", "Lu", "assistant", "9:15", "9:45"),
    ("Dora", "Kit", "aide", "9:45", "9:55"),
    ("Dora", "Sam", "student", "9:55", "10:20"),
    ("Dora", "Mara", "therapist", "10:10", "10:20"),
)


def whose_minutes() -> tuple[Figure, str]:
    """Draw one patient's 80 minutes by who treated, and say how many of them count.

    Returns the figure and its sentence.
    """
    log = read_log(DORA)
    found = log.minutes("Dora")
    names = ["therapist\nMara", "assistant\nLu", "aide\nKit", "student\nSam"]
    lanes = {"Mara": 0, "Lu": 1, "Kit": 2, "Sam": 3}
    fig, ax = _lanes(names, read_clock("9:00"), read_clock("10:20"))
    for row in log.rows:
        by_role = {"aide": row.end, "student": read_clock("10:10")}  # then Mara comes and directs
        until = by_role.get(row.role, row.start)
        _bar(ax, lanes[row.clinician], row.start, row.end, [(row.start, until)])
    asides = (
        "counts",
        "counts; together\nonly once",
        "does not\ncount",
        "counts while\nMara directs",
    )
    for lane, words in enumerate(asides):
        _aside(ax, lane, words)
    for edge in ("9:15", "9:30", "9:45", "9:55", "10:10"):
        ax.axvline(read_clock(edge), color="0.75", linewidth=0.8, linestyle=":", zorder=0)
    ax.set_title(f"{found.timed} of Dora's 80 minutes count, {found.left_out} do not")
    return fig, (
        f"Therapist {found.therapist} minutes, assistant without her {found.assistant}, together "
        f"{found.timed} that count; {found.left_out} minutes with the aide or the student alone "
        "do not."
    )


def show_whose_minutes() -> None:
    """Show one patient's 80 minutes by who treated."""
    fig, reading = whose_minutes()
    figures.show(fig, ROLES_ALT, f"Under US Medicare Part B. {reading}")


# --- A plan and its dates --------------------------------------------------------------------

FIRST = date(2026, 3, 2)  # an invented Monday
WEEKDAYS = {1: (0,), 2: (0, 3), 3: (0, 2, 4)}
LAST_DAY = 118


def plan_dates(signed: int = 24, weeks: int = 12, per_week: int = 2) -> tuple[Figure, str]:
    """Draw the dates of a plan, and say whether its certification and its reports are in order.

    `signed` is the day of the physician's signature, 0 to 60, counted from the first treatment;
    `weeks` the planned duration, 2 to 16; `per_week` the visits, 1 to 3. Returns the figure and
    its sentence.
    """
    if not (0 <= signed <= 60 and 2 <= weeks <= 16 and per_week in WEEKDAYS):
        raise ValueError("The plan lies outside the picture: day 0 to 60, 2 to 16 weeks, 1 to 3.")
    visits = [7 * week + day for week in range(weeks) for day in WEEKDAYS[per_week]]
    due = [(d - FIRST).days for d in reports_due(FIRST + timedelta(v) for v in visits)]
    until = (certified_until(FIRST, 7 * weeks) - FIRST).days
    in_time = initial_certification(FIRST, signed=FIRST + timedelta(signed)).timely
    fig, ax = figures.figure(7.0, 3.9)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    ax.set_position((0.16, 0.14, 0.81, 0.74))
    _visits(ax, visits, due)
    _signature(ax, signed, in_time=in_time)
    _interval(ax, until, 7 * weeks)
    ax.set(xlim=(-2, LAST_DAY), ylim=(2.6, -0.75), xticks=[0, 30, 60, 90], yticks=[0, 1, 2])
    ax.set_yticklabels(["treatment\ndays", "first\nsignature", "may be\ncertified"])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("Days from the first treatment")
    state = "in time" if in_time else f"{_days(signed - DAYS_TO_CERTIFY)} late"
    ax.set_title(f"Signed on day {signed}: {state}")
    return fig, _plan_in_words(signed, in_time, weeks, until, visits, due)


def explore_plan() -> None:
    """Show the dates of a plan with sliders for the signature, the duration and the frequency."""
    figures.explore(
        plan_dates,
        PLAN_ALT,
        "Dates of an invented plan of care under US Medicare Part B; the ways around a late "
        "signature are told in the text.",
        signed=figures.Slider("Signed on day", 0, 60, 24, "days"),
        weeks=figures.Slider("Planned duration", 2, 16, 12, "weeks"),
        per_week=figures.Slider("Visits each week", 1, 3, 2, "visits"),
    )


def _visits(ax: Axes, visits: list[int], due: list[int]) -> None:
    plain = [v for v in visits if v not in due]
    ax.plot(plain, [0] * len(plain), linestyle="none", marker="o", markersize=4.5,
            color=figures.BLUE)  # fmt: skip
    ax.plot(due, [0] * len(due), linestyle="none", marker="s", markersize=11,
            markerfacecolor=figures.YELLOW, markeredgecolor=figures.BLACK)  # fmt: skip
    for number, day in enumerate(due, start=1):
        ax.text(day, -0.26, f"report {number}\n(day {day})", ha="center", va="bottom", size=9.5)


def _signature(ax: Axes, signed: int, *, in_time: bool) -> None:
    ax.barh(1, DAYS_TO_CERTIFY, height=0.34, color="0.88", edgecolor="0.4", linewidth=0.8)
    ax.plot(signed, 1, marker="*" if in_time else "X", markersize=15, linestyle="none",
            markerfacecolor=figures.GREEN if in_time else figures.VERMILION,
            markeredgecolor=figures.BLACK)  # fmt: skip
    ax.text(0, 1.27, "30 days to sign", va="top")


def _interval(ax: Axes, until: int, planned: int) -> None:
    ax.barh(2, until, height=0.34, color=SURE, edgecolor="0.3", linewidth=0.8)
    if planned > until:
        ax.barh(2, planned - until, left=until, height=0.34, color="white", edgecolor="0.3",
                hatch=HATCH, linewidth=0.8)  # fmt: skip
        ax.text(planned, 2.27, f"planned until day {planned}", ha="right", va="top")
    inside = until > 25  # a short bar has its words beside it
    ax.text(until / 2 if inside else until + 2, 2, f"until day {until}",
            ha="center" if inside else "left", va="center")  # fmt: skip


def _plan_in_words(
    signed: int, in_time: bool, weeks: int, until: int, visits: list[int], due: list[int]
) -> str:
    late = "is in time" if in_time else f"comes {_days(signed - DAYS_TO_CERTIFY)} late"
    many = f"{len(visits)} treatment days"
    which = ", ".join(f"day {d}" for d in due)
    reports = (
        f"{many}, so reporting periods end on {which} at the latest."
        if due
        else f"{many}, fewer than {TREATMENT_DAYS_PER_REPORT}, so none is a tenth."
    )
    capped = (
        f"The {weeks} weeks are cut off at 90 days: recertify by day {until}."
        if 7 * weeks > until
        else f"The plan may be certified as long as it lasts, until day {until}."
    )
    return f"The signature on day {signed} {late}. {capped} {reports}"


# --- Lanes and bars --------------------------------------------------------------------------


def _lanes(names: list[str], first: int, last: int) -> tuple[Figure, Axes]:
    fig, ax = figures.figure(7.0, 3.6)
    fig.set_layout_engine("none")
    ax.set_position((0.13, 0.15, 0.65, 0.74))
    ax.set(xlim=(first, last), ylim=(len(names) - 0.4, -0.6), yticks=range(len(names)))
    ax.set_yticklabels(names)
    ticks = list(range(first, last + 1, 10))
    ax.set_xticks(ticks, [clock(t) if t % 20 == 0 else "" for t in ticks])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("Time of day")
    return fig, ax


def _bar(ax: Axes, lane: int, start: int, end: int, hatched: list[tuple[int, int]]) -> None:
    """Draw a bar, and over it the parts that are hatched."""
    style: Any = {"height": LANE, "edgecolor": "0.2", "linewidth": 0.9, "clip_on": False}
    ax.barh(lane, end - start, left=start, color=SURE, **style)
    for a, b in hatched:
        left, right = max(a, start), min(b, end)
        if left < right:
            ax.barh(lane, right - left, left=left, color=CLASH, hatch=HATCH, **style)


def _aside(ax: Axes, lane: int, words: str) -> None:
    """Write words to the right of a lane."""
    ax.text(1.02, lane, words, transform=ax.get_yaxis_transform(), va="center", size=9.5)
