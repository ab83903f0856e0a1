"""The scorer: a question and what was answered give points and a reason. Pure, and the only one.

Practice, the generated hidden tests and the grading engine all come here. Nothing in this module
looks at a notebook, runs a learner's code, or knows the time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    ChoicesKey,
    FunctionForm,
    FunctionKey,
    NumberForm,
    NumberKey,
    OrderForm,
    OrderKey,
    Question,
    Reply,
    TableForm,
    TableKey,
    TextForm,
)
from course.questions.plain_values import Unreadable, is_blank, listed, plain, tidy
from course.questions.reading import read_choice, read_choices, read_number, read_order
from course.questions.tables import read_row, read_rows

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
    """What was answered: ``value``; for ``function`` the filled-in twin.

    A ``function`` question has ``outcomes`` too: one for each case, None when no function was
    written. ``fault`` is a reason known before scoring, for instance that the cell could not be
    run.
    """

    value: Any = None
    outcomes: tuple[Outcome, ...] | None = None
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
    rounded to six digits and lie in 0…``question.points``. It never raises: a value that no reader
    foresees is unreadable.
    """
    if response.fault:
        return _result(question, "unreadable", message=response.fault)
    try:
        return _SCORERS[question.kind](question, response)
    except Unreadable as fault:
        return _result(question, "unreadable", message=str(fault))
    except Exception:
        return _result(
            question,
            "unreadable",
            message="I cannot read this answer. Type it as the question shows, in plain text.",
        )


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


def _score_choices(question: Question, response: Response) -> Result:
    """Right picks minus wrong picks, not below 0, over the number of right ones."""
    assert isinstance(question.form, ChoiceForm)
    if is_blank(response.value):
        return _result(question, "unanswered")
    picked = read_choices(response.value, question.form)
    read_as = ", ".join(picked)
    if not isinstance(question.key, ChoicesKey):
        return _result(question, "kept", read_as=read_as)
    right, replies = set(question.key.right), question.key.replies
    share = (len(right & set(picked)) - len(set(picked) - right)) / len(right)
    slips = [letter for letter in question.form.options if (letter in picked) != (letter in right)]
    if not slips:
        said = [f"{letter}: {replies[letter].reply}" for letter in question.key.right]
        return _result(question, "right", 1.0, read_as=read_as, details=said)
    first, *others = (_slip(letter, letter in picked, replies[letter]) for letter in slips)
    details = [f"{slip.reply} You may have thought: {slip.belief}." for slip in others]
    status: Status = "partly" if share > 0 else "wrong"
    return _result(question, status, share, read_as=read_as, reply=first, details=details)


def _slip(letter: str, picked: bool, reply: Reply) -> Reply:
    did = f"You chose {letter}." if picked else f"You left out {letter}."
    return Reply(f"{did} {reply.reply}", reply.belief)


def _score_order(question: Question, response: Response) -> Result:
    """Pairs in the right order minus pairs in the wrong order, not below 0, over all pairs."""
    assert isinstance(question.form, OrderForm)
    if is_blank(response.value):
        return _result(question, "unanswered")
    given = read_order(response.value, question.form)
    read_as = ", ".join(given)
    if not isinstance(question.key, OrderKey):
        return _result(question, "kept", read_as=read_as)
    key = question.key
    share = order_share(given, key.right)
    if share == 1:
        return _result(question, "right", 1.0, read_as=read_as, reply=Reply(key.why))
    place = {letter: number for number, letter in enumerate(given)}
    fitting = (m.reply for m in key.mistakes if place[m.first] < place[m.second])
    status: Status = "partly" if share > 0 else "wrong"
    return _result(
        question, status, share, read_as=read_as, reply=next(fitting, Reply(key.otherwise))
    )


def order_share(given: Sequence[str], right: Sequence[str]) -> float:
    """Kendall's rank correlation of two orders without ties: 1 for the same order, -1 reversed.

    Pairs in the right order minus pairs in the wrong order, over all n(n - 1)/2 pairs.
    """
    place = {letter: number for number, letter in enumerate(given)}
    signs = [
        1 if place[first] < place[second] else -1
        for index, first in enumerate(right)
        for second in right[index + 1 :]
    ]
    return sum(signs) / len(signs)


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


