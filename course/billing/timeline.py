"""Who treated whom, and when: a day's log, and the minutes in it that cannot all be billed.

A one-on-one minute belongs to one patient, so a clinician's direct minutes, added over all
patients, cannot exceed the clock. Source: [S14], [S14b]. Treatment of two or more patients at once
is group treatment. Source: [S15]. Under US Medicare Part B a therapist's and an assistant's minutes
can be paid, those of an aide never, and a student's own minutes never: where the therapist is in
the room, directs, decides, and treats nobody else, the minutes are the therapist's, who writes a
row for them. Source: [S16], [S28d], [S28e].

Clock times are written "09:05" or as minutes, from 0 to 1440 (a day); the last minute of a row is
left out, so that 9:00 to 9:30 and 9:30 to 10:00 touch and do not overlap. What cannot be read
raises a `ValueError` whose message is one sentence.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from numbers import Real
from typing import Any, Literal, get_args

MINUTES_IN_A_DAY = 1440

Role = Literal["therapist", "assistant", "student", "aide"]
Kind = Literal["one-on-one", "group", "unattended"]

ROLES: tuple[Role, ...] = get_args(Role)
KINDS: tuple[Kind, ...] = get_args(Kind)
PAYABLE_ROLES: tuple[Role, ...] = ("therapist", "assistant")


@dataclass(frozen=True)
class Row:
    """One line of a day's log; `start` and `end` in minutes after midnight, the end left out."""

    patient: str
    clinician: str
    role: Role
    start: int
    end: int
    kind: Kind = "one-on-one"

    @property
    def minutes(self) -> int:
        """How long the row lasts."""
        return self.end - self.start


@dataclass(frozen=True)
class Contested:
    """A stretch of one clinician's time that is claimed for more than one patient."""

    start: int
    end: int
    patients: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """How many clock minutes are contested, however many patients claim them."""
        return self.end - self.start


@dataclass(frozen=True)
class Minutes:
    """What a day's log holds for one patient, in clock minutes; no minute is counted twice.

    `therapist`: one-on-one with a therapist, alone or together with an assistant.
    `assistant`: one-on-one with an assistant and no therapist.
    `contested`: one-on-one by the log, but claimed for somebody else too: not to be billed before
    it is settled.
    `group`: in a group, which is billed once for the day and not by minutes.
    `left_out`: with an aide or a student alone, or unattended.
    """

    therapist: int = 0
    assistant: int = 0
    contested: int = 0
    group: int = 0
    left_out: int = 0

    @property
    def timed(self) -> int:
        """Minutes that go into the total for timed codes, as the log stands."""
        return self.therapist + self.assistant


# --- A day's log -----------------------------------------------------------------------------


@dataclass(frozen=True)
class DayLog:
    """The checked rows of one day; made by `read_log`."""

    rows: tuple[Row, ...]

    @property
    def patients(self) -> tuple[str, ...]:
        """Every patient, in the order of the log."""
        return tuple(dict.fromkeys(row.patient for row in self.rows))

    @property
    def clinicians(self) -> tuple[str, ...]:
        """Everybody who treated, in the order of the log."""
        return tuple(dict.fromkeys(row.clinician for row in self.rows))

    def one_on_one(self) -> dict[tuple[str, str], int]:
        """One-on-one minutes as claimed, by patient and clinician."""
        claimed: dict[tuple[str, str], int] = {}
        for row in self.rows:
            if row.kind == "one-on-one":
                pair = (row.patient, row.clinician)
                claimed[pair] = claimed.get(pair, 0) + row.minutes
        return claimed

    def claimed(self, clinician: str) -> int:
        """One-on-one minutes of a clinician, added over all patients."""
        self._check(clinician)
        return sum(m for (_, name), m in self.one_on_one().items() if name == clinician)

    def on_the_clock(self, clinician: str) -> int:
        """Clock minutes in which a clinician treats anybody one-on-one."""
        self._check(clinician)
        return sum(
            end - start
            for start, end, rows in _segments(self._busy(clinician))
            if any(row.kind == "one-on-one" for row in rows)
        )

    def contested(self, clinician: str) -> tuple[Contested, ...]:
        """Stretches claimed one-on-one for one patient and at the same time for another.

        The other claim may be one-on-one or a group: who leads a group has no one-on-one minute.
        """
        self._check(clinician)
        return tuple(
            Contested(start, end, tuple(row.patient for row in rows))
            for start, end, rows in _segments(self._busy(clinician))
            if _clash(rows)
        )

    def contested_minutes(self, clinician: str) -> int:
        """Clock minutes of a clinician that are contested, each counted once."""
        return sum(stretch.minutes for stretch in self.contested(clinician))

    def exceeds(self, clinician: str, minutes_on_duty: int) -> bool:
        """Whether the claimed minutes cannot be true because there was not so much time.

        True proves an overlap. False proves nothing: ask `contested_minutes`.
        """
        return self.claimed(clinician) > _minutes("The time on duty", minutes_on_duty)

    def minutes(self, patient: str) -> Minutes:
        """What the log holds for one patient, by what may become of it."""
        if patient not in self.patients:
            raise ValueError(f"{patient} is not in this log; it has {_listed(self.patients)}.")
        found: dict[str, int] = {}
        for start, end, rows in _segments(self.rows):
            own = [self._state(row, rows) for row in rows if row.patient == patient]
            if own:  # the best of the claims on this stretch of time
                best = min(own, key=_STATES.index)
                found[best] = found.get(best, 0) + end - start
        return Minutes(**found)

    def _state(self, row: Row, at_once: Sequence[Row]) -> str:
        if row.role not in PAYABLE_ROLES or row.kind == "unattended":
            return "left_out"
        if row.kind == "group":
            return "group"
        same = [r for r in at_once if r.clinician == row.clinician and r.kind != "unattended"]
        return "contested" if len(same) > 1 else row.role

    def _busy(self, clinician: str) -> list[Row]:
        return [r for r in self.rows if r.clinician == clinician and r.kind != "unattended"]

    def _check(self, clinician: str) -> None:
        if clinician not in self.clinicians:
            raise ValueError(f"{clinician} is not in this log; it has {_listed(self.clinicians)}.")


