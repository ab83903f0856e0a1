"""What every picture owes its readers: no text small, cut off, or on top of another."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from unittest.mock import patch

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

from course import figures


def drawn_texts(fig: Figure) -> list[Text]:
    """Draw a figure, and return every text with words in it that drawing came to.

    What a figure holds would be too much: an axis that is off, or a tick beyond an axis' ends,
    has words too.
    """
    fig.set_dpi(figures.DPI)
    canvas: Any = FigureCanvasAgg(fig)
    with patch.object(Text, "draw", autospec=True, side_effect=Text.draw) as draw:
        canvas.draw()
    met: list[Text] = [call.args[0] for call in draw.call_args_list]
    return [text for text in met if text.get_visible() and text.get_text().strip()]


def assert_legible(fig: Figure, *, edge: float = 3, arrows: bool = True) -> None:
    """No text is small, cut off, or on top of another, and no annotation stays away.

    `edge` is how many pixels a text keeps from the picture's edge. An annotation's box has its
    arrow in it, unless `arrows` is off: where arrows run aslant, their boxes may meet when nothing
    that is drawn does.
    """
    texts = drawn_texts(fig)
    for note in fig.findobj(Annotation):
        if isinstance(note, Annotation) and note.get_visible() and note.get_text().strip():
            assert note in texts, f"{note} points outside its axes, and is not drawn"
    width, height = fig.canvas.get_width_height()
    boxes = [(t, t.get_window_extent() if arrows else Text.get_window_extent(t)) for t in texts]
    title = max(texts, key=lambda text: float(text.get_fontsize())).get_text()
    for text, box in boxes:
        assert float(text.get_fontsize()) >= 9, f"small in {title!r}: {text}"
        room = min(box.x0, box.y0, width - box.x1, height - box.y1)
        assert room >= edge, f"{room:.1f} pixels from the edge of {title!r}: {text}"
    for (text, box), (other, its) in combinations(boxes, 2):
        assert not box.overlaps(its), f"on top of another in {title!r}: {text}, {other}"
