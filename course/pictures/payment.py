"""Pictures of what a day is paid, of how long an edit lives, and of a year's threshold."""

import datetime

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import figures
from course.billing.edits import EditFile, day, edit_file, edits_between
from course.billing.payment import DayPaid, dollars, fee_schedule

MOST_UNITS = 3  # of each code on the sliders
DAY_ALT = (
    "Two bars in dollars for the same units of NMR and THERACT, one above the other. Above, each "
    "unit on a day of its own: every unit has a solid part for work and malpractice and a dotted "
    "part for practice expense. Below, all units on one day: the first dotted part is as wide as "
    "above, every further one half as wide, and hatching at the end shows what was cut."
)
EDITS_ALT = (
    "Time from 1995 to 2027, one row for each of four pairs of codes. 97530 with 97112 was deleted "
    "in 1996, 97112 with 97140 in 1999, 97530 with 97116 in October 2020; from then on their rows "
    "are empty. Hatching marks what our copy does not tell: all of them before the deletion, "
    "97150 with 97112 before July 2024, and all four after September 2024. "
    "97150 with 97112 is solid in that one quarter. A vertical line marks the chosen day."
)
THRESHOLD_ALT = (
    "The KX threshold by year as points joined by a line, rising from 2,010 dollars in 2018 to "
    "2,480 in 2026. The points of 2018 to 2020 are hollow, they are general knowledge. A dotted "
    "line at 3,000 dollars, where targeted review may begin, lies above all of them."
)
PAIRS = (("97530", "97112"), ("97112", "97140"), ("97530", "97116"), ("97150", "97112"))
FIRST_YEAR, LAST_YEAR = 1995, 2026


# --- A day's payment --------------------------------------------------------------------------


def paid_day(nmr: int, theract: int) -> tuple[Figure, str]:
    """Draw a day's units of NMR and THERACT with and without the reduction, and say it in words.

    Dollars are those of the course's fee schedule, without geographic factors.
    """
    schedule = fee_schedule()
    of_day = schedule.day({"NMR": nmr, "THERACT": theract})
    fig, ax = figures.figure(7.0, 3.6)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    ax.set_position((0.17, 0.15, 0.79, 0.72))
    end = max(of_day.unreduced, 40)
    step = 10 if end <= 60 else 20 if end <= 120 else 50
    ax.set(xlim=(0, 1.02 * end), ylim=(-0.95, 1.65), yticks=[0, 1],
           xticks=range(0, int(end) + 1, step))  # fmt: skip
    ax.set_yticklabels(["all on\none day", "each on a day\nof its own"])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(f"Allowed (dollars, as of {day(schedule.as_of)})")
    ax.set_title(_finding(of_day), parse_math=False)
    _bar(ax, of_day, 1.0, reduced=False)
    _bar(ax, of_day, 0.0, reduced=True)
    _name_parts(ax, of_day)
    return fig, _day_in_words(of_day)


def _finding(of_day: DayPaid) -> str:
    if of_day.cut == 0:
        return "The reduction takes nothing here"
    return f"The reduction takes {dollars(of_day.cut)} of {dollars(of_day.unreduced)}"


def _bar(ax: Axes, of_day: DayPaid, height: float, *, reduced: bool) -> None:
    """Lay the units end to end, each with its two parts, and the cut at the end."""
    left = 0.0
    for unit in of_day.units:
        own = unit.work + unit.malpractice
        practice = unit.practice + (0 if reduced else unit.cut)
        ax.barh(height, own, left=left, height=0.5, color=figures.SKY_BLUE)
        ax.barh(height, practice, left=left + own, height=0.5, color=figures.ORANGE, hatch="..",
                edgecolor="0.25", linewidth=0)  # fmt: skip
        ax.barh(height, own + practice, left=left, height=0.5, fill=False, edgecolor="black",
                linewidth=1.2)  # fmt: skip
        if not reduced:
            ax.text(left + (own + practice) / 2, height + 0.33, unit.code, ha="center", fontsize=9)
        left += own + practice
    if reduced and of_day.cut:
        ax.barh(height, of_day.cut, left=left, height=0.5, color="white", hatch="////",
                edgecolor="0.5", linewidth=1.0)  # fmt: skip


