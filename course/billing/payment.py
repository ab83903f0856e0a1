"""What a day of therapy is paid by US Medicare Part B, and where a year's amount stands.

A unit's fee is the sum of three parts, in relative value units (RVUs): work, practice expense and
malpractice, times a conversion factor in dollars. Left out: the geographic factors, which differ
from place to place, the budget sequester, and the deductible, which we take as met (general
knowledge).

The multiple-procedure reduction leaves the highest practice expense of the day whole and halves
that of every further unit, over all therapy disciplines [S21a], [S21b], [S21c]:

    pay = CF * (sum W + sum M + PE_max + 0.5 * (sum PE - PE_max))

The figures travel as `fees.json` beside this file, generated from the course's sources, as of
1 July 2024 [S95]. They change every year: take the date with the figure. A day is not
rounded to cents before the end, where a contractor rounds line by line.
"""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from course.billing.codes import code

PRACTICE_SHARE_OF_FURTHER_UNITS = 0.5  # since 1 April 2013
MEDICARE_SHARE = 0.8  # of the allowed amount, once the deductible is met
ASSISTANT_SHARE = 0.85  # of Medicare's share, since 2022


@dataclass(frozen=True)
class Parts:
    """Relative value units of one unit of a code."""

    work: float
    practice: float
    malpractice: float

    def __str__(self) -> str:
        """Say the parts and their sum, as a lesson prints them."""
        total = self.work + self.practice + self.malpractice
        return (
            f"work {self.work:.2f} + practice expense {self.practice:.2f} "
            f"+ malpractice {self.malpractice:.2f} = {total:.2f}"
        )


@dataclass(frozen=True)
class FeeSchedule:
    """Fees and daily limits as of one day, and the yearly thresholds, all of one payer."""

    as_of: datetime.date
    payer: str
    conversion_factor: float  # dollars for one RVU
    parts: dict[str, Parts]
    units_per_day: dict[str, int]
    adjudication_indicator: dict[str, int]
    review_from: int  # dollars a year
    thresholds: dict[int, int]  # dollars, by calendar year
    cited: dict[int, bool]  # whether a source we read gives that year's amount

    def of(self, name: str) -> Parts:
        """Return the parts of a code, by number or label.

        Raises a `ValueError` for a code that is not on the schedule.
        """
        return self.parts[self._number(name)]

    def day(self, units: Mapping[str, int]) -> "DayPaid":
        """Return what a day's units of the course's codes are paid, by number or label."""
        return pay_day(units, {name: self.of(name) for name in units}, self.conversion_factor)

    def over_limit(self, name: str, units: int) -> int:
        """How many units of a code lie above the day's medically unlikely edit.

        The limit opens a question and is no allowance: units within it need their minutes too.
        """
        return max(0, units - self.units_per_day[self._number(name)])

    def threshold(self, year: int) -> int:
        """Return the KX threshold of a year in dollars.

        Raises a `ValueError` for a year that is not on the list.
        """
        if year not in self.thresholds:
            first, last = min(self.thresholds), max(self.thresholds)
            raise ValueError(f"There is no threshold for {year} here, only {first} to {last}.")
        return self.thresholds[year]

    def _number(self, name: str) -> str:
        number = code(name).code
        if number not in self.parts:
            raise ValueError(f"{name} is not on our fee schedule: use {', '.join(self.parts)}.")
        return number


# --- A day ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PaidUnit:
    """One unit in dollars. `cut` is the half of the practice expense that is not paid."""

    code: str
    work: float
    malpractice: float
    practice: float
    cut: float

    @property
    def paid(self) -> float:
        """Dollars allowed for this unit."""
        return self.work + self.malpractice + self.practice


@dataclass(frozen=True)
class DayPaid:
    """A day's units, the one with the highest practice expense first."""

    units: tuple[PaidUnit, ...]

    @property
    def paid(self) -> float:
        """Dollars allowed for the day, after the reduction."""
        return sum(unit.paid for unit in self.units)

    @property
    def cut(self) -> float:
        """Dollars that the reduction takes."""
        return sum(unit.cut for unit in self.units)

    @property
    def unreduced(self) -> float:
        """Dollars the same units would be allowed on separate days."""
        return self.paid + self.cut

    def __str__(self) -> str:
        """Say the sums, as a lesson prints them."""
        if not self.units:
            return "no unit, nothing paid"
        return (
            f"{dollars(self.unreduced)} before the reduction, "
            f"{dollars(self.cut)} cut, {dollars(self.paid)} allowed"
        )


