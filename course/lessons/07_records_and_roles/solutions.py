"""Code answers of lesson 07: the reference, other right answers, and wrong ones with a belief."""

from itertools import combinations, pairwise

import numpy as np

from course.publish.solutions import alternative, reference, wrong

MORNINGS = "six-mornings"


@reference(MORNINGS)
def contested_minutes(log):
    last = max(end for _, _, end in log)
    return sum(
        len({patient for patient, start, end in log if start <= minute < end}) > 1
        for minute in range(last)
    )


@alternative(MORNINGS)
def by_pieces_of_time(log):
    edges = sorted({time for _, start, end in log for time in (start, end)})
    return sum(
        b - a
        for a, b in pairwise(edges)
        if len({patient for patient, start, end in log if start <= a and b <= end}) >= 2
    )


@alternative(MORNINGS)
def with_numpy(log):
    clock = {patient: np.zeros(1440, dtype=bool) for patient, _, _ in log}
    for patient, start, end in log:
        clock[patient][start:end] = True
    return float((np.sum(list(clock.values()), axis=0) > 1).sum())


@alternative(MORNINGS)
def as_sets_of_minutes(log):
    contested = set()
    for (one, a, b), (other, c, d) in combinations(log, 2):
        if one != other:
            contested |= set(range(a, b)) & set(range(c, d))
    return len(contested)


# The order is that of the beliefs: where wrong values fit two, the first is told.
@wrong(MORNINGS, belief="pairs-added", earns=0.545)
def pair_by_pair(log):
    return sum(
        max(0, min(b, d) - max(a, c))
        for (one, a, b), (other, c, d) in combinations(log, 2)
        if one != other
    )


@wrong(MORNINGS, belief="excess", earns=0.364)
def claimed_less_the_clock(log):
    claimed = sum(end - start for _, start, end in log)
    clock = set().union(*(range(start, end) for _, start, end in log))
    return claimed - len(clock)


@wrong(MORNINGS, belief="end-included", earns=0.091)
def end_belongs_to_both(log):
    last = max(end for _, _, end in log)
    return sum(
        len({patient for patient, start, end in log if start <= minute <= end}) > 1
        for minute in range(last + 1)
    )


@wrong(MORNINGS, belief="rows-are-people", earns=0.727)
def every_row_a_patient(log):
    last = max(end for _, _, end in log)
    return sum(sum(start <= minute < end for _, start, end in log) > 1 for minute in range(last))


@wrong(MORNINGS, belief="no-conflict", earns=0.273)
def nothing_is_contested(log):
    return 0
