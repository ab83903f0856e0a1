"""Claims data: rows by provider and service, as in US Medicare's public file, real or simulated.

The public file "Medicare Physician & Other Practitioners - by Provider and Service" has one row for
each provider, code and place of service of a year [S111]. Two namings of its columns are in use,
that of the first releases (2012, 2013 and some years after) and the current one; `COLUMNS` maps
both to the names of this module. That combinations of fewer than 11 patients are left out of the
file is general knowledge, and so is the check digit of provider numbers.

What `simulate` makes is invented: no row stands for a real provider, and no provider number in it
passes the check-digit test. Its units per day are set so that a group of 152 resembles one read
from the file for 2012 (152 physical therapists, no random sample): median 1.15 and highest 2.96 for
97112, median 1.80 and highest 3.88 for 97110. All else in it, patients, prices, places and the
kinds of clinic, is the authors' own model.
"""

import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Layout = Literal["current", "2012"]

# Our name: (current release, first releases). Headers are compared without upper and lower case.
COLUMNS: dict[str, tuple[str, str]] = {
    "npi": ("Rndrng_NPI", "npi"),
    "provider_type": ("Rndrng_Prvdr_Type", "provider_type"),
    "state": ("Rndrng_Prvdr_State_Abrvtn", "nppes_provider_state"),
    "code": ("HCPCS_Cd", "hcpcs_code"),
    "place": ("Place_Of_Srvc", "place_of_service"),
    "patients": ("Tot_Benes", "bene_unique_cnt"),
    "units": ("Tot_Srvcs", "line_srvc_cnt"),
    "days": ("Tot_Bene_Day_Srvcs", "bene_day_srvc_cnt"),
    "charge": ("Avg_Sbmtd_Chrg", "average_submitted_chrg_amt"),
    "allowed": ("Avg_Mdcr_Alowd_Amt", "average_Medicare_allowed_amt"),
    "paid": ("Avg_Mdcr_Pymt_Amt", "average_Medicare_payment_amt"),
}
COUNTS = ("patients", "units", "days")
MONEY = ("charge", "allowed", "paid")
THERAPY_CODES = (
    "97035", "97110", "97112", "97113", "97116", "97140", "97150", "97530", "97535",
)  # fmt: skip

FEWEST_PATIENTS = 11
"""Rows of fewer patients are left out of the public file."""

MOST_UNITS_A_DAY = {"97110": 6, "97112": 4}
"""Public limits of July 2024 on one provider's units for one patient and day; they change."""

# Units beyond the first of a day: median of all providers, spread (standard deviation) of the
# logarithm within a kind of clinic, how far in logarithms clinics for balance and walking lie above
# and hand clinics below, and the median of the few intensive clinics. Set by trial, so that median
# and highest of 152 come out as the module's text says.
EXTRA = {"97112": (0.15, 0.45, 0.55, 1.35), "97110": (0.79, 0.30, 0.10, 2.10)}
OTHER_EXTRA = {"97140": 0.15, "97530": 0.35, "97116": 0.10, "97535": 0.25, "97113": 1.2,
               "97035": 0.01}  # fmt: skip
INTENSIVE = 0.03
"""Share of clinics with honest long sessions, for patients with severe injuries of the brain."""

# Share of providers that bill a code: (clinic for balance and walking, hand clinic).
BILLS = {"97110": (0.95, 0.95), "97112": (0.97, 0.90), "97116": (0.97, 0.04),
         "97140": (0.45, 0.95), "97530": (0.80, 0.75), "97535": (0.40, 0.30),
         "97113": (0.06, 0.0), "97035": (0.08, 0.60), "97150": (0.20, 0.10)}  # fmt: skip
# Share of a provider's treatment days on which a code is billed, where it is billed at all.
DAYS_WITH = {"97110": 0.85, "97112": 0.55, "97116": 0.45, "97140": 0.6, "97530": 0.5,
             "97535": 0.25, "97113": 0.3, "97035": 0.3, "97150": 0.2}  # fmt: skip
ALLOWED = {"97110": 29.0, "97112": 33.0, "97113": 37.0, "97116": 29.0, "97140": 27.0,
           "97150": 18.0, "97530": 36.0, "97535": 32.0, "97035": 14.0}  # fmt: skip
TYPES = ("Physical Therapist in Private Practice", "Occupational Therapist in Private Practice")

PATIENTS_VARY = 0.85
"""Variance over mean of the patients' own means of extra units a day (authors' own model)."""

ADDS_UNITS = 1.2
"""Units a day that a provider with the planted pattern `adds` bills beyond those given."""


