"""The scorer: a question and what was answered give points and a reason. Pure, and the only one.

Practice, the generated hidden tests and the grading engine all come here. Nothing in this module
looks at a notebook, runs a learner's code, or knows the time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    FunctionForm,
    FunctionKey,
    NumberForm,
    NumberKey,
    Question,
    Reply,
    TextForm,
)
from course.questions.reading import (
    Unreadable,
    is_blank,
    plain,
    read_choice,
    read_number,
    read_row,
    read_rows,
    tidy,
)

Status = Literal["unanswered", "unreadable", "kept", "right", "partly", "wrong", "waiting"]

CLOSE = 1e-6
"""Relative and absolute difference under which two computed numbers are the same."""


@dataclass(frozen=True)
class Outcome:
    """What a learner's function gave for one case: a value, or why there is none."""

    value: Any = None
    fault: str = ""


@dataclass(frozen=True)
class Response:
    """What was answered. ``value`` serves choice, number and text.

    A ``function`` question has ``outcomes`` (one for each case, None when no function was written)
    and ``rows`` (the filled-in twin). ``fault`` is a reason known before scoring, for instance
    that the cell could not be run.
    """

    value: Any = None
    outcomes: tuple[Outcome, ...] | None = None
    rows: Any = None
    fault: str = ""


@dataclass(frozen=True)
class Result:
    """Points out of ``maximum``, how the answer was read, and what to tell the learner."""

    question: str
    status: Status
    points: float
    maximum: float
    read_as: str = ""
    belief: str = ""
    message: str = ""
    details: tuple[str, ...] = field(default_factory=tuple)
    where: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON of the result."""
        return asdict(self)


def score(question: Question, response: Response) -> Result:
    """Score ``response``; without a key, only say whether it could be read.

    Blank is 0 points and "unanswered"; unreadable is 0 points with one plain sentence. Points are
    rounded to six digits and lie in 0…``question.points``.
    """
    if response.fault:
        return _result(question, "unreadable", message=response.fault)
    try:
        return _SCORERS[question.kind](question, response)
    except Unreadable as fault:
        return _result(question, "unreadable", message=str(fault))


def _result(
    question: Question,
    status: Status,
    share: float = 0.0,
    *,
    read_as: str = "",
    reply: Reply | None = None,
    details: Sequence[str] = (),
    message: str = "",
) -> Result:
    points = round(min(max(share, 0.0), 1.0) * question.points, 6)
    return Result(
        question=question.id,
        status=status,
        points=points,
        maximum=question.points,
        read_as=read_as,
        belief=reply.belief if reply else "",
        message=reply.reply if reply else message,
        details=tuple(details),
        where=question.where,
    )


def _score_choice(question: Question, response: Response) -> Result:
    assert isinstance(question.form, ChoiceForm)
    if is_blank(response.value):
        return _result(question, "unanswered")
    letter = read_choice(response.value, question.form)
    read_as = f"{letter}: {question.form.options[letter]}"
    if not isinstance(question.key, ChoiceKey):
        return _result(question, "kept", read_as=read_as)
    right = letter == question.key.right
    return _result(
        question,
        "right" if right else "wrong",
        1.0 if right else 0.0,
        read_as=read_as,
        reply=question.key.replies[letter],
    )


def _score_number(question: Question, response: Response) -> Result:
    assert isinstance(question.form, NumberForm)
    if is_blank(response.value):
        return _result(question, "unanswered")
    number = read_number(response.value, question.form.units)
    read_as = f"{number:.10g} {_unit(question.form, number)}".strip()
    if not isinstance(question.key, NumberKey):
        return _result(question, "kept", read_as=read_as)
    key = question.key
    if _near(number, key.value, key.tolerance):
        return _result(question, "right", 1.0, read_as=read_as, reply=Reply(key.why))
    for mistake in key.mistakes:
        # Half a per cent, so that 67 / 15 is known as the 4.47 that the author wrote.
        if _near(number, mistake.value, max(key.tolerance, 0.005 * abs(mistake.value))):
            return _result(question, "wrong", read_as=read_as, reply=mistake.reply)
    return _result(question, "wrong", read_as=read_as, reply=Reply(key.otherwise))


def _unit(form: NumberForm, number: float) -> str:
    """The unit's plural, or its singular, the second one listed, for exactly one."""
    return form.units[1] if number == 1 and len(form.units) > 1 else form.units[0]


def _score_function(question: Question, response: Response) -> Result:
    """The function and its no-code twin are both scored; the better counts."""
    assert isinstance(question.form, FunctionForm)
    written = response.outcomes is not None and not all(
        o.value is None and not o.fault for o in response.outcomes
    )
    filled = not is_blank(response.rows)
    if not written and not filled:
        return _result(question, "unanswered")
    rows = _read_table(question.form, response.rows) if filled else {}
    if not isinstance(question.key, FunctionKey):
        return _kept_function(question, response, rows)
    tries: list[Result] = []
    if filled:
        tries.append(
            _score_cases(question, question.key, question.key.rows, list(rows.values()), "table")
        )
    if written and response.outcomes is not None:
        tries.append(
            _score_cases(question, question.key, question.key.cases, response.outcomes, "function")
        )
    return max(tries, key=lambda r: r.points)


