"""The map of words: each word draws, is read aloud, and stands clear of every other."""

from typing import Any

import IPython.display
import pytest
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from course import figures
from course.pictures import definitions
from course.pictures.definitions import ALL, LINKS, MAP_ALT, WORDS, word_map
from tests.legible import assert_legible, drawn_texts

every_choice = pytest.mark.parametrize("word", [ALL, *WORDS])


def in_one_line(words: str) -> str:
    """Return the words of a box or a link as they stand in a sentence."""
    return words.replace("\n", " ")


# --- What it says ------------------------------------------------------------------------------


@pytest.mark.parametrize("word", WORDS)
def test_the_sentence_names_the_word_and_what_it_is_confused_with(word: str) -> None:
    reading = word_map(word)[1]
    assert reading.casefold().removeprefix("the ").startswith(word.casefold())
    confused = [
        {link.start, link.end} - {word}
        for link in LINKS
        if link.denies and word in (link.start, link.end)
    ]
    assert "confused with" in reading
    for [other] in confused:
        assert other.removeprefix("neuromuscular ") in reading


def test_the_whole_map_counts_its_lines() -> None:
    reading = word_map()[1]
    assert reading.startswith("9 words: 8 solid arrows")
    assert "4 dashed lines" in reading


def test_the_alternative_text_names_every_word_and_every_link() -> None:
    assert figures.check_alt(MAP_ALT) == MAP_ALT
    for word in WORDS:
        assert word in MAP_ALT
    sentences = [part for part in MAP_ALT.replace(":", ";").split(";") if part]
    for link in LINKS:
        relation = in_one_line(link.words).split()[-1]
        ends = [w.removeprefix("neuromuscular ") for w in (link.start, link.end)]
        assert relation in MAP_ALT
        assert any(all(end in part for end in ends) for part in sentences), link


def test_a_word_that_is_not_on_the_map_is_refused() -> None:
    with pytest.raises(ValueError, match="gait is not on the map"):
        word_map("gait")


def test_the_menu_offers_the_whole_map_first_and_then_each_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    definitions.explore_words()
    assert bundles[0]["text/plain"].startswith(MAP_ALT)
    assert "9 words" in bundles[0]["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]


# --- How it looks ------------------------------------------------------------------------------


@every_choice
def test_every_word_and_every_relation_stands_in_the_picture(word: str) -> None:
    seen = [t.get_text() for t in drawn_texts(word_map(word)[0])]
    for box in WORDS.values():
        assert {box.lines, box.kind} <= set(seen)
    assert sorted(link.words for link in LINKS) == sorted(
        text for text in seen if text in {link.words for link in LINKS}
    )


@pytest.mark.parametrize("word", WORDS)
def test_a_chosen_word_differs_in_more_than_colour(word: str) -> None:
    fig = word_map(word)[0]
    frames = sorted(p.get_linewidth() for p in fig.findobj(FancyBboxPatch))
    assert frames[-1] >= 3 > frames[-2]
    heavy = [p for p in fig.findobj(FancyArrowPatch) if p.get_linewidth() > 2]
    assert len(heavy) == sum(word in (link.start, link.end) for link in LINKS)


def test_a_line_that_denies_is_dashed_and_has_no_head() -> None:
    lines = [p for p in word_map()[0].findobj(FancyArrowPatch) if isinstance(p, FancyArrowPatch)]
    dashed = [line for line in lines if line.get_linestyle() != "-"]
    assert len(dashed) == sum(link.denies for link in LINKS)
    assert len(lines) == len(LINKS)


@every_choice
def test_no_text_is_small_cut_off_or_on_top_of_another(word: str) -> None:
    fig = word_map(word)[0]
    assert_legible(fig, edge=4)
    frames = [p.get_window_extent() for p in fig.findobj(FancyBboxPatch)
              if isinstance(p, FancyBboxPatch) and p.get_zorder() == 3]  # fmt: skip
    assert len(frames) == len(WORDS)
    for text in drawn_texts(fig):
        box = text.get_window_extent()
        touched = [frame for frame in frames if frame.overlaps(box)]
        inside = [f for f in touched if f.x0 <= box.x0 and box.x1 <= f.x1]
        assert touched == inside, (word, text)


@every_choice
def test_the_map_is_repeatable_and_small_enough_to_travel(word: str) -> None:
    data = figures.png(word_map(word)[0])
    assert data == figures.png(word_map(word)[0])
    assert len(data) < 120_000