def _score_table(question: Question, response: Response) -> Result:
    """Share of rows that are right in every column. A ``match`` is a table of one column."""
    form = question.form
    assert isinstance(form, TableForm)
    if is_blank(response.value):
        return _result(question, "unanswered")
    rows = _read_table(form, response.value)
    if not isinstance(question.key, TableKey):
        return _kept_rows(question, rows)
    return _score_rows(question, question.key, form, rows)


def _read_table(form: TableForm, typed: Any) -> dict[str, Outcome]:
    """Every row as what it means, or as the reason why it means nothing."""
    outcomes = {}
    values = read_rows(typed, form)
    empty = [label for label, value in values.items() if is_blank(value)]
    rows = f"Row {empty[0]} is" if len(empty) == 1 else f"Rows {listed(empty)} are"
    for label, value in values.items():
        if label in empty:
            outcomes[label] = Outcome(fault=f"{rows} still empty.")
            continue
        try:
            outcomes[label] = Outcome(read_row(label, value, form))
        except Unreadable as fault:
            outcomes[label] = Outcome(fault=str(fault))
    return outcomes


def _kept_rows(question: Question, rows: dict[str, Outcome]) -> Result:
    if all(o.fault for o in rows.values()):
        raise Unreadable(_faults(rows)[0])
    return _result(question, "kept", read_as=_rows_read(rows), details=_faults(rows))


def _faults(rows: dict[str, Outcome]) -> list[str]:
    """What is missing or unreadable, each said once."""
    return list(dict.fromkeys(o.fault for o in rows.values() if o.fault))


def _rows_read(rows: dict[str, Outcome]) -> str:
    read = [f"{row}: {_short(o.value)}" for row, o in rows.items() if not o.fault]
    return "; ".join(read) or "no row"


def _score_rows(
    question: Question, key: TableKey, form: TableForm, rows: dict[str, Outcome]
) -> Result:
    def agrees(expected: Any, value: Any) -> bool:
        if len(form.columns) == 1:
            return same(expected, value, form.columns[0].tolerance)
        return all(
            same(e, v, column.tolerance)
            for e, v, column in zip(expected, value, form.columns, strict=True)
        )

    result = _score_cases(question, key, key.rows, list(rows.values()), agrees)
    missed = [
        label
        for (label, outcome), case in zip(rows.items(), key.rows, strict=True)
        if not outcome.fault and not agrees(case.expected, outcome.value)
    ]
    details = [fault for fault in _faults(rows) if fault != result.message]
    if missed:
        details.insert(0, f"Not right: {', '.join(missed)}.")
    return replace(result, read_as=_rows_read(rows), details=tuple(details))


def _score_function(question: Question, response: Response) -> Result:
    """The function and its no-code twin are both scored; the better counts."""
    form, key = question.form, question.key
    assert isinstance(form, FunctionForm)
    written = response.outcomes is not None and not all(
        o.value is None and not o.fault for o in response.outcomes
    )
    filled = not is_blank(response.value)
    if not written and not filled:
        return _result(question, "unanswered")
    rows: dict[str, Outcome] = {}
    unread: list[str] = []
    if filled:
        try:
            rows = _read_table(form.table, response.value)
        except Unreadable as fault:
            if not written:
                raise
            unread.append(str(fault))
    outcomes = response.outcomes if written and response.outcomes is not None else ()
    if not isinstance(key, FunctionKey):
        kept = _kept_function(question, outcomes, rows)
        return replace(kept, details=(*kept.details, *unread))
    tries: list[Result] = []
    if rows:
        filled_in = _score_rows(question, key, form.table, rows)
        tries.append(replace(filled_in, read_as=f"the table: {filled_in.read_as}"))
    if outcomes:
        tries.append(_score_calls(question, key, outcomes))
    best = max(tries, key=lambda r: r.points)
    return replace(best, details=(*best.details, *unread))


def _score_calls(question: Question, key: FunctionKey, outcomes: Sequence[Outcome]) -> Result:
    right = sum(
        not o.fault and same(c.expected, o.value) for c, o in zip(key.cases, outcomes, strict=False)
    )
    result = _score_cases(question, key, key.cases, outcomes, same)
    faults = list(dict.fromkeys(o.fault for o in outcomes if o.fault and o.fault != result.message))
    return replace(
        result,
        read_as=f"the function, {right} of {len(key.cases)} cases right",
        details=tuple(faults[:1]),
    )


