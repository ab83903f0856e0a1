"""From minutes to units, by two rules.

**Total time** (US Medicare, often called the 8-minute rule): the one-on-one minutes of all timed
codes of one patient, one day and one discipline are added first; the total decides how many units
there are, and the units are then handed out to the codes. Source: Medicare Claims Processing
Manual, Pub. 100-04, chapter 5, section 20.2.C, as seen through [S3], [S4], [S10].

**Midpoint** (often called the rule of eights, used by some other payers): each code stands alone
and earns a unit once more than half of its 15 minutes are reached. Source: [S10], [S11], [S12].
Which rule holds is for the payer's contract to say.

Minutes are whole, from 0 to 1440 (a day), and belong to timed codes: leave untimed codes out, or
let `pool` leave them out. Units are whole. What cannot be read as minutes raises a `ValueError`
whose message is one sentence.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from numbers import Real
from textwrap import fill
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

MINUTES_PER_UNIT = 15
MINUTES_IN_A_DAY = 1440
MOST_CHOICES = 1000  # a session with more tied allocations than this is counted, not listed


# --- The two counts -------------------------------------------------------------------------


def total_time_units(minutes: float) -> int:
    """Units that the total of all timed minutes earns under Medicare's total-time table.

    The table reads 0 units up to 7 minutes, 1 for 8-22, 2 for 23-37, 3 for 38-52, and a further
    unit for every 15 minutes. Adding 7 and counting full quarters of an hour gives the same, also
    below 8 minutes, where it gives 0.

    Source: Pub. 100-04, chapter 5, section 20.2.C, as seen through [S3], [S4], [S10].
    """
    return _nearest_quarters(_whole_minutes("The total", minutes))


def midpoint_units(minutes: float) -> int:
    """Units that one code earns under the midpoint rule, from that code's minutes alone.

    A unit is earned once the middle of its 15 minutes is passed; in whole minutes that is the
    8th. So the formula is the one of `total_time_units`: both rules round minutes to the nearest
    quarter of an hour. What differs is what is rounded: Medicare rounds once, after pooling all
    timed minutes; the midpoint rule rounds every code, and leftovers are never pooled.

    Source: [S10], [S11], [S12].
    """
    return _nearest_quarters(_whole_minutes("The code", minutes))


def midpoint_allocation(minutes_by_code: Mapping[str, int]) -> dict[str, int]:
    """Units of each code under the midpoint rule: every code on its own."""
    return {code: _nearest_quarters(m) for code, m in _session(minutes_by_code).items()}


def pool(rows: Iterable[tuple[str, int]], is_timed: Callable[[str], bool]) -> dict[str, int]:
    """Minutes of each timed code, from the rows of a treatment note.

    A note may name one code several times and holds untimed codes too. Rows of the same code are
    added, rows of untimed codes are left out: their minutes earn no units by time.
    """
    minutes: dict[str, int] = {}
    for code, amount in rows:
        if is_timed(code):
            minutes[code] = minutes.get(code, 0) + _whole_minutes(code, amount)
    return minutes


# --- Handing out the units of a session ------------------------------------------------------


@dataclass(frozen=True)
class Allocation:
    """How Medicare's total-time rule hands out the units of one session.

    All dictionaries hold every code of the session. `sure` is what each code gets whatever is
    chosen; the codes in `tied` compete for the `open_units` that are left, at most one each.
    """

    minutes: dict[str, int]
    total_minutes: int
    total_units: int
    whole: dict[str, int]  # full quarters of an hour, units that no other code can take
    leftover: dict[str, int]  # minutes beyond the full quarters, 0 to 14
    sure: dict[str, int]
    tied: tuple[str, ...]
    open_units: int

    @property
    def number_of_choices(self) -> int:
        """How many allocations the rule allows: 1 unless leftovers tie."""
        return math.comb(len(self.tied), self.open_units)

    @property
    def choices(self) -> tuple[dict[str, int], ...]:
        """Every allowed allocation, tied codes taken in alphabetical order.

        Raises a `ValueError` where there are more than `MOST_CHOICES`: use `allows` there.
        """
        if self.number_of_choices > MOST_CHOICES:
            raise ValueError(
                f"This session ties in {self.number_of_choices} ways, too many to list; "
                "ask with allows(...) whether one of them is allowed."
            )
        return tuple(
            {code: units + (code in winners) for code, units in self.sure.items()}
            for winners in combinations(self.tied, self.open_units)
        )

    def allows(self, units_by_code: Mapping[str, int]) -> bool:
        """Whether these units are one of the allowed allocations; a missing code means 0 units."""
        extra = {code: units_by_code.get(code, 0) - sure for code, sure in self.sure.items()}
        return (
            set(units_by_code) <= set(self.sure)
            and all(extra[code] in ((0, 1) if code in self.tied else (0,)) for code in extra)
            and sum(extra.values()) == self.open_units
        )

    def explain(self) -> str:
        """Say the four steps with this session's numbers, one paragraph each, to be printed."""
        steps = (self._add(), self._full_quarters(), self._remaining(), self._result())
        return "\n".join(fill(step, 84, subsequent_indent="        ") for step in steps)

    def _add(self) -> str:
        terms = " + ".join(f"{m} ({code})" for code, m in self.minutes.items()) or "nothing"
        least = max(0, MINUTES_PER_UNIT * self.total_units - 7)
        most = MINUTES_PER_UNIT * self.total_units + 7
        return (
            f"Step 1, add the timed minutes: {terms} = {self.total_minutes} minutes. "
            f"{least} to {most} minutes earn {_units(self.total_units)}."
        )

    def _full_quarters(self) -> str:
        parts = (
            f"{code} {m} = {self.whole[code]} x 15 + {self.leftover[code]}"
            for code, m in self.minutes.items()
        )
        return (
            "Step 2, give each code a unit for every full 15 minutes: "
            f"{'; '.join(parts) or 'no code'}. "
            f"That places {_units(sum(self.whole.values()))}."
        )

    def _remaining(self) -> str:
        placed = sum(self.whole.values())
        remaining = self.total_units - placed
        line = f"Step 3, hand out the rest: {self.total_units} - {placed} = {_units(remaining)}"
        if not remaining:
            return f"{line}. Leftover minutes earn nothing more, and stay recorded in the note."
        won = [code for code in self.sure if self.sure[code] > self.whole[code]]
        won.sort(key=lambda code: -self.leftover[code])
        served = [f"{code} ({self.leftover[code]} left over)" for code in won]
        to_whom = f" Largest leftovers first, one unit each: {', '.join(served)}." if served else ""
        return f"{line}.{to_whom}{self._tie()}"

    def _tie(self) -> str:
        if not self.tied:
            return ""
        names = ", ".join(self.tied)
        minutes = self.leftover[self.tied[0]]
        return (
            f" {names} tie with {minutes} left over each, and {_units(self.open_units)} "
            f"{'is' if self.open_units == 1 else 'are'} left for them: the therapist chooses."
        )

    def _result(self) -> str:
        if self.number_of_choices == 1:
            return f"Step 4, the result: {_listed(self.choices[0])}."
        if self.number_of_choices > 6:
            return f"Step 4, the result: {self.number_of_choices} allocations are allowed."
        ways = " or ".join(f"[{_listed(choice)}]" for choice in self.choices)
        return f"Step 4, the result: {ways}."


