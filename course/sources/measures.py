"""Outcome measures and trial results, as `measures.yaml` and `trials.yaml` hold them.

A threshold is one number, or two where a source gives a range: both are read as a pair, lowest
first. Every entry is about one population, because thresholds of one test differ between them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from course.sources.reading import (
    SLUG,
    AnyModel,
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


def _pair(value: object) -> object:
    """Read a single number as a range from it to itself."""
    return (value, value) if isinstance(value, int | float) else value


Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Range = Annotated[tuple[Positive, Positive], BeforeValidator(_pair)]


class Measure(Model):
    """What is known of one test in one population: measurement error and important change."""

    name: Text
    scale: Text
    unit: Text
    better: Literal["higher", "lower"]
    population: Text
    sem: Range | None = None
    mdc: Range | None = None
    mcid: Range | None = None
    references: tuple[ReferenceId, ...] = ()
    general_knowledge: bool = False
    note: str = ""


class Trial(Model):
    """A difference or a ratio between two treatments, with its 95 % interval."""

    name: Text
    condition: Text
    outcome: Text
    kind: Literal["difference", "odds ratio"]
    scale: Text
    estimate: Number
    low: Number
    high: Number
    people: Annotated[int, Field(gt=0)] | None = None
    favours: Text | None = None
    references: Annotated[tuple[ReferenceId, ...], Field(min_length=1)]
    note: str = ""


class Change(Model):
    """How far one group's mean went from before to after; above 0 is better."""

    name: Text
    outcome: Text
    scale: Text
    months: Annotated[int, Field(gt=0)]
    better_by: Number
    compared: bool
    references: Annotated[tuple[ReferenceId, ...], Field(min_length=1)]
    note: str = ""


class Risk(Model):
    """One outcome's risk with and without a measure, each as one person in so many."""

    name: Text
    outcome: Text
    without_one_in: Positive
    with_one_in: Positive
    references: Annotated[tuple[ReferenceId, ...], Field(min_length=1)]
    note: str = ""


class Evidence(Model):
    """What trials and registries found."""

    trials: dict[str, Trial]
    changes: dict[str, Change]
    risks: dict[str, Risk]


def read_measures(folder: Path, references: dict[str, Reference]) -> dict[str, Measure]:
    """Read and check `measures.yaml`; raise SourceError at the first fault."""
    file = "measures.yaml"
    found = _entries(Measure, file, None, read_yaml(folder, file))
    for key, measure in found.items():
        check_support(file, key, measure.references, references, measure.general_knowledge)
        for field in ("sem", "mdc", "mcid"):
            span = getattr(measure, field)
            if span and span[0] > span[1]:
                raise SourceError(file, key, f"{field} runs down; write the lower number first")
        if not (measure.sem or measure.mdc or measure.mcid):
            raise SourceError(file, key, "it has none of sem, mdc and mcid; give at least one")
    return found


def read_evidence(folder: Path, references: dict[str, Reference]) -> Evidence:
    """Read and check `trials.yaml`; raise SourceError at the first fault."""
    file = "trials.yaml"
    top = mapping(file, None, "the file", read_yaml(folder, file))
    check_fields(file, top, set(Evidence.model_fields))
    trials = _entries(Trial, file, "trials", top["trials"])
    for key, trial in trials.items():
        check_support(file, key, trial.references, references, False)
        if not trial.low <= trial.estimate <= trial.high:
            raise SourceError(file, key, "the estimate lies outside its interval")
        if trial.kind == "odds ratio" and trial.low <= 0:
            raise SourceError(file, key, "an odds ratio lies above 0")
    changes = _entries(Change, file, "changes", top["changes"])
    for key, change in changes.items():
        check_support(file, key, change.references, references, False)
    risks = _entries(Risk, file, "risks", top["risks"])
    for key, risk in risks.items():
        check_support(file, key, risk.references, references, False)
        if min(risk.without_one_in, risk.with_one_in) < 1:
            raise SourceError(file, key, "a risk of one in less than one cannot be")
    return Evidence(trials=trials, changes=changes, risks=risks)


def _entries(
    model: type[AnyModel],
    file: str,
    section: str | None,
    value: object,
) -> dict[str, AnyModel]:
    what = "its value" if section else "the file"
    entries = {}
    for key, fields in mapping(file, section, what, value).items():
        check_key(file, key, SLUG, "berg-chronic-stroke")
        entries[key] = build(model, file, key, fields)
    return entries
