"""The picture of the pool: its words are the library's numbers, and nothing is hidden."""

from typing import Any

import IPython.display
import numpy as np
import pytest

from course import figures
from course.physiology.motor_units import POOL, firing_rates, recruited
from course.pictures import motor_units
from course.pictures.motor_units import POOL_ALT, pool_at_work
from tests.legible import assert_legible, drawn_texts

every_drive = pytest.mark.parametrize("drive", [0, 1, 2, 10, 30, 52, 53, 75, 100])


@every_drive
def test_the_title_counts_the_units_that_fire(drive: int) -> None:
    title = pool_at_work(drive)[0].texts[0].get_text()
    assert title.startswith(f"Drive {drive} %: {recruited(drive / 100)} of 120 units fire, force")


@pytest.mark.parametrize(
    ("drive", "words"),
    [
        (0, "At 0 % drive no unit fires: the first joins at 1.8 %."),
        (10, "units 1 to 61 fire, the small ones: number 1 at 13 impulses a second, number 61 at "
             "8. Force is 4.0 % of the greatest."),
        (30, "units 1 to 100 fire"),
        (53, "all 120 units fire: number 1 at 37 impulses a second, number 120 at 8. Force is "
             "54 % of the greatest. If none fired faster than at its start, it would be 10 %."),
    ],
)  # fmt: skip
def test_the_sentence_says_who_fires_how_fast_and_what_force(drive: int, words: str) -> None:
    assert words in pool_at_work(drive)[1]


def test_silent_units_have_another_mark() -> None:
    left = pool_at_work(30)[0].axes[0]
    on, off = left.lines
    assert on.get_marker() != off.get_marker()
    assert np.asarray(on.get_ydata()) == pytest.approx(firing_rates(0.3)[:100])
    assert np.asarray(off.get_xdata()).size == 20


@every_drive
def test_no_text_is_small_cut_off_or_on_top_of_another(drive: int) -> None:
    assert_legible(pool_at_work(drive)[0])


def test_the_label_of_the_dashed_line_keeps_clear_of_the_line_where_the_last_unit_joins() -> None:
    fig = pool_at_work(30)[0]
    right = fig.axes[1]
    label = next(t for t in drawn_texts(fig) if t.get_text() == "if none fired faster")
    joins = right.transData.transform((100 * POOL.shares[-1], 0))[0]
    assert label.get_window_extent().x0 > joins + 2


def test_the_picture_is_repeatable_and_small_enough_to_travel() -> None:
    data = figures.png(pool_at_work(30)[0])
    assert data == figures.png(pool_at_work(30)[0])
    assert len(data) < 120_000


def test_exploring_shows_a_slider_and_words(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    motor_units.explore_pool()
    assert bundles[0]["text/plain"].startswith(POOL_ALT)
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]