def allocate(minutes_by_code: Mapping[str, int]) -> Allocation:
    """Hand out the units of one session under Medicare's total-time rule.

    1. The total of the timed minutes gives the number of units.
    2. Each code gets one unit for every full 15 minutes.
    3. Units that remain go, one each, to the largest leftovers, also to one below 8 minutes.
    4. Where leftovers tie, the therapist chooses; every choice is kept.

    Two things never happen. A code never needs a second unit from step 3: n leftovers of at most
    14 minutes make fewer than n + 1 units. And one code never takes all units while another has
    15 minutes or more: step 2 has given that one its unit.

    An empty session earns 0 units.

    Source: Pub. 100-04, chapter 5, section 20.2.C, as seen through [S1], [S3], [S5], [S6].
    """
    minutes = _session(minutes_by_code)
    total = sum(minutes.values())
    units = total_time_units(total)
    whole = {code: m // MINUTES_PER_UNIT for code, m in minutes.items()}
    leftover = {code: m % MINUTES_PER_UNIT for code, m in minutes.items()}
    won, tied, open_units = _largest(leftover, units - sum(whole.values()))
    sure = {code: whole[code] + (code in won) for code in minutes}
    return Allocation(minutes, total, units, whole, leftover, sure, tied, open_units)


def _largest(leftover: dict[str, int], units: int) -> tuple[set[str], tuple[str, ...], int]:
    """Who wins a unit outright, who ties for the rest (in alphabetical order), and for how many."""
    if units == 0:
        return set(), (), 0
    last_served = sorted(leftover.values(), reverse=True)[units - 1]
    at_least = {code for code, m in leftover.items() if m >= last_served}
    if len(at_least) == units:
        return at_least, (), 0
    won = {code for code in at_least if leftover[code] > last_served}
    return won, tuple(sorted(at_least - won)), units - len(won)


# --- Comparing the rules ---------------------------------------------------------------------


@dataclass(frozen=True)
class Comparison:
    """Units of one session under both rules, and which rule gives more."""

    cms: int
    midpoint: int

    @property
    def gives_more(self) -> Literal["CMS", "midpoint", "same"]:
        """Which rule gives more units."""
        if self.cms == self.midpoint:
            return "same"
        return "CMS" if self.cms > self.midpoint else "midpoint"

    def __str__(self) -> str:
        """Say both counts, as a lesson prints them."""
        verdict = "the same" if self.cms == self.midpoint else f"{self.gives_more} gives more"
        return f"CMS {self.cms}, midpoint {self.midpoint}: {verdict}"


def compare_rules(minutes_by_code: Mapping[str, int]) -> Comparison:
    """Total units of one session under Medicare's total time (`cms`) and under `midpoint`."""
    minutes = _session(minutes_by_code)
    return Comparison(
        cms=total_time_units(sum(minutes.values())),
        midpoint=sum(midpoint_allocation(minutes).values()),
    )


def difference_map(first: int, last: int) -> npt.NDArray[np.int64]:
    """Medicare's units minus midpoint's, for every session of two timed codes.

    Each code has `first` to `last` whole minutes. In the result, `[i, j]` is the session with
    `first + i` minutes of code one and `first + j` of code two: -1, 0 or 1.
    """
    minutes = _range(first, last)
    one, two = minutes[:, np.newaxis], minutes[np.newaxis, :]
    return _quarters(one + two) - _quarters(one) - _quarters(two)


@dataclass(frozen=True)
class DifferenceShares:
    """In how many sessions the rules differ; the shares are fractions of all sessions."""

    sessions: int
    cms_more: int
    midpoint_more: int

    @property
    def differ(self) -> float:
        """Share of the sessions in which the totals differ."""
        return (self.cms_more + self.midpoint_more) / self.sessions

    @property
    def cms_higher(self) -> float:
        """Share of the sessions in which Medicare's total time gives more."""
        return self.cms_more / self.sessions

    @property
    def midpoint_higher(self) -> float:
        """Share of the sessions in which the midpoint rule gives more."""
        return self.midpoint_more / self.sessions

    def __str__(self) -> str:
        """Say the shares in per cent, as a lesson prints them."""
        return (
            f"{self.sessions} sessions: the rules differ in {self.differ:.1%} "
            f"(CMS more in {self.cms_higher:.1%}, midpoint more in {self.midpoint_higher:.1%})"
        )


def difference_shares(first: int, last: int) -> DifferenceShares:
    """Count the map of `difference_map`, every session weighing the same.

    The shares belong to the range. Only the minutes beyond full quarters decide, so the map
    repeats every 15 minutes, and in each square of 15 by 15 sessions each rule gives more in 28 of
    225. Medicare gives more where both leftovers are 7 or less and together 8 or more; midpoint
    where both are 8 or more and together 22 or less. 1 to 45 minutes are nine such squares, and so
    an even split: 252 of 2025 each. A range of 8 to 45 cuts off the first seven minutes of each
    code, and with them five of the nine regions in which Medicare gives more (140 of its 252
    sessions) and none of midpoint's: 112 against 252, of 1444.
    """
    difference = difference_map(first, last)
    return DifferenceShares(
        sessions=difference.size,
        cms_more=int((difference > 0).sum()),
        midpoint_more=int((difference < 0).sum()),
    )


# --- Reading minutes, and saying units -------------------------------------------------------


def _nearest_quarters(minutes: int) -> int:
    return (minutes + 7) // MINUTES_PER_UNIT


def _quarters(minutes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Do what `_nearest_quarters` does for a whole array."""
    return (minutes + 7) // MINUTES_PER_UNIT


def _whole_minutes(what: str, minutes: Any) -> int:
    """Return the minutes as a whole number, or say in one sentence why that cannot be."""
    if not _is_number(minutes):
        raise ValueError(f"{what}: {minutes!r} is not a number of minutes.")
    if minutes < 0:
        raise ValueError(f"{what}: {minutes} minutes cannot be, the least is 0.")
    if minutes > MINUTES_IN_A_DAY:
        raise ValueError(f"{what}: {minutes} minutes cannot be, a day has {MINUTES_IN_A_DAY}.")
    if minutes != int(minutes):
        raise ValueError(
            f"{what}: {minutes} minutes is not whole, and Medicare notes hold whole minutes."
        )
    return int(minutes)


def _is_number(value: object) -> bool:
    # True and False are whole numbers to Python, but nobody means minutes by them.
    return isinstance(value, Real) and not isinstance(value, bool) and not math.isnan(value)


def _session(minutes_by_code: Mapping[str, int]) -> dict[str, int]:
    """Check a session: names of codes to whole minutes, together no longer than a day."""
    if not isinstance(minutes_by_code, Mapping):
        raise ValueError('A session names each code with its minutes, as in {"NMR": 24}.')
    for code in minutes_by_code:
        if not isinstance(code, str):
            raise ValueError(f'{code!r}: write the code in quotes, as in {{"{code}": 24}}.')
    session = {code: _whole_minutes(code, m) for code, m in minutes_by_code.items()}
    _whole_minutes("The total", sum(session.values()))
    return session


def _range(first: int, last: int) -> npt.NDArray[np.int64]:
    low, high = _whole_minutes("The first", first), _whole_minutes("The last", last)
    if low > high:
        raise ValueError(f"The first minute ({low}) comes after the last ({high}).")
    if 2 * high > MINUTES_IN_A_DAY:
        raise ValueError(f"The last: two codes of {high} minutes do not fit into one day.")
    return np.arange(low, high + 1, dtype=np.int64)


def _units(count: int) -> str:
    return "1 unit" if count == 1 else f"{count} units"


def _listed(units_by_code: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {_units(n)}" for code, n in units_by_code.items()) or "0 units"
