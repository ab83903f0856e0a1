"""Judging a change: is it real, does it matter, was it the treatment?

Measures and trial results come with the course's sources as `measures.json`, generated from
`course/sources/measures.yaml` and `trials.yaml`; every one names its population and references.
A threshold is a pair (lowest, highest), the same number twice where the source gives one.

Two gates, for one person's change in the direction that is better:

- **real**: the change is at least the MDC, what measurement error alone seldom exceeds;
- **matters**: the change is at least the MCID, what people count as important.

Neither gate shows a cause. What cannot be read raises a `ValueError` of one sentence.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

Span = tuple[float, float]
Answer = Literal["yes", "no", "depends", "unknown"]

COMMON_MARK = 90.0
"""Per cent of the other leg that is often asked for before sport. Source: [S69c]."""

LEVEL_95 = 1.96
"""Standard deviations of a normal distribution that hold 95 % (general knowledge)."""

_ROUNDING = 1e-9  # 0.60 - 0.42 is 0.17999..., and nobody means that


# --- What is known of measures, trials and risks ----------------------------------------------


@dataclass(frozen=True)
class Measure:
    """One test in one population; `sem`, `mdc` and `mcid` in `unit`, None where unknown."""

    name: str
    scale: str
    unit: str
    better: Literal["higher", "lower"]
    population: str
    sem: Span | None
    mdc: Span | None
    mcid: Span | None
    references: tuple[str, ...]
    general_knowledge: bool
    note: str


@dataclass(frozen=True)
class Trial:
    """A difference or an odds ratio between two treatments, with its 95 % interval."""

    name: str
    condition: str
    outcome: str
    kind: Literal["difference", "odds ratio"]
    scale: str
    estimate: float
    low: float
    high: float
    people: int | None
    favours: str | None
    references: tuple[str, ...]
    note: str

    @property
    def no_difference(self) -> float:
        """The value at which the treatments do not differ: 0, or 1 for a ratio."""
        return 1.0 if self.kind == "odds ratio" else 0.0

    @property
    def holds_no_difference(self) -> bool:
        """Whether the interval holds that value."""
        return self.low <= self.no_difference <= self.high

    def holds(self, value: float) -> bool:
        """Whether a true difference of this size fits the data, at 95 %."""
        return self.low <= value <= self.high


@dataclass(frozen=True)
class Change:
    """How far one group's mean went from before to after; above 0 is better."""

    name: str
    outcome: str
    scale: str
    months: int
    better_by: float
    compared: bool
    references: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Evidence:
    """All of it, by id."""

    measures: dict[str, Measure]
    trials: dict[str, Trial]
    changes: dict[str, Change]
    risks: dict[str, "Risks"]


@lru_cache(maxsize=1)
def evidence() -> Evidence:
    """Return the course's own measures, trials, changes and risks, read once."""
    text = resources.files(__package__).joinpath("measures.json").read_text(encoding="utf-8")
    return read_evidence(json.loads(text))


def read_evidence(parsed: Mapping[str, Any]) -> Evidence:
    """Make the evidence from parsed JSON with `measures`, `trials`, `changes` and `risks`."""
    return Evidence(
        measures={
            key: Measure(
                **_listed(entry) | {part: _span(entry[part]) for part in ("sem", "mdc", "mcid")}
            )
            for key, entry in parsed["measures"].items()
        },
        trials={key: Trial(**_listed(entry)) for key, entry in parsed["trials"].items()},
        changes={key: Change(**_listed(entry)) for key, entry in parsed["changes"].items()},
        risks={
            key: Risks(1 / entry["without_one_in"], 1 / entry["with_one_in"])
            for key, entry in parsed["risks"].items()
        },
    )


def measure(name: str) -> Measure:
    """Return one measure by id, `measure("lefs")`; raise a `ValueError` that lists them."""
    found = evidence().measures
    if name not in found:
        raise ValueError(f"There is no measure {name!r}; there are: {', '.join(found)}.")
    return found[name]


def populations(test: str) -> list[Measure]:
    """Return every entry of one test, `populations("Berg balance scale")`.

    Raises a `ValueError` that lists the tests where there is none of that name.
    """
    every = evidence().measures.values()
    found = [m for m in every if m.name == test]
    if not found:
        names = ", ".join(dict.fromkeys(m.name for m in every))
        raise ValueError(f"There is no test {test!r}; there are: {names}.")
    return found


# --- The two gates -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """What the two gates say of one change; `change` in the direction that is better."""

    change: float
    real: Answer
    matters: Answer

    def __str__(self) -> str:
        """Say both answers, as a lesson prints them."""
        return f"real: {self.real}, matters: {self.matters}"


