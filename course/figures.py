"""Figures in one style, each with words for those who cannot see it.

Draw on what `figure` or `panels` gives you, then hand it to `show` with an alternative text and a
caption; `explore` does the same for a figure with sliders. Both display plain HTML, an `<img>`
with its `alt` inside a `<figure>`, so that the words stay with the picture in JupyterLab, in a
browser build and on a web page.

Sizes are in inches at 110 pixels each: 7 inches fill a notebook's width. Colours are those of Okabe
and Ito, which people with colour-blind eyes can tell apart; add a line style, marker or hatching
all the same, because colour alone is never the signal.
"""

import base64
import html
import importlib
import io
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import matplotlib
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

BLACK = "#000000"
ORANGE = "#E69F00"
SKY_BLUE = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#595959"  # for secondary text: dark enough to read on white

DPI = 110

STYLE: Any = {
    "axes.axisbelow": True,
    "axes.labelsize": 11,
    "axes.prop_cycle": cycler(
        color=[BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY_BLUE, BLACK],
        linestyle=["-", "--", "-.", ":", "-", "--", "-."],
    ),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlepad": 10,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "figure.facecolor": "white",
    "font.family": ["DejaVu Sans"],  # it travels with matplotlib, so pictures are alike everywhere
    "font.size": 10.5,
    "hatch.linewidth": 1.0,
    "legend.frameon": False,
    "lines.linewidth": 2.0,
    "xtick.labelsize": 10.5,
    "ytick.labelsize": 10.5,
}

Draw = Callable[..., tuple[Figure, str]]


# --- Drawing ---------------------------------------------------------------------------------


def figure(width: float = 7.0, height: float = 4.2) -> tuple[Figure, Axes]:
    """Make an empty figure in the course's style, and its axes; sizes in inches."""
    fig, axes = panels(1, 1, width, height)
    return fig, axes[0]


def panels(
    rows: int, columns: int, width: float = 7.0, height: float = 4.2
) -> tuple[Figure, list[Axes]]:
    """Make a figure with several axes, listed row by row; sizes in inches."""
    matplotlib.rcParams.update(STYLE)
    # Not made through pyplot: nothing stays open, and no backend shows it a second time.
    fig = Figure(figsize=(width, height), layout="constrained")
    axes = fig.subplots(rows, columns, squeeze=False)
    return fig, list(axes.flat)


def png(fig: Figure) -> bytes:
    """Return the figure as a PNG: same figure, same bytes."""
    buffer = io.BytesIO()
    fig.set_dpi(DPI)
    fig.set_facecolor("white")
    # Not `savefig`, which draws everything twice: an explored figure has to keep up with a slider.
    # And matplotlib writes its version into the file unless told not to.
    canvas: Any = FigureCanvasAgg(fig)
    canvas.print_png(buffer, metadata={"Software": None})
    return buffer.getvalue()


