"""The procedure codes of the course, in the authors' own words.

Lessons use neutral labels such as "NMR"; this module turns a label or a five-digit number into
what the course says about it. The list travels as `codes.json` beside this file, generated from
the course's sources, and carries its date, its payer and the notice about the code numbers.
"""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Code:
    """One procedure code."""

    code: str  # five characters, "97112"
    label: str  # the neutral name that lessons use, "NMR"
    name: str
    paraphrase: str  # the authors' words, never the official descriptor
    timed: bool
    minutes_per_unit: int | None  # None where the code is untimed
    contact: str
    intent: str


@dataclass(frozen=True)
class CodeList:
    """All codes, with the date and the payer they hold for."""

    as_of: str  # "2026-11-01"
    payer: str
    notice: str
    codes: dict[str, Code]

    def find(self, name: str | int) -> Code:
        """Return the code with this number or label; spaces and upper or lower case do not matter.

        Raises a `ValueError` that names the nearest codes where there is no such code.
        """
        wanted = str(name).strip().upper()
        by_name = self._by_name()
        if wanted in by_name:
            return by_name[wanted]
        near = difflib.get_close_matches(wanted, by_name, n=6, cutoff=0.5)
        found = {by_name[n].code: by_name[n] for n in near}
        listed = ", ".join(f"{c.code} ({c.label})" for c in (found or self.codes).values())
        which = "near it are" if found else "there are"
        raise ValueError(f"There is no code {str(name)!r} in this course; {which}: {listed}.")

    def _by_name(self) -> dict[str, Code]:
        names = {c.label.upper(): c for c in self.codes.values()}
        return names | {c.code.upper(): c for c in self.codes.values()}


def read_codes(parsed: Mapping[str, Any]) -> CodeList:
    """Make the list from parsed JSON: `as_of`, `payer`, `notice`, and `codes` by number.

    Raises a `ValueError` that names the code and the entry that is missing or contradicts another.
    """
    codes = {number: _code(number, entry) for number, entry in parsed["codes"].items()}
    labels = [c.label.upper() for c in codes.values()]
    for c in codes.values():
        if labels.count(c.label.upper()) > 1 or c.label.upper() in codes:
            raise ValueError(f"{c.code}: the label {c.label!r} also belongs to another code.")
    return CodeList(parsed["as_of"], parsed["payer"], parsed["notice"], codes)


def _code(number: str, entry: Mapping[str, Any]) -> Code:
    for needed in ("label", "name", "paraphrase", "timed"):
        if needed not in entry:
            raise ValueError(f"{number}: the entry {needed!r} is missing.")
    timed, minutes = entry["timed"], entry.get("minutes_per_unit")
    if bool(timed) != bool(minutes):
        raise ValueError(f"{number}: a timed code has minutes per unit, an untimed code has none.")
    return Code(
        code=number,
        label=entry["label"],
        name=entry["name"],
        paraphrase=entry["paraphrase"],
        timed=bool(timed),
        minutes_per_unit=minutes or None,
        contact=entry.get("contact") or "",
        intent=entry.get("intent") or "",
    )


@lru_cache(maxsize=1)
def code_list() -> CodeList:
    """Return the course's own list, read once."""
    text = resources.files(__package__).joinpath("codes.json").read_text(encoding="utf-8")
    return read_codes(json.loads(text))


def code(name: str | int) -> Code:
    """Return one code of the course by number, `code("97112")`, or by label, `code("NMR")`."""
    return code_list().find(name)


def is_timed(name: str | int) -> bool:
    """Whether this code is billed by time, so that its minutes count."""
    return code(name).timed
