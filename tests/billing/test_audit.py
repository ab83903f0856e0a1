"""A fair audit: against scipy, closed forms, and the truth behind simulated years."""

import gzip
import math
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from course.billing.audit import (
    FEWEST_PEERS,
    MAD_TO_SIGMA,
    Peers,
    audit,
    fit_peers,
    funnel_limits,
    measure,
    read_claims,
    robust_z,
    score,
    screen,
    three_screens,
)
from course.billing.claims import Layout, Simulated, in_layout, simulate, write_claims

KEPT = ["npi", "provider_type", "state", "code", "place", "patients", "units", "days"]
shares = st.floats(0.01, 0.99)


@pytest.fixture(scope="module")
def year() -> Simulated:
    return simulate(400, seed=378)


def written(rows: pd.DataFrame, path: Path, layout: Layout = "current", sep: str = ",") -> Path:
    in_layout(rows, layout).to_csv(path, index=False, sep=sep)
    return path


# --- Reading ----------------------------------------------------------------------------------


def test_both_namings_of_the_columns_give_the_same_table(year: Simulated, tmp_path: Path) -> None:
    new = read_claims(written(year.rows, tmp_path / "new.csv"))
    old = read_claims(written(year.rows, tmp_path / "old.txt", "2012", sep="\t"))
    pd.testing.assert_frame_equal(new, old)
    assert list(new.columns) == KEPT
    pd.testing.assert_frame_equal(audit(new).table, audit(old).table)


def test_a_read_file_is_audited_like_the_rows_it_was_made_of(
    year: Simulated, tmp_path: Path
) -> None:
    read = audit(read_claims(written(year.rows, tmp_path / "a.csv"))).table
    made = audit(year.rows).table
    pd.testing.assert_frame_equal(read, made, check_dtype=False)


@pytest.mark.parametrize("chunk_rows", [1, 7, 500, 10**6])
def test_the_size_of_the_pieces_makes_no_difference(
    year: Simulated, tmp_path: Path, chunk_rows: int
) -> None:
    file = written(year.rows.head(300), tmp_path / "a.csv")
    pieces = read_claims(file, chunk_rows=chunk_rows)
    pd.testing.assert_frame_equal(pieces, read_claims(file))
    assert pieces.attrs["rows_read"] == 300


def test_packed_files_are_read_as_they_are(year: Simulated, tmp_path: Path) -> None:
    plain = written(year.rows, tmp_path / "a.csv")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("how_to_read.txt", "a short text")
        archive.write(plain, "folder/data.CSV")
    for packed in ("a.csv.gz", "a.zip"):
        pd.testing.assert_frame_equal(read_claims(tmp_path / packed), read_claims(plain))


def test_only_the_codes_asked_for_are_kept_and_all_rows_are_counted(tmp_path: Path) -> None:
    write_claims(tmp_path / "a.csv", 20_000)
    rows = read_claims(tmp_path / "a.csv", codes=["97112"])
    assert set(rows["code"]) == {"97112"}
    assert rows.attrs["rows_read"] == 20_000


def test_headers_in_other_case_thousands_and_a_text_row_do_no_harm(tmp_path: Path) -> None:
    # The first releases had a row of copyright text under the header, and headers in capitals.
    (tmp_path / "a.txt").write_text(
        "NPI\tNPPES_PROVIDER_LAST_ORG_NAME\tPROVIDER_TYPE\tPLACE_OF_SERVICE\tHCPCS_CODE\t"
        "LINE_SRVC_CNT\tBENE_UNIQUE_CNT\tBENE_DAY_SRVC_CNT\n"
        '0000000001\tA notice with a "quotation\t\t\t\t\t\t\n'
        "1900000000\tNobody\tPhysical Therapist\tO\t97112\t1,500\t20\t1000\n"
    )
    [row] = read_claims(tmp_path / "a.txt").to_dict("records")
    assert (row["units"], row["days"], row["state"]) == (1500.0, 1000.0, "")


def test_progress_is_told_after_each_piece_and_ends_at_all_of_it(
    year: Simulated, tmp_path: Path
) -> None:
    lines: list[str] = []
    read_claims(written(year.rows, tmp_path / "a.csv"), chunk_rows=400, progress=lines.append)
    assert len(lines) == math.ceil(len(year.rows) / 400)
    assert lines[-1] == f"a.csv: 100% read, {len(year.rows):,} rows"


