"""The pictures of payment, edits and thresholds: what they say is what the library finds."""

from collections.abc import Callable
from functools import partial
from typing import Any

import IPython.display
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course import figures
from course.billing.payment import dollars, fee_schedule
from course.pictures import payment
from tests.legible import assert_legible, drawn_texts

DAYS = [(0, 0), (1, 0), (2, 1), (0, 3), (3, 3)]
YEARS = [1996, 1999, 2024, 2026]


PICTURES: dict[str, Callable[[], tuple[Figure, str]]] = {
    **{f"day {day}": partial(payment.paid_day, *day) for day in DAYS},
    **{f"year {year}": partial(payment.edit_lives, year) for year in YEARS},
    "thresholds": payment.thresholds,
}
each_picture = pytest.mark.parametrize("name", PICTURES)


def title(fig: Figure) -> str:
    return str(fig.axes[0].get_title(loc="left"))


# --- What they say ------------------------------------------------------------------------------


@pytest.mark.parametrize(("nmr", "theract"), DAYS[1:])
def test_the_sentence_and_the_title_have_the_sums_of_the_library(nmr: int, theract: int) -> None:
    day = fee_schedule().day({"NMR": nmr, "THERACT": theract})
    fig, words = payment.paid_day(nmr, theract)
    assert dollars(day.paid) in words
    if day.cut:
        assert title(fig) == (f"The reduction takes {dollars(day.cut)} of {dollars(day.unreduced)}")
        assert dollars(day.unreduced) in words
    else:
        assert title(fig) == "The reduction takes nothing here"


def test_the_sentence_names_the_unit_that_stays_whole() -> None:
    assert (
        "one THERACT unit stays whole; 2 are halved, which takes 16 %"
        in (payment.paid_day(2, 1)[1])
    )
    assert "one NMR unit stays whole; 1 is halved" in payment.paid_day(2, 0)[1]
    assert payment.paid_day(0, 0)[1] == "No unit is billed, and nothing is paid."


def test_both_bars_end_at_the_same_sum() -> None:
    fig, _ = payment.paid_day(2, 1)
    ends: dict[float, float] = {}
    bars = [patch for patch in fig.axes[0].patches if isinstance(patch, Rectangle)]
    assert len(bars) > 12
    for bar in bars:
        middle = round(bar.get_y() + bar.get_height() / 2, 3)
        ends[middle] = max(ends.get(middle, 0), bar.get_x() + bar.get_width())
    assert ends[1.0] == pytest.approx(ends[0.0])


@each_picture
def test_dollar_signs_are_printed_and_not_taken_for_formulas(name: str) -> None:
    for text in drawn_texts(PICTURES[name]()[0]):
        if text.get_text().count("$") > 1:
            assert not text.get_parse_math(), text


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (1995, "4 not known"),
        (1996, "1 deleted, 3 not known"),
        (2021, "3 deleted, 1 not known"),
        (2024, "1 in force, 3 deleted"),
        (2025, "4 not known"),
    ],
)
def test_title_counts_the_states_of_the_day(year: int, words: str) -> None:
    assert title(payment.edit_lives(year)[0]) == f"On 1 July {year}: {words}"


def test_sentence_tells_each_pair() -> None:
    words = payment.edit_lives(2024)[1]
    assert "97150 with 97112: in force." in words
    assert "97112 with 97140: deleted." in words


def test_year_outside_the_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="lies outside the picture"):
        payment.edit_lives(2027)


def test_uncited_years_are_hollow() -> None:
    lines = [line for line in payment.thresholds()[0].axes[0].lines if line.get_marker() == "o"]
    hollow = [
        float(np.asarray(line.get_xdata())[0])
        for line in lines
        if line.get_markerfacecolor() == "white"
    ]
    assert hollow == [2018, 2019, 2020]


def test_all_three_are_shown_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    payment.explore_day()
    payment.explore_edits()
    payment.show_thresholds()
    alts = [payment.DAY_ALT, payment.EDITS_ALT, payment.THRESHOLD_ALT]
    for bundle, alt in zip(bundles, alts, strict=True):
        assert figures.check_alt(alt) == alt
        assert bundle["text/plain"].startswith(alt)
    assert "application/vnd.jupyter.widget-view+json" in bundles[1]


# --- How they look ------------------------------------------------------------------------------


@each_picture
def test_no_text_is_small_cut_off_or_on_top_of_another(name: str) -> None:
    assert_legible(PICTURES[name]()[0], arrows=False)


@each_picture
def test_pictures_are_small_enough_to_travel(name: str) -> None:
    assert len(figures.png(PICTURES[name]()[0])) < 120_000