def _name_parts(ax: Axes, of_day: DayPaid) -> None:
    if not of_day.units:
        ax.text(1, 0.5, "no unit", color=figures.GREY)
        return
    first = of_day.units[0]
    own = first.work + first.malpractice
    right = ax.get_xlim()[1]
    places = [(own / 2, "work and\nmalpractice", max(own / 2 / right, 0.08))]
    middle = own + first.practice / 2
    places.append((middle, "practice\nexpense", max(middle / right, places[0][2] + 0.2)))
    if of_day.cut:
        x = of_day.paid + of_day.cut / 2
        places.append((x, "cut", x / right))
    for x, text, at in places:
        ax.annotate(
            text, xy=(x, -0.2), xytext=(at, 0.02), textcoords="axes fraction", ha="center",
            va="bottom", arrowprops={"arrowstyle": "-", "color": "0.25", "shrinkB": 0},
        )  # fmt: skip


def _day_in_words(of_day: DayPaid) -> str:
    if not of_day.units:
        return "No unit is billed, and nothing is paid."
    number = len(of_day.units)
    if number == 1:
        return f"1 unit is allowed {dollars(of_day.paid)}; nothing is cut from a single unit."
    first = of_day.units[0].code
    return (
        f"{number} units on one day are allowed {dollars(of_day.paid)}, against "
        f"{dollars(of_day.unreduced)} on separate days. The practice expense of one {first} unit "
        f"stays whole; {number - 1} {'is' if number == 2 else 'are'} halved, which takes "
        f"{100 * of_day.cut / of_day.unreduced:.0f} %."
    )


def explore_day() -> None:
    """Show a day's payment with a slider for the units of each of two codes."""
    figures.explore(
        paid_day,
        DAY_ALT,
        "Multiple-procedure reduction of US Medicare, without geographic factors.",
        nmr=figures.Slider("NMR", 0, MOST_UNITS, 2, "units"),
        theract=figures.Slider("THERACT", 0, MOST_UNITS, 1, "units"),
    )


# --- The life of an edit ----------------------------------------------------------------------


