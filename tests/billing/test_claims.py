"""Simulated claims: numbers that cannot be real, figures like the real file's, both layouts."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.billing.claims import (
    COLUMNS,
    FEWEST_PATIENTS,
    MOST_UNITS_A_DAY,
    TYPES,
    in_layout,
    invented_npis,
    npi_is_valid,
    simulate,
    write_claims,
)

# --- Provider numbers -------------------------------------------------------------------------


def luhn(digits: str) -> bool:
    """The check-digit test, written a second time."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        n = int(digit) * (2 if place % 2 else 1)
        total += n - 9 if n > 9 else n
    return total % 10 == 0


def test_a_number_with_the_right_check_digit_is_valid() -> None:
    assert npi_is_valid("1234567893")  # the example that explanations of the check digit use
    assert npi_is_valid(1234567893)


@pytest.mark.parametrize(
    "text", ["", "123456789", "12345678931", "123456789x", "１２３４５６７８９３"]
)
def test_what_is_no_ten_digit_number_is_not_valid(text: str) -> None:
    assert not npi_is_valid(text)


@given(st.integers(10**9, 10**10 - 1))
def test_the_check_agrees_with_luhn_on_80840_and_the_number(number: int) -> None:
    assert npi_is_valid(number) == luhn(f"80840{number}")


def test_no_simulated_provider_can_be_a_real_one() -> None:
    for number in simulate(300, seed=5).truth.index:
        assert len(number) == 10
        assert not npi_is_valid(number)


def test_invented_numbers_are_all_different() -> None:
    both = np.concatenate([invented_npis(2000), invented_npis(2000, first=2000)])
    assert len(set(both)) == 4000


# --- What is simulated ------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_year_and_another_one_another() -> None:
    one, same, other = simulate(60, 3), simulate(60, 3), simulate(60, 4)
    pd.testing.assert_frame_equal(one.rows, same.rows)
    pd.testing.assert_frame_equal(one.truth, same.truth)
    assert not one.rows.equals(other.rows)


def test_rows_are_as_in_the_public_file() -> None:
    rows = simulate(400, 2).rows
    assert list(rows.columns) == list(COLUMNS)
    assert (rows["patients"] >= FEWEST_PATIENTS).all()
    assert (rows["days"] >= rows["patients"]).all()
    assert (rows["units"] >= rows["days"]).all()
    assert not rows.duplicated(["npi", "code", "place"]).any()
    for code, most in MOST_UNITS_A_DAY.items():
        some = rows[rows["code"] == code]
        assert (some["units"] <= most * some["days"]).all()


@pytest.fixture(scope="module")
def groups_of_152() -> dict[str, np.ndarray]:
    """Median and highest rate of 152 physical therapists by code, in 40 simulated years."""
    found: dict[str, list[tuple[float, float]]] = {"97112": [], "97110": []}
    for seed in range(40):
        rows = simulate(300, seed, planted=0.0).rows
        for code, pairs in found.items():
            some = rows[(rows["code"] == code) & (rows["provider_type"] == TYPES[0])].head(152)
            assert len(some) == 152
            rate = some["units"] / some["days"]
            pairs.append((float(rate.median()), float(rate.max())))
    return {code: np.array(pairs) for code, pairs in found.items()}


@pytest.mark.parametrize(
    ("code", "median", "highest"), [("97112", 1.15, 2.96), ("97110", 1.80, 3.88)]
)
def test_units_a_day_resemble_those_read_from_the_file_for_2012(
    groups_of_152: dict[str, np.ndarray], code: str, median: float, highest: float
) -> None:
    medians, tops = groups_of_152[code].T
    # The median hardly varies between years (0.01 to 0.04), so it is held to 0.03. The highest of
    # 152 varies by 0.4 to 0.7: the value read from the file must be an ordinary one among ours.
    assert medians.mean() == pytest.approx(median, abs=0.03)
    assert np.quantile(tops, 0.1) < highest < np.quantile(tops, 0.9)


def test_the_planted_patterns_do_what_they_say() -> None:
    year = simulate(3000, seed=1, planted=0.2)
    nmr = year.rows[year.rows["code"] == "97112"].set_index("npi").join(year.truth)
    assert (year.truth["pattern"] != "none").sum() == 600
    plain = nmr[nmr["clinic"] == "balance"]
    rate = (plain["units"] / plain["days"]).groupby(plain["pattern"]).median()
    days = (plain["days"] / plain["patients"]).groupby(plain["pattern"]).median()
    assert rate["adds"] - rate["none"] > 0.9
    assert abs(rate["relabels"] - rate["none"]) < 0.1  # more days, not more units on each
    assert days["relabels"] > 1.2 * days["none"]


def test_honest_long_sessions_are_in_the_data_and_not_planted() -> None:
    truth = simulate(3000, seed=1).truth
    severe = truth[truth["clinic"] == "intensive"]
    assert 0.02 < len(severe) / len(truth) < 0.04
    assert (severe["pattern"] == "none").all()


def test_asking_for_what_cannot_be_is_answered_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="0 providers cannot be simulated"):
        simulate(0)
    with pytest.raises(ValueError, match="give a share from 0 to 1"):
        simulate(10, planted=3)
    with pytest.raises(ValueError, match="choose 'current' or '2012'"):
        in_layout(simulate(10).rows, "old")  # type: ignore[arg-type]


# --- Writing ----------------------------------------------------------------------------------


def test_a_file_has_as_many_rows_as_asked_for_and_therapy_is_its_share(tmp_path: Path) -> None:
    truth = write_claims(tmp_path / "a.csv", 30_000, therapy_share=0.2)
    table = pd.read_csv(tmp_path / "a.csv", dtype=str)
    assert len(table) == 30_000
    assert list(table.columns) == [names[0] for names in COLUMNS.values()]
    # Each block is mixed by lot and the last one cut: the share is 0.2 to within chance.
    assert (table["HCPCS_Cd"] != "99213").mean() == pytest.approx(0.2, abs=0.02)
    therapists = table.loc[table["HCPCS_Cd"] != "99213", "Rndrng_NPI"]
    assert set(therapists) <= set(truth.index)
    assert not any(map(npi_is_valid, table["Rndrng_NPI"].head(200)))
