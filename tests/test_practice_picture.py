"""Practice curves, gates, forest and registry: what they say, and that nothing overlaps."""

from collections.abc import Callable
from functools import partial
from typing import Any

import IPython.display
import pytest
from matplotlib.figure import Figure

from course import figures
from course.physiology.outcomes import evidence
from course.pictures import forest, gates, practice_curves
from course.pictures.forest import FOREST_ALT, REGISTRY_ALT
from course.pictures.gates import GATES_ALT, LARGEST, TESTS, two_gates
from course.pictures.practice_curves import CURVES_ALT, MEAN, WHO
from course.pictures.practice_curves import practice_curves as drawn_curves
from tests.legible import assert_legible


def gates_figure(test: str, change: int) -> Figure:
    return two_gates(test, change)[0]


DRAWN: dict[str, Callable[[], Figure]] = {
    "forest": lambda: forest.forest()[0],
    "registry": lambda: forest.registry_and_trial()[0],
    "one learner": lambda: drawn_curves(1, 1, WHO[3])[0],
    "forty learners": lambda: drawn_curves()[0],
    "eighty, the slowest": lambda: drawn_curves(80, 3, WHO[3])[0],
    "eighty, the quickest": lambda: drawn_curves(80, 30, WHO[1])[0],
    **{
        f"{test}, {change}": partial(gates_figure, test, change)
        for test in TESTS
        for change in (0, 1, 4, LARGEST)
    },
}


# --- What they say -------------------------------------------------------------------------------


def test_the_mean_follows_the_other_form_than_the_learners() -> None:
    reading = drawn_curves()[1]
    assert reading == (
        "Of 40 single learners the exponential lies closer to 37. For the mean of all the "
        "exponential misses the points by 0.23 cm and the power curve by 0.11 cm, so the power "
        "curve lies closer."
    )
    assert "so the exponential curve lies closer" in drawn_curves(40, 2, WHO[2])[1]
    assert drawn_curves(1)[1].startswith("Of 1 single learner the")


def test_one_change_is_judged_row_by_row() -> None:
    reading = two_gates("Mini-BESTest", 4)[1]
    assert "in stroke outpatients it is real, it matters;" in reading
    assert "in early subacute stroke no MDC is known, it does not matter;" in reading
    assert "in Parkinson's disease it is real, it matters." in reading


def test_a_threshold_without_a_source_is_marked() -> None:
    fig, reading = two_gates("Fugl-Meyer, arm", 5)
    words = [text.get_text() for text in fig.axes[0].texts]
    assert "matters: 4.25 to 7.25*" in words
    assert "matters: 9 to 13" in words
    assert "in chronic stroke no MDC is known, whether it matters depends on the mark" in reading


def test_forms_that_read_alike_are_not_ranked() -> None:
    fig, reading = drawn_curves(20, 7, WHO[1])
    assert "by 0.48 cm and the power curve by 0.48 cm, so neither lies closer" in reading
    assert fig.axes[1].get_title(loc="left") == "The quickest learner:\nneither form closer"


@pytest.mark.parametrize("alt", [CURVES_ALT, GATES_ALT, FOREST_ALT, REGISTRY_ALT])
def test_the_alternative_texts_say_enough(alt: str) -> None:
    assert figures.check_alt(alt) == alt


def test_the_forest_says_every_figure_that_it_draws() -> None:
    trials = evidence().trials
    for key in ("bobath-task", "bobath-strength", "bobath-mix", "nexa-pain"):
        for number in (trials[key].estimate, trials[key].low, trials[key].high):
            assert f"{number:g}" in FOREST_ALT or f"{number:.1f}" in FOREST_ALT, number
    for key in ("acl-all", "acl-women", "acl-non-contact-women"):
        assert f"{trials[key].estimate:.2f}" in FOREST_ALT


def test_no_panel_of_the_forest_mixes_scales() -> None:
    trials = evidence().trials
    for names in (forest._STROKE, forest._KNEE, forest._LIGAMENT):
        assert len({(trials[key].kind, trials[key].scale) for key in names}) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: drawn_curves(40, 2, "Ada"), "Ada is not one of the mean of all"),
        (lambda: two_gates("Berg", 4), "Berg is not one of Mini-BESTest"),
        (lambda: two_gates(TESTS[0], 15), "15 points lies outside the picture"),
    ],
)
def test_what_cannot_be_drawn_is_said(wrong: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        wrong()


def test_lessons_show_each_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    practice_curves.explore_practice()
    gates.explore_gates()
    forest.show_forest()
    forest.show_registry()
    begins = [CURVES_ALT, GATES_ALT, FOREST_ALT, REGISTRY_ALT]
    for bundle, alt in zip(bundles, begins, strict=True):
        assert bundle["text/plain"].startswith(alt)
    assert MEAN in bundles[0]["text/html"]


# --- How they look -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DRAWN)
def test_no_text_is_small_cut_off_or_on_top_of_another(name: str) -> None:
    assert_legible(DRAWN[name]())


@pytest.mark.parametrize("name", ["forest", "forty learners", "Mini-BESTest, 4"])
def test_a_picture_is_repeatable_and_small_enough_to_travel(name: str) -> None:
    data = figures.png(DRAWN[name]())
    assert data == figures.png(DRAWN[name]())
    assert len(data) < 150_000
