"""Who gave the minutes, and what a claim line says about it.

US Medicare pays less for what a therapist assistant gave. A line says so with CQ (physical
therapist assistant) or CO (occupational therapy assistant), unit by unit, since 2020; payment
follows it since 2022 [S16].

The rule for timed codes is that of services from 1 January 2022, as it was *proposed* and as we saw
it explained [S17]; that the final rule kept it is general knowledge. Minutes in which therapist and
assistant treat the patient together count as the therapist's [S16b], [S19].

What these functions refuse to decide, with a `NotDecided`:

- a session whose units tie between codes, because the therapist chooses;
- a unit that a code earns with minutes of another code: no source that we saw splits such a unit.

What they cannot see, and so do not judge: whether the assistant may give the service at all,
whether supervision was right, whether the minutes are true, and what another payer asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from course.billing.units import MINUTES_PER_UNIT, allocate, midpoint_units, total_time_units

LEAST_OF_A_UNIT = 8  # minutes that the therapist alone must give to keep the last unit
SMALL_SHARE_PERCENT = 10  # an assistant's share up to this leaves a service unmarked

Discipline = Literal["PT", "OT", "SLP"]
PLAN = {"PT": "GP", "OT": "GO", "SLP": "GN"}
ASSISTANT = {"PT": "CQ", "OT": "CO"}


class NotDecided(ValueError):
    """The rule as we know it does not decide this session; the message says why."""


@dataclass(frozen=True)
class Marked:
    """Units of one timed code, and how many of them carry the assistant's modifier."""

    units: int
    by_assistant: int
    why: str

    def __str__(self) -> str:
        """Say both counts and the reason, as a lesson prints them."""
        return f"{_units(self.units)}, {self.by_assistant} marked. {self.why}"


# --- Timed codes ------------------------------------------------------------------------------


def marked_units(therapist: int, assistant: int, together: int = 0) -> Marked:
    """Units of one timed code that is the day's only one, and how many carry CQ or CO.

    Minutes are whole: those the therapist gave alone, the assistant alone, and both together,
    which count as the therapist's.

    1. All minutes together earn units by the total-time rule.
    2. Each person's full 15 minutes make a unit of that person's.
    3. Two units left: therapist and assistant have 9 to 14 minutes each, together 23 to 28. One
       unit each.
    4. One unit left: it stays unmarked if the therapist has 8 minutes or more of what remains.
       Otherwise it is marked, if the assistant's part is more than 10 % of what remains. (It is:
       with at most 7 minutes of the therapist a unit needs at least 1 of 8 from the assistant.)

    Raises a `ValueError` for minutes that cannot be.

    Source: [S17] as proposed; [S16b] and [S19] for minutes together and the 10 %.
    """
    _check(therapist, assistant, together)
    own = therapist + together
    total = total_time_units(own + assistant)
    theirs, rest_own = divmod(own, MINUTES_PER_UNIT)
    marked, rest_assistant = divmod(assistant, MINUTES_PER_UNIT)
    left = total - theirs - marked
    rest = f"{rest_own} + {rest_assistant} minutes are left"
    if left == 0:
        return Marked(total, marked, "Full quarters of an hour decide.")
    if left == 2:
        return Marked(total, marked + 1, f"{rest}: one unit each.")
    if rest_own >= LEAST_OF_A_UNIT:
        return Marked(total, marked, f"{rest}: the therapist has 8 or more.")
    last = _more_than_small(rest_assistant, rest_own)
    return Marked(total, marked + last, f"{rest}: the therapist has fewer than 8.")


def marked_session(minutes: Mapping[str, tuple[int, int, int]]) -> dict[str, Marked]:
    """Units and marked units of each timed code of a day, from (therapist, assistant, together).

    Decides only where every code earns by the total-time rule what its own minutes would earn
    alone; then each code is marked by `marked_units`.

    Raises:
        NotDecided: where codes tie for a unit, or where a unit rests on minutes of several codes.
        ValueError: for minutes that cannot be.
    """
    for each in minutes.values():
        _check(*each)
    shared = allocate({code: sum(each) for code, each in minutes.items()})
    if shared.number_of_choices > 1:
        raise NotDecided(
            f"{' and '.join(shared.tied)} tie for a unit: let the therapist choose before you mark."
        )
    for code, each in minutes.items():
        if shared.sure[code] != midpoint_units(sum(each)):
            raise NotDecided(
                f"{code} would earn {_units(midpoint_units(sum(each)))} alone and gets "
                f"{shared.sure[code]} here, with minutes of other codes: "
                "no source we know says whose that unit is."
            )
    return {code: marked_units(*each) for code, each in minutes.items()}


# --- Untimed codes, and the line --------------------------------------------------------------


def marked_untimed(therapist: int, assistant: int, together: int = 0) -> bool:
    """Whether an untimed service carries CQ or CO: the assistant alone gave more than 10 %.

    The share is taken exactly. Medicare's own reckoning works with whole minutes and may differ by
    one of them at the border (general knowledge).

    Raises a `ValueError` for minutes that cannot be, or none.

    Source: [S16b], [S19].
    """
    _check(therapist, assistant, together)
    if not therapist + assistant + together:
        raise ValueError("The service has no minutes: give those of therapist or assistant.")
    return _more_than_small(assistant, therapist + together)


def line_modifiers(
    discipline: Discipline, *, by_assistant: bool = False, above_threshold: bool = False
) -> tuple[str, ...]:
    """Modifiers of a US Medicare therapy line: whose plan, an assistant's unit, KX.

    `discipline` is that of the plan of care: GP for PT, GO for OT, GN for SLP [S7e]. CQ goes with
    a PT line and CO with an OT line; there is none for speech therapy. KX states that the care is
    necessary and documented: pass `above_threshold` for a line of which that is true [S20b].

    Raises a `ValueError` for another discipline, or an assistant's unit under a speech plan.
    """
    if discipline not in PLAN:
        raise ValueError(f"{discipline!r} is not a discipline here: use PT, OT or SLP.")
    if by_assistant and discipline not in ASSISTANT:
        raise ValueError("There is no assistant's modifier for speech therapy, leave it out.")
    marks = [PLAN[discipline]]
    if by_assistant:
        marks.append(ASSISTANT[discipline])
    if above_threshold:
        marks.append("KX")
    return tuple(marks)


def _more_than_small(assistant: int, own: int) -> bool:
    return 100 * assistant > SMALL_SHARE_PERCENT * (assistant + own)


def _check(therapist: int, assistant: int, together: int) -> None:
    for who, minutes in (
        ("The therapist alone", therapist),
        ("The assistant alone", assistant),
        ("Both together", together),
    ):
        if isinstance(minutes, bool) or not isinstance(minutes, int):
            raise ValueError(f"{who}: {minutes!r} is not a whole number of minutes.")
        if minutes < 0:
            raise ValueError(f"{who}: {minutes} minutes cannot be, the least is 0.")


def _units(number: int) -> str:
    return f"{number} unit{'' if number == 1 else 's'}"
