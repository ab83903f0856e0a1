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
    FunctionForm,
    FunctionKey,
    Question,
    TextKey,
    learners_bank,
    question_from_json,
    thawed,
)
from course.questions.panel import as_html, as_text
from course.questions.plain_values import LONGEST_ANSWER
from course.questions.practice import PracticeForm
from course.questions.progress import Stand, judged_panel, progress_line, remember, stand
from course.questions.score import Outcome, Response, Result, score
from course.questions.typed import bare_answer, spoken

RESULT_MIME = "application/vnd.course.result+json"
"""Carries the result of a marked question in the output of its check cell."""

SECONDS_FOR_A_CALL: float = 2
"""Wall time for one call of a learner's function."""


def check(question_id: str, answer: Any = "") -> None:
    """Show how an answer was read and, for practice, what it shows. Never raises, returns nothing.

    ``question_id`` is the name in the check cell, for instance ``"pool-first"``. Practice is
    answered by clicking, or typed as ``answer``; a graded answer stands in its own cell.
    """
    question = learners_bank().get(question_id)
    if question is None:
        _say(
            f"There is no question called {question_id!r}. Leave the check cell as it was. If "
            "you did, restart: menu Kernel, Restart Kernel and Run All Cells."
        )
    elif isinstance(question.key, TextKey):
        _show_model_answer(question, question.key)
    elif question.use == "practice":
        _practise(question, answer)
    else:
        result = score(question, gather(question))
        remember(question, result)
        _show(question, result, under=progress_line(question.lesson, _kept_answers))


def _practise(question: Question, typed: Any) -> None:
    """Show the form to click, and under it the panel for what was typed or programmed."""

    def tell(value: Any) -> str:
        result = score(question, Response(value=value))
        remember(question, result)
        return as_html(question, result) + _small(progress_line(question.lesson, _kept_answers))

    display(PracticeForm(question, tell).bundle(), raw=True)
    outcomes = (
        _outcomes(question, question.form) if isinstance(question.form, FunctionForm) else None
    )
    result = score(question, Response(value=typed, outcomes=outcomes))
    if result.status != "unanswered":
        remember(question, result)
        _show(question, result, under=progress_line(question.lesson, _kept_answers))


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
        remember(question, result)
        said = {
            "kept": f"✓ there: {result.read_as}",
            "begun": f"◐ begun: {result.read_as}. {' '.join(result.details)}",
            "unanswered": "○ no answer yet",
            "unreadable": f"? cannot be read. {result.message}",
        }[stand(result)]
        lines.append((question.label, said))
    line = progress_line(lesson, _kept_answers)
    text = "\n".join([*(f"{label}: {said}" for label, said in lines), line])
    html = "".join(f"<li>{escape(label)}: {escape(said)}</li>" for label, said in lines)
    _display(f'<ul style="line-height:1.6;max-width:46em">{html}</ul>{_small(line)}', text)


def claims_judged() -> None:
    """Show how many of the claims of the two pages this learner has judged, and which are left."""
    html, text = judged_panel()
    _display(html, text)


def _kept_answers(question: Question) -> Stand | None:
    """How the answer to a graded question stands now; None where only its own check can tell."""
    if question.kind in ("function", "text"):
        return None
    return stand(score(question, gather(question)))


def gather(question: Question) -> Response:
    """What the open notebook answers to a graded ``question``."""
    if question.kind == "text":
        return Response()
    if isinstance(question.form, FunctionForm):
        rows = _answer(question.variable)
        return Response(value=rows, outcomes=_outcomes(question, question.form))
    if bare := _bare_answer(question.variable):
        return Response(
            fault=f"The line has lost its beginning. Write: {question.variable} = {bare}"
        )
    letters = question.texts if question.table is None else ()
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
    # Any cell may have been run there, so it has to be short and look like nothing else.
    alone = re.fullmatch(r"[\"'“‘]?[\w.,]{1,12}([ ,]+\w){0,9}[\"'”’]?( [a-z]+)?", newest)
    return bare_answer(newest) if alone and spoken(newest, variable) is None else ""


def _answer(variable: str, letters: Collection[str] = ()) -> Any:
    """The answer as its newest cell says it: its text where it cannot be run, else its value.

    ``letters`` are those of a choice or an order: without quotation marks they are letters too,
    even where a cell of the lesson happens to use one as a name.
    """
    names, cells = _shell()
    for cell in reversed(cells):
        said = spoken(cell, variable, names)
        if said is None:
            continue
        if not said.runs:
            return said.value
        value = names.get(variable)
        written = set(re.findall(r"\w+", str(said.value)))
        if written and written <= set(letters) and type(value) is not str:
            return said.value
        if value is None or callable(value) or type(value).__module__ == "types":
            return str(said.value)[:LONGEST_ANSWER]
        return value
    return names.get(variable)


def _outcomes(question: Question, form: FunctionForm) -> tuple[Outcome, ...] | None:
    """What the learner's function gives for each case, or for the example; None without one."""
    names, cells = _shell()
    function = names.get(form.name)
    newest = next((c for c in reversed(cells) if re.search(rf"\bdef\s+{form.name}\b", c)), "")
    if isinstance(question.key, FunctionKey):
        calls = [case.arguments for case in question.key.cases]
    else:
        calls = [form.example]
    if fault := _compile_fault(newest, form.name):
        return tuple(Outcome(fault=fault) for _ in calls)
    if callable(function):
        return tuple(_call(function, form.name, arguments) for arguments in calls)
    return None


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


def _show(question: Question, result: Result, *, marked: bool = False, under: str = "") -> None:
    data = {
        "text/html": as_html(question, result, marked=marked) + _small(under),
        "text/plain": f"{as_text(question, result, marked=marked)}\n{under}".rstrip(),
    }
    if marked:
        data[RESULT_MIME] = result.to_json()  # type: ignore[assignment]
    display(data, raw=True)


def _small(line: str) -> str:
    return f'<p style="font-size:90%;margin:.3em 0">{escape(line)}</p>' if line else ""


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
