"""Edit pairs, looked up with their dates and never remembered.

A procedure-to-procedure edit names two codes of which US Medicare pays one on the same day, unless
a valid modifier is allowed and applied [S22]. Pairs are added and deleted every quarter, and a
deleted row stays in the files. So a row says nothing without its dates.

The rows travel as `edits.json` beside this file, generated from the course's sources: a public copy
of the files of 1 July 2024 [S95]. What the copy does not tell is `None` here, and what follows from
it is "not known".
"""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from course.billing.codes import code

State = Literal["in force", "deleted", "no edit", "not known"]

INDICATORS = {
    0: "no modifier is accepted",
    1: "a modifier is accepted, if it is true",
    9: "the indicator does not apply",
    None: "the copy names no indicator",
}


@dataclass(frozen=True)
class Edit:
    """One row: a pair, whether a modifier is accepted, and when it was in force."""

    column_1: str  # the code that is paid; where `order_known` is False, either of the two
    column_2: str
    order_known: bool
    indicator: int | None  # 1: a modifier is accepted, 0: none is, 9: does not apply
    effective: datetime.date | None  # None: not told
    deleted: datetime.date | None  # first day without the row, in our reading; None: not deleted

    def holds(self, on: datetime.date, as_of: datetime.date) -> bool:
        """Whether the row had begun (from `as_of`, if untold) and was not yet deleted."""
        return on >= (self.effective or as_of) and (self.deleted is None or on < self.deleted)


@dataclass(frozen=True)
class EditFile:
    """The rows among the codes it covers, as of one day, good for the rest of its quarter."""

    as_of: datetime.date
    until: datetime.date
    payer: str
    covers: tuple[str, ...]
    edits: tuple[Edit, ...]

    def between(self, one: str, other: str, on: datetime.date) -> "Found":
        """Say whether an edit joined two codes on a day; numbers or labels of the codes.

        Raises a `ValueError` for the same code twice, or one that the copy does not cover.
        """
        pair = tuple(code(name).code for name in (one, other))
        if pair[0] == pair[1]:
            raise ValueError(f"{one} and {other} are the same code, an edit joins two.")
        for number in pair:
            if number not in self.covers:
                raise ValueError(
                    f"{number} is not covered by our copy of the edit files; "
                    f"it covers {', '.join(self.covers)}."
                )
        rows = tuple(e for e in self.edits if {e.column_1, e.column_2} == set(pair))
        return Found((pair[0], pair[1]), on, self._state(rows, on), rows, self.as_of)

    def _state(self, rows: tuple[Edit, ...], on: datetime.date) -> State:
        if on > self.until:
            return "not known"
        if any(e.holds(on, self.as_of) for e in rows):
            return "in force"
        open_rows = [e for e in rows if e.deleted is None or on < e.deleted]
        if any(e.effective is None for e in open_rows):
            return "not known"
        return "deleted" if any(e.deleted and e.deleted <= on for e in rows) else "no edit"


@dataclass(frozen=True)
class Found:
    """What the copy says about a pair on one day."""

    codes: tuple[str, str]
    on: datetime.date
    state: State
    rows: tuple[Edit, ...]
    as_of: datetime.date

    def __str__(self) -> str:
        """Say the state and the reason in one line, as a lesson prints it."""
        pair = f"{self.codes[0]} with {self.codes[1]} on {day(self.on)}: {self.state}"
        return f"{pair}. {self._why()}"

    def _why(self) -> str:
        if self.state == "in force":
            row = next(e for e in self.rows if e.holds(self.on, self.as_of))
            return f"{INDICATORS[row.indicator].capitalize()}."
        if self.state == "deleted":
            gone = max(e.deleted for e in self.rows if e.deleted and e.deleted <= self.on)
            return f"The row was deleted as of {day(gone)}."
        if self.state == "no edit":
            return "The copy has no row for this pair on that day."
        if self.on > self.as_of:
            return f"Our copy is of {day(self.as_of)}: look the pair up in the quarter's file."
        return "Our copy does not tell when the row began."


def edits_between(one: str, other: str, on: datetime.date | str) -> Found:
    """Look a pair up for a day, given as a date or as "2024-08-12".

    Raises a `ValueError` for a code that is unknown or not covered, for the same code twice, and
    for a day that cannot be read.
    """
    if isinstance(on, str):
        try:
            on = datetime.date.fromisoformat(on)
        except ValueError:
            raise ValueError(f'{on!r} is not a day: write it like "2024-08-12".') from None
    return edit_file().between(one, other, on)


def read_edits(parsed: Mapping[str, Any]) -> EditFile:
    """Make the rows from parsed JSON."""
    rows = tuple(
        Edit(
            e["column_1"],
            e["column_2"],
            e["order_known"],
            e["indicator"],
            _day(e["effective"]),
            _day(e["deleted"]),
        )
        for e in parsed["edits"]
    )
    as_of, until = (datetime.date.fromisoformat(parsed[n]) for n in ("as_of", "until"))
    return EditFile(as_of, until, parsed["payer"], tuple(parsed["covers"]), rows)


@lru_cache(maxsize=1)
def edit_file() -> EditFile:
    """Return the course's own copy, read once."""
    text = resources.files(__package__).joinpath("edits.json").read_text(encoding="utf-8")
    return read_edits(json.loads(text))


def day(date: datetime.date) -> str:
    """Write a day as the lessons do, 1 October 2020."""
    return f"{date.day} {date:%B %Y}"


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)
