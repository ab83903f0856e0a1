"""Code answers of lesson 06: references, other right answers, and wrong ones with their belief."""

import numpy as np

from course.billing.units import midpoint_units, total_time_units
from course.publish.solutions import alternative, reference, wrong

SHEET = "count-the-day-sheet"


@reference(SHEET)
def session_units(entries):
    timed = sum(minutes for name, minutes, is_timed in entries if is_timed)
    return total_time_units(timed)


@alternative(SHEET)
def step_by_step(entries):
    total, units, edge = 0, 0, 8
    for _, minutes, is_timed in entries:
        if is_timed:
            total += minutes
    while total >= edge:
        units, edge = units + 1, edge + 15
    return units


@alternative(SHEET)
def with_numpy(entries):
    minutes = np.array([m for _, m, is_timed in entries if is_timed] or [0])
    return np.floor((minutes.sum() + 7) / 15)


@alternative(SHEET)
def rounded_to_the_nearest_quarter(entries):
    return float(round(sum(m for _, m, timed in entries if timed) / 15 + 1e-9))


# The order is that of the beliefs: where wrong values fit two, the first is told.
@wrong(SHEET, belief="each-alone", earns=0.4)
def each_code_alone(entries):
    return sum(midpoint_units(minutes) for _, minutes, is_timed in entries if is_timed)


@wrong(SHEET, belief="untimed-counted", earns=0.6)
def everything_counted(entries):
    return total_time_units(sum(minutes for _, minutes, _ in entries))


@wrong(SHEET, belief="short-discarded", earns=0.6)
def short_codes_thrown_away(entries):
    return total_time_units(sum(m for _, m, is_timed in entries if is_timed and m >= 8))


@wrong(SHEET, belief="full-quarters", earns=0.5)
def full_quarters_only(entries):
    return sum(minutes for _, minutes, is_timed in entries if is_timed) // 15


@wrong(SHEET, belief="rounded-up", earns=0.6)
def started_quarters(entries):
    return -(-sum(minutes for _, minutes, is_timed in entries if is_timed) // 15)


@wrong(SHEET, belief="untimed-unit", earns=0.6)
def untimed_added(entries):
    timed = sum(minutes for _, minutes, is_timed in entries if is_timed)
    return total_time_units(timed) + sum(not is_timed for _, _, is_timed in entries)


@wrong(SHEET, belief="every-eight", earns=0.3)
def every_eight_minutes(entries):
    return sum(minutes for _, minutes, is_timed in entries if is_timed) // 8
