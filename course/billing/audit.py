"""A fair look for outliers in claims data: like with like, and with the uncertainty stated.

The measure is **units per patient-day**: the units of one code that a provider billed, over the
days on which a patient had that code (`rate`). A day with the code has at least one unit, so what
varies are the units beyond the first, the extra units: rate - 1 for each day.

Days of one patient are alike, so what chance can do is reckoned by patients, not by days: as if
each patient brought one day (authors' own model, on the cautious side). Within a peer group the
true extra units of a day are taken to differ between providers with mean m and variance v, and the
observed ones to be Poisson around a provider's own. Then, for n patients (gamma-Poisson, empirical
Bayes; textbook formulas, general knowledge)

    weight     w = n / (n + m / v)
    shrunk     m + w (observed - m) = (m²/v + n observed) / (m/v + n)

and n times the observed varies as a negative binomial with mean m n and variance m n + v n². Where
v is 0 it is the Poisson: chance alone.

A flag says that a provider billed more than nearly all of its peers would be expected to. It says
nothing on why. The data hold no minutes, no notes, no diagnosis and no severity.
"""

import gzip
import math
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from course.billing.claims import COLUMNS, COUNTS, THERAPY_CODES

Floats = npt.NDArray[np.float64]

MAD_TO_SIGMA = 1 / NormalDist().inv_cdf(0.75)
"""1.4826: the median absolute deviation of a normal distribution times this is its sigma."""

FEWEST_PEERS = 20
"""Smaller groups get no limits and no flags (authors' own model)."""

LEVEL = 0.998
"""Share of peers between the limits: the usual outer limits of a funnel plot, about 3 sigma."""

WALKING_SHARE = 0.05
"""From this share of days with gait training on, a provider's mix is called "walking"."""

GROUP = ("provider_type", "place", "mix")


# --- Reading a file of any size ---------------------------------------------------------------


