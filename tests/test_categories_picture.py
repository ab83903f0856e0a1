"""The pictures of lesson 03: the path is the one the model takes, the intervals those cited."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import IPython.display
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course import figures
from course.billing.categories import DEFICITS, INTENTS, QUESTIONS, Activity, classify
from course.physiology.outcomes import Trial, evidence
from course.pictures import categories
from tests.legible import assert_legible, drawn_texts

PATHS = [
    (deficit, intent, skilled, patients)
    for deficit, intent in product(DEFICITS, INTENTS)
    for skilled, patients in ((True, 1), (False, 1), (True, 2))
    if (skilled and patients == 1) or deficit in INTENTS[intent].answers
]


def boxes(fig: Figure) -> list[Rectangle]:
    """Return the boxes of the path."""
    drawn = [p for p in fig.axes[0].patches if isinstance(p, Rectangle)]
    assert len(drawn) == 4 + 4 + len(INTENTS)
    return drawn


def words_in(fig: Figure, box: Rectangle) -> str:
    """Return what is written inside a box."""
    return " | ".join(
        t.get_text()
        for t in fig.axes[0].texts
        if t.get_text() and box.get_bbox().contains(*t.get_position())
    )


def thick(fig: Figure) -> list[str]:
    """Return what stands in the boxes with a thick line, which is what marks the path."""
    return [words_in(fig, b) for b in boxes(fig) if b.get_linewidth() > 2]


def every_picture() -> Iterator[Figure]:
    """Draw every deficit, every intent where it fits, each way the path can end, the evidence."""
    for deficit in DEFICITS:
        yield categories.category_path(deficit)[0]
    for key, intent in INTENTS.items():
        yield categories.category_path(intent.answers[0], key)[0]
    yield categories.category_path(skilled=False)[0]
    yield categories.category_path(patients=2)[0]
    yield categories.evidence_intervals()[0]


# --- The path ----------------------------------------------------------------------------------


def test_path_starts_at_re_education_and_is_read_aloud() -> None:
    fig, reading = categories.category_path()
    assert fig.axes[0].texts[0].get_text() == "The path leads to re-education (NMR)"
    assert reading == (
        "Deficit: balance, coordination or sense of movement. Intent: to retrain control, which "
        "answers it. Skill: only someone qualified could have done it. Patients at once: one, all "
        "minutes one-on-one. So: re-education (NMR)."
    )


def test_sentence_and_thick_lines_end_where_the_model_ends() -> None:
    for deficit, intent, skilled, patients in PATHS:
        category = classify(Activity("any", deficit, intent, skilled, 15, patients))
        fig, reading = categories.category_path(deficit, intent, skilled, patients)
        label = f" ({category.label})" if category.label else ""
        assert reading.endswith(f"So: {category.name}{label}.")
        path = thick(fig)
        assert len(path) == category.settled_at + 1
        if category.label and category.label != "GROUP":
            assert f"{category.name} | {category.label}" == path[-1]
        [end] = [words_in(fig, b) for b in boxes(fig) if b.get_facecolor()[:3] != (1, 1, 1)]
        assert end in path


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"deficit": "none"}, "none on record:\ntest first"),
        ({"deficit": "force"}, "does not answer this\ndeficit: look again"),
        ({"skilled": False}, "aide or relative:\nnot skilled therapy"),
        ({"patients": 2}, "two or more:\ngroup (GROUP)"),
    ],
)
def test_each_question_has_its_way_out(values: dict[str, Any], words: str) -> None:
    fig, _ = categories.category_path(**values)
    assert words in thick(fig)


def test_questions_have_the_names_of_the_text_in_boxes_and_menus(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels: list[str] = []
    monkeypatch.setattr(
        figures, "explore", lambda *_, **menus: labels.extend(m.label for m in menus.values())
    )
    categories.explore_categories()
    assert [label[2:] for label in labels] == list(QUESTIONS)
    drawn = [t.get_text() for t in categories.category_path()[0].axes[0].texts]
    assert set(labels) <= set(drawn)


def test_question_that_is_not_reached_says_so() -> None:
    fig, _ = categories.category_path(deficit="force")
    assert [t.get_text() for t in fig.axes[0].texts].count("not asked") == 2


def test_menus_start_at_the_drawn_path(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    categories.explore_categories()
    [bundle] = bundles
    assert "So: re-education (NMR)." in bundle["text/html"]
    assert bundle["text/plain"].startswith(categories.PATH_ALT)


# --- The evidence ------------------------------------------------------------------------------


def named_trials() -> list[Trial]:
    trials = evidence().trials
    return [trials[key] for key in (*categories.AGAINST_BOBATH, *categories.KNEE_PAIN)]


def test_intervals_are_those_cited_and_said_in_the_alternative_text() -> None:
    shown = [(row.estimate, row.low, row.high) for row in named_trials()]
    assert shown == [
        (0.48, 0.01, 0.95), (0.35, -0.37, 1.08), (-0.06, -0.73, 0.61), (2.4, -6.0, 10.8),
    ]  # fmt: skip
    for numbers in shown:
        for number in numbers:
            assert f"{number}" in categories.EVIDENCE_ALT


def test_an_estimate_lies_in_the_middle_of_its_interval() -> None:
    for row in named_trials():
        assert (row.low + row.high) / 2 == pytest.approx(row.estimate, abs=0.0101)


def test_only_task_practice_is_clear_of_zero_and_its_marker_differs() -> None:
    assert [row.holds_no_difference for row in named_trials()] == [False, True, True, True]
    fig, _ = categories.evidence_intervals()
    markers = [line.get_marker() for ax in fig.axes for line in ax.lines]
    assert [m for m in markers if m in ("s", "o")] == ["s", "o", "o", "o"]


def test_each_panel_has_its_own_scale_and_a_line_of_no_difference() -> None:
    fig, _ = categories.evidence_intervals()
    labels = [ax.get_xlabel() for ax in fig.axes]
    assert labels[0].startswith("Standardised difference")
    assert labels[1].startswith("Difference in pain (mm")
    for ax in fig.axes:
        low, high = ax.get_xlim()
        assert low == -high


def test_evidence_is_shown_with_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    categories.show_evidence()
    assert bundles[0]["text/plain"] == categories.EVIDENCE_ALT
    assert "<figcaption>" in bundles[0]["text/html"]


# --- All of them -------------------------------------------------------------------------------


def test_alternative_texts_are_accepted() -> None:
    for alt in (categories.PATH_ALT, categories.EVIDENCE_ALT):
        assert figures.check_alt(alt) == alt


def test_no_text_is_small_cut_off_or_on_top_of_another_or_of_its_box() -> None:
    for fig in every_picture():
        assert_legible(fig)
        around = [p.get_window_extent() for p in fig.axes[0].patches if isinstance(p, Rectangle)]
        for text in drawn_texts(fig):
            place = text.get_window_extent()
            for box in around:
                if box.overlaps(place):
                    assert box.x0 + 4 <= place.x0, text
                    assert place.x1 <= box.x1 - 4, text
                    assert box.y0 <= place.y0, text
                    assert place.y1 <= box.y1, text


def test_pictures_are_repeatable_and_small_enough_to_travel() -> None:
    for draw in (categories.category_path, categories.evidence_intervals):
        data = figures.png(draw()[0])
        assert data == figures.png(draw()[0])
        assert len(data) < 120_000
