"""Dates of a plan of care under US Medicare Part B: certification, interval, progress reports.

Figures are those of Medicare Benefit Policy Manual, Pub. 100-02, chapter 15, sections 220.1.3 and
220.3, as seen through [S27], [S26f], [S28g] and, for the exception of 2025, [S29].

Days are counted from the first treatment, which includes the evaluation: the 30 days are those
that follow it, so day 30 is the date 30 days later [S28g]. For the 90 days our sources are silent
on whether the first day is itself day one; where one day decides, ask the contractor.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

DAYS_TO_CERTIFY = 30
DAYS_TO_SIGN_A_VERBAL_ORDER = 14
LONGEST_INTERVAL = 90
TREATMENT_DAYS_PER_REPORT = 10
EXCEPTION_SINCE = date(2025, 1, 1)


@dataclass(frozen=True)
class Verdict:
    """Whether the initial certification is timely, and why, in one sentence."""

    timely: bool
    why: str


def certify_by(first_treatment: date) -> date:
    """Last date for the signature (or the verbal order) that certifies the first plan. [S28g]."""
    return first_treatment + timedelta(days=DAYS_TO_CERTIFY)


def sign_by(verbal_order: date) -> date:
    """Last date for the signature that has to follow a verbal order. [S28g]."""
    return verbal_order + timedelta(days=DAYS_TO_SIGN_A_VERBAL_ORDER)


def certified_until(first_treatment: date, planned_days: int) -> date:
    """Return the end of the certified interval: the plan's length or 90 days, the shorter. [S27].

    Raises a `ValueError` where the plan has no length.
    """
    if planned_days < 1:
        raise ValueError(f"The plan lasts {planned_days} days; it needs a duration of 1 or more.")
    return first_treatment + timedelta(days=min(planned_days, LONGEST_INTERVAL))


def initial_certification(
    first_treatment: date,
    *,
    signed: date | None = None,
    verbal_order: date | None = None,
    order_on_file: bool = False,
    plan_sent: date | None = None,
) -> Verdict:
    """Judge the first certification of a plan.

    Three ways lead to a timely one: a signature dated within 30 days of the first treatment
    [S28g]; a verbal order within these 30 days and a signature within 14 days of it [S28g]; and,
    for plans that begin from 2025 on, a signed and dated order or referral on file with proof that
    the plan was sent within 30 days of the first treatment [S28g], [S29]. The last way serves the
    first certification only. Signature and verbal order may be earlier than the first treatment.
    Raises a `ValueError` where the plan was sent before the first treatment.
    """
    if plan_sent is not None and plan_sent < first_treatment:
        raise ValueError(
            f"The plan was sent: {plan_sent} is before the first treatment on {first_treatment}."
        )
    last = certify_by(first_treatment)
    if signed is not None and signed <= last:
        return Verdict(True, "It was signed within 30 days of the first treatment.")
    said_in_time = verbal_order is not None and verbal_order <= last
    if said_in_time and signed is not None and signed <= sign_by(verbal_order or last):
        return Verdict(True, "The verbal order came in time and was signed within 14 days.")
    if order_on_file and plan_sent is not None and plan_sent <= last:
        if first_treatment >= EXCEPTION_SINCE:
            return Verdict(True, "A signed order is on file and the plan was sent within 30 days.")
        return Verdict(False, "A signed order takes the place of a signature from 2025 on only.")
    if signed is None:
        return Verdict(False, "No signature is on record.")
    late = (signed - last).days
    if said_in_time:
        late = (signed - sign_by(verbal_order or last)).days
        return Verdict(False, f"The verbal order was signed {_days(late)} after its 14 days.")
    return Verdict(False, f"It was signed {_days(late)} after the 30 days.")


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def reports_due(treatment_days: Iterable[date]) -> list[date]:
    """Dates on which reporting periods end at the latest: every tenth treatment day.

    Days of treatment are counted, not calendar days or units; the day of the evaluation is the
    first. [S26f].
    """
    days = sorted(set(treatment_days))
    return days[TREATMENT_DAYS_PER_REPORT - 1 :: TREATMENT_DAYS_PER_REPORT]


def unreported(treatment_days: Iterable[date], reports: Iterable[date]) -> list[date]:
    """Treatment days beyond the tenth since the last progress report.

    A report covers the treatment days up to its own date, and the count begins again after it.
    An empty list means that no report is missing.
    """
    days, written = sorted(set(treatment_days)), sorted(set(reports))
    found, since = [], 0
    for before, day in zip([date.min, *days], days, strict=False):
        if any(before <= report < day for report in written):
            since = 0
        since += 1
        if since > TREATMENT_DAYS_PER_REPORT:
            found.append(day)
    return found