def read_claims(
    path: str | os.PathLike[str],
    codes: Sequence[str] = THERAPY_CODES,
    chunk_rows: int = 100_000,
    progress: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Read the therapy rows of a public claims file, .csv, .txt, .gz or .zip, piece by piece.

    Both namings of the columns are read, with commas or tabs. Only rows of `codes` and the columns
    of the audit are kept, so memory depends on `chunk_rows` and on how many rows are kept, and not
    on the size of the file. `progress` is called with a line of text after each piece, for example
    `print`. The result has the columns npi, provider_type, state, code, place, patients, units,
    days (state is empty where the file has none), and `attrs["rows_read"]`.

    Raises a `FileNotFoundError` where there is no such file, and a `ValueError` for a file that is
    empty, lacks a column, or holds something else than a number where a count should be.
    """
    place = Path(path)
    if not place.is_file():
        raise FileNotFoundError(
            f"There is no file {place}: give the path of the file you downloaded."
        )
    if chunk_rows < 1:
        raise ValueError(f"Pieces of {chunk_rows} rows cannot be read: give 1 or more.")
    names, separator = _header(place)
    wanted, kept, rows = set(codes), [], 0
    with _opened(place) as (stream, done):
        pieces = pd.read_csv(
            stream, sep=separator, usecols=list(names), dtype=str, chunksize=chunk_rows,
            encoding_errors="replace", keep_default_na=False, quoting=0 if separator == "," else 3,
        )  # fmt: skip
        for piece in pieces:
            rows += len(piece)
            piece = piece.rename(columns=names)
            kept.append(_counted(place, piece[piece["code"].str.strip().isin(wanted)]))
            if progress is not None:
                progress(f"{place.name}: {done():.0%} read, {rows:,} rows")
    found = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=list(_NEEDED))
    if "state" not in found:
        found["state"] = ""
    found = found[list(_NEEDED)]
    found.attrs["rows_read"] = rows
    return found


_NEEDED = ("npi", "provider_type", "state", "code", "place", *COUNTS)
_OPTIONAL = ("state",)


def _header(place: Path) -> tuple[dict[str, str], str]:
    """The file's names of the columns that are needed, each with ours, and the separator."""
    with _opened(place) as (stream, _):
        line = stream.readline().decode("utf-8-sig", errors="replace").strip("\r\n")
    if not line.strip():
        raise ValueError(f"{place.name} is empty: download it again.")
    separator = "\t" if line.count("\t") > line.count(",") else ","
    theirs = {name.strip().strip('"').lower(): name.strip('"') for name in line.split(separator)}
    names, missing = {}, []
    for ours in _NEEDED:
        known = [theirs[n.lower()] for n in COLUMNS[ours] if n.lower() in theirs]
        if known:
            names[known[0]] = ours
        elif ours not in _OPTIONAL:
            missing.append(" or ".join(COLUMNS[ours]))
    if missing:
        raise ValueError(
            f"{place.name} has no column {', no column '.join(missing)}: "
            "is it the Medicare file by provider and service?"
        )
    return names, separator


def _counted(place: Path, piece: pd.DataFrame) -> pd.DataFrame:
    """Rows with numbers for counts, and text without outer blanks."""
    piece = piece.copy()
    for name in COUNTS:
        numbers = pd.to_numeric(piece[name].str.replace(",", "", regex=False), errors="coerce")
        if numbers.isna().any():
            bad = piece.loc[numbers.isna(), name].iloc[0]
            raise ValueError(
                f"{place.name}: {bad!r} stands where the number of {name} should be, "
                f"in a row of provider {piece.loc[numbers.isna(), 'npi'].iloc[0]}."
            )
        piece[name] = numbers.astype(float)
    for name in set(_NEEDED) - set(COUNTS):
        if name in piece:
            piece[name] = piece[name].str.strip()
    return piece


@contextmanager
def _opened(place: Path) -> Iterator[tuple[IO[bytes], Callable[[], float]]]:
    """The file's bytes, unpacked if it is packed, and what share of them has been read."""
    size = max(place.stat().st_size, 1)
    with place.open("rb") as raw:

        def done() -> float:
            return min(raw.tell() / size, 1.0)

        start = raw.read(4)
        raw.seek(0)
        if start[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield unpacked, done  # type: ignore[misc]
        elif start == b"PK\x03\x04":
            archive = zipfile.ZipFile(raw)
            with archive, archive.open(_largest_table(place, archive)) as member:
                yield member, done
        else:
            yield raw, done


def _largest_table(place: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    tables = [m for m in archive.infolist() if m.filename.lower().endswith((".csv", ".txt"))]
    if not tables:
        raise ValueError(f"{place.name} holds no .csv or .txt file: unpack it and look inside.")
    return max(tables, key=lambda member: member.file_size)


# --- The measure and the peers ----------------------------------------------------------------


def measure(rows: pd.DataFrame, code: str = "97112") -> pd.DataFrame:
    """Units per patient-day of one code, for every provider and place, with its peer group.

    Returns npi, provider_type, place, mix, patients, days, units and rate (units per patient-day),
    one line a row of the file. A day without a unit cannot be: where a file has fewer units than
    days, the rate is 1.

    `mix` stands in for the kind of patients: "walking" where days with gait training (97116) are at
    least 5 % of all days with a therapy code, else "little walking" (authors' own model). It is a
    poor stand-in, being billing itself, and rows too small for the file are missing from it.

    Raises a `ValueError` where no row has the code.
    """
    of_code = rows[(rows["code"] == code) & (rows["days"] >= 1) & (rows["patients"] >= 1)]
    if of_code.empty:
        raise ValueError(f"No row has the code {code}: it holds {_some_codes(rows)}.")
    all_days = rows.groupby("npi")["days"].sum()
    gait = rows[rows["code"] == "97116"].groupby("npi")["days"].sum()
    share = (gait / all_days).reindex(of_code["npi"]).fillna(0.0).to_numpy()
    table = of_code[["npi", "provider_type", "place", "patients", "days", "units"]].copy()
    table.insert(3, "mix", np.where(share >= WALKING_SHARE, "walking", "little walking"))
    table["rate"] = np.maximum(table["units"] / table["days"], 1.0)
    return table.reset_index(drop=True)


def _some_codes(rows: pd.DataFrame) -> str:
    return ", ".join(sorted(rows["code"].unique())[:9]) or "no therapy code at all"


def robust_z(values: npt.ArrayLike) -> Floats:
    """How many sigmas each value lies from the median, sigma being 1.4826 times the MAD.

    The MAD is the median distance from the median, so that a few outliers cannot hide behind the
    spread that they cause. Zeros where more than half of the values are equal.
    """
    x = np.asarray(values, dtype=float)
    centre = np.median(x)
    sigma = MAD_TO_SIGMA * np.median(np.abs(x - centre))
    return np.zeros_like(x) if sigma == 0 else (x - centre) / sigma


# --- Shrinking ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Peers:
    """What is usual in a peer group: `mean` and `variance` of the true extra units per day."""

    mean: float
    variance: float

    def weight(self, patients: npt.ArrayLike) -> Floats:
        """How much a provider's own figure counts beside that of the peers, 0 to 1."""
        n = np.asarray(patients, dtype=float)
        if self.variance == 0:
            return np.zeros_like(n)
        return n / (n + self.mean / self.variance)

    def shrunk(self, observed: npt.ArrayLike, patients: npt.ArrayLike) -> Floats:
        """Extra units per day, pulled towards the peers' mean: m + w (observed - m)."""
        return self.mean + self.weight(patients) * (np.asarray(observed, dtype=float) - self.mean)

    def interval(
        self, observed: npt.ArrayLike, patients: npt.ArrayLike, level: float = 0.95
    ) -> tuple[Floats, Floats]:
        """Range of a provider's true extra units per day, of the given probability.

        Quantiles of the gamma distribution with shape m²/v + n observed and rate m/v + n, by Wilson
        and Hilferty's cube-root formula (1931), which is close for shapes from 2 on. A point where
        v is 0.
        """
        x, n = np.asarray(observed, dtype=float), np.asarray(patients, dtype=float)
        if self.variance == 0:
            return np.full_like(n, self.mean), np.full_like(n, self.mean)
        shape = self.mean**2 / self.variance + n * x
        scale = 1 / (self.mean / self.variance + n)
        z = NormalDist().inv_cdf(0.5 + level / 2)
        low, high = (
            shape * scale * np.maximum(1 - 1 / (9 * shape) + s * z / (3 * np.sqrt(shape)), 0) ** 3
            for s in (-1, 1)
        )
        return low, high


def fit_peers(observed: npt.ArrayLike, patients: npt.ArrayLike) -> Peers:
    """Mean and variance of the true extra units per day in one peer group, by moments.

    First those more than 2.5 robust sigmas from the median of log(observed + 1 / (2 patients)) are
    set aside (`robust_z`), so that outliers do not widen the limits that should show them. Of the
    others, n patients weigh n: m = sum(n observed) / sum(n), and with Q = sum(n (observed - m)²),
    which chance alone would make (k - 1) m on average for k providers,
    v = (Q - (k - 1) m) / (sum(n) - sum(n²) / sum(n)), not below 0. (The method of moments of
    DerSimonian and Laird 1986, with the Poisson's variance m / n.)

    Raises a `ValueError` for fewer than 2 providers or less than one patient.
    """
    x, n = np.asarray(observed, dtype=float), np.asarray(patients, dtype=float)
    if len(x) < 2:
        raise ValueError("A peer group needs at least 2 providers.")
    if (n < 1).any():
        raise ValueError("Each provider needs at least one patient.")
    usual = np.abs(robust_z(_logarithm(x, n))) <= 2.5
    x, n = x[usual], n[usual]
    mean = float((n * x).sum() / n.sum())
    q = float((n * (x - mean) ** 2).sum())
    room = float(n.sum() - (n**2).sum() / n.sum())
    variance = max(0.0, (q - (len(x) - 1) * mean) / room) if room > 0 else 0.0
    return Peers(mean, variance)


def _logarithm(observed: Floats, patients: Floats) -> Floats:
    logarithm: Floats = np.log(observed + 0.5 / patients)  # half a unit, so that 0 has one too
    return logarithm


# --- Funnel limits -----------------------------------------------------------------------------


def funnel_limits(
    patients: npt.ArrayLike, peers: Peers, level: float = LEVEL, chance_only: bool = False
) -> tuple[Floats, Floats]:
    """Extra units per day between which a share `level` of peers is expected, for each n patients.

    Exact quantiles of the count, divided by n: the smallest whole counts at which the distribution
    function reaches (1 - level) / 2 and (1 + level) / 2. Negative binomial with the peers' spread;
    Poisson with `chance_only`, as if all peers had the same true rate.
    """
    n = np.atleast_1d(np.asarray(patients, dtype=float))
    spread = 0.0 if chance_only else peers.variance
    each, place = np.unique(n, return_inverse=True)
    counts = np.array([_quantiles(size, peers.mean, spread, level) for size in each])
    return counts[place, 0] / n, counts[place, 1] / n


def _quantiles(n: float, mean: float, variance: float, level: float) -> tuple[float, float]:
    expected = mean * n
    if expected == 0:
        return 0.0, 0.0
    sigma = math.sqrt(expected + variance * n**2)
    most = int(expected + 12 * sigma + 30)
    k = np.arange(1, most + 1)
    if variance > 0:
        shape, stay = mean**2 / variance, n / (n + mean / variance)
        first = -shape * math.log1p(n * variance / mean)
        steps = np.log((k - 1 + shape) / k * stay)
    else:
        first, steps = -expected, np.log(expected / k)
    log_p = first + np.concatenate([[0.0], np.cumsum(steps)])
    reached = np.cumsum(np.exp(log_p))
    tail = (1 - level) / 2
    low, high = np.searchsorted(reached, [tail, 1 - tail])
    return float(low), float(high)


# --- Flags -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Audit:
    """One line for each provider and place, and what is usual in each peer group.

    `table` has the columns of `measure` and: group, peers (their number), robust_z, shrunk (units
    per patient-day, with first units), low and high (95 % interval of the true rate), limit (upper
    limit of the funnel), flag.
    """

    code: str
    table: pd.DataFrame
    groups: dict[str, Peers]

    @property
    def flags(self) -> pd.DataFrame:
        """The flagged, those farthest beyond the peers first."""
        found = self.table[self.table["flag"]]
        return found.sort_values(["low", "npi"], ascending=[False, True]).reset_index(drop=True)

    def __str__(self) -> str:
        """Say how many providers were compared and flagged."""
        compared = int((self.table["peers"] >= FEWEST_PEERS).sum())
        return (
            f"{self.code}: {len(self.table):,} providers, {compared:,} with enough peers, "
            f"{int(self.table['flag'].sum()):,} flagged"
        )


def audit(rows: pd.DataFrame, code: str = "97112", group: Sequence[str] = GROUP) -> Audit:
    """Compare every provider's units per patient-day of one code with those of its peers.

    Peers share the columns of `group`, from provider_type, place and mix; an empty `group` compares
    everybody with everybody. Flagged is who lies above the upper funnel limit, the usual spread of
    peers included, in a group of at least `FEWEST_PEERS`.
    """
    unknown = set(group) - set(GROUP)
    if unknown:
        raise ValueError(f"Peers cannot share {', '.join(sorted(unknown))}: choose from {GROUP}.")
    table = measure(rows, code)
    named = [table[name] for name in group]
    table["group"] = named[0].str.cat(named[1:], sep=", ") if named else "everybody"
    parts, groups = [], {}
    for name, members in table.groupby("group", sort=True):
        members = members.copy()
        if len(members) >= 2:
            groups[str(name)] = fit_peers(members["rate"] - 1, members["patients"])
        parts.append(_compared(members, groups.get(str(name))))
    return Audit(code, pd.concat(parts).sort_index(), groups)


def _compared(members: pd.DataFrame, peers: Peers | None) -> pd.DataFrame:
    observed = members["rate"].to_numpy() - 1
    patients = members["patients"].to_numpy()
    members["peers"] = len(members)
    if peers is None or len(members) < FEWEST_PEERS:
        return members.assign(robust_z=np.nan, shrunk=np.nan, low=np.nan, high=np.nan,
                              limit=np.nan, flag=False)  # fmt: skip
    low, high = peers.interval(observed, patients)
    limit = funnel_limits(patients, peers)[1]
    return members.assign(
        robust_z=robust_z(_logarithm(observed, patients)),
        shrunk=1 + peers.shrunk(observed, patients),
        low=1 + low,
        high=1 + high,
        limit=1 + limit,
        flag=observed > limit + 1e-12,
    )


# --- What a flag is worth ----------------------------------------------------------------------


@dataclass(frozen=True)
class Screen:
    """What a screen finds among `providers`: expected numbers, or counted ones.

    `true_flags` and `missed` bill wrongly, `false_flags` and `cleared` do not.
    """

    true_flags: float
    missed: float
    false_flags: float
    cleared: float

    @property
    def flags(self) -> float:
        """How many are flagged."""
        return self.true_flags + self.false_flags

    @property
    def predictive_value(self) -> float:
        """Share of the flags that are true; not a number where nobody is flagged."""
        return self.true_flags / self.flags if self.flags else math.nan

    @property
    def sensitivity(self) -> float:
        """Share that is flagged of those who bill wrongly."""
        wrong = self.true_flags + self.missed
        return self.true_flags / wrong if wrong else math.nan

    @property
    def false_positive_share(self) -> float:
        """Share that is flagged of those who do not bill wrongly."""
        right = self.false_flags + self.cleared
        return self.false_flags / right if right else math.nan

    def __str__(self) -> str:
        """Say how many flags are true, as a lesson prints it."""
        if not self.flags:
            return "no flags"
        return (
            f"{self.flags:.0f} flags, {self.true_flags:.0f} of them true: "
            f"predictive value {self.predictive_value:.0%}"
        )


def screen(
    prevalence: float, sensitivity: float, false_positives: float, providers: float = 1000
) -> Screen:
    """What a screen is expected to find; all three shares run from 0 to 1.

    `prevalence` is the share of providers that bill wrongly, `sensitivity` the share of these that
    is flagged, `false_positives` the share of the others that is flagged (1 - specificity). The
    predictive value is Bayes' rule: p s / (p s + (1 - p) f).
    """
    shares: dict[str, Any] = {
        "prevalence": prevalence, "sensitivity": sensitivity, "false_positives": false_positives,
    }  # fmt: skip
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise ValueError(f"{name} is {share}: give a share from 0 to 1, 5 % is 0.05.")
    wrong = providers * prevalence
    right = providers - wrong
    return Screen(
        wrong * sensitivity, wrong * (1 - sensitivity),
        right * false_positives, right * (1 - false_positives),
    )  # fmt: skip


def score(table: pd.DataFrame, truth: pd.DataFrame, patterns: Sequence[str] = ("adds",)) -> Screen:
    """Count the flags of an audit's table against a simulation's truth.

    A provider counts as billing wrongly if its planted pattern is among `patterns`.
    """
    wrong = truth["pattern"].reindex(table["npi"]).isin(patterns).to_numpy()
    flagged = table["flag"].to_numpy(dtype=bool)
    return Screen(
        float((wrong & flagged).sum()), float((wrong & ~flagged).sum()),
        float((~wrong & flagged).sum()), float((~wrong & ~flagged).sum()),
    )  # fmt: skip


def three_screens(
    rows: pd.DataFrame, truth: pd.DataFrame, code: str = "97112"
) -> dict[str, Screen]:
    """Score three ways to flag the same providers, from the crudest to the fairest.

    Above the mean rate of everybody; above what chance alone explains among peers; above what
    chance and the usual spread of peers explain (`audit`). Providers with too few peers are left
    out of all three.
    """
    fair = audit(rows, code)
    table = fair.table[fair.table["peers"] >= FEWEST_PEERS]
    chance = np.concatenate([
        1 + funnel_limits(members["patients"], fair.groups[str(name)], chance_only=True)[1]
        for name, members in table.groupby("group", sort=False)
    ])  # fmt: skip
    order = np.concatenate([m.index for _, m in table.groupby("group", sort=False)])
    limits = {
        "above everybody's mean": table["rate"].mean(),
        "above peers, chance alone": pd.Series(chance, index=order).reindex(table.index),
        "above peers, usual spread too": table["limit"],
    }
    return {
        way: score(table.assign(flag=table["rate"] > limit + 1e-12), truth)
        for way, limit in limits.items()
    }
