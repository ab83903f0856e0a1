"""The pictures of honest billing: they say what the models say, and stand clear."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import IPython.display
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course import figures
from course.billing.audit_sample import MOST_IN_ALL_THREE, ways
from course.billing.plateau import CHANGES, GOALS, PAYERS, SKILLS, judge
from course.pictures import ethics
from tests.legible import assert_legible, drawn_texts

EVERY_PATH = list(product(PAYERS, GOALS, SKILLS))


def bars(fig: Figure) -> list[tuple[float, float]]:
    """Left end and width of every bar that has one, from above."""
    drawn = [p for p in fig.axes[0].patches if isinstance(p, Rectangle) and p.get_width()]
    return [(p.get_x(), p.get_width()) for p in sorted(drawn, key=lambda p: (p.get_y(), p.get_x()))]


@pytest.mark.parametrize("in_all_three", [0, 10, 50, MOST_IN_ALL_THREE])
def test_the_bars_are_the_counts_and_the_last_one_is_what_was_assumed(in_all_three: int) -> None:
    fig, reading = ethics.audit_counts(in_all_three)
    divided = ways(in_all_three)
    drawn = bars(fig)
    assert drawn[:5] == [(0, 184), (184, 116), (0, 145), (0, 112), (0, 91)]
    assert [w for _, w in drawn[5:]] == [n for n in (divided.one, divided.two, in_all_three) if n]
    assert sum(w for _, w in drawn[5:]) == 184
    assert f"{divided.several} in more than one" in reading
    assert "Any number from 0 to 82 fits" in reading


@pytest.mark.parametrize("path", EVERY_PATH, ids=" ".join)
def test_the_thick_boxes_are_the_path_of_the_model(path: tuple[str, str, str]) -> None:
    fig, reading = ethics.plateau_path("same", *path)
    answer = judge("same", *path)
    patches = [p for p in fig.axes[0].patches if isinstance(p, Rectangle)]
    thick = [p for p in patches if p.get_linewidth() > 2]
    assert len(thick) == answer.settled_at + 1  # the questions asked, and where the path ends
    ends = [p for p in thick if to_hex(p.get_facecolor()) == figures.YELLOW.lower()]
    assert len(ends) == 1
    x, y = ends[0].get_xy()
    inside = [
        t.get_text()
        for t in fig.axes[0].texts
        if x < t.get_position()[0] < x + ends[0].get_width()
        and y < t.get_position()[1] < y + ends[0].get_height()
    ]
    if answer.cover == "can be covered":
        assert inside == [f"can be covered:\nto {answer.track}"]
    assert answer.why in reading


def test_what_has_changed_is_shown_and_moves_nothing() -> None:
    for change, words in CHANGES.items():
        fig, reading = ethics.plateau_path(change)
        assert any(words in t.get_text() for t in drawn_texts(fig))
        assert reading.endswith(f"What changed ({words}) was not asked.")
    title = {drawn_texts(ethics.plateau_path(change)[0])[0].get_text() for change in CHANGES}
    assert len(title) == 1


def every_picture() -> Iterator[Figure]:
    for k in (0, 5, 17, 18, 41, 63, 64, 75, MOST_IN_ALL_THREE):
        yield ethics.audit_counts(k)[0]
    for path in EVERY_PATH:
        yield ethics.plateau_path("worse", *path)[0]


def test_no_text_is_small_cut_off_or_on_top_of_another() -> None:
    for fig in every_picture():
        assert_legible(fig)


def test_the_alternative_texts_hold_whatever_is_chosen() -> None:
    for alt in (ethics.AUDIT_ALT, ethics.PLATEAU_ALT):
        assert figures.check_alt(alt) == alt
    for number in ("300", "184", "116", "145", "112", "91"):
        assert number in ethics.AUDIT_ALT


def test_the_lesson_gets_both_with_their_controls(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    ethics.explore_audit()
    ethics.explore_plateau()
    for bundle in bundles:
        assert "application/vnd.jupyter.widget-view+json" in bundle
        assert "<figcaption>" in bundle["text/html"]


def test_the_pictures_are_repeatable() -> None:
    assert figures.png(ethics.audit_counts(7)[0]) == figures.png(ethics.audit_counts(7)[0])