def test_memory_depends_on_the_piece_and_not_on_the_file(tmp_path: Path) -> None:
    def peak(rows: int, chunk_rows: int) -> int:
        file = tmp_path / f"{rows}.csv"
        if not file.exists():
            write_claims(file, rows, therapy_share=0.02)
        tracemalloc.start()
        read_claims(file, chunk_rows=chunk_rows)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    # Three times the rows in pieces of the same size: the kept rows (2 %) grow, the pieces do not.
    assert peak(120_000, 5_000) < 2 * peak(40_000, 5_000)
    # Smaller pieces need less: a quarter of the rows at a time, well under 60 % of the memory.
    assert peak(120_000, 5_000) < 0.6 * peak(120_000, 20_000)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a.csv is empty"),
        ("a,b\n1,2\n", "no column Rndrng_NPI or npi, no column"),
        (
            "npi,provider_type,hcpcs_code,place_of_service,bene_unique_cnt,line_srvc_cnt\n",
            "no column Tot_Bene_Day_Srvcs or bene_day_srvc_cnt: is it the Medicare file",
        ),
        (
            "npi,provider_type,hcpcs_code,place_of_service,bene_unique_cnt,line_srvc_cnt,"
            "bene_day_srvc_cnt\n19,PT,97112,O,20,many,30\n",
            "'many' stands where the number of units should be, in a row of provider 19",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(ValueError, match=message):
        read_claims(tmp_path / "a.csv")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"There is no file .*nothing\.csv: give the path"):
        read_claims(tmp_path / "nothing.csv")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("picture.png", "x")
    with pytest.raises(ValueError, match=r"holds no \.csv or \.txt file"):
        read_claims(tmp_path / "a.zip")


def test_a_file_without_therapy_gives_an_empty_table_and_an_audit_that_says_so(
    year: Simulated, tmp_path: Path
) -> None:
    rows = read_claims(written(year.rows, tmp_path / "a.csv"), codes=["99999"])
    assert rows.empty
    with pytest.raises(ValueError, match=r"No row has the code 97112: .* no therapy code at all"):
        audit(rows)


# --- The measure ------------------------------------------------------------------------------


def test_fewer_units_than_days_are_read_as_one_a_day() -> None:
    row = {"npi": "1", "provider_type": "T", "state": "", "code": "97112", "place": "O",
           "patients": 20.0, "units": 80.0, "days": 90.0}  # fmt: skip
    assert list(measure(pd.DataFrame([row, {**row, "units": 135.0}]))["rate"]) == [1.0, 1.5]


def test_the_mix_is_read_from_the_days_with_gait_training() -> None:
    def row(npi: str, code: str, days: float) -> dict[str, Any]:
        return {"npi": npi, "provider_type": "T", "state": "", "code": code, "place": "O",
                "patients": 20.0, "units": 1.5 * days, "days": days}  # fmt: skip

    rows = pd.DataFrame([
        row("1", "97112", 95), row("1", "97116", 5),  # 5 % exactly
        row("2", "97112", 96), row("2", "97116", 4),
        row("3", "97112", 40),
    ])  # fmt: skip
    assert list(measure(rows)["mix"]) == ["walking", "little walking", "little walking"]
    assert list(measure(rows)["rate"]) == [1.5, 1.5, 1.5]


def test_the_mad_of_a_normal_distribution_times_the_factor_is_its_sigma() -> None:
    assert math.isclose(MAD_TO_SIGMA, 1 / stats.norm.ppf(0.75), rel_tol=1e-12)
    x = np.random.default_rng(0).normal(5, 3, 20_001)
    theirs = stats.median_abs_deviation(x, scale="normal")
    assert robust_z(x) == pytest.approx((x - np.median(x)) / theirs, rel=1e-12)
    assert theirs == pytest.approx(3, rel=0.03)  # its error is about 0.8 % of sigma here


def test_an_outlier_cannot_hide_behind_the_spread_it_causes() -> None:
    x = np.append(np.linspace(0, 1, 21), 1000.0)
    assert robust_z(x)[-1] > 1000
    assert (x[-1] - x.mean()) / x.std() < 5
    assert (robust_z([2.0, 2.0, 2.0, 9.0]) == 0).all()


# --- Shrinking --------------------------------------------------------------------------------