def close(fig: Figure) -> None:
    """Let go of a figure, also one that was made with pyplot."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(fig)


# --- Showing ---------------------------------------------------------------------------------


def show(fig: Figure, alt: str, caption: str) -> None:
    """Display a figure with its alternative text and caption, and close it.

    `alt` says in a sentence or two what the picture shows, to somebody who cannot see it; it is
    also what a reader without HTML gets. An alternative text that says too little raises a
    `ValueError`.
    """
    alt = check_alt(alt)
    _display({"text/html": figure_html(fig, alt, caption), "text/plain": alt})


def check_alt(alt: str) -> str:
    """Return the alternative text without spaces around it, or say what it lacks."""
    text = alt.strip()
    empty_openings = (
        "a plot", "plot of", "a figure", "figure", "an image", "image of", "a picture of",
        "picture of", "a graph of", "graph of", "a chart of", "chart of",
    )  # fmt: skip
    if not text:
        raise ValueError("The alternative text is empty: say in a sentence what the picture shows.")
    if text.lower().startswith(empty_openings):
        raise ValueError(
            f"The alternative text begins with {' '.join(text.split()[:3])!r}: "
            "begin with what the picture shows, a screen reader already says that it is one."
        )
    if len(text) < 40:
        raise ValueError(
            f"The alternative text has {len(text)} characters: 40 or more are needed "
            "to say what the picture shows."
        )
    return text


def figure_html(fig: Figure, alt: str, caption: str) -> str:
    """Return the HTML `<figure>` of a figure, with the picture inside it, and close the figure."""
    data = base64.b64encode(png(fig)).decode("ascii")
    close(fig)
    words = f"<figcaption>{_as_html(caption)}</figcaption>" if caption.strip() else ""
    return (
        f'<figure style="margin: 0"><img alt="{html.escape(alt)}" '
        f'src="data:image/png;base64,{data}" style="max-width:100%">{words}</figure>'
    )


def _as_html(words: str) -> str:
    """Escape words, and part dollar signs from sums, which JupyterLab takes for formulas."""
    return html.escape(words).replace("$", "<span>$</span>")


def reading_html(reading: str) -> str:
    """Return the sentence under a figure; a screen reader speaks it again when it changes."""
    return f'<p role="status" aria-live="polite">{_as_html(reading)}</p>'


def _display(bundle: dict[str, Any]) -> None:
    importlib.import_module("IPython.display").display(bundle, raw=True)


# --- Exploring -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Slider:
    """A number to choose. Its label is words; the unit is shown beside them."""

    label: str
    first: float
    last: float
    start: float
    unit: str
    step: float = 1

    def __post_init__(self) -> None:
        """Refuse a start outside the ends."""
        if not self.first <= self.start <= self.last:
            raise ValueError(
                f"{self.label}: {self.start} is not between {self.first} and {self.last}."
            )

    def row(self, widgets: Any) -> tuple[Any, Any]:
        """Make the widget that holds the value, and the row that shows it.

        The row has a box for typing too: its label is tied to it, which that of a slider is not,
        so that a screen reader says what the number means.
        """
        whole = all(isinstance(n, int) for n in (self.first, self.last, self.start, self.step))
        kind, typed = ("IntSlider", "BoundedIntText") if whole else (
            "FloatSlider", "BoundedFloatText")  # fmt: skip
        ends = {"min": self.first, "max": self.last, "step": self.step, "value": self.start}
        slider = getattr(widgets, kind)(**ends, readout=False, continuous_update=True)
        box = getattr(widgets, typed)(
            **ends,
            description=f"{self.label} ({self.unit})",
            style={"description_width": "initial"},
            layout={"width": "auto"},
        )
        widgets.link((slider, "value"), (box, "value"))
        return slider, widgets.HBox([box, slider], layout={"flex_flow": "row wrap"})


@dataclass(frozen=True)
class Choice:
    """One of several values to choose, each under its words; the first is chosen at the start."""

    label: str
    options: Mapping[str, Any]

    @property
    def start(self) -> Any:
        """The value of the first option."""
        return next(iter(self.options.values()))

    def row(self, widgets: Any) -> tuple[Any, Any]:
        """Make the widget that holds the value; it is its own row."""
        menu = widgets.Dropdown(
            options=list(self.options.items()),
            description=self.label,
            style={"description_width": "initial"},
            layout={"width": "max-content"},
        )
        return menu, menu


class Explorer:
    """A figure with controls: what `explore` displays.

    Without ipywidgets `box` is None, and the static figure is all there is.
    """

    def __init__(
        self, draw: Draw, alt: str, caption: str, controls: Mapping[str, Slider | Choice]
    ) -> None:
        """Draw once at the starting values, and build the controls."""
        self.draw, self.alt, self.caption = draw, check_alt(alt), caption
        self.static, self.reading = self._drawn({name: c.start for name, c in controls.items()})
        self.inputs: dict[str, Any] = {}
        self.box = self._build(controls)

    def bundle(self) -> dict[str, Any]:
        """Make one display for all readers: live controls, static HTML and plain text."""
        view = self.box._repr_mimebundle_() if self.box is not None else {}
        return dict(view) | {
            "text/html": self.static + reading_html(self.reading),
            "text/plain": f"{self.alt}\n{self.reading}",
        }

    def _drawn(self, values: Mapping[str, Any]) -> tuple[str, str]:
        fig, reading = self.draw(**values)
        if not (isinstance(reading, str) and reading.strip()):
            raise ValueError("Drawing gives a figure and a sentence; the sentence is missing.")
        return figure_html(fig, self.alt, self.caption), reading

    def _build(self, controls: Mapping[str, Slider | Choice]) -> Any:
        try:
            widgets = importlib.import_module("ipywidgets")
        except ImportError:
            return None
        # Pictures go into HTML widgets, not an Output widget: their words survive saving.
        self._picture = widgets.HTML(self.static)
        self._sentence = widgets.HTML(reading_html(self.reading))
        rows = []
        for name, control in controls.items():
            self.inputs[name], row = control.row(widgets)
            self.inputs[name].observe(self._redraw, names="value")
            rows.append(row)
        return widgets.VBox([*rows, self._picture, self._sentence])

    def _redraw(self, _change: object) -> None:
        try:
            picture, reading = self._drawn({name: w.value for name, w in self.inputs.items()})
        except ValueError as problem:
            # What cannot be drawn is said under the last picture that could.
            self._sentence.value = reading_html(str(problem))
            return
        self._picture.value, self._sentence.value = picture, reading_html(reading)


def explore(draw: Draw, alt: str, caption: str, **controls: Slider | Choice) -> None:
    """Display a figure with sliders and menus, and under it a sentence that reads it aloud.

    `draw` is called with the value of each control by name, and returns the figure and the
    sentence for just these values. `alt` must stay true whatever the values are. Where no kernel
    lives, or ipywidgets are missing, the figure at the starting values stays.

        explore(draw_map, alt=..., caption=..., a=Slider("Code one", 1, 45, 24, "minutes"))
    """
    _display(Explorer(draw, alt, caption, controls).bundle())