_STATES = ("therapist", "assistant", "contested", "group", "left_out")


def read_log(rows: Iterable[Sequence[Any]]) -> DayLog:
    """Read and check a day's log.

    Each row is (patient, clinician, role, start, end), with a kind as a sixth entry if it is not
    "one-on-one". Roles are therapist, assistant, student, aide; kinds are one-on-one, group,
    unattended. Raises a `ValueError` where a row ends before it starts, names an unknown role or
    kind, or overlaps another row of the same patient and clinician, and where somebody has two
    roles.
    """
    read = tuple(_row(number, row) for number, row in enumerate(rows, start=1))
    roles: dict[str, str] = {}
    for row in read:
        if roles.setdefault(row.clinician, row.role) != row.role:
            raise ValueError(
                f"{row.clinician} is {roles[row.clinician]} in one row and {row.role} in another; "
                "give each person one role."
            )
    for one, other in combinations(sorted(read, key=lambda r: r.start), 2):
        same = (one.patient, one.clinician) == (other.patient, other.clinician)
        if same and other.start < one.end:
            raise ValueError(
                f"{one.patient} has two rows with {one.clinician} that overlap, "
                f"{_span(one)} and {_span(other)}; write the time once."
            )
    return DayLog(read)


def contested_spans(spans: Iterable[Sequence[Any]]) -> int:
    """Clock minutes that one clinician claims for more than one patient.

    `spans` are (patient, start, end) of one clinician's one-on-one claims, the end left out. A
    minute counts once, however many patients claim it. Rows of the same patient may overlap here,
    and do not contest each other.
    """
    claims = enumerate(spans, start=1)
    rows = [_row(n, (who, "one clinician", "therapist", a, b)) for n, (who, a, b) in claims]
    return sum(end - start for start, end, at_once in _segments(rows) if _clash(at_once))


def _segments(rows: Iterable[Row]) -> list[tuple[int, int, list[Row]]]:
    """Cut the time at every start and end; return each piece that somebody claims."""
    rows = list(rows)
    edges = sorted({edge for row in rows for edge in (row.start, row.end)})
    pieces = [
        (a, b, [row for row in rows if row.start <= a and b <= row.end]) for a, b in pairwise(edges)
    ]
    return [piece for piece in pieces if piece[2]]


def _clash(rows: Sequence[Row]) -> bool:
    different = len({row.patient for row in rows}) > 1
    return different and any(row.kind == "one-on-one" for row in rows)


# --- Reading clock times and rows ------------------------------------------------------------


def read_clock(time: str | int) -> int:
    """Return minutes after midnight of a clock time such as "09:05"; whole minutes pass through.

    Raises a `ValueError` for what is no time of day; "24:00" is the end of it.
    """
    if isinstance(time, str):
        found = re.fullmatch(r"\s*(\d{1,2})[:.](\d{2})\s*", time)
        if not found or int(found[2]) > 59 or 60 * int(found[1]) + int(found[2]) > 1440:
            raise ValueError(f'{time!r} is not a clock time; write it as in "09:05".')
        return 60 * int(found[1]) + int(found[2])
    return _minutes("A clock time", time)


def clock(minutes: int) -> str:
    """Write minutes after midnight as a clock time: 545 is "9:05"."""
    return f"{minutes // 60}:{minutes % 60:02}"


def _row(number: int, row: Sequence[Any]) -> Row:
    if isinstance(row, str) or not 5 <= len(row) <= 6:
        raise ValueError(
            f"Row {number} needs patient, clinician, role, start and end; it reads {row!r}."
        )
    patient, clinician, role, start, end = row[:5]
    kind = row[5] if len(row) == 6 else "one-on-one"
    if role not in ROLES:
        raise ValueError(f"Row {number}: the role {role!r} is unknown; use {_listed(ROLES)}.")
    if kind not in KINDS:
        raise ValueError(f"Row {number}: the kind {kind!r} is unknown; use {_listed(KINDS)}.")
    first, last = _read(number, start), _read(number, end)
    if last <= first:
        raise ValueError(
            f"Row {number}: {patient}'s time ends at {clock(last)}, not after its start at "
            f"{clock(first)}; exchange the two or correct one."
        )
    return Row(str(patient), str(clinician), role, first, last, kind)


def _read(number: int, time: str | int) -> int:
    try:
        return read_clock(time)
    except ValueError as problem:
        raise ValueError(f"Row {number}: {problem}") from None


def _minutes(what: str, minutes: Any) -> int:
    # True and False are whole numbers to Python, but nobody means minutes by them.
    number = isinstance(minutes, Real) and not isinstance(minutes, bool)
    if not number or not 0 <= minutes <= MINUTES_IN_A_DAY or minutes != int(minutes):
        raise ValueError(f"{what}: {minutes!r} is not a whole number of minutes from 0 to 1440.")
    return int(minutes)


def _span(row: Row) -> str:
    return f"{clock(row.start)} to {clock(row.end)}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
