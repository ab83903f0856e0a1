"""Inside a notebook: find what was answered, score it, show the panel.

``check`` serves the learner. ``award`` stands in the hidden tests that the build generates, so that
stock nbgrader gives the same marks. Both read the answer cell the same way.
"""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from html import escape
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display

from course.questions.kinds import (
    ChoiceForm,
    FunctionForm,
    FunctionKey,
    Question,
    TextKey,
    learners_bank,
    question_from_json,
    thawed,
)
from course.questions.panel import as_html, as_text
from course.questions.reading import LONGEST_ANSWER, spoken
from course.questions.score import Outcome, Response, Result, score

RESULT_MIME = "application/vnd.course.result+json"
"""Carries the result of a marked question in the output of its check cell."""

SECONDS_FOR_A_CALL: float = 2
"""Wall time for one call of a learner's function."""


def check(question_id: str) -> None:
    """Show how an answer was read and, for practice, what it shows. Never raises, returns nothing.

    ``question_id`` is the name in the check cell, for instance ``"pool-first"``.
    """
    question = learners_bank().get(question_id)
    if question is None:
        _say(
            f"There is no question called {question_id!r}. Leave the check cell as it was. If "
            "you did, restart: menu Kernel, Restart Kernel and Run All Cells."
        )
        return
    result = score(question, gather(question))
    if isinstance(question.key, TextKey):
        _show_model_answer(question, question.key)
        return
    _show(question, result)


def award(question_json: str) -> float:
    """Score a graded question in its hidden test; display the panel, give the points.

    ``question_json`` is the whole question, key included, as the build wrote it.
    """
    question = question_from_json(json.loads(question_json))
    result = score(question, gather(question))
    _show(question, result, marked=True)
    return round(min(max(float(result.points), 0.0), float(question.points)), 6)


def ready(lesson: str) -> None:
    """Say for each graded question of ``lesson`` whether an answer is there and readable.

    It looks at this session only: after a restart the answer cells have to be run first.
    """
    lines = []
    for question in learners_bank().values():
        if question.lesson != lesson or question.use != "graded":
            continue
        if question.kind == "text":
            lines.append(
                (question.label, "a written answer; please look above whether your text is there")
            )
            continue
        result = score(question, gather(question))
        said = {
            "kept": f"✓ there: {result.read_as}",
            "unanswered": "○ no answer yet",
            "unreadable": f"? cannot be read. {result.message}",
        }[result.status]
        lines.append((question.label, said))
    text = "\n".join(f"{label}: {said}" for label, said in lines)
    html = "".join(f"<li>{escape(label)}: {escape(said)}</li>" for label, said in lines)
    _display(f'<ul style="line-height:1.6;max-width:46em">{html}</ul>', text)


def gather(question: Question) -> Response:
    """What the open notebook answers to ``question``."""
    if question.kind == "text":
        return Response()
    if isinstance(question.form, FunctionForm):
        return _gather_function(question, question.form)
    if bare := _bare_answer(question.variable):
        return Response(
            fault=f"The line has lost its beginning. Write: {question.variable} = {bare}"
        )
    letters = question.form.options if isinstance(question.form, ChoiceForm) else ()
    return Response(value=_answer(question.variable, letters))


def _shell() -> tuple[Mapping[str, Any], list[str]]:
    """Names and cells of this session; both empty outside a notebook."""
    shell = get_ipython()
    if shell is None or shell.history_manager is None:
        return {}, []
    return shell.user_ns, list(shell.history_manager.input_hist_raw)


def _bare_answer(variable: str) -> str:
    """An answer that was run just before its check, without ``answer_… =`` in front."""
    _, cells = _shell()
    newest = cells[-2].strip() if len(cells) > 1 else ""
    alone = re.fullmatch(r"[\"'“‘]?[\w.,]{1,12}[\"'”’]?( [a-z]+)?", newest)
    return newest if alone and spoken(newest, variable) is None else ""


