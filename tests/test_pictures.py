"""The pictures of the two rules: what they say in words is what the library counts."""

from collections.abc import Iterator
from typing import Any

import IPython.display
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Annotation

from course import figures
from course.billing.units import compare_rules
from course.pictures import units
from tests.legible import assert_legible, drawn_texts

MAPS: list[dict[str, int]] = [
    {},
    {"first": 8},
    {"a": 45, "b": 1},
    {"a": 1, "b": 45, "first": 8},
    {"a": 45, "b": 45},
    {"a": 20, "b": 4, "first": 8},
    {"a": 1, "b": 1},
]


def title(fig: Figure) -> str:
    """Return the title of a figure."""
    return fig.axes[0].get_title(loc="left")


def every_picture() -> Iterator[Figure]:
    """Draw the pictures, with marks in the corners too."""
    for values in MAPS:
        yield units.rule_map(**values)[0]
    for total in (None, 0, 7, 8, 40, 68, 70):
        yield units.unit_staircase(total)[0]


# --- The map -----------------------------------------------------------------------------------


def test_map_reads_the_session_and_the_shares_aloud() -> None:
    assert units.rule_map()[1] == (
        "24 + 23 = 47 minutes: total time gives 3 units, midpoint 4; midpoint gives more by 1. "
        "Of the 2025 sessions counted, midpoint gives more in 12.4 % and total time in 12.4 %."
    )


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (20, 20, "20 + 20 = 40 minutes: total time gives 3 units, midpoint 2; "
                 "total time gives more by 1."),
        (10, 5, "10 + 5 = 15 minutes: total time gives 1 unit, midpoint 1; both give the same."),
        (1, 1, "1 + 1 = 2 minutes: total time gives 0 units, midpoint 0; both give the same."),
    ],
)  # fmt: skip
def test_map_says_which_rule_gives_more(a: int, b: int, words: str) -> None:
    assert units.rule_map(a=a, b=b)[1].startswith(words)


def test_session_that_is_not_counted_says_so() -> None:
    reading = units.rule_map(8, 45, a=6, b=40)[1]
    assert "1444 sessions counted (this one is not among them)" in reading
    assert "midpoint gives more in 17.5 % and total time in 7.8 %" in reading
    assert "not among them" not in units.rule_map(8, 45, a=8, b=40)[1]


def test_title_states_the_finding_of_each_range() -> None:
    assert title(units.rule_map()[0]) == "The rules differ in 25 % of sessions, evenly"
    assert title(units.rule_map(8, 45)[0]) == "The rules differ in 25 % of sessions, midpoint ahead"
    assert title(units.rule_map(1, 37)[0]).endswith("total time ahead")


def cells_by_hatch(fig: Figure) -> dict[str, set[tuple[float, float]]]:
    """Return the sessions that each hatching covers; five points draw one of them."""
    regions = [p for p in fig.axes[0].findobj(PathPatch) if isinstance(p, PathPatch)]
    return {
        patch.get_hatch() or "": {
            (float(x), float(y))
            for x, y in np.asarray(patch.get_path().vertices).reshape(-1, 5, 2)[:, :4].mean(axis=1)
        }
        for patch in regions
        if patch.get_hatch()
    }


def sessions_where(first: int, more: str) -> set[tuple[float, float]]:
    """Return the sessions in which one rule gives more."""
    each = range(first, 46)
    return {
        (a, b) for a in each for b in each if compare_rules({"1": a, "2": b}).gives_more == more
    }


@pytest.mark.parametrize("first", [1, 8])
def test_regions_differ_in_hatching_and_lie_where_the_rules_differ(first: int) -> None:
    assert cells_by_hatch(units.rule_map(first)[0]) == {
        "////": sessions_where(first, "CMS"),
        "....": sessions_where(first, "midpoint"),
    }


@pytest.mark.parametrize("first", [1, 8])
def test_line_from_each_name_ends_on_a_session_of_that_kind(first: int) -> None:
    notes = units.rule_map(first)[0].findobj(Annotation)
    ends = {n.get_text(): n.xy for n in notes if isinstance(n, Annotation)}
    for words, more in (("midpoint", "midpoint"), ("total time", "CMS"), ("both", "same")):
        [end] = [xy for text, xy in ends.items() if text.startswith(words)]
        assert end in sessions_where(first, more)


def test_each_region_is_named_beside_the_map_with_its_share() -> None:
    words = " ".join(t.get_text().replace("\n", " ") for t in drawn_texts(units.rule_map(8)[0]))
    assert "midpoint gives 1 unit more: 17.5 %" in words
    assert "total time gives 1 unit more: 7.8 %" in words
    assert "both give the same: 74.8 %" in words
    assert "not counted: below 8 minutes" in words


@pytest.mark.parametrize(("a", "b", "code"), [(0, 5, "one"), (5, 46, "two"), (46, 5, "one")])
def test_session_outside_the_map_is_refused(a: int, b: int, code: str) -> None:
    with pytest.raises(ValueError, match=f"Code {code}: .* outside the map"):
        units.rule_map(a=a, b=b)


def test_explored_map_starts_at_the_first_published_example(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    units.explore_rules()
    assert "24 + 23 = 47 minutes" in bundles[0]["text/html"]
    assert bundles[0]["text/plain"].startswith(units.RULE_MAP_ALT)
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]


# --- The staircase -----------------------------------------------------------------------------


def test_staircase_without_a_mark_describes_itself() -> None:
    reading = units.unit_staircase()[1]
    assert all(f" {boundary}" in reading for boundary in (8, 23, 38, 53, 68))
    assert figures.check_alt(reading) == reading


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (0, "0 minutes of timed treatment earn 0 units; the next unit begins 8 minutes "
            "later, at 8."),
        (22, "22 minutes of timed treatment earn 1 unit; the next unit begins 1 minute "
             "later, at 23."),
        (40, "40 minutes of timed treatment earn 3 units; the next unit begins 13 minutes "
             "later, at 53."),
    ],
)  # fmt: skip
def test_staircase_reads_the_marked_total_aloud(total: int, words: str) -> None:
    assert units.unit_staircase(total)[1] == words


def test_staircase_labels_every_boundary() -> None:
    labels = [t.get_text() for t in drawn_texts(units.unit_staircase()[0])]
    for words in ("0 to 7", "8 to 22", "23 to 37", "38 to 52", "53 to 67", "68 to 82"):
        assert words in labels
    assert units.unit_staircase()[0].axes[0].get_xticks().tolist() == [0, 8, 23, 38, 53, 68]


@pytest.mark.parametrize("total", [-1, 71, 7.5])
def test_total_outside_the_staircase_is_refused(total: Any) -> None:
    with pytest.raises(ValueError, match="The total: "):
        units.unit_staircase(total)


# --- All of them -------------------------------------------------------------------------------


def test_alternative_texts_are_accepted() -> None:
    for alt in (units.RULE_MAP_ALT, units.STAIRCASE_ALT):
        assert figures.check_alt(alt) == alt


def test_no_text_is_small_cut_off_or_on_top_of_another() -> None:
    for fig in every_picture():
        assert_legible(fig)


def test_pictures_are_repeatable_and_small_enough_to_travel() -> None:
    for first, second in zip(every_picture(), every_picture(), strict=True):
        data = figures.png(first)
        assert data == figures.png(second)
        assert len(data) < 120_000
