"""The controls of a practice question, kind by kind, and what they answer.

``practice`` puts them into a form. ipywidgets is handed in, because it may be missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from course.keyboard import way_in
from course.questions.kinds import (
    ChoiceForm,
    ChoicesKey,
    Column,
    NumberForm,
    OrderForm,
    Question,
    Reply,
    TableKey,
)
from course.questions.panel import LOOK
from course.questions.plain_values import is_blank
from course.questions.practice_static import column_name, labelled, number_wanted
from course.questions.score import same

_TROUBLE = (
    "Something went wrong here, and it was not your answer: run this cell again (Shift+Enter), or "
    "type your answer between the last quotation marks in it."
)

QUICK = 0.6
"""Seconds within which the same button pressed again moves the same text on."""

_KEYBOARD = way_in("the answers")
_LISTS = f"({_KEYBOARD}. Space opens a list, the arrows and Enter choose.)"


class Panel:
    """The feedback under the controls; a screen reader speaks it when it changes."""

    def __init__(self, widgets: Any, tell: Callable[[Any], str]) -> None:
        self._tell = tell
        self._told = ""
        self.widget = widgets.HTML(_status(""))

    def tell(self, value: Any) -> None:
        """Show the feedback on an answer."""
        self._told = self._tell(value)
        self.widget.value = _status(self._told)

    def say(self, sentence: str) -> None:
        """Show one sentence instead, or nothing."""
        self._told = ""
        self.widget.value = _status(_sentence(sentence) if sentence else "")

    def outdate(self) -> None:
        """The answer changed: what was told stays readable, and is no longer about it."""
        if self._told:
            self.widget.value = _sentence("This was about your answer before you changed it:") + (
                self._told
            )

    def guard(self, act: Callable[..., None], *arguments: Any) -> Callable[[Any], None]:
        """``act`` as a widget's callback: a fault in it becomes one sentence."""

        def called(_: Any) -> None:
            try:
                act(*arguments)
            except Exception:
                self.say(_TROUBLE)

        return called


def _status(html: str) -> str:
    return f'<div role="status" aria-live="polite">{html}</div>'


