"""A learner's own one-leg stance: a button that times it, and the tries on one line.

There is no norm on the picture. The learner's tries are compared with each other, to see how much
a measure moves when nothing else has changed.
"""

import importlib
import math
import time
from collections.abc import Callable, Sequence
from statistics import fmean
from typing import Any

from matplotlib.figure import Figure

from course import figures

LONGEST = 60.0
"""s: here a try ends, so that nobody stands until they fall."""
MOST = 5
"""Tries that are kept; a sixth pushes out the first."""
INVENTED = (14.0, 22.0, 17.0)
"""s: shown until the learner's own times come."""

STANCE_ALT = (
    "A line from 0 to 60 seconds with one numbered dot for each try of standing on one leg. A bar "
    "spans the shortest and the longest try, and a tick marks their mean."
)
CAPTION = (
    "Time on one leg. Compare the tries with each other: there is no norm here, and no verdict."
)
SAFETY = (
    "Beside a wall that you can touch. Stop when a foot or hand touches down, and at 60 seconds. "
    "Not if you fall easily, feel dizzy or have pain. Nobody is diagnosed by it."
)
RUNNING = (
    "Your time runs. Press again when a foot or hand touches down, or when the bar is full: that "
    "is 60 seconds."
)
# The browser fills the bar by itself, so that nothing has to run beside the kernel.
FILLING = (
    f"<style>@keyframes stance-fills {{from {{width: 0}} to {{width: 100%}}}}</style>"
    '<div aria-hidden="true" style="width: 360px; max-width: 100%; border: 1px solid #595959">'
    f'<div style="height: 12px; background: {figures.BLUE}; '
    f'animation: stance-fills {LONGEST:.0f}s linear both"></div></div>'
)


# --- The picture ------------------------------------------------------------------------------


def stance_line(seconds: float | Sequence[float]) -> tuple[Figure, str]:
    """Draw one or several tries in seconds, and return the figure and its reading in words.

    A try above 60 s counts as 60: there it is stopped. No tries, more than five, and times that
    are no numbers above 0 raise a `ValueError`.
    """
    tries = _tries(seconds)
    fig, reading = _draw(tries, "Your")
    return fig, reading


def show_stance(seconds: float | Sequence[float]) -> None:
    """Show your tries, for whoever timed them with a watch: `show_stance([14, 22, 17])`."""
    fig, reading = stance_line(seconds)
    figures.show(fig, STANCE_ALT, f"{reading} {CAPTION}")


def _draw(tries: Sequence[float], whose: str) -> tuple[Figure, str]:
    low, high, mean = min(tries), max(tries), fmean(tries)
    fig, ax = figures.figure(7.0, 2.5)
    fig.set_layout_engine("none")
    ax.set_position((0.04, 0.26, 0.92, 0.52))
    if len(tries) > 1:
        ax.plot([low, high], [0, 0], color=figures.SKY_BLUE, linewidth=12, linestyle="-",
                solid_capstyle="round", alpha=0.6)  # fmt: skip
        ax.plot([mean, mean], [-0.55, 0.3], color=figures.BLACK, linestyle="-", linewidth=1.6)
        ax.text(mean, -0.62, f"mean {mean:.1f} s", ha=_side(mean), va="top")
    levels = _levels(tries)
    for number, (time_, level) in enumerate(zip(tries, levels, strict=True), start=1):
        ax.plot(time_, 0, "o", color=figures.BLUE, markersize=9, clip_on=False)
        ax.text(time_, 0.4 + 0.52 * level, f"{number}", ha="center", va="bottom", weight="bold")
    ax.axvline(LONGEST, color="0.35", linestyle=":", linewidth=1.4)
    ax.text(LONGEST - 0.5, -0.62, "stop", ha="right", va="top", color=figures.GREY)
    ax.set(xlim=(0, LONGEST), ylim=(-1.3, 3.1), yticks=[], xlabel="time on one leg (s)")
    ax.spines["left"].set_visible(False)
    ax.set_title(_title(tries, whose))
    return fig, _reading(tries, whose)


def _title(tries: Sequence[float], whose: str) -> str:
    if len(tries) == 1:
        return f"{whose} first try: {tries[0]:.1f} seconds"
    apart = max(tries) - min(tries)
    return f"{whose} {len(tries)} tries lie up to {apart:.1f} seconds apart"


