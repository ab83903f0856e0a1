"""A case that branches, to be played with buttons, or read as a whole where none can be pressed.

The data are in `course.billing.vignettes`. Each act is a button; what follows from it is told under
a sign, a word and a colour, with the reason and what the reason rests on. Nothing is marked, and
one may go back. Without ipywidgets, or without a kernel, the whole tree stands there as nested
lists.
"""

import importlib
import time
from html import escape
from typing import Any

from course.billing.vignettes import VIGNETTES, Act, Rating, Scene, Vignette
from course.keyboard import keep_keys, way_in

SIGNS: dict[Rating, tuple[str, str]] = {
    "good": ("✓", "#009E73"),
    "acceptable": ("◐", "#E69F00"),
    "wrong": ("✗", "#D55E00"),
}

QUICK = 0.6
"""Seconds after an act in which another press is taken for a double click."""

_STYLE = """<style>
.course-vignette{--jp-widgets-font-size:var(--jp-content-font-size1,14px);
 font-size:var(--jp-widgets-font-size);max-width:46em;font-family:system-ui,sans-serif;overflow:visible}
.course-vignette .widget-html-content{line-height:1.5}
.course-vignette .widget-html-content p{margin:.2em 0 .5em}
.course-vignette button,.course-vignette select{border:1px solid var(--jp-ui-font-color2,#616161)}
.course-vignette select{appearance:auto;background-image:none}
.course-vignette .vignette-act{width:auto;max-width:100%;height:auto;min-height:2.2em;
 white-space:normal;text-align:left;line-height:1.4;padding:.3em .9em}
.course-vignette .vignette-move{width:auto;padding:0 1em;background:none}
.course-vignette :focus-visible{outline:3px solid var(--jp-brand-color1,#1976d2) !important;
 outline-offset:1px}
</style>"""

_HEAD = (
    "<p><strong>What would you do?</strong> Nothing here is marked, and you can go back. "
    f"({way_in('the buttons')}. Space presses one.)</p>"
)


class Player:
    """Vignettes to play: what `play_vignettes` displays.

    `trail` holds the acts so far. `acts` are the buttons, as many as the fullest scene needs;
    those a scene does not need are hidden. Without ipywidgets `box` is None.
    """

    def __init__(self, names: tuple[str, ...] = ()) -> None:
        """Begin the first of the named vignettes; all of them, if none is named."""
        unknown = [name for name in names if name not in VIGNETTES]
        if unknown:
            raise ValueError(f"{unknown[0]} is no vignette. Choose from: {', '.join(VIGNETTES)}.")
        self.vignettes = {name: VIGNETTES[name] for name in names or VIGNETTES}
        self.name = next(iter(self.vignettes))
        self.trail: list[Act] = []
        self.pressed_at = 0.0
        self.acts: list[Any] = []
        self.box = self._build()

    @property
    def vignette(self) -> Vignette:
        """The one being played."""
        return self.vignettes[self.name]

    @property
    def scene(self) -> Scene:
        """Where the acts so far have led."""
        return self.vignette.scenes[self.trail[-1].leads_to if self.trail else self.vignette.start]

    def bundle(self) -> dict[str, Any]:
        """Make one display for all readers: live buttons, the whole tree as HTML and as text."""
        view = self.box._repr_mimebundle_() if self.box is not None else {}
        trees = list(self.vignettes.values())
        return dict(view) | {
            "text/html": "".join(tree_html(tree) for tree in trees),
            "text/plain": "\n\n".join(tree_text(tree) for tree in trees),
        }

    def _build(self) -> Any:
        try:
            widgets = importlib.import_module("ipywidgets")
        except ImportError:
            return None
        self.menu = widgets.Dropdown(
            options=[(tree.title, name) for name, tree in self.vignettes.items()],
            description="Case",
            style={"description_width": "initial"},
            layout={"width": "max-content"},
        )
        self.menu.observe(self._choose, names="value")
        self.told, self.shown = widgets.HTML(), widgets.HTML()
        most = max(len(s.acts) for tree in self.vignettes.values() for s in tree.scenes.values())
        for place in range(most):
            button = widgets.Button().add_class("vignette-act")
            button.on_click(lambda _, place=place: self.press(place))
            self.acts.append(button)
        self.back = widgets.Button(description="Back one step").add_class("vignette-move")
        self.back.on_click(lambda _: self.step_back())
        self.again = widgets.Button(description="Begin again").add_class("vignette-move")
        self.again.on_click(lambda _: self.begin())
        self._show()
        rows = [self.menu] if len(self.vignettes) > 1 else []
        moves = widgets.HBox([self.back, self.again], layout={"flex_flow": "row wrap"})
        head = widgets.HTML(_STYLE + keep_keys("course-vignette") + _HEAD)
        # Told and shown stand together above the buttons: who listens hears what followed, then
        # where they are now, and the keyboard stays on the buttons below.
        box = widgets.VBox([head, *rows, self.told, self.shown, *self.acts, moves])
        return box.add_class("course-vignette")

    # --- What the buttons do ---

    def press(self, place: int) -> None:
        """Do the act on this button, and go where it leads."""
        acts = self.scene.acts
        quick = time.monotonic() - self.pressed_at < QUICK
        if place >= len(acts) or quick:
            return  # a second click on the same spot would be an act of the next scene
        self.pressed_at = time.monotonic()
        self.trail.append(acts[place])
        self._show()
        self._keep_focus(place)

    def step_back(self) -> None:
        """Take the last act back."""
        if self.trail:
            self.trail.pop()
            self._show()
            self._keep_focus(0)

    def begin(self) -> None:
        """Go back to the first scene."""
        self.trail.clear()
        self._show()
        self._keep_focus(0)

    def _choose(self, change: Any) -> None:
        self.name = change["new"]
        self.trail.clear()
        self._show()

    def _keep_focus(self, place: int) -> None:
        """Put the keyboard on a button that is still there."""
        if place < len(self.scene.acts):
            self.acts[place].focus()
        else:
            (self.acts[0] if self.scene.acts else self.again).focus()

    def _show(self) -> None:
        said = "".join(_told_html(act) for act in self.trail[-1:])
        before = "".join(f"<li>{escape(_brief(act))}</li>" for act in self.trail[:-1])
        earlier = f"<p>Before that:</p><ul>{before}</ul>" if before else ""
        self.told.value = earlier
        step = "The end. " if not self.scene.acts else ""
        heading = "" if self.trail else f"<p><strong>{escape(self.vignette.title)}</strong></p>"
        self.shown.value = _status(
            f"{heading}{said}<p>{'<strong>' + step + '</strong>' if step else ''}"
            f"{escape(self.scene.text)}</p>"
        )
        for place, button in enumerate(self.acts):
            if place < len(self.scene.acts):
                button.description = button.tooltip = self.scene.acts[place].words
                button.layout.display = None
            else:
                button.description = button.tooltip = ""
                button.layout.display = "none"


