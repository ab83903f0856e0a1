"""Practice questions as forms to click, with the feedback beside and under them.

Built of ipywidgets (``practice_controls``). Where they are missing, or no kernel lives, the same
question stands there as a list or table with a sentence that says how to answer by typing
(``practice_static``).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from html import escape
from typing import Any

from course.keyboard import keep_keys
from course.questions.kinds import Question
from course.questions.practice_controls import MAKERS, Panel
from course.questions.practice_static import form_html, form_text

__all__ = ["PracticeForm", "form_html", "form_text"]

# What ipywidgets cut off wraps, what has the keyboard shows it, and labels stand before controls
# of any width. Every rule is held to our own class: the page around it keeps its looks.
_STYLE = """<style>
.course-practice{--jp-widgets-font-size:var(--jp-content-font-size1,14px);
 font-size:var(--jp-widgets-font-size);max-width:46em;font-family:system-ui,sans-serif;overflow:visible}
.course-practice .widget-html-content{line-height:1.5}
.course-practice .widget-html-content p{margin:.2em 0}
.course-practice .jupyter-widgets label,.course-practice .jupyter-widgets .widget-label{
 white-space:normal;overflow:visible;height:auto;width:auto;line-height:1.4;text-align:left;
 flex-shrink:1}
.course-practice .widget-radio,.course-practice .widget-checkbox{height:auto;width:auto}
.course-practice .widget-radio-box{margin:0}
.course-practice .widget-radio-box label,.course-practice .widget-checkbox .widget-label-basic{
 position:relative;flex:1;padding:3px 0 3px 28px}
.course-practice input[type=radio],.course-practice input[type=checkbox]{
 position:absolute;left:3px;top:5px;width:16px;height:16px;margin:0;float:none}
.course-practice input[type=text],.course-practice input[type=number],.course-practice select,
.course-practice button{border:1px solid var(--jp-ui-font-color2,#616161)}
.course-practice select{appearance:auto;background-image:none}
.course-practice .practice-check{width:auto;align-self:flex-start;padding:0 1.2em;font-weight:600}
.course-practice :focus-visible{outline:3px solid var(--jp-brand-color1,#1976d2) !important;
 outline-offset:1px}
.course-practice .practice-line{height:auto;width:auto;flex-wrap:wrap;align-items:center}
.course-practice .practice-line>.widget-label{flex:1 1 20em;margin:0 1em 0 0}
.course-practice .practice-near>.widget-label{flex:0 1 auto}
.course-practice .practice-line>select,.course-practice .practice-line>input{flex:0 1 15em;
 height:var(--jp-widgets-inline-height,28px)}
.course-practice .practice-field{flex-direction:column;align-items:stretch;height:auto;width:11em}
.course-practice .practice-field>select,.course-practice .practice-field>input{flex:none;
 width:100%;height:var(--jp-widgets-inline-height,28px)}
.course-practice .practice-row{flex-wrap:wrap;align-items:center;gap:0 .8em;margin:2px 0}
.course-practice .practice-move{width:76px;padding:0;font-size:0}
.course-practice .practice-move::before{font-size:var(--jp-widgets-font-size,14px)}
.course-practice .practice-up::before{content:"↑ up";content:"↑ up"/""}
.course-practice .practice-down::before{content:"↓ down";content:"↓ down"/""}
</style>"""


class PracticeForm:
    """One practice question to answer by clicking: what ``check`` displays.

    ``tell`` gives the HTML of the feedback on an answer: a letter (choice), letters in printed
    order (choices), letters in the chosen order (order), a number or its text (number), entries by
    row label (match, table, the table of a function). Without ipywidgets, and for written answers,
    ``box`` is None. ``inputs`` are the controls: by letter (choices), row label ("A", or "A 1"
    where there are several columns), line ("1 up") or kind ("choice", "number", "slider"), and
    "check", the button.
    """

    def __init__(self, question: Question, tell: Callable[[Any], str]) -> None:
        """Build the controls. Nothing is told before something is answered."""
        self.question = question
        self.inputs: dict[str, Any] = {}
        self.box = self._build(tell)

    def bundle(self) -> dict[str, Any]:
        """One display for all readers: live controls, static HTML and plain text."""
        view = self.box._repr_mimebundle_() if self.box is not None else {}
        return dict(view) | {
            "text/html": form_html(self.question),
            "text/plain": form_text(self.question),
        }

    def _build(self, tell: Callable[[Any], str]) -> Any:
        maker = MAKERS.get(self.question.kind)
        try:
            widgets = importlib.import_module("ipywidgets")
        except ImportError:
            return None
        if maker is None:
            return None
        panel = Panel(widgets, tell)
        controls = maker(widgets, self.question, panel)
        self.inputs = controls.inputs
        head = f"<p><strong>{escape(controls.heading)}</strong> {escape(controls.hint)}</p>"
        first = widgets.HTML(_STYLE + keep_keys("course-practice") + head)
        box = widgets.VBox([first, *controls.rows, panel.widget])
        return box.add_class("course-practice")
