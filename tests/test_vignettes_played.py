"""Vignettes as buttons and as words: what is told, what stays when there are no buttons."""

import importlib
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import IPython.display
import pytest

from course.billing.vignettes import VIGNETTES, Vignette
from course.pictures import vignettes
from course.pictures.vignettes import Player, play_vignettes, tree_html, tree_text

every_vignette = pytest.mark.parametrize("vignette", VIGNETTES.values(), ids=VIGNETTES)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Presses in a test are far apart."""
    monkeypatch.setattr(vignettes, "QUICK", 0.0)


def widgets_in(box: Any) -> Iterator[Any]:
    for widget in box.children:
        yield widget
        if hasattr(widget, "children"):
            yield from widgets_in(widget)


def page(player: Player) -> str:
    html = [w.value for w in widgets_in(player.box) if type(w).__name__ == "HTML"]
    return unescape("\n".join(html))


def offered(player: Player) -> list[str]:
    return [b.description for b in player.acts if b.layout.display != "none"]


# --- Playing -----------------------------------------------------------------------------------


def test_it_begins_with_the_first_scene_and_its_acts_and_tells_no_rating() -> None:
    player = Player(("leg-press",))
    first = player.vignette.scenes["manager"]
    assert first.text in page(player)
    assert offered(player) == [act.words for act in first.acts]
    for act in first.acts:
        assert act.why not in page(player)


def test_an_act_is_told_with_sign_word_reason_and_what_it_rests_on() -> None:
    player = Player(("leg-press",))
    act = player.scene.acts[1]
    player.acts[1].click()
    for part in ("✓ Good", act.why, act.rests_on, player.vignette.scenes[act.leads_to].text):
        assert part in page(player)


@every_vignette
def test_every_way_can_be_clicked_to_its_end(vignette: Vignette) -> None:
    name = next(n for n, tree in VIGNETTES.items() if tree is vignette)
    for first in range(len(vignette.scenes[vignette.start].acts)):
        player = Player((name,))
        player.acts[first].click()
        for second in range(len(player.scene.acts)):
            player.acts[second].click()
            assert offered(player) == []
            assert "The end." in page(player)
            assert player.scene.text in page(player)
            player.back.click()


def test_one_may_go_back_and_begin_again_and_change_the_case() -> None:
    player = Player()
    player.back.click()  # nothing to take back: nothing happens
    player.acts[0].click()
    player.acts[0].click()
    player.back.click()
    assert len(player.trail) == 1
    player.again.click()
    assert player.trail == []
    player.acts[0].click()
    player.menu.value = "no-gain-since-may"
    assert player.trail == []
    assert "Mr Lind" in page(player)


def test_a_double_click_is_one_act(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vignettes, "QUICK", 60.0)
    player = Player(("three-at-nine",))
    player.acts[0].click()
    player.acts[0].click()
    assert len(player.trail) == 1


def test_the_keyboard_keeps_its_place_on_a_button_that_is_there() -> None:
    player = Player(("three-at-nine",))
    focused: list[str] = []
    for button in (*player.acts, player.again):
        button.focus = lambda b=button: focused.append(b.description)
    player.acts[3].click()  # the next scene has three acts: the first takes over
    assert focused[-1] == player.scene.acts[0].words
    player.acts[2].click()
    assert focused[-1] == "Begin again"


def test_what_changes_is_spoken_and_every_button_has_words() -> None:
    player = Player()
    assert player.shown.value.startswith('<div role="status" aria-live="polite">')
    assert all(button.description for button in (player.back, player.again))
    assert player.menu.description == "Case"


def test_texts_are_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "&#x27;" in tree_html(VIGNETTES["three-at-nine"])


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ValueError, match="chess is no vignette"):
        Player(("chess",))


# --- Without buttons ---------------------------------------------------------------------------


@every_vignette
def test_the_static_twins_hold_every_word(vignette: Vignette) -> None:
    html, text = unescape(tree_html(vignette)), tree_text(vignette)
    for scene in vignette.scenes.values():
        for twin in (html, text):
            assert scene.text in twin
            for act in scene.acts:
                assert act.words in twin
                assert act.why in twin
                assert act.rests_on in twin
                assert act.rating.capitalize() in twin


@every_vignette
def test_the_html_twin_is_well_nested_and_can_be_unfolded_without_a_kernel(
    vignette: Vignette,
) -> None:
    html = tree_html(vignette)
    open_tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)([a-z]+)", html):
        if closing:
            assert open_tags.pop() == tag
        else:
            open_tags.append(tag)
    assert open_tags == []
    assert html.count("<summary>") == html.count("</details>") > 0


def test_without_ipywidgets_the_tree_is_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.import_module

    def missing(name: str, *rest: Any) -> Any:
        if name == "ipywidgets":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(importlib, "import_module", missing)
    player = Player()
    assert player.box is None
    assert set(player.bundle()) == {"text/html", "text/plain"}


def test_the_lesson_shows_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    play_vignettes()
    assert "application/vnd.jupyter.widget-view+json" in bundles[0]
    for vignette in VIGNETTES.values():
        assert vignette.title in bundles[0]["text/plain"]