def _read_table(form: FunctionForm, typed: Any) -> dict[str, Outcome]:
    """Every row of the filled-in twin as a value, or as the reason why it has none."""
    outcomes = {}
    for label, value in read_rows(typed, form.rows).items():
        if is_blank(value):
            outcomes[label] = Outcome(fault=f"Row {label} is still empty.")
            continue
        try:
            outcomes[label] = Outcome(read_row(label, value, form))
        except Unreadable as fault:
            outcomes[label] = Outcome(fault=str(fault))
    return outcomes


def _kept_function(question: Question, response: Response, rows: dict[str, Outcome]) -> Result:
    assert isinstance(question.form, FunctionForm)
    said = []
    if rows:
        read = [f"{row} {_short(o.value)}" for row, o in rows.items() if not o.fault]
        said.append("the table: " + (", ".join(read) or "no row"))
    for outcome in response.outcomes or ():
        if outcome.fault:
            if not rows:
                raise Unreadable(outcome.fault)
        elif outcome.value is not None:
            said.append(f"the function, which gives {_short(outcome.value)} for the example")
    faults = [o.fault for o in rows.values() if o.fault]
    return _result(question, "kept", read_as="; and ".join(said), details=faults)


def _score_cases(
    question: Question,
    key: FunctionKey,
    cases: Sequence[Case],
    outcomes: Sequence[Outcome],
    name: str,
) -> Result:
    """Share of cases right; the belief told is the one that most wrong values agree with."""
    marks = [_case_is_right(c, o) for c, o in zip(cases, outcomes, strict=False)]
    right, total = sum(marks), len(cases)
    read_as = f"the {name}, {right} of {total} {'rows' if name == 'table' else 'cases'} right"
    if right == total:
        return _result(question, "right", 1.0, read_as=read_as, reply=Reply(key.why))
    wrong = [(c, o) for c, o, ok in zip(cases, outcomes, marks, strict=False) if not ok]
    faults = list(dict.fromkeys(o.fault for _, o in wrong if o.fault))
    answered = [(c, o) for c, o in wrong if not o.fault]
    reply = _commonest_belief(key, answered)
    if reply is None:
        reply = Reply(key.otherwise if answered or not faults else faults.pop(0))
    details = faults if name == "table" else faults[:1]
    status: Status = "partly" if right else "wrong"
    return _result(question, status, right / total, read_as=read_as, reply=reply, details=details)


def _case_is_right(case: Case, outcome: Outcome) -> bool:
    return not outcome.fault and same(case.expected, outcome.value)


def _commonest_belief(key: FunctionKey, wrong: Sequence[tuple[Case, Outcome]]) -> Reply | None:
    """The belief that most wrong values agree with, if it explains at least half of them."""
    votes = dict.fromkeys(key.beliefs, 0)
    for case, outcome in wrong:
        for value, belief in case.mistakes:
            votes[belief] += same(value, outcome.value)
    best = max(votes, key=lambda name: votes[name], default="")
    return key.beliefs[best] if best and 2 * votes[best] >= len(wrong) > 0 else None


def _score_text(question: Question, response: Response) -> Result:
    """A person marks text. Here it only counts whether something was written."""
    assert isinstance(question.form, TextForm)
    if is_blank(response.value) or not isinstance(response.value, str):
        return _result(question, "unanswered")
    words = len(response.value.split())
    return _result(question, "waiting", read_as=f"{words} words")


_SCORERS = {
    "choice": _score_choice,
    "number": _score_number,
    "function": _score_function,
    "text": _score_text,
}


def same(expected: Any, given: Any) -> bool:
    """Whether ``given`` is ``expected``, numbers to 1e-6, text without case and outer blanks.

    Only exact built-in types are compared, after numpy values are unwrapped, so an object with an
    ``__eq__`` of its own equals nothing. A number typed as text counts as that number.
    """
    given = plain(given)
    if isinstance(expected, bool) or expected is None:
        return type(given) is type(expected) and bool(given == expected)
    if isinstance(expected, (int, float)):
        try:
            return _near(read_number(given), float(expected), CLOSE)
        except Unreadable:
            return False
    if isinstance(expected, str):
        return type(given) is str and tidy(given).casefold() == tidy(expected).casefold()
    if isinstance(expected, (list, tuple)):
        return (
            type(given) is list
            and len(given) == len(expected)
            and all(same(e, g) for e, g in zip(expected, given, strict=True))
        )
    return False


def _near(value: float, target: float, tolerance: float) -> bool:
    """Within ``tolerance``, the edge included: 1e-9 keeps 0.1 + 0.2 from falling outside it."""
    return math.isclose(value, target, rel_tol=CLOSE, abs_tol=tolerance + 1e-9)


def _short(value: Any, longest: int = 60) -> str:
    value = plain(value)
    if type(value) is float:
        return f"{value:.10g}"
    text = str(value) if type(value) in (str, int, bool, list) else "a value"
    return text if len(text) <= longest else text[: longest - 1] + "…"