def edit_lives(year: int) -> tuple[Figure, str]:
    """Draw when four pairs were edits, with 1 July of a year marked, and say their states.

    `year` from 1995 to 2026; another raises a `ValueError`.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"{year} lies outside the picture ({FIRST_YEAR} to {LAST_YEAR}).")
    on = datetime.date(year, 7, 1)
    found = [edits_between(one, other, on) for one, other in PAIRS]
    fig, ax = figures.figure(7.0, 3.7)
    fig.set_layout_engine("none")
    ax.set_position((0.19, 0.15, 0.78, 0.74))
    ax.set(xlim=(_january(FIRST_YEAR), _january(LAST_YEAR + 1)), ylim=(-0.6, 4.2))
    ax.set_yticks(range(4), [f"{one} with\n{other}" for one, other in reversed(PAIRS)])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    years = (1995, 2000, 2005, 2010, 2015, 2020, 2025)
    ax.set_xticks([_january(y) for y in years], [str(y) for y in years])
    ax.set_xlabel("Day of treatment (year)")
    for height, pair in enumerate(reversed(PAIRS)):
        _life(ax, pair, height)
    ax.axvline(_x(on), color=figures.VERMILION, linestyle="--", linewidth=1.6)
    counts = {s: sum(f.state == s for f in found) for s in ("in force", "deleted", "not known")}
    told = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
    ax.set_title(f"On {day(on)}: {told}")
    return fig, " ".join(f"{f.codes[0]} with {f.codes[1]}: {f.state}." for f in found)


def _x(on: datetime.date) -> float:
    """Place of a day on the axis, which counts days."""
    return float(on.toordinal())


def _january(year: int) -> float:
    return _x(datetime.date(year, 1, 1))


def _life(ax: Axes, pair: tuple[str, str], height: int) -> None:
    """Draw what is not known, what was in force and what is deleted, each with its words."""
    copy: EditFile = edit_file()
    [row] = edits_between(*pair, copy.as_of).rows
    known = row.deleted or copy.as_of
    start, until, end = _january(FIRST_YEAR), _x(copy.until), _january(LAST_YEAR + 1)
    from_then = _x(known)
    for left, right in ((start, from_then), (until, end)):
        ax.barh(height, right - left, left=left, height=0.34, color="white", hatch="////",
                edgecolor="0.7", linewidth=0.8)  # fmt: skip
    if row.deleted is None:
        ax.barh(height, until - from_then, left=from_then, height=0.5, color=figures.BLUE)
        words, x, side = f"in force from {day(known)}, in our copy", until, "right"
    else:
        ax.barh(height, until - from_then, left=from_then, height=0.34, color="white",
                edgecolor="0.2", linewidth=1.2)  # fmt: skip
        side = "right" if row.deleted.year > 2010 else "left"
        words, x = f"deleted {day(row.deleted)}", from_then
    clear = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # the marked day passes behind
    ax.text(x, height + 0.3, words, ha=side, va="bottom", fontsize=9.5, bbox=clear)
    if height == len(PAIRS) - 1:
        ax.text(end, height + 0.3, "hatched: not known to us", ha="right", va="bottom",
                fontsize=9.5, color=figures.GREY, bbox=clear)  # fmt: skip


def explore_edits() -> None:
    """Show the life of four pairs with a slider for the year of treatment."""
    figures.explore(
        edit_lives,
        EDITS_ALT,
        "Edit pairs of US Medicare in a public copy of the files of 1 July 2024.",
        year=figures.Slider("Treatment on 1 July", FIRST_YEAR, LAST_YEAR, 2024, "year"),
    )


# --- The threshold ----------------------------------------------------------------------------


def thresholds() -> tuple[Figure, str]:
    """Draw the KX threshold by year, and say where it starts and ends."""
    schedule = fee_schedule()
    years = sorted(schedule.thresholds)
    amounts = [schedule.thresholds[year] for year in years]
    fig, ax = figures.figure(7.0, 3.4)
    ax.plot(years, amounts, color=figures.BLUE, linestyle="-")
    for year, amount in zip(years, amounts, strict=True):
        fill = figures.BLUE if schedule.cited[year] else "white"
        ax.plot(year, amount, marker="o", markersize=8, markerfacecolor=fill,
                markeredgecolor=figures.BLUE, markeredgewidth=2)  # fmt: skip
        ax.annotate(f"${amount:,}", (year, amount), (0, 9), textcoords="offset points",
                    ha="center", fontsize=9.5)  # fmt: skip
    ax.axhline(schedule.review_from, color=figures.VERMILION, linestyle=":", linewidth=2)
    ax.text(years[0], schedule.review_from + 40, f"${schedule.review_from:,}: a review may begin",
            fontsize=9.5)  # fmt: skip
    ax.text(2017.6, 1900, "hollow: general knowledge, not cited", ha="left", va="top",
            fontsize=9.5, color=figures.GREY)  # fmt: skip
    ax.set(ylim=(1750, 3250), xlim=(years[0] - 0.7, years[-1] + 0.6), xticks=years,
           yticks=range(1800, 3201, 200))  # fmt: skip
    ax.set_xlabel("Calendar year")
    ax.set_ylabel("Allowed (dollars)")
    ax.set_title(f"In our sources the threshold rises, to ${amounts[-1]:,} in {years[-1]}")
    return fig, (
        f"From ${amounts[0]:,} in {years[0]} to ${amounts[-1]:,} in {years[-1]}, "
        "each for physical and speech therapy together, and again for occupational therapy. "
        "The axis begins at $1,750."
    )


def show_thresholds() -> None:
    """Show the KX threshold by year."""
    fig, words = thresholds()
    figures.show(fig, THRESHOLD_ALT, f"KX threshold of US Medicare. {words}")