def play_vignettes(*names: str) -> None:
    """Show the named vignettes, or all, to be played; where nothing can be pressed, the tree."""
    importlib.import_module("IPython.display").display(Player(names).bundle(), raw=True)


# --- As words ----------------------------------------------------------------------------------


def tree_html(vignette: Vignette) -> str:
    """The whole vignette as nested lists: every scene, act, rating, reason and ending.

    What follows from an act is folded away under it, so that it can be guessed at first; unfolding
    needs no kernel.
    """
    return (
        '<div class="mathjax_ignore" style="max-width:46em;line-height:1.5">'
        f"<p><strong>{escape(vignette.title)}</strong></p>"
        f"{_scene_html(vignette, vignette.start)}</div>"
    )


def tree_text(vignette: Vignette) -> str:
    """The same for screens without HTML, indented by two spaces a level."""
    return "\n".join([vignette.title, *_scene_lines(vignette, vignette.start, 0)])


def _scene_html(vignette: Vignette, name: str) -> str:
    scene = vignette.scenes[name]
    end = "" if scene.acts else "<strong>The end.</strong> "
    acts = "".join(
        f"<li><details><summary>{escape(act.words)}</summary>"
        f"<p>{_told(act)}</p>{_scene_html(vignette, act.leads_to)}</details></li>"
        for act in scene.acts
    )
    # Unfolded under its act, a list stands further in; its marks would only repeat the triangles.
    listed = f'<ul style="list-style:none;padding-left:1.2em">{acts}</ul>' if acts else ""
    return f"<p>{end}{escape(scene.text)}</p>{listed}"


def _scene_lines(vignette: Vignette, name: str, depth: int) -> list[str]:
    scene, margin = vignette.scenes[name], "  " * depth
    lines = [f"{margin}{'' if scene.acts else 'The end. '}{scene.text}"]
    for act in scene.acts:
        lines.append(f"{margin}- {act.words}. {_verdict(act)}: {act.why} Rests on: {act.rests_on}.")
        lines += _scene_lines(vignette, act.leads_to, depth + 1)
    return lines


def _verdict(act: Act) -> str:
    return f"{SIGNS[act.rating][0]} {act.rating.capitalize()}"


def _told(act: Act) -> str:
    return (
        f"<strong>{_verdict(act)}.</strong> {escape(act.why)} "
        f"<small>Rests on: {escape(act.rests_on)}.</small>"
    )


def _told_html(act: Act) -> str:
    return (
        f'<p style="border-left:4px solid {SIGNS[act.rating][1]};padding-left:.7em">'
        f"You chose: “{escape(act.words)}”. {_told(act)}</p>"
    )


def _brief(act: Act) -> str:
    return f"{act.words} ({_verdict(act)})"


def _status(html: str) -> str:
    return f'<div role="status" aria-live="polite">{html}</div>'
