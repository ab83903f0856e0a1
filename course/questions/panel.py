"""The quiet panel that answers a learner: HTML, and the same words as plain text."""

from __future__ import annotations

from html import escape

from course.questions.kinds import Question
from course.questions.score import Result, Status

# Okabe–Ito colours, only ever beside a sign and a word. The text keeps the page's own colour, so
# the panel reads well on light and dark pages and in print.
LOOK: dict[Status, tuple[str, str, str]] = {
    "right": ("✓", "Right", "#009E73"),
    "partly": ("◐", "Partly right", "#E69F00"),
    "wrong": ("✗", "Not right", "#D55E00"),
    "unreadable": ("?", "I cannot read this yet", "#CC79A7"),
    "unanswered": ("○", "Not answered yet", "#999999"),
    "kept": ("●", "Kept", "#0072B2"),
    "waiting": ("●", "Kept, a person reads it", "#0072B2"),
}

_KEPT = "This is a graded question: it is marked after you hand in."
_BLANK_CELL = (
    "Put your answer in the cell above, between the = sign and the # sign. Run that cell "
    "(Shift+Enter), then run this one. Is it there already? Then only run that cell again."
)
_BLANK_TABLE = (
    "Put your answers in the cell above, each in place of a None, and leave the commas. Run that "
    "cell (Shift+Enter), then run this one. Is it filled in already? Then only run that cell again."
)
_BLANK = {
    "text": "Write your answer in the cell above.",
    "match": _BLANK_TABLE,
    "table": _BLANK_TABLE,
    "function": (
        "Fill in the table above (or write the function, if you program). Run that cell "
        "(Shift+Enter), then run this one. Is it filled in already? Then only run it again."
    ),
}


def sentences(question: Question, result: Result, *, marked: bool = False) -> list[str]:
    """What the panel says, one paragraph an entry, the headline first.

    ``marked`` is true once points have been given (feedback); until then a graded question shows
    none.
    """
    sign, headline, _ = LOOK[result.status]
    first = f"{sign} {headline}."
    if marked:
        first += f" {points_of(result.points, result.maximum)}."
    lines = [first]
    if result.read_as:
        lines.append(f"I read your answer as {result.read_as.rstrip('.')}.")
    if result.belief:
        lines.append(f"You may have thought: {result.belief}.")
    if result.message:
        lines.append(result.message)
    lines.extend(result.details)
    if result.status == "unanswered" and not marked:
        lines.append(_BLANK.get(question.kind, _BLANK_CELL))
    if result.status == "kept" and not marked:
        lines.append(_KEPT)
    if result.status in ("wrong", "partly") and result.where:
        lines.append(f"Read again: “{result.where}”.")
    return lines


def points_of(points: float, maximum: float) -> str:
    """For instance "1.5 of 2 points", to two digits."""
    noun = "point" if maximum == 1 else "points"
    return f"{round(points, 2):g} of {round(maximum, 2):g} {noun}"


def as_text(question: Question, result: Result, *, marked: bool = False) -> str:
    """The panel for screens without HTML."""
    return f"{question.label}. " + "\n".join(sentences(question, result, marked=marked))


def as_html(question: Question, result: Result, *, marked: bool = False) -> str:
    """The panel as HTML; every text is escaped."""
    first, *rest = sentences(question, result, marked=marked)
    colour = LOOK[result.status][2]
    body = "".join(f'<p style="margin:.3em 0">{escape(line)}</p>' for line in rest)
    return (
        f'<div class="mathjax_ignore" style="border-left:5px solid {colour};padding:.3em 1em;'
        f'margin:.4em 0;max-width:46em;line-height:1.5;font-family:system-ui,sans-serif">'
        f'<p style="margin:.3em 0"><strong>{escape(first)}</strong> '
        f"<span>({escape(question.label)})</span></p>{body}</div>"
    )