def _reading(tries: Sequence[float], whose: str) -> str:
    said = ", ".join(f"{t:.1f}" for t in tries)
    if len(tries) == 1:
        return f"{whose} try: {said} s. One time has no spread yet: stand twice more."
    words = f"{whose} tries: {said} s. Mean {fmean(tries):.1f} s."
    if max(tries) >= LONGEST:
        return f"{words} A try that was stopped at 60 s could have been longer: nobody knows."
    return f"{words} So far apart may times lie on one day, when nothing was treated."


def _levels(tries: Sequence[float]) -> list[int]:
    """Return how high each number stands, so that numbers of like times do not overlap."""
    levels: list[int] = []
    for index, now in enumerate(tries):
        taken = {levels[i] for i in range(index) if abs(tries[i] - now) < 1.6}
        levels.append(next(level for level in range(MOST) if level not in taken))
    return levels


def _side(mean: float) -> str:
    if mean < 5:
        return "left"
    return "right" if mean > 50 else "center"


def _tries(seconds: float | Sequence[float]) -> list[float]:
    given: list[Any] = list(seconds) if isinstance(seconds, list | tuple) else [seconds]
    if not 1 <= len(given) <= MOST:
        raise ValueError(f"{len(given)} tries: give one to {MOST}, as in [14, 22, 17].")
    tries = []
    for one in given:
        number = isinstance(one, int | float) and not isinstance(one, bool)
        if not number or not math.isfinite(one) or one <= 0:
            raise ValueError(f"{one!r}: a time is a number of seconds above 0.")
        tries.append(min(float(one), LONGEST))
    return tries


# --- The stopwatch ----------------------------------------------------------------------------


class Stopwatch:
    """A button that starts and stops, and the picture of the tries it has timed.

    `clock` gives seconds; tests pass one of their own. Without ipywidgets `box` is None, and the
    picture of invented tries is all there is.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Show invented tries until there are own ones."""
        self.clock = clock
        self.tries: list[float] = []
        self.started: float | None = None
        self.static, self.reading = self._drawn()
        self.box = self._build()

    def press(self) -> None:
        """Start a try, or stop the one that runs and draw it."""
        if self.started is None:
            self.started = self.clock()
            self._say("Stop", RUNNING, FILLING)
            return
        # A click twice in one tick of the clock is no time at all.
        passed = max(self.clock() - self.started, 0.1)
        self.started = None
        self.tries = [*self.tries, min(passed, LONGEST)][-MOST:]
        self._redraw()

    def clear(self) -> None:
        """Forget all tries."""
        self.tries, self.started = [], None
        self._redraw()

    def bundle(self) -> dict[str, Any]:
        """Make one display for all readers: live button, static HTML and plain text."""
        view = self.box._repr_mimebundle_() if self.box is not None else {}
        safety = f"<p>{SAFETY}</p>"
        return dict(view) | {
            "text/html": safety + self.static + figures.reading_html(self.reading),
            "text/plain": f"{SAFETY}\n{STANCE_ALT}\n{self.reading}",
        }

    def _drawn(self) -> tuple[str, str]:
        if self.tries:
            fig, reading = _draw(self.tries, "Your")
        else:
            fig, reading = _draw(INVENTED, "Somebody's")
            reading += " These are invented; yours take their place."
        return figures.figure_html(fig, STANCE_ALT, CAPTION), reading

    def _build(self) -> Any:
        try:
            widgets = importlib.import_module("ipywidgets")
        except ImportError:
            return None
        wide = {"width": "max-content"}
        self._button = widgets.Button(description="Start", layout=wide)
        self._clear = widgets.Button(description="Forget all tries", layout=wide)
        self._button.on_click(lambda _button: self.press())
        self._clear.on_click(lambda _button: self.clear())
        self._picture = widgets.HTML(self.static)
        self._sentence = widgets.HTML(figures.reading_html(self.reading))
        row = widgets.HBox([self._button, self._clear])
        words = widgets.HTML(f"<p>{SAFETY}</p>")
        return widgets.VBox([words, row, self._sentence, self._picture])

    def _redraw(self) -> None:
        picture, reading = self._drawn()
        if self.box is not None:
            self._picture.value = picture
        self._say("Start the next try" if self.tries else "Start", reading)

    def _say(self, button: str, words: str, below: str = "") -> None:
        self.reading = words
        if self.box is not None:
            self._button.description = button
            self._sentence.value = figures.reading_html(words) + below


def time_stance() -> None:
    """Show the stopwatch."""
    bundle = Stopwatch().bundle()
    importlib.import_module("IPython.display").display(bundle, raw=True)