def judge(
    change: float,
    mdc: float | Span | None,
    mcid: float | Span | None,
    better: Literal["higher", "lower"] = "higher",
) -> Verdict:
    """Take one person's change through both gates.

    `change` is after minus before, in the test's unit; `better` says which direction is meant.
    A gate is passed by a change of at least its threshold. Where the threshold is a range and the
    change lies inside it, the answer is "depends"; where there is none, "unknown". A change for
    the worse may be real as well; it is no gain that matters, and what loss matters the MCID does
    not say. Definitions: [S62], [S63], [S67].
    """
    gain = _number("The change", change) * (1 if better == "higher" else -1)
    return Verdict(gain, _gate(abs(gain), _span(mdc)), _gate(gain, _span(mcid)))


def judge_everywhere(test: str, change: float) -> dict[str, Verdict]:
    """Judge one change by every entry of a test: population to verdict."""
    return {m.population: judge(change, m.mdc, m.mcid, m.better) for m in populations(test)}


def mdc_from_error(sem: float, level: float = LEVEL_95) -> float:
    """Return the MDC that follows from the standard error of one measurement, in its unit.

    A change has the error of two measurements, so the MDC is level times the square root of 2
    times `sem` (general knowledge; level 1.96 for 95 %, 1.645 for 90 %).
    """
    return level * math.sqrt(2) * _positive("The standard error", sem)


def _gate(gain: float, threshold: Span | None) -> Answer:
    if threshold is None:
        return "unknown"
    low, high = threshold
    if gain >= high - _ROUNDING:
        return "yes"
    return "no" if gain < low - _ROUNDING else "depends"


# --- Two legs ----------------------------------------------------------------------------------


def limb_symmetry(involved: float, other: float) -> float:
    """Return the involved limb's score as a percentage of the other's. Source: [S69c].

    The index is a ratio: it rises when the involved limb gains, and also when the other one
    loses. For tests in which less is better, such as a time, exchange the two.
    """
    return 100 * _positive("The involved limb", involved) / _positive("The other limb", other)


@dataclass(frozen=True)
class Legs:
    """Scores of two legs today, and what the involved one could do before the injury."""

    involved: float
    other: float
    before: float

    @property
    def symmetry(self) -> float:
        """Per cent of the other leg today."""
        return limb_symmetry(self.involved, self.other)

    @property
    def of_before(self) -> float:
        """Per cent of what this leg could do before."""
        return limb_symmetry(self.involved, self.before)

    def __str__(self) -> str:
        """Say both percentages, as a lesson prints them."""
        return f"{self.symmetry:.0f} % of the other leg, {self.of_before:.0f} % of before"


# --- Risks -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Risks:
    """One outcome's risk (0 to 1) without and with a measure."""

    without: float
    with_measure: float

    def __post_init__(self) -> None:
        """Refuse what is no risk."""
        for risk in (self.without, self.with_measure):
            if not 0 <= _number("A risk", risk) <= 1:
                raise ValueError(f"A risk of {risk} cannot be: write it from 0 to 1, as 1 / 54.")

    @property
    def absolute(self) -> float:
        """Difference of the risks, 0 to 1; below 0 where the measure does harm."""
        return self.without - self.with_measure

    @property
    def relative(self) -> float:
        """Share of the risk that the measure removes."""
        if self.without == 0:
            raise ValueError("Without the measure nobody is at risk, so no share can be removed.")
        return self.absolute / self.without

    @property
    def number_needed(self) -> float:
        """How many people take part for one to be spared: 1 / absolute (general knowledge)."""
        if self.absolute <= 0:
            raise ValueError("The measure spares nobody, so no number of people is enough.")
        return 1 / self.absolute

    def __str__(self) -> str:
        """Say all three, as a lesson prints them."""
        return (
            f"relative reduction {self.relative:.0%}, absolute {self.absolute:.2%}, "
            f"number needed {self.number_needed:.0f}"
        )


# --- Reading numbers ---------------------------------------------------------------------------


def _number(what: str, value: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{what}: {value!r} is not a number.")
    return float(value)


def _positive(what: str, value: float) -> float:
    if _number(what, value) <= 0:
        raise ValueError(f"{what}: {value} cannot be, it has to be more than 0.")
    return float(value)


def _span(value: Any) -> Span | None:
    """Read a threshold: nothing, a number, or a pair of numbers from low to high."""
    if value is None:
        return None
    low, high = (value, value) if isinstance(value, int | float) else value
    span = (_positive("A threshold", low), _positive("A threshold", high))
    if span[0] > span[1]:
        raise ValueError(f"A threshold from {low} to {high} runs down: write the lower one first.")
    return span


def _listed(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "references": tuple(entry["references"])}