@given(st.floats(0.02, 3), st.floats(1e-4, 1), st.integers(1, 2000), st.floats(0, 5))
def test_the_weighted_form_is_the_mean_of_the_gamma_posterior(
    m: float, v: float, n: int, observed: float
) -> None:
    shape, rate = m * m / v + n * observed, m / v + n
    shrunk = Peers(m, v).shrunk(observed, n)
    assert shrunk == pytest.approx(stats.gamma.mean(shape, scale=1 / rate), rel=1e-9)
    assert min(m, observed) - 1e-9 <= shrunk <= max(m, observed) + 1e-9


def test_without_spread_among_peers_everybody_is_taken_for_the_mean() -> None:
    peers = Peers(0.3, 0.0)
    assert peers.shrunk([0.0, 2.0], [11, 500]) == pytest.approx([0.3, 0.3])
    low, high = peers.interval([0.0, 2.0], [11, 500])
    assert low == pytest.approx([0.3, 0.3])
    assert high == pytest.approx([0.3, 0.3])


@given(st.floats(0.05, 2), st.floats(0.005, 0.5), st.integers(11, 1000), st.floats(0, 4))
def test_the_interval_is_that_of_the_gamma_posterior(
    m: float, v: float, n: int, observed: float
) -> None:
    shape, rate = m * m / v + n * observed, m / v + n
    if shape < 2:
        return
    low, high = Peers(m, v).interval(observed, n)
    # Wilson and Hilferty's formula: at shape 2 the upper end is off by 0.3 %, the lower end, far
    # down in the tail, by up to 2 % of the mean. Both errors shrink as the shape grows.
    mean = shape / rate
    assert high == pytest.approx(stats.gamma.ppf(0.975, shape, scale=1 / rate), rel=0.01)
    assert low == pytest.approx(stats.gamma.ppf(0.025, shape, scale=1 / rate), abs=0.02 * mean)


def test_mean_and_variance_of_peers_are_found_again() -> None:
    rng = np.random.default_rng(1)
    means, variances = [], []
    for _ in range(60):
        n = np.maximum(11, np.exp(rng.normal(4, 0.8, 300))).astype(int)
        true = rng.gamma(4.0, 0.1, 300)  # mean 0.4, variance 0.04
        peers = fit_peers(rng.poisson(n * true) / n, n)
        means.append(peers.mean)
        variances.append(peers.variance)
    # Setting aside beyond 2.5 sigmas costs a little of both tails, so a tenth of the variance is
    # allowed beside the error of 60 samples (about 2 %).
    assert np.mean(means) == pytest.approx(0.4, rel=0.03)
    assert np.mean(variances) == pytest.approx(0.04, rel=0.15)


def test_alike_peers_are_found_to_be_alike() -> None:
    rng = np.random.default_rng(2)
    n = rng.integers(11, 400, 500)
    found = [fit_peers(rng.poisson(n * 0.5) / n, n).variance for _ in range(40)]
    assert np.mean(found) < 0.001  # a spread of 3 % of a unit: nothing


def test_a_few_outliers_do_not_widen_what_is_usual() -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(50, 400, 200)
    usual = rng.poisson(n * rng.gamma(9, 0.3 / 9, 200)) / n
    with_five = np.where(np.arange(200) < 5, usual + 2.5, usual)
    assert fit_peers(with_five, n).variance < 1.3 * fit_peers(usual, n).variance


def test_peers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 2 providers"):
        fit_peers([0.3], [20])
    with pytest.raises(ValueError, match="at least one patient"):
        fit_peers([0.3, 0.4], [20, 0])


# --- Funnel limits ----------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.floats(0.02, 3), st.floats(1e-4, 1), st.integers(1, 800), st.floats(0.5, 0.999))
def test_limits_are_the_quantiles_of_a_negative_binomial(
    m: float, v: float, n: int, level: float
) -> None:
    low, high = funnel_limits(n, Peers(m, v), level)
    theirs = stats.nbinom(m * m / v, 1 / (1 + n * v / m))
    tail = (1 - level) / 2
    # The same whole numbers, but for a level that hits a step of the distribution to 1e-9.
    for limit, share in ((low[0] * n, tail), (high[0] * n, 1 - tail)):
        count = round(limit)
        assert limit == pytest.approx(count, abs=1e-6)
        assert theirs.cdf(count) >= share - 1e-9
        assert count == 0 or theirs.cdf(count - 1) < share + 1e-9