def _answer(variable: str, letters: Collection[str] = ()) -> Any:
    """The answer as its newest cell says it: its text where it cannot be run, else its value.

    ``letters`` are the options of a choice: one of them without quotation marks is that letter,
    even where a cell of the lesson happens to use it as a name.
    """
    names, cells = _shell()
    for cell in reversed(cells):
        said = spoken(cell, variable, names)
        if said is None:
            continue
        if not said.runs:
            return said.value
        value = names.get(variable)
        # `answer = b` where some cell happens to define b: the letter was meant.
        if said.value in letters and type(value) is not str:
            return said.value
        if value is None or callable(value) or type(value).__module__ == "types":
            return str(said.value)[:LONGEST_ANSWER]
        return value
    return names.get(variable)


def _gather_function(question: Question, form: FunctionForm) -> Response:
    names, cells = _shell()
    rows = _answer(question.variable)
    function = names.get(form.name)
    newest = next((c for c in reversed(cells) if re.search(rf"\bdef\s+{form.name}\b", c)), "")
    fault = _compile_fault(newest, form.name)
    if isinstance(question.key, FunctionKey):
        calls = [case.arguments for case in question.key.cases]
    else:
        calls = [form.example]
    if fault:
        outcomes: tuple[Outcome, ...] | None = tuple(Outcome(fault=fault) for _ in calls)
    elif callable(function):
        outcomes = tuple(_call(function, form.name, arguments) for arguments in calls)
    else:
        outcomes = None
    return Response(outcomes=outcomes, rows=rows)


def _compile_fault(cell: str, name: str) -> str:
    try:
        compile(cell, "answer", "exec")
    except (SyntaxError, ValueError) as fault:
        line = getattr(fault, "lineno", None)
        return f"Python cannot read {name}: look at line {line} of its cell."
    return ""


def _call(function: Any, name: str, arguments: tuple[Any, ...]) -> Outcome:
    try:
        with _time_limit(SECONDS_FOR_A_CALL):
            return Outcome(value=function(*[thawed(a) for a in arguments]))
    except _TooSlow:
        return Outcome(fault=f"{name} took longer than {SECONDS_FOR_A_CALL} seconds")
    except (Exception, SystemExit) as fault:
        return Outcome(fault=f"{name} stopped with {type(fault).__name__}: {str(fault)[:200]}")


class _TooSlow(BaseException):
    """Raised inside a learner's function; not an Exception, so that a bare except keeps out."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Stop an endless loop after ``seconds``; without effect where there are no alarm signals."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: Any) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _show(question: Question, result: Result, *, marked: bool = False) -> None:
    data = {
        "text/html": as_html(question, result, marked=marked),
        "text/plain": as_text(question, result, marked=marked),
    }
    if marked:
        data[RESULT_MIME] = result.to_json()  # type: ignore[assignment]
    display(data, raw=True)


def _show_model_answer(question: Question, key: TextKey) -> None:
    looked_for = [f"{c.name}: {c.levels[2]}" for c in key.rubric]
    beliefs = [f"{r.belief}: {r.reply}" for r in key.beliefs.values()]
    parts = [
        ("Compare your answer with this one", [key.model]),
        ("A good answer has", looked_for),
        ("If you thought", beliefs),
    ]
    text = "\n".join(f"{title}:\n- " + "\n- ".join(lines) for title, lines in parts if lines)
    html = "".join(
        f"<p><strong>{escape(title)}</strong></p><ul>"
        + "".join(f"<li>{escape(line)}</li>" for line in lines)
        + "</ul>"
        for title, lines in parts
        if lines
    )
    # Folded, so that running all cells does not give it away before anything was written.
    _display(
        '<details style="max-width:46em;line-height:1.5"><summary>Written your answer? '
        f"Open this to compare.</summary>{html}</details>",
        text,
    )


def _say(sentence: str) -> None:
    _display(f"<p>{escape(sentence)}</p>", sentence)


def _display(html: str, text: str) -> None:
    display({"text/html": html, "text/plain": text}, raw=True)