def _kept_function(
    question: Question, outcomes: Sequence[Outcome], rows: dict[str, Outcome]
) -> Result:
    said = []
    if rows:
        said.append(f"the table: {_rows_read(rows)}")
    for outcome in outcomes:
        if outcome.fault:
            if not rows:
                raise Unreadable(outcome.fault)
        elif outcome.value is not None:
            said.append(f"the function, which gives {_short(outcome.value)} for the example")
    return _result(question, "kept", read_as="; and ".join(said), details=_faults(rows))


def _score_cases(
    question: Question,
    key: TableKey,
    cases: Sequence[Case],
    outcomes: Sequence[Outcome],
    agrees: Callable[[Any, Any], bool],
) -> Result:
    """Share of cases right; the belief told is the one that most wrong values agree with."""
    pairs = list(zip(cases, outcomes, strict=False))
    wrong = [(c, o) for c, o in pairs if o.fault or not agrees(c.expected, o.value)]
    right = len(pairs) - len(wrong)
    if right == len(cases):
        return _result(question, "right", 1.0, reply=Reply(key.why))
    answered = [(c, o) for c, o in wrong if not o.fault]
    reply = _commonest_belief(key, answered, agrees)
    if reply is None:
        faults = [o.fault for _, o in wrong if o.fault]
        reply = Reply(key.otherwise if answered or not faults else faults[0])
    status: Status = "partly" if right else "wrong"
    return _result(question, status, right / len(cases), reply=reply)


def _commonest_belief(
    key: TableKey,
    wrong: Sequence[tuple[Case, Outcome]],
    agrees: Callable[[Any, Any], bool],
) -> Reply | None:
    """The belief that most wrong values agree with, if it explains at least half of them."""
    votes = dict.fromkeys(key.beliefs, 0)
    for case, outcome in wrong:
        told = {belief for value, belief in case.mistakes if agrees(value, outcome.value)}
        for belief in told:
            votes[belief] += 1
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
    "choices": _score_choices,
    "match": _score_table,
    "order": _score_order,
    "number": _score_number,
    "table": _score_table,
    "function": _score_function,
    "text": _score_text,
}


def same(expected: Any, given: Any, tolerance: float = CLOSE) -> bool:
    """Whether ``given`` is ``expected``, text without case and outer blanks.

    Numbers may be off by ``tolerance`` (same unit), at least by a share of 1e-6.

    Only exact built-in types are compared, after numpy values are unwrapped, so an object with an
    ``__eq__`` of its own equals nothing. A number typed as text counts as that number.
    """
    given = plain(given)
    if isinstance(expected, bool) or expected is None:
        return type(given) is type(expected) and bool(given == expected)
    if isinstance(expected, (int, float)):
        try:
            return _near(read_number(given), float(expected), tolerance)
        except Unreadable:
            return False
    if isinstance(expected, str):
        return type(given) is str and tidy(given).casefold() == tidy(expected).casefold()
    if isinstance(expected, (list, tuple)):
        return (
            type(given) is list
            and len(given) == len(expected)
            and all(same(e, g, tolerance) for e, g in zip(expected, given, strict=True))
        )
    return False


def _near(value: float, target: float, tolerance: float) -> bool:
    """Within ``tolerance``, the edge included: 1e-9 keeps 0.1 + 0.2 from falling outside it."""
    return math.isclose(value, target, rel_tol=CLOSE, abs_tol=tolerance + 1e-9)


def _short(value: Any, longest: int = 60) -> str:
    value = plain(value)
    if type(value) is float:
        return f"{value:.10g}"
    if type(value) is list:
        return " / ".join(_short(entry) for entry in value)[:longest]
    if type(value) is str:
        text = value[: 2 * longest].encode(errors="replace").decode()
    elif type(value) is bool or (type(value) is int and abs(value) < 10**longest):
        text = str(value)
    else:
        text = "a value"
    return text if len(text) <= longest else text[: longest - 1] + "…"