@settings(max_examples=60)
@given(st.floats(0.02, 3), st.integers(1, 800), st.floats(0.5, 0.999))
def test_limits_of_chance_alone_are_the_quantiles_of_a_poisson(
    m: float, n: int, level: float
) -> None:
    low, high = funnel_limits(n, Peers(m, 0.3), level, chance_only=True)
    tail = (1 - level) / 2
    for limit, share in ((low[0] * n, tail), (high[0] * n, 1 - tail)):
        count = round(limit)
        assert stats.poisson.cdf(count, m * n) >= share - 1e-9
        assert count == 0 or stats.poisson.cdf(count - 1, m * n) < share + 1e-9


def test_limits_close_in_as_patients_become_more_and_the_spread_keeps_them_apart() -> None:
    peers = Peers(0.29, 0.021)
    n = np.array([11, 50, 250, 1000, 5000])
    high, narrow = funnel_limits(n, peers)[1], funnel_limits(n, peers, chance_only=True)[1]
    assert (np.diff(high) < 0).all()
    assert (np.diff(narrow) < 0).all()
    gamma = stats.gamma.ppf(0.999, 0.29**2 / 0.021, scale=0.021 / 0.29)
    assert high[-1] == pytest.approx(
        gamma, rel=0.01
    )  # the spread of true rates is all that is left
    assert narrow[-1] == pytest.approx(0.29, rel=0.1)


def test_a_level_of_limits_holds_that_share_of_alike_peers() -> None:
    rng = np.random.default_rng(4)
    n = np.full(40_000, 60)
    counts = rng.poisson(n * rng.gamma(4.0, 0.1, n.size))
    low, high = funnel_limits(n, Peers(0.4, 0.04), 0.95)
    inside = ((counts / n >= low - 1e-12) & (counts / n <= high + 1e-12)).mean()
    assert 0.95 <= inside < 0.965  # whole counts: a little more than the level


def test_peers_without_extra_units_have_limits_at_none() -> None:
    low, high = funnel_limits([11, 200], Peers(0.0, 0.0))
    assert list(low) == [0, 0]
    assert list(high) == [0, 0]


# --- Flags against the truth ------------------------------------------------------------------


def test_the_lessons_year_is_as_the_lesson_tells_it(year: Simulated) -> None:
    found = audit(year.rows)
    table = found.table.merge(year.truth, left_on="npi", right_index=True)
    nadia = table.loc[table["rate"].idxmax()]
    assert (nadia["patients"], nadia["days"], nadia["units"]) == (13, 52, 189)
    assert nadia["clinic"] == "intensive"
    assert nadia["pattern"] == "none"
    assert round(nadia["rate"], 2) == 3.63
    assert [round(nadia[c], 1) for c in ("shrunk", "low", "high")] == [2.4, 2.0, 2.9]
    assert (len(table), round(table["rate"].mean(), 2)) == (347, 1.25)
    peers = found.groups[nadia["group"]]
    assert (round(peers.mean, 2), round(peers.variance, 3)) == (0.29, 0.021)
    assert round(peers.mean / peers.variance) == 14
    assert funnel_limits([13, 249], peers)[1] + 1 == pytest.approx([2.23, 1.96], abs=0.005)
    members = table[table["group"] == nadia["group"]]
    assert (len(members), int(members["flag"].sum()), nadia["peers"]) == (140, 8, 140)
    low, high = funnel_limits(members["patients"], peers, chance_only=True)
    assert int((members["rate"] > 1 + high + 1e-12).sum()) == 17
    assert int((members["rate"] < 1 + low - 1e-12).sum()) == 14
    top = members.sort_values("rate", ascending=False).head(10)
    assert top["shrunk"].rank(ascending=False).iloc[0] == 5
    assert (top["patients"].iloc[1], top["shrunk"].idxmax()) == (74, top.index[1])
    honest = table[table["pattern"] == "none"]
    above = honest["rate"] > table["rate"].mean()
    assert round(100 * above[honest["clinic"] != "hand"].mean()) == 56
    assert round(100 * above[honest["clinic"] == "hand"].mean()) == 4
    flags = table[table["flag"]]
    assert (len(flags), int((flags["pattern"] == "adds").sum())) == (13, 4)
    assert (flags.loc[flags["pattern"] == "none", "clinic"] == "intensive").all()
    relabels = score(found.table, year.truth, ["relabels"])
    assert (relabels.true_flags, relabels.missed) == (0, 6)


