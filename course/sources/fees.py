"""Figures that change: fees, limits and thresholds of US Medicare, and its edit pairs.

Each file says as of when, for which payer and from which source. What our copy does not tell is
`null` in the file, and stays unknown to the learner: nothing is filled in from memory.
"""

from __future__ import annotations

import datetime
from collections.abc import Container
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from course.sources.reading import (
    CODE_NUMBER,
    Model,
    Reference,
    ReferenceId,
    SourceError,
    Text,
    build,
    check_fields,
    check_key,
    check_support,
    mapping,
    read_yaml,
)

Rvu = Annotated[Decimal, Field(ge=0)]
Dollars = Annotated[int, Field(gt=0)]
YEAR = r"^20[0-9]{2}$"


class Fee(Model):
    """Relative value units of one unit of a code, and how many units a day are expected at most."""

    work: Rvu
    practice_expense: Rvu
    malpractice: Rvu
    units_per_day: Annotated[int, Field(gt=0)]
    adjudication_indicator: Literal[1, 2, 3]


class Threshold(Model):
    """The KX threshold of one calendar year, in dollars, for each of the two amounts."""

    amount: Dollars
    references: tuple[ReferenceId, ...] = ()
    general_knowledge: bool = False


class FeeTable(Model):
    """Fees and daily limits as of one day, and the yearly thresholds."""

    as_of: datetime.date
    payer: Text
    references: Annotated[tuple[ReferenceId, ...], Field(min_length=1)]
    conversion_factor: Annotated[Decimal, Field(gt=0)]
    codes: dict[str, Fee]
    review_from: Dollars
    review_references: Annotated[tuple[ReferenceId, ...], Field(min_length=1)]
    thresholds: dict[str, Threshold]


class Edit(Model):
    """One row about a pair of codes. `null`: our copy does not tell."""

    column_1: Text
    column_2: Text
    order_known: bool = True
    indicator: Literal[0, 1, 9] | None
    effective: datetime.date | None
    deleted: datetime.date | None


class EditTable(Model):
    """Rows about the pairs among some codes, and the days for which the table holds."""

    as_of: datetime.date
    until: datetime.date
    payer: Text
    references: Annotated[tuple[ReferenceId, ...], Field(min_length=1)]
    covers: Annotated[tuple[str, ...], Field(min_length=2)]
    edits: tuple[Edit, ...]


def read_fees(folder: Path, references: dict[str, Reference], known: Container[str]) -> FeeTable:
    """Read and check fees.yaml; `known` are the codes that the course names.

    Raises:
        SourceError: at the first fault.
    """
    file = "fees.yaml"
    top = mapping(file, None, "the file", read_yaml(folder, file))
    check_fields(file, top, set(FeeTable.model_fields))
    codes = {}
    for key, value in mapping(file, "codes", "its value", top["codes"]).items():
        check_key(file, key, CODE_NUMBER, '"97112", in quotes')
        _check_known(file, key, key, known)
        codes[key] = build(Fee, file, key, value)
    thresholds = {}
    for key, value in mapping(file, "thresholds", "its value", top["thresholds"]).items():
        check_key(file, key, YEAR, '"2024", in quotes')
        year = thresholds[key] = build(Threshold, file, key, value)
        check_support(file, key, year.references, references, year.general_knowledge)
    table = build(FeeTable, file, None, {**top, "codes": codes, "thresholds": thresholds})
    check_support(file, "references", table.references, references, False)
    check_support(file, "review_references", table.review_references, references, False)
    return table


def read_edits(folder: Path, references: dict[str, Reference], known: Container[str]) -> EditTable:
    """Read and check edits.yaml; `known` are the codes that the course names.

    Raises:
        SourceError: at the first fault.
    """
    file = "edits.yaml"
    top = mapping(file, None, "the file", read_yaml(folder, file))
    check_fields(file, top, set(EditTable.model_fields))
    if not isinstance(top["edits"], list):
        raise SourceError(file, "edits", "its value is not a list of rows")
    rows: list[Edit] = []
    for number, value in enumerate(top["edits"], start=1):
        rows.append(_read_edit(file, f"number {number} in the list", value, rows))
    table = build(EditTable, file, None, {**top, "edits": rows})
    check_support(file, "references", table.references, references, False)
    if table.until < table.as_of:
        raise SourceError(file, "until", "it is before as_of")
    for code in table.covers:
        _check_known(file, "covers", code, known)
    for number, row in enumerate(rows, start=1):
        for code in (row.column_1, row.column_2):
            _check_known(file, f"number {number} in the list", code, table.covers)
    return table


def _read_edit(file: str, name: str, value: Any, before: list[Edit]) -> Edit:
    row = build(Edit, file, name, value)
    if row.column_1 == row.column_2:
        raise SourceError(file, name, f"it pairs {row.column_1} with itself")
    if row.effective and row.deleted and row.deleted < row.effective:
        raise SourceError(file, name, "it was deleted before it took effect")
    if row in before:
        raise SourceError(file, name, f"it repeats row {before.index(row) + 1}")
    return row


def _check_known(file: str, entry: str, code: str, known: Container[str]) -> None:
    if code not in known:
        where = "covers" if entry.startswith("number") else "codes.yaml"
        raise SourceError(file, entry, f"code {code} is not among those of {where}")
