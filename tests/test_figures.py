"""Figures: words always travel with the picture, live controls change both, nothing stays open."""

import base64
import html
import re
import sys
from typing import Any

import IPython.display
import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from course import figures
from course.figures import Choice, Explorer, Slider

ALT = "Line that rises from zero to four units as minutes grow from nothing to an hour."
VIEW = "application/vnd.jupyter.widget-view+json"
PNG = b"\x89PNG\r\n\x1a\n"


def drawn(top: float = 1) -> Figure:
    """Draw a small figure."""
    fig, ax = figures.figure(3, 2)
    ax.plot([0, 1], [0, top])
    ax.set_xlabel("Time (minutes)")
    return fig


def draw_line(top: int, colour: str = "blue") -> tuple[Figure, str]:
    """Draw as an explored figure does, and refuse 13."""
    if top == 13:
        raise ValueError("13 units cannot be drawn.")
    return drawn(top), f"The line ends at {top} <units>, in {colour}."


def controls() -> dict[str, Slider | Choice]:
    """Make one slider and one menu."""
    return {
        "top": Slider("Highest value", 1, 20, 4, "units"),
        "colour": Choice("Colour", {"as the sea": "blue", "as a rose": "red"}),
    }


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Collect what is displayed."""
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


def picture(markup: str) -> bytes:
    """Return the PNG inside a figure's HTML."""
    found = re.search(r'src="data:image/png;base64,([^"]+)"', markup)
    assert found
    return base64.b64decode(found[1])


# --- Showing -----------------------------------------------------------------------------------


def test_shown_figure_has_picture_alternative_text_and_caption(
    displayed: list[dict[str, Any]],
) -> None:
    figures.show(drawn(), ALT, "Units and minutes.")
    [bundle] = displayed
    assert bundle["text/plain"] == ALT
    assert picture(bundle["text/html"]).startswith(PNG)
    assert f'alt="{ALT}"' in bundle["text/html"]
    assert "<figcaption>Units and minutes.</figcaption></figure>" in bundle["text/html"]
    assert "max-width:100%" in bundle["text/html"]


def test_text_is_escaped(displayed: list[dict[str, Any]]) -> None:
    alt = '"Units" < minutes & <script>alert(1)</script>, said at some length'
    figures.show(drawn(), alt, "<b>a & b</b>")
    markup = displayed[0]["text/html"]
    assert html.escape(alt) in markup
    assert "<script>" not in markup
    assert "&lt;b&gt;a &amp; b&lt;/b&gt;" in markup
    assert displayed[0]["text/plain"] == alt


def test_empty_caption_leaves_no_empty_element(displayed: list[dict[str, Any]]) -> None:
    figures.show(drawn(), ALT, " ")
    assert "figcaption" not in displayed[0]["text/html"]