# --- Provider numbers ------------------------------------------------------------------------


def npi_is_valid(number: str | int) -> bool:
    """Whether a ten-digit provider number passes the check-digit test.

    The test is Luhn's, on the number with 80840 in front of it (general knowledge).
    """
    text = str(number).strip()
    if len(text) != 10 or not text.isascii() or not text.isdigit():
        return False
    return int(_check_digit(np.array([int(text[:9])]))[0]) == int(text[9])


def invented_npis(count: int, first: int = 0) -> npt.NDArray[np.int64]:
    """Ten-digit provider numbers that fail the check-digit test, each another one.

    `first` is how many were made before. The last digit is wrong by 5, so none of them can be the
    number of a real provider.
    """
    nine = 190_000_000 + first + np.arange(count, dtype=np.int64)
    return nine * 10 + (_check_digit(nine) + 5) % 10


def _check_digit(nine: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    total = np.full(nine.shape, 24, dtype=np.int64)  # what 80840 adds
    rest = nine.copy()
    for place in range(9):
        digit = rest % 10
        rest //= 10
        twice = 2 * digit
        total += digit if place % 2 else twice - 9 * (twice > 9)
    return -total % 10


# --- Simulating ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Simulated:
    """Rows as in the public file, under this module's names, and the truth behind them.

    `rows` has the columns of `COLUMNS`. `truth` has one line a provider, indexed by `npi`: `clinic`
    ("balance", "intensive" or "hand") and `pattern` ("none", "adds" or "relabels"). The public file
    holds neither.
    """

    rows: pd.DataFrame
    truth: pd.DataFrame


def simulate(
    providers: int = 400, seed: int = 1, planted: float = 0.03, first: int = 0
) -> Simulated:
    """Make a year of claims of invented therapy providers.

    Half of the providers lead hand clinics, the others clinics for balance and walking; of all, a
    share `INTENSIVE` lead such a clinic with honest long sessions. A share `planted`
    bills wrongly, in equal parts by two patterns. `adds`: on average `ADDS_UNITS` units of 97112 a
    day more than given. `relabels`: other work is billed as 97112, so that there are more days of
    97112, and no more units on each. Providers differ by a log-normal factor. The extra units of a
    day are Poisson around the patient's own mean, which is gamma around the provider's, with a
    variance of `PATIENTS_VARY` times the mean: some patients need long sessions, most do not. Rows
    of fewer than `FEWEST_PATIENTS` patients are left out.

    Raises a `ValueError` for fewer than 1 provider or a share outside 0 to 1.
    """
    if providers < 1:
        raise ValueError(f"{providers} providers cannot be simulated: ask for 1 or more.")
    if not 0 <= planted <= 1:
        raise ValueError(f"The planted share is {planted}: give a share from 0 to 1.")
    rng = np.random.default_rng([seed, first])
    npi = invented_npis(providers, first)
    balance = rng.permutation(providers) % 2 == 0
    pattern = np.full(providers, "none", dtype="<U8")
    chosen = rng.choice(providers, size=round(planted * providers), replace=False)
    pattern[chosen[::2]] = "adds"
    pattern[chosen[1::2]] = "relabels"
    severe = balance & (pattern == "none") & (rng.random(providers) < 2 * INTENSIVE)
    clinic = np.where(severe, "intensive", np.where(balance, "balance", "hand"))
    kind = np.where(rng.random(providers) < 0.8, TYPES[0], TYPES[1])
    place = np.where(rng.random(providers) < 0.95, "O", "F")
    state = rng.choice(np.array(["XA", "XB", "XC"]), size=providers)  # no states of the US
    patients = np.maximum(5, np.exp(rng.normal(math.log(60), 0.9, providers))).astype(np.int64)
    visits = 2.0 + rng.gamma(4.0, 1.5, providers)  # treatment days of a patient, on average

    parts = []
    for code, (with_balance, with_hand) in BILLS.items():
        bills = rng.random(providers) < np.where(balance, with_balance, with_hand)
        share = np.clip(rng.normal(DAYS_WITH[code], 0.12, providers), 0.05, 1.0)
        if code == "97112":
            bills |= pattern != "none"
            share = np.where(pattern == "relabels", 0.97, np.where(balance, share, 0.6 * share))
        extra = _extra_a_day(rng, code, clinic)
        if code == "97112":
            extra = np.where(pattern == "adds", extra + ADDS_UNITS, extra)
        treated = rng.binomial(patients, np.sqrt(share))
        days = treated + rng.poisson(treated * np.maximum(visits * np.sqrt(share) - 1, 0))
        own = PATIENTS_VARY * rng.gamma(np.maximum(treated, 1) * extra / PATIENTS_VARY)
        units = days + rng.poisson(days * own / np.maximum(treated, 1))
        units = np.minimum(units, days * MOST_UNITS_A_DAY.get(code, 6))
        allowed = ALLOWED[code] * rng.normal(1.0, 0.05, providers)
        frame = pd.DataFrame({
            "npi": npi, "provider_type": kind, "state": state, "code": code, "place": place,
            "patients": treated, "units": units, "days": days,
            "charge": (allowed * rng.uniform(1.4, 3.5, providers)).round(2),
            "allowed": allowed.round(2), "paid": (0.78 * allowed).round(2),
        })  # fmt: skip
        parts.append(frame[bills & (treated >= FEWEST_PATIENTS)])
    rows = pd.concat(parts).sort_values(["npi", "code"], ignore_index=True)
    rows["npi"] = rows["npi"].astype(str)
    truth = pd.DataFrame(
        {"clinic": clinic, "pattern": pattern},
        index=pd.Index(npi.astype(str), name="npi"),
    )
    return Simulated(rows, truth)


def _extra_a_day(
    rng: np.random.Generator, code: str, clinic: npt.NDArray[np.str_]
) -> npt.NDArray[np.float64]:
    """Each provider's own mean of units beyond the first of a day."""
    other = OTHER_EXTRA.get(code, 0.01)
    median, spread, shift, intensive = EXTRA.get(code, (other, 0.4, 0.0, other))
    middle = median * np.exp(np.where(clinic == "hand", -shift, shift))
    own = np.where(clinic == "intensive", intensive, middle)
    most = MOST_UNITS_A_DAY.get(code, 6) - 1.5
    found: npt.NDArray[np.float64] = np.minimum(own * np.exp(rng.normal(0, spread, len(own))), most)
    return found


# --- Writing ---------------------------------------------------------------------------------


def in_layout(rows: pd.DataFrame, layout: Layout = "current") -> pd.DataFrame:
    """Rows under the column names of a release of the public file.

    Raises a `ValueError` for a layout that is neither "current" nor "2012".
    """
    if layout not in ("current", "2012"):
        raise ValueError(f"There is no layout {layout!r}: choose 'current' or '2012'.")
    which = 0 if layout == "current" else 1
    return rows.rename(columns={ours: theirs[which] for ours, theirs in COLUMNS.items()})


def write_claims(
    path: str | os.PathLike[str],
    rows: int,
    seed: int = 1,
    therapy_share: float = 0.05,
    planted: float = 0.03,
    layout: Layout = "current",
) -> pd.DataFrame:
    """Write a simulated file of `rows` rows, block by block, and return the truth behind it.

    `therapy_share` of the rows are those of `simulate`; the others are office visits (code 99213)
    of other invented providers, which an audit of therapy has to read and drop. Written with
    commas, whatever the layout.
    """
    place, truths, written, made = Path(path), [], 0, 0
    with place.open("w", encoding="utf-8", newline="") as file:
        for block in _blocks(rows, seed, therapy_share, planted):
            part = block.rows.iloc[: rows - written]
            in_layout(part, layout).to_csv(file, index=False, header=made == 0)
            truths.append(block.truth)
            written, made = written + len(part), made + 1
    return pd.concat(truths)


def _blocks(rows: int, seed: int, therapy_share: float, planted: float) -> Iterator[Simulated]:
    first = 0
    while rows > 0:
        block = simulate(2000, seed, planted, first)
        first += 2000
        fillers = round(len(block.rows) * (1 / therapy_share - 1))
        other = _office_visits(fillers, seed, first)
        first += fillers
        mixed = pd.concat([block.rows, other], ignore_index=True)
        order = np.random.default_rng([seed, first]).permutation(len(mixed))
        rows -= len(mixed)
        yield Simulated(mixed.iloc[order], block.truth)


def _office_visits(count: int, seed: int, first: int) -> pd.DataFrame:
    rng = np.random.default_rng([seed, first, 7])
    patients = FEWEST_PATIENTS + rng.poisson(40, count)
    constant: dict[str, Any] = {
        "provider_type": "Family Practice", "state": "XA", "code": "99213", "place": "O",
    }  # fmt: skip
    return pd.DataFrame({
        "npi": invented_npis(count, first).astype(str), **constant, "patients": patients,
        "units": 2 * patients, "days": 2 * patients, "charge": 150.0, "allowed": 90.0,
        "paid": 70.0,
    })[list(COLUMNS)]  # fmt: skip