def _sentence(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _verdict(right: bool, reply: Reply | None = None) -> str:
    """Sign, word, and why: what stands beside one option or row."""
    words = ["Yes." if right else "No."]
    if reply is not None:
        if reply.belief and not right:
            words.append(f"You may have thought: {reply.belief}.")
        words.append(reply.reply)
    sign, _, colour = LOOK["right" if right else "wrong"]
    first, rest = words[0], " ".join(words[1:])
    return _status(
        f'<p style="border-left:4px solid {colour};margin:0 0 .5em 1.9em;padding-left:.7em">'
        f"<strong>{sign} {first}</strong> {escape(rest)}</p>"
    )


def _label(text: str) -> dict[str, Any]:
    """Text as a widget's own label, tied to it, so that a screen reader says it.

    JupyterLab sets what stands between two dollar signs as mathematics, unless they are escaped.
    """
    description = text.replace("$", r"\$") if text.count("$") > 1 else text
    return {"description": description, "style": {"description_width": "initial"}}


class Controls:
    """The controls of one kind of question. ``rows`` stand under each other."""

    heading = ""
    hint = ""

    def __init__(self, widgets: Any, question: Question, panel: Panel) -> None:
        self.widgets, self.question, self.panel = widgets, question, panel
        self.inputs: dict[str, Any] = {}
        self.rows: list[Any] = []
        self.build()

    def build(self) -> None:
        """Make the controls: into ``inputs`` by name, into ``rows`` as they stand."""
        raise NotImplementedError

    def add_check(self, words: str, act: Callable[[], None]) -> None:
        """A button for answers that are told about only when they are complete."""
        button = self.widgets.Button(description=words).add_class("practice-check")
        button.on_click(self.panel.guard(act))
        self.inputs["check"] = button
        self.rows.append(button)


class _Choice(Controls):
    heading = "Choose one answer: you are told at once."
    hint = f"({_KEYBOARD}. Space chooses.)"

    def build(self) -> None:
        assert isinstance(self.question.form, ChoiceForm)
        self.radio = self.widgets.RadioButtons(
            options=[(labelled(*entry), entry[0]) for entry in self.question.form.options.items()],
            value=None,
        )
        self.radio.observe(self.panel.guard(self.changed), names="value")
        self.inputs["choice"] = self.radio
        self.rows.append(self.radio)

    def changed(self) -> None:
        if self.radio.value is not None:
            self.panel.tell(self.radio.value)


class _Choices(Controls):
    heading = "Tick everything that is right: each tick is answered at once."
    hint = f"({_KEYBOARD}. Space ticks.)"

    def build(self) -> None:
        assert isinstance(self.question.form, ChoiceForm)
        self.count = self.widgets.HTML(_status(""))
        self.boxes: dict[str, Any] = {}
        self.notes: dict[str, Any] = {}
        for letter, text in self.question.form.options.items():
            box = self.widgets.Checkbox(**_label(labelled(letter, text)), indent=False)
            box.observe(self.panel.guard(self.changed, letter), names="value")
            self.boxes[letter], self.notes[letter] = box, self.widgets.HTML(_status(""))
            self.rows += [box, self.notes[letter]]
        self.inputs.update(self.boxes)
        self.rows.append(self.count)
        self.add_check("Check my choice", self.check)

    def ticked(self) -> list[str]:
        return [letter for letter, box in self.boxes.items() if box.value]

    def changed(self, letter: str) -> None:
        # Only the ticked options are answered: what is still missing stays for the learner to find.
        key, note = self.question.key, _status("")
        if self.boxes[letter].value and isinstance(key, ChoicesKey):
            note = _verdict(letter in key.right, key.replies.get(letter))
        self.notes[letter].value = note
        self.count.value = _status(_sentence(f"{len(self.ticked())} ticked."))
        self.panel.outdate()

    def check(self) -> None:
        if self.ticked():
            # The panel says it all once more, so the notes beside the boxes make room for it.
            for note in self.notes.values():
                note.value = _status("")
            self.panel.tell(self.ticked())
        else:
            self.panel.say("Tick at least one first.")


class _Order(Controls):
    """Lines that stay where they are while their texts move.

    The keyboard follows the text that was moved, on the same button of its new line, so that
    pressing again moves it on. Were the lines themselves moved, they would be drawn anew and the
    keyboard would fall out of the form.
    """

    heading = "Put these in order, the first one on top. Move a line with its buttons."

    def build(self) -> None:
        assert isinstance(self.question.form, OrderForm)
        self.items = self.question.form.items
        self.order = list(self.items)
        self.texts: list[Any] = []
        self.moves: dict[tuple[int, int], Any] = {}
        # The lines that the text moved last has passed, in which direction, and when.
        self.trail: list[int] = []
        self.moved_by, self.moved_at = 0, 0.0
        for place in range(len(self.order)):
            self.rows.append(self.line(place))
        self.said = self.widgets.HTML(_status(""))
        self.rows.append(self.said)
        self.show()
        self.add_check("Check this order", lambda: self.panel.tell(list(self.order)))

    def line(self, place: int) -> Any:
        text = self.widgets.HTML(layout={"flex": "1 1 14em", "width": "auto"})
        self.texts.append(text)
        for step, name in ((-1, "up"), (1, "down")):
            button = self.widgets.Button().add_class("practice-move").add_class(f"practice-{name}")
            button.on_click(self.panel.guard(self.move, place, step))
            self.moves[place, step] = self.inputs[f"{place + 1} {name}"] = button
        buttons = self.widgets.HBox([self.moves[place, -1], self.moves[place, 1]])
        return self.widgets.HBox([text, buttons]).add_class("practice-row")

    def move(self, place: int, step: int) -> None:
        place = self.meant(place, step)
        new, last = place + step, len(self.order) - 1
        if 0 <= new <= last:
            self.order[place], self.order[new] = self.order[new], self.order[place]
            self.show()
            self.panel.outdate()
            said = f"is now number {new + 1} of {last + 1}"
        else:
            # Not disabled at the ends, or the keyboard would lose its place there.
            new, said = place, f"is the {'first' if step < 0 else 'last'} already"
        self.trail.append(new)
        self.moved_at = time.monotonic()
        self.moves[new, step].focus()
        self.said.value = _status(_sentence(f"“{self.items[self.order[new]]}” {said}."))

    def meant(self, place: int, step: int) -> int:
        """Where the text stands that is to move: pressed again quickly, it is the same text.

        The keyboard follows a text only after the kernel has answered; who presses faster than
        that, or clicks twice, would otherwise move it there and back.
        """
        quick = time.monotonic() - self.moved_at < QUICK
        if quick and step == self.moved_by and place in self.trail:
            return self.trail[-1]
        self.trail, self.moved_by = [place], step
        return place

    def show(self) -> None:
        for place, letter in enumerate(self.order):
            text = labelled(letter, self.items[letter])
            self.texts[place].value = f"<p><strong>{place + 1}.</strong> {escape(text)}</p>"
            for step, name in ((-1, "up"), (1, "down")):
                button = self.moves[place, step]
                button.description = button.tooltip = f"Move “{self.items[letter]}” {name}"


class _Number(Controls):
    heading = "Answer with a number, then check it."

    def build(self) -> None:
        assert isinstance(self.question.form, NumberForm)
        self.form = self.question.form
        label = _label(f"Your answer, {number_wanted(self.form)}")
        if self.form.slider:
            self.rows += self.slider(label)
        else:
            self.input = self.widgets.Text(**label)
            self.input.on_msg(lambda _, message, __: self.entered(message))
            self.rows.append(self.input)
        self.input.add_class("practice-line").add_class("practice-near")
        self.inputs["number"] = self.input
        self.add_check("Check", self.check)

    def slider(self, label: Mapping[str, Any]) -> list[Any]:
        """A slider, and a box for typing: its label is tied to it, that of a slider is not."""
        first, last, step = self.form.slider
        whole = all(float(n).is_integer() for n in self.form.slider)
        kind, typed, plain = (
            ("IntSlider", "BoundedIntText", int) if whole else
            ("FloatSlider", "BoundedFloatText", float)
        )  # fmt: skip
        ends = {"min": plain(first), "max": plain(last), "step": plain(step), "value": plain(first)}
        self.input = getattr(self.widgets, typed)(**ends, **label)
        slider = getattr(self.widgets, kind)(**ends, readout=False, layout={"width": "auto"})
        self.widgets.link((slider, "value"), (self.input, "value"))
        self.inputs["slider"] = slider
        return [self.input, slider]

    def entered(self, message: Any) -> None:
        """Enter in the text box checks, as the button does."""
        if isinstance(message, dict) and message.get("event") == "submit":
            self.panel.guard(self.check)(None)

    def check(self) -> None:
        value = self.input.value
        if isinstance(value, str) and is_blank(value):
            self.panel.say("Type a number first.")
        else:
            self.panel.tell(value.strip() if isinstance(value, str) else value)


class _Table(Controls):
    heading = "Fill in every row, then check them together."

    def build(self) -> None:
        table = self.question.table
        assert table is not None
        self.table = table
        self.cells: dict[str, list[Any]] = {}
        for label, text in self.table.rows.items():
            self.cells[label] = [
                self.cell(label, text, place) for place in range(len(self.table.columns))
            ]
            self.rows += self.row(label, text)
        self.finish()

    def finish(self) -> None:
        self.add_check("Check", self.check)

    def cell(self, label: str, text: str, place: int) -> Any:
        """One entry. Its label names the row too, for who comes to it by the Tab key."""
        column, several = self.table.columns[place], len(self.table.columns) > 1
        name = column_name(column, place + 1)
        alone = labelled(label, text) + self.beside(column, name)
        said = f"{label}: {name}" if several else alone
        entry = self.entry(column, _label(said))
        self.inputs[f"{label} {place + 1}" if several else label] = entry
        return entry.add_class("practice-field" if several else "practice-line")

    def beside(self, column: Column, name: str) -> str:
        """What is wanted, behind the text of a row that has one entry."""
        return f" ({name})" if column.name or column.units else ""

    def entry(self, column: Column, label: Mapping[str, Any]) -> Any:
        if not column.words:
            return self.widgets.Text(**label)
        self.hint = _LISTS
        words = [("choose…", None), *((word, word) for word in column.words)]
        # Chosen by its place: a value of None would leave the menu without any line shown.
        return self.widgets.Dropdown(options=words, index=0, **label)

    def row(self, label: str, text: str) -> list[Any]:
        if len(self.table.columns) == 1:
            return self.cells[label]
        shown = self.widgets.HTML(
            f"<p>{escape(labelled(label, text))}</p>", layout={"flex": "1 1 14em", "width": "auto"}
        )
        # Kept together, so that on narrow screens they go under the text together.
        entries = self.widgets.HBox(self.cells[label], layout={"flex_flow": "row wrap"})
        return [self.widgets.HBox([shown, entries]).add_class("practice-row")]

    def value(self) -> dict[str, Any]:
        """Entries by row label, a list of them where there are several columns."""
        typed = {label: [cell.value for cell in cells] for label, cells in self.cells.items()}
        several = len(self.table.columns) > 1
        return {label: entries if several else entries[0] for label, entries in typed.items()}

    def check(self) -> None:
        if any(cell.value for cells in self.cells.values() for cell in cells):
            self.panel.tell(self.value())
        else:
            self.panel.say("Fill in the rows first.")


class _Match(_Table):
    """A table of one column that answers row by row."""

    heading = "Choose a word for each line: each choice is answered at once."

    def row(self, label: str, text: str) -> list[Any]:
        (menu,) = self.cells[label]
        note = self.widgets.HTML(_status(""))
        menu.observe(self.panel.guard(self.changed, label, note), names="value")
        return [menu, note]

    def beside(self, column: Column, name: str) -> str:
        """Nothing: the heading has said what to choose."""
        return ""

    def finish(self) -> None:
        """No button: the panel comes by itself when every line has its word."""

    def changed(self, label: str, note: Any) -> None:
        chosen, key = self.value(), self.question.key
        word = chosen[label]
        note.value = _status("")
        if word is not None and isinstance(key, TableKey):
            note.value = self.verdict(key, label, word)
        if None in chosen.values():
            self.panel.say("")
        else:
            self.panel.tell(chosen)

    def verdict(self, key: TableKey, label: str, word: str) -> str:
        case = key.rows[list(self.table.rows).index(label)]
        if same(case.expected, word):
            return _verdict(True)
        beliefs = (key.beliefs.get(name) for value, name in case.mistakes if same(value, word))
        return _verdict(False, next(beliefs, None) or Reply(key.otherwise))


MAKERS: Mapping[str, type[Controls]] = {
    "choice": _Choice,
    "choices": _Choices,
    "match": _Match,
    "order": _Order,
    "number": _Number,
    "table": _Table,
    "function": _Table,
}
