"""The pictures of the junction: their words are the library's numbers, and nothing is hidden."""

from typing import Any

import IPython.display
import numpy as np
import pytest

from course import figures
from course.physiology.junction import slow_series, transmission
from course.pictures import junction
from course.pictures.junction import CLIFF_ALT, SERIES_ALT, receptor_cliff, series_of_impulses
from tests.legible import assert_legible

SHARES = [0, 10, 25, 33, 35, 40, 50, 60, 80, 100]
SERIES = [(50, 50), (100, 50), (100, 20), (35, 50), (45, 54), (60, 60), (10, 50), (0, 0)]


@pytest.mark.parametrize("share", SHARES)
def test_the_sentence_says_potential_safety_factor_and_failures(share: int) -> None:
    now, reading = transmission(share / 100), receptor_cliff(share)[1]
    assert f"With {share} % of the receptors left" in reading
    assert f"{now.mean_mv:.1f} mV" in reading
    assert f"safety factor {now.safety_factor:.2f}" in reading
    assert "of the impulses fail" in reading


def test_half_the_receptors_read_as_in_the_lesson() -> None:
    fig, reading = receptor_cliff(50)
    assert "15.7 mV, and the safety factor 1.31. In the long run 1.6 % of the impulses" in reading
    assert fig.texts[0].get_text().endswith("98 % of the impulses get through")


@pytest.mark.parametrize(
    ("share", "words"), [(100, "practically every"), (80, "practically every"), (0, "no impulse")]
)
def test_the_title_does_not_claim_more_than_the_numbers(share: int, words: str) -> None:
    assert words in receptor_cliff(share)[0].texts[0].get_text()


def test_points_below_the_threshold_have_another_mark() -> None:
    left = receptor_cliff(40)[0].axes[0]
    above, below = (line for line in left.lines if line.get_marker() in ("o", "x"))
    assert above.get_marker() != below.get_marker()
    assert np.asarray(above.get_ydata()).min() >= 12 > np.asarray(below.get_ydata()).max()
    points = np.asarray(above.get_xdata()).size + np.asarray(below.get_xdata()).size
    assert points == junction.IMPULSES


@pytest.mark.parametrize(("receptors", "packets"), SERIES)
def test_the_bars_are_the_librarys_answers(receptors: int, packets: int) -> None:
    fig, reading = series_of_impulses(receptors, packets)
    series = slow_series(receptors / 100, packets)
    heights = [bar.get_height() for bar in fig.axes[0].patches]  # type: ignore[attr-defined]
    assert heights == pytest.approx(100 * series.answers)
    assert reading.startswith(f"{receptors} % of the receptors and {packets} packets")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((50, 50), "the fifth answer is 37 % smaller than the first. That is more than the 10 %"),
        ((60, 50), "9.1 % smaller than the first. That is not more than the 10 %"),
        ((100, 50), "No decrement"),
        ((0, 50), "nothing to compare"),
        ((50, 0), "nothing to compare"),
        ((36, 33), "nothing to compare"),
    ],
)
def test_the_series_is_read_aloud(values: tuple[int, int], words: str) -> None:
    assert words in series_of_impulses(*values)[1]


@pytest.mark.parametrize(("receptors", "packets"), [(50, 50), (55, 50), (60, 60), (100, 20)])
def test_the_title_of_the_series_rounds_as_its_bars_do(receptors: int, packets: int) -> None:
    fig = series_of_impulses(receptors, packets)[0]
    labels = [text.get_text() for text in fig.axes[0].texts]
    title = f"{labels[0]} of the fibres answer the first impulse, {labels[4]} the fifth"
    assert fig.texts[0].get_text() == title


def test_bars_that_all_say_nought_have_a_title_that_says_so() -> None:
    fig = series_of_impulses(36, 33)[0]
    assert {text.get_text() for text in fig.axes[0].texts} == {"0 %"}
    assert fig.texts[0].get_text() == "Hardly a fibre answers, at any impulse"


@pytest.mark.parametrize("share", SHARES)
def test_every_text_of_the_cliff_is_clear(share: int) -> None:
    assert_legible(receptor_cliff(share)[0])


@pytest.mark.parametrize(("receptors", "packets"), SERIES)
def test_every_text_of_the_series_is_clear(receptors: int, packets: int) -> None:
    assert_legible(series_of_impulses(receptors, packets)[0])


def test_pictures_are_repeatable_and_small_enough_to_travel() -> None:
    for one, other in (
        (receptor_cliff(45), receptor_cliff(45)),
        (series_of_impulses(50, 50), series_of_impulses(50, 50)),
    ):
        data = figures.png(one[0])
        assert data == figures.png(other[0])
        assert len(data) < 120_000


@pytest.mark.parametrize(
    ("explore", "alt"),
    [(junction.explore_receptors, CLIFF_ALT), (junction.explore_series, SERIES_ALT)],
)
def test_exploring_shows_controls_and_words(
    explore: Any, alt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    explore()
    assert bundles[0]["text/plain"].startswith(alt)
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]