@pytest.mark.parametrize(
    ("alt", "words"),
    [
        ("", "is empty"),
        ("  \n ", "is empty"),
        ("Units rise.", "has 11 characters"),
        ("A plot of units against minutes, which rises all the way", "begins with 'A plot of'"),
        ("figure that shows units against minutes, rising all the way", "begins with 'figure"),
        ("Image of a line that rises all the way from zero to four", "begins with 'Image of"),
    ],
)
def test_alternative_text_that_says_too_little_is_refused(alt: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        figures.show(drawn(), alt, "Caption.")


def test_same_figure_gives_the_same_bytes_without_software_or_date() -> None:
    first, second = figures.png(drawn()), figures.png(drawn())
    assert first == second
    assert b"matplotlib" not in first.lower()
    assert b"Date" not in first


def test_picture_has_the_stated_size() -> None:
    data = figures.png(drawn())
    width, height = (int.from_bytes(data[n : n + 4], "big") for n in (16, 20))
    assert (width, height) == (3 * figures.DPI, 2 * figures.DPI)


def test_no_figure_stays_open(displayed: list[dict[str, Any]]) -> None:
    open_before = plt.get_fignums()
    figures.show(drawn(), ALT, "Ours.")
    fig, _ = plt.subplots()
    figures.show(fig, ALT, "Made with pyplot.")
    figures.explore(draw_line, ALT, "Explored.", **controls())
    assert plt.get_fignums() == open_before


def test_style_has_no_frame_on_top_or_right_and_readable_letters() -> None:
    fig, axes = figures.panels(1, 2)
    assert len(axes) == 2
    for ax in axes:
        assert not ax.spines["top"].get_visible()
        assert not ax.spines["right"].get_visible()
        assert min(float(label.get_fontsize()) for label in ax.get_xticklabels()) >= 9
    assert fig.get_size_inches().tolist() == [7.0, 4.2]


# --- Exploring ---------------------------------------------------------------------------------


def test_one_display_serves_live_static_and_plain_readers(displayed: list[dict[str, Any]]) -> None:
    figures.explore(draw_line, ALT, "Units.", **controls())
    [bundle] = displayed
    assert bundle[VIEW]["model_id"]
    assert picture(bundle["text/html"]).startswith(PNG)
    assert "The line ends at 4 &lt;units&gt;, in blue." in bundle["text/html"]
    assert bundle["text/plain"] == f"{ALT}\nThe line ends at 4 <units>, in blue."


def test_live_picture_begins_as_the_static_one() -> None:
    explorer = Explorer(draw_line, ALT, "Units.", controls())
    *_, shown, sentence = explorer.box.children
    assert explorer.bundle()["text/html"] == shown.value + sentence.value


def test_moving_a_control_changes_picture_and_sentence() -> None:
    explorer = Explorer(draw_line, ALT, "Units.", controls())
    *_, shown, sentence = explorer.box.children
    before = shown.value
    explorer.inputs["top"].value = 9
    assert picture(shown.value) != picture(before)
    assert f'alt="{ALT}"' in shown.value
    assert 'aria-live="polite"' in sentence.value
    assert "ends at 9 &lt;units&gt;, in blue." in sentence.value
    explorer.inputs["colour"].value = "red"
    assert "in red." in sentence.value


def test_every_control_has_words_and_unit_and_the_number_can_be_typed() -> None:
    explorer = Explorer(draw_line, ALT, "Units.", controls())
    row, menu, *_, sentence = explorer.box.children
    typed, slider = row.children
    assert (typed.description, menu.description) == ("Highest value (units)", "Colour")
    typed.value = 7
    assert slider.value == 7
    assert "ends at 7" in sentence.value


def test_fractions_can_be_chosen_where_a_step_is_one() -> None:
    control = {"top": Slider("Gain", 0, 2, 1, "times", step=0.25)}
    explorer = Explorer(draw_line, ALT, "Units.", control)
    explorer.inputs["top"].value = 1.25
    assert "ends at 1.25" in explorer.box.children[-1].value


def test_values_that_cannot_be_drawn_are_said_and_the_picture_stays() -> None:
    explorer = Explorer(draw_line, ALT, "Units.", controls())
    *_, shown, sentence = explorer.box.children
    before = shown.value
    explorer.inputs["top"].value = 13
    assert shown.value == before
    assert "13 units cannot be drawn." in sentence.value


def test_without_ipywidgets_the_static_figure_is_shown(
    displayed: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    figures.explore(draw_line, ALT, "Units.", **controls())
    assert set(displayed[0]) == {"text/html", "text/plain"}
    assert "The line ends at 4" in displayed[0]["text/html"]


def test_explored_figure_needs_a_sentence() -> None:
    with pytest.raises(ValueError, match="the sentence is missing"):
        Explorer(lambda top, colour: (drawn(), ""), ALT, "Units.", controls())


def test_start_outside_the_slider_is_refused() -> None:
    with pytest.raises(ValueError, match="Gain: 5 is not between 0 and 2"):
        Slider("Gain", 0, 2, 5, "times")