def unit_fee(parts: Parts, conversion_factor: float) -> float:
    """Dollars for one unit that stands alone on its day."""
    return conversion_factor * (parts.work + parts.practice + parts.malpractice)


def pay_day(
    units: Mapping[str, int], parts: Mapping[str, Parts], conversion_factor: float
) -> DayPaid:
    """Apply the multiple-procedure reduction to one patient's therapy units of one day.

    `units` are whole numbers by code, over all disciplines of the day; `parts` the RVUs of one unit
    of each; the conversion factor is in dollars. All codes are taken to be "always therapy" codes.

    Raises a `ValueError` for units that are not whole or below 0, or for a code without parts.

    Source: [S21a], [S21b], [S21c].
    """
    each: list[str] = []
    for name, number in units.items():
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise ValueError(f"{name}: {number!r} is not a whole number of units from 0 on.")
        if name not in parts:
            raise ValueError(f"{name}: its relative value units are missing, give them.")
        each += [name] * number
    each.sort(key=lambda name: -parts[name].practice)
    paid = []
    for place, name in enumerate(each):
        whole = conversion_factor * parts[name].practice
        share = PRACTICE_SHARE_OF_FURTHER_UNITS if place else 1.0
        paid.append(
            PaidUnit(
                name,
                conversion_factor * parts[name].work,
                conversion_factor * parts[name].malpractice,
                share * whole,
                (1 - share) * whole,
            )
        )
    return DayPaid(tuple(paid))


@dataclass(frozen=True)
class Shares:
    """Who pays what of an allowed amount, in dollars."""

    medicare: float
    patient: float

    @property
    def received(self) -> float:
        """What arrives at the provider."""
        return self.medicare + self.patient

    def __str__(self) -> str:
        """Say the sum, as a lesson prints it."""
        return (
            f"Medicare {dollars(self.medicare)} + patient {dollars(self.patient)} "
            f"= {dollars(self.received)}"
        )


def shares(allowed: float, *, by_assistant: bool = False) -> Shares:
    """Split an allowed amount: 80 % Medicare, 20 % patient; the assistant's cut is on Medicare's.

    Of 100 dollars for an assistant's unit Medicare pays 0.85 * 80 = 68, the patient 20: 88 arrive.
    Both parts are rounded to cents, as money is paid. The deductible is taken as met and the budget
    sequester left out. Arithmetic of ours; 88 % is named by [S17b].

    Raises a `ValueError` for an amount below 0.
    """
    if allowed < 0:
        raise ValueError(f"An allowed amount of {allowed} dollars cannot be, the least is 0.")
    medicare = MEDICARE_SHARE * allowed
    paid = medicare * (ASSISTANT_SHARE if by_assistant else 1.0)
    return Shares(round(paid, 2), round(allowed - medicare, 2))


# --- A year -----------------------------------------------------------------------------------


def first_above(allowed: Sequence[float], threshold: float) -> int | None:
    """Return the place, from 0, of the first charge with which a year's sum passes the threshold.

    `allowed` are dollars in the order in which they count, of one patient, one calendar year and
    one of the two amounts (physical and speech therapy together, or occupational). They are
    *allowed* amounts: what the patient pays is part of them [S20b]. A sum that equals the
    threshold has not passed it. None: it is never passed.
    """
    total = 0.0
    for place, amount in enumerate(allowed):
        total += amount
        if total > threshold + 1e-9:
            return place
    return None


# --- Reading the figures ----------------------------------------------------------------------


def read_fees(parsed: Mapping[str, Any]) -> FeeSchedule:
    """Make the schedule from parsed JSON."""
    codes = parsed["codes"]
    years = parsed["thresholds"]
    return FeeSchedule(
        as_of=datetime.date.fromisoformat(parsed["as_of"]),
        payer=parsed["payer"],
        conversion_factor=parsed["conversion_factor"],
        parts={
            number: Parts(fee["work"], fee["practice_expense"], fee["malpractice"])
            for number, fee in codes.items()
        },
        units_per_day={number: fee["units_per_day"] for number, fee in codes.items()},
        adjudication_indicator={n: fee["adjudication_indicator"] for n, fee in codes.items()},
        review_from=parsed["review_from"],
        thresholds={int(year): of["amount"] for year, of in years.items()},
        cited={int(year): of["cited"] for year, of in years.items()},
    )


@lru_cache(maxsize=1)
def fee_schedule() -> FeeSchedule:
    """Return the course's own figures, read once."""
    text = resources.files(__package__).joinpath("fees.json").read_text(encoding="utf-8")
    return read_fees(json.loads(text))


def dollars(amount: float) -> str:
    """Write an amount to the cent."""
    return f"${amount:,.2f}"
