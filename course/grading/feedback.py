"""Feedback: one page for one learner and lesson, readable by anybody, without scripts.

It says what was asked, what was answered, what it earned, which belief it shows and where to read
again. It never holds a hidden test, a rubric, another option's reply or a traceback.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from course.grading.outcome import Outcome, read_outcome
from course.publish.notebook import DOLLAR
from course.questions.panel import points_of

_HEADLINES = {
    "right": "✓ Right",
    "partly": "◐ Partly right",
    "wrong": "✗ Not this one",
    "unreadable": "? This could not be read",
    "unanswered": "○ Not answered",
    "not_run": "? This could not be run",
    "waiting": "● A person still has to read this",
    "marked": "● Read by a person",
}


class FeedbackExporter(Exporter):
    """Writes the page where nbgrader wants it: ``feedback/<learner>/<lesson>/<lesson>.html``."""

    def _file_extension_default(self) -> str:
        return ".html"

    output_mimetype = "text/html"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> Any:
        """The page of the learner whom nbgrader names in ``resources``."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            outcome = read_outcome(gradebook, about["assignment"], about["student"], nb)
        resources["output_extension"] = ".html"
        return page(outcome), resources


def page(outcome: Outcome) -> str:
    """The feedback page as HTML."""
    return (
        _environment()
        .get_template("feedback")
        .render(outcome=outcome, headline=_headline, kind_repairs=outcome.repairs)
    )


def _number(value: float) -> str:
    return f"{round(value, 2):g}"


def _headline(question: Any) -> str:
    return _HEADLINES.get(question.status, "● Marked")


def _markdown(text: str) -> Markup:
    """Markdown as HTML. Raw HTML is shown as text, and pictures are not fetched from anywhere."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    # On this page a dollar sign borders no formula.
    tokens = reader.parse(text.replace(DOLLAR, "$"))
    for token in tokens:
        # The page has one h1 and an h2 for each question, so headings in a text begin below.
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    return Markup(reader.renderer.render(tokens, reader.options, {}))


@cache
def _environment() -> Environment:
    template = Path(__file__).with_name("feedback.html.j2").read_text(encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"feedback": template}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = _markdown
    environment.filters["number"] = _number
    environment.globals["points_of"] = points_of
    return environment
