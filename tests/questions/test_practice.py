"""The forms of practice questions: what a click or a key tells, and what stands there without."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from course.questions import practice_controls
from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    ChoicesKey,
    Column,
    FunctionForm,
    FunctionKey,
    Key,
    Mistake,
    NumberForm,
    NumberKey,
    OrderForm,
    OrderKey,
    Question,
    Reply,
    Reversal,
    TableForm,
    TableKey,
    TextForm,
)
from course.questions.practice import PracticeForm, form_html, form_text

WORDS: dict[str, tuple[str, ...]] = {"strength": (), "balance": (), "gait <3": ()}
COLUMNS = (Column("count", units=("units", "unit")), Column("CQ", {"yes": (), "no": ()}))
TABLE = TableForm({"A": "PT 15 & PTA 0", "B": "PT 5, PTA 10"}, COLUMNS)
BELIEFS = {"near": Reply("SECRET look & feel.", "SECRET near is same")}


def asked(kind: Any, form: Any, key: Key | None) -> Question:
    return Question(
        f"my-{kind}", "90_lesson", 1, kind, "practice", 0.0, "apply", "o", (), "Head", form, key
    )


CHOICE = asked(
    "choice",
    ChoiceForm({"a": "one <b>bold</b>", "b": "$25 or $30", "c": "three"}),
    ChoiceKey("b", {x: Reply(f"SECRET {x}", "SECRET b") for x in "abc"}),
)
CHOICES = asked(
    "choices",
    ChoiceForm({"a": "one <b>bold</b>", "b": "$25 or $30", "c": "three", "d": "four"}),
    ChoicesKey(
        ("a", "c"), {x: Reply(f"SECRET <{x}> told.", f"SECRET <{x}> believed") for x in "abcd"}
    ),
)
MATCH = asked(
    "match",
    TableForm({"i": "squat <i>deep</i>", "ii": "beam", "iii": "walk"}, (Column("aim", WORDS),)),
    TableKey(
        (Case("strength", (("balance", "near"),)), Case("balance"), Case("gait <3")),
        BELIEFS,
        "SECRET why",
        "SECRET otherwise",
    ),
)
ORDER = asked(
    "order",
    OrderForm({"p": "impulse <p>", "q": "calcium", "r": "quanta"}),
    OrderKey(("q", "r", "p"), (Reversal("p", "q", Reply("SECRET", "SECRET")),), "SECRET", "SECRET"),
)
NUMBER_KEY = NumberKey(3, 0, "SECRET", (Mistake(4, Reply("SECRET", "SECRET")),), "SECRET")
NUMBER = asked("number", NumberForm(("units", "unit")), NUMBER_KEY)
SLIDER = asked("number", NumberForm(("minutes",), (0.0, 60.0, 1.0)), NUMBER_KEY)
FINE = asked("number", NumberForm(("",), (0, 1, 0.25)), NUMBER_KEY)
GRID = asked(
    "table",
    TABLE,
    TableKey((Case((1, "no")), Case((1, "yes"))), BELIEFS, "SECRET why", "SECRET otherwise"),
)
TWIN = asked(
    "function",
    FunctionForm(
        "double", ("n",), (2,), TableForm({"A": "n = 1", "B": "n = 5"}, (Column(units=("units",)),))
    ),
    FunctionKey((Case(2), Case(10)), BELIEFS, "SECRET", "SECRET", (Case(4, (), (2,)),)),
)
ALL = [CHOICE, CHOICES, MATCH, ORDER, NUMBER, SLIDER, FINE, GRID, TWIN]


class Told:
    """Remembers what was told, and answers with a panel."""

    def __init__(self) -> None:
        self.values: list[Any] = []

    def __call__(self, value: Any) -> str:
        self.values.append(value)
        return f"<p>panel for {json.dumps(value)}</p>"


def opened(question: Question) -> tuple[PracticeForm, Told]:
    told = Told()
    return PracticeForm(question, told), told


def widgets_in(box: Any) -> Iterator[Any]:
    for widget in box.children:
        yield widget
        if hasattr(widget, "children"):
            yield from widgets_in(widget)


def shown(form: PracticeForm) -> str:
    """All that stands in HTML, beside the controls and under them."""
    pages = [w.value for w in widgets_in(form.box) if type(w).__name__ == "HTML"]
    return "\n".join(page.partition("</style>")[2] or page for page in pages)


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.kind)
def test_at_first_nothing_is_chosen_and_nothing_told(question: Question) -> None:
    form, told = opened(question)
    assert told.values == []
    assert "SECRET" not in shown(form)
    assert "<strong>" in shown(form)


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.kind)
def test_every_control_has_a_label_and_every_text_of_ours_is_escaped(question: Question) -> None:
    form, _ = opened(question)
    for name, control in form.inputs.items():
        if name not in ("choice", "slider"):  # the options label themselves, a box is beside it
            assert control.description.strip()
    for text in ("<b>bold", "<i>deep", "impulse <p>", "gait <3"):
        assert text not in shown(form)


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.kind)
def test_feedback_is_spoken_when_it_changes(question: Question) -> None:
    form, _ = opened(question)
    assert form.box.children[-1].value == '<div role="status" aria-live="polite"></div>'


def test_a_choice_is_told_at_once() -> None:
    form, told = opened(CHOICE)
    radio = form.inputs["choice"]
    assert radio.value is None
    assert [text for text, _ in radio.options] == ["a: one <b>bold</b>", "b: $25 or $30",
                                                    "c: three"]  # fmt: skip
    radio.value = "c"
    radio.value = "b"
    assert told.values == ["c", "b"]
    assert 'panel for "b"' in shown(form)
    assert 'panel for "c"' not in shown(form)


def test_each_tick_is_answered_with_its_own_reply_and_the_button_tells_about_all() -> None:
    form, told = opened(CHOICES)
    form.inputs["d"].value = True
    assert "✗ No.</strong> You may have thought: SECRET &lt;d&gt; believed. SECRET" in shown(form)
    form.inputs["a"].value = True
    assert "✓ Yes.</strong> SECRET &lt;a&gt; told." in shown(form)
    assert "2 ticked." in shown(form)
    assert "&lt;c&gt;" not in shown(form)
    assert told.values == []
    form.inputs["check"].click()
    assert told.values == [["a", "d"]]
    assert 'panel for ["a", "d"]' in shown(form)


def test_an_unticked_option_is_silent_again_and_what_was_told_is_marked_as_earlier() -> None:
    form, told = opened(CHOICES)
    form.inputs["check"].click()
    assert "Tick at least one first." in shown(form)
    form.inputs["b"].value = True
    form.inputs["check"].click()
    assert told.values == [["b"]]
    form.inputs["b"].value = False
    assert "SECRET" not in shown(form)
    assert "0 ticked." in shown(form)
    assert "about your answer before you changed it:</p><p>panel" in shown(form)


def test_two_dollar_signs_in_a_label_are_not_set_as_mathematics() -> None:
    form, _ = opened(CHOICES)
    assert form.inputs["b"].description == r"b: \$25 or \$30"


def test_each_match_is_answered_beside_it_and_the_panel_comes_with_the_last() -> None:
    form, told = opened(MATCH)
    menu = form.inputs["i"]
    assert menu.description == "i: squat <i>deep</i>"
    assert [text for text, _ in menu.options] == ["choose…", "strength", "balance", "gait <3"]
    menu.value = "balance"
    assert "You may have thought: SECRET near is same. SECRET look &amp; feel." in shown(form)
    menu.value = "gait <3"
    assert "✗ No.</strong> SECRET otherwise" in shown(form)
    menu.value = "strength"
    form.inputs["ii"].value = "balance"
    assert "✗" not in shown(form)
    assert shown(form).count("✓ Yes.") == 2
    assert told.values == []
    form.inputs["iii"].value = "gait <3"
    assert told.values == [{"i": "strength", "ii": "balance", "iii": "gait <3"}]
    assert "panel for" in shown(form)
    form.inputs["iii"].index = 0
    assert "panel for" not in shown(form)


def test_a_moved_text_takes_the_keyboard_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice_controls, "QUICK", 0)
    form, told = opened(ORDER)
    focused: list[str] = []
    for name, button in form.inputs.items():
        monkeypatch.setattr(button, "focus", lambda name=name: focused.append(name), raising=False)
    assert form.inputs["1 down"].description == "Move “impulse <p>” down"
    assert "<strong>1.</strong> p: impulse &lt;p&gt;" in shown(form)
    form.inputs["1 down"].click()
    assert "“impulse &lt;p&gt;” is now number 2 of 3." in shown(form)
    form.inputs["2 down"].click()
    form.inputs["3 down"].click()
    assert "is the last already." in shown(form)
    form.inputs["2 up"].click()
    assert focused == ["2 down", "3 down", "3 down", "1 up"]
    assert form.inputs["1 up"].description == "Move “quanta” up"
    assert told.values == []
    form.inputs["check"].click()
    assert told.values == [["r", "q", "p"]]
    form.inputs["2 up"].click()
    assert "before you changed it" in shown(form)


def test_pressed_faster_than_the_keyboard_follows_it_is_the_same_text_that_moves() -> None:
    form, told = opened(ORDER)
    form.inputs["1 down"].click()
    form.inputs["1 down"].click()
    form.inputs["check"].click()
    assert told.values == [["q", "r", "p"]]
    form.inputs["1 up"].click()
    form.inputs["check"].click()
    assert told.values[-1] == ["q", "r", "p"]


def test_a_number_is_told_by_the_button_or_by_enter_and_an_empty_box_asks_for_one() -> None:
    form, told = opened(NUMBER)
    box = form.inputs["number"]
    assert box.description == "Your answer, a number of units"
    form.inputs["check"].click()
    assert "<p>Type a number first.</p>" in shown(form)
    box.value = " 4 units "
    form.inputs["check"].click()
    box.value = "3"
    box._handle_custom_msg({"event": "submit"}, [])
    assert told.values == ["4 units", "3"]


def test_slider_and_box_are_one_number() -> None:
    form, told = opened(SLIDER)
    form.inputs["slider"].value = 24
    assert form.inputs["number"].value == 24
    form.inputs["number"].value = 38
    assert form.inputs["slider"].value == 38
    form.inputs["check"].click()
    assert told.values == [38]
    assert isinstance(told.values[0], int)
    fine, told = opened(FINE)
    fine.inputs["number"].value = 0.75
    fine.inputs["check"].click()
    assert told.values == [0.75]


def test_a_table_tells_its_entries_by_row_several_as_a_list() -> None:
    form, told = opened(GRID)
    assert form.inputs["A 1"].description == "A: count (units)"
    assert form.inputs["B 2"].description == "B: CQ"
    assert "A: PT 15 &amp; PTA 0" in shown(form)
    form.inputs["check"].click()
    assert "Fill in the rows first." in shown(form)
    form.inputs["A 1"].value = "1"
    form.inputs["B 2"].value = "yes"
    form.inputs["check"].click()
    assert told.values == [{"A": ["1", None], "B": ["", "yes"]}]


def test_the_table_of_a_function_has_one_entry_a_row() -> None:
    form, told = opened(TWIN)
    assert form.inputs["A"].description == "A: n = 1 (units)"
    form.inputs["A"].value = "2"
    form.inputs["check"].click()
    assert told.values == [{"A": "2", "B": ""}]


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.kind)
def test_a_fault_in_telling_is_one_plain_sentence(question: Question) -> None:
    def fails(_: Any) -> str:
        raise RuntimeError("a secret <of> ours")

    form = PracticeForm(question, fails)
    for name, control in form.inputs.items():
        if name in ("choice", "i", "ii", "iii"):
            control.index = 1
        elif name == "a":
            control.value = True
        elif name in ("A", "A 1") or (name == "number" and question is NUMBER):
            control.value = "1"
    if "check" in form.inputs:
        form.inputs["check"].click()
    assert "Something went wrong here" in shown(form)
    assert "secret" not in shown(form)


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.kind)
def test_without_its_key_a_form_still_asks(question: Question) -> None:
    form, told = opened(replace(question, key=None))
    if question.kind == "match":
        for label in ("i", "ii", "iii"):
            form.inputs[label].value = "balance"
        assert len(told.values) == 1
    if question.kind == "choices":
        form.inputs["a"].value = True
    assert "✓" not in shown(form)
    assert "✗" not in shown(form)


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.kind)
def test_one_bundle_has_the_live_form_and_both_twins(question: Question) -> None:
    bundle = opened(question)[0].bundle()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/html"] == form_html(question)
    assert bundle["text/plain"] == form_text(question)


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.kind)
def test_without_ipywidgets_the_twins_are_all(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def missing(name: str, package: str | None = None) -> Any:
        if name == "ipywidgets":
            raise ImportError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", missing)
    form, _ = opened(question)
    assert form.box is None
    assert set(form.bundle()) == {"text/html", "text/plain"}


def test_written_answers_have_no_form() -> None:
    assert opened(asked("text", TextForm(50), None))[0].box is None


@pytest.mark.parametrize("question", ALL, ids=lambda q: q.kind)
def test_the_twins_hold_no_key_and_say_how_to_answer(question: Question) -> None:
    for make in (form_html, form_text):
        twin = make(question)
        assert "SECRET" not in twin
        assert twin == make(replace(question, key=None))
        assert "Run this cell (Shift+Enter): then you can answer by clicking." in twin


@pytest.mark.parametrize(
    ("question", "texts", "instance"),
    [
        (CHOICE, ["a: one <b>bold</b>", "b: $25 or $30", "c: three"], "a"),
        (CHOICES, ["a: one <b>bold</b>", "b: $25 or $30", "c: three", "d: four"], "a c"),
        (MATCH, ["i: squat <i>deep</i>", "ii: beam", "iii: walk", "strength, balance, gait <3"],
         "strength, gait <3, ..."),
        (ORDER, ["p: impulse <p>", "q: calcium", "r: quanta"], "p q r"),
        (NUMBER, ["a number of units"], "12 units"),
        (SLIDER, ["a number of minutes, from 0 to 60"], "0 minutes"),
        (FINE, ["a number, from 0 to 1"], "0"),
        (GRID, ["PT 15 & PTA 0", "PT 5, PTA 10", "count (units)", "CQ: one of yes, no"],
         "1, yes; 2, no"),
        (TWIN, ["n = 1", "n = 5", "units"], "1, 2"),
    ],
)  # fmt: skip
def test_the_twins_list_everything_and_html_is_escaped(
    question: Question, texts: list[str], instance: str
) -> None:
    for text in [*texts, f'for instance "{instance}", and run']:
        assert text in form_text(question)
        for sign, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
            text = text.replace(sign, escaped)
        assert text in form_html(question)


def test_a_table_says_which_cell_is_whose() -> None:
    page = form_html(GRID)
    assert page.count('<th scope="col"') == 4
    assert page.count('<th scope="row">') == 2