def test_each_fairer_screen_has_fewer_false_flags() -> None:
    for seed in range(1, 9):
        crude, chance, fair = three_screens(*_both(simulate(400, seed))).values()
        assert crude.false_flags > chance.false_flags > fair.false_flags
        assert crude.predictive_value < fair.predictive_value


def test_the_share_of_true_flags_differs_much_from_year_to_year() -> None:
    # The forty other years that the lesson speaks of: seeds 1 to 40, none left out.
    years = [simulate(400, seed) for seed in range(1, 41)]
    shares = [
        score(found[found["peers"] >= FEWEST_PEERS], year.truth).predictive_value
        for year in years
        for found in [audit(year.rows).table]
    ]
    assert (min(shares), max(shares)) == pytest.approx((1 / 8, 4 / 5))


def _both(year: Simulated) -> tuple[pd.DataFrame, pd.DataFrame]:
    return year.rows, year.truth


def test_where_nobody_bills_wrongly_flags_are_still_found() -> None:
    year = simulate(1000, seed=9, planted=0.0)
    found = audit(year.rows)
    assert found.table["flag"].sum() > 0
    assert score(found.table, year.truth).predictive_value == 0


def test_small_groups_get_no_limits_and_no_flags(year: Simulated) -> None:
    table = audit(year.rows).table
    few = table[table["peers"] < FEWEST_PEERS]
    assert len(few) > 0
    assert not few["flag"].any()
    assert few["limit"].isna().all()


def test_the_order_of_the_rows_makes_no_difference(year: Simulated) -> None:
    mixed = year.rows.sample(frac=1, random_state=1)
    one, two = (
        audit(rows).table.sort_values("npi", ignore_index=True) for rows in (year.rows, mixed)
    )
    pd.testing.assert_frame_equal(one, two, rtol=1e-9)


def test_peers_share_what_is_asked_for_and_nothing_unknown(year: Simulated) -> None:
    assert set(audit(year.rows, group=()).groups) == {"everybody"}
    assert set(audit(year.rows, group=["place"]).groups) == {"F", "O"}
    with pytest.raises(ValueError, match="Peers cannot share colour"):
        audit(year.rows, group=["colour"])


def test_an_audit_says_what_it_did(year: Simulated) -> None:
    found = audit(year.rows)
    assert str(found) == "97112: 347 providers, 329 with enough peers, 13 flagged"
    assert (found.flags["low"].diff().dropna() <= 0).all()


# --- What a flag is worth ---------------------------------------------------------------------


def test_of_sixty_five_flags_sixteen_are_true() -> None:
    found = screen(0.02, 0.80, 0.05, providers=1000)
    assert (found.true_flags, found.false_flags) == pytest.approx((16, 49))
    assert found.predictive_value == pytest.approx(16 / 65)
    assert str(found) == "65 flags, 16 of them true: predictive value 25%"


def test_the_sums_of_the_questions_are_right() -> None:
    assert screen(0.03, 0.75, 0.10).predictive_value == pytest.approx(45 / 239)
    assert screen(0.04, 0.90, 0.15).predictive_value == pytest.approx(0.20)
    twenty = screen(0.20, 0.80, 0.05)
    assert (twenty.true_flags, twenty.flags) == pytest.approx((160, 200))


@given(shares, shares, shares)
def test_the_predictive_value_is_bayes_rule_and_the_shares_are_found_again(
    p: float, s: float, f: float
) -> None:
    found = screen(p, s, f)
    assert found.predictive_value == pytest.approx(p * s / (p * s + (1 - p) * f))
    assert found.sensitivity == pytest.approx(s)
    assert found.false_positive_share == pytest.approx(f)
    assert (found.predictive_value > p) == (s > f) or s == pytest.approx(f)


def test_a_screen_that_flags_nobody_has_no_predictive_value() -> None:
    found = screen(0.1, 0, 0)
    assert math.isnan(found.predictive_value)
    assert str(found) == "no flags"
    assert math.isnan(screen(0, 1, 0.1).sensitivity)
    assert math.isnan(screen(1, 1, 0.1).false_positive_share)


def test_shares_in_per_cent_are_pointed_out() -> None:
    with pytest.raises(ValueError, match="sensitivity is 80: give a share from 0 to 1"):
        screen(0.02, 80, 0.05)
