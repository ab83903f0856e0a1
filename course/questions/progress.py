"""How far a learner has come: the line under each panel, and the claims judged so far.

What was answered is remembered for the session. Claims judged are also written beside the
lessons, in the learner's own folder and nowhere else, so that the count runs on in the next lesson.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Literal

from course.questions.kinds import Question, learners_bank
from course.questions.score import Result, Status

Stand = Status | Literal["begun"]
"""How an answer stands; ``begun`` is one that was kept with rows still to fill in."""

_told: dict[str, Stand] = {}
_judged: set[str] = set()

_ANSWERED = ("kept", "right", "partly", "wrong", "waiting")


def remember(question: Question, result: Result) -> None:
    """Note how an answer stood when it was checked, and the claims it judges."""
    _told[question.id] = stand(result)
    if result.status in _ANSWERED and not set(question.claims) <= _judged:
        _judged.update(question.claims)
        _write_judged()


def stand(result: Result) -> Stand:
    """How an answer stands: what the scorer says, but for one that is not complete."""
    return "begun" if result.status == "kept" and result.details else result.status


def progress_line(lesson: str, stands: Callable[[Question], Stand | None]) -> str:
    """One sentence for ``lesson``: practice tried, graded answers readable, unreadable, missing.

    ``stands`` says how the answer to a graded question stands now, or None where only its check
    can tell; then what the check last said counts. Written answers are only counted.
    """
    every = [q for q in learners_bank().values() if q.lesson == lesson]
    written = sum(q.kind == "text" and q.use == "graded" for q in every)
    here = [q for q in every if q.kind != "text"]
    tried = [q for q in here if q.use == "practice" and _told.get(q.id) in _ANSWERED]
    practice = sum(q.use == "practice" for q in here)
    graded = [stands(q) or _told.get(q.id) for q in here if q.use == "graded"]
    parts = []
    if practice:
        parts.append(f"practice {len(tried)} of {practice} tried")
    if graded:
        kept, begun, unclear = (graded.count(x) for x in ("kept", "begun", "unreadable"))
        parts.append(
            f"graded {kept} of {len(graded)} answered and readable"
            + (f", {begun} begun" if begun else "")
            + (f", {unclear} not readable" if unclear else "")
            + f", {len(graded) - kept - begun - unclear} not yet"
            + (f", and {written} to write" if written else "")
        )
    return f"In this lesson so far: {'; '.join(parts)}." if parts else ""


def judged_panel() -> tuple[str, str]:
    """How many of the claims of the two pages were judged, and the others: HTML and plain text."""
    claims = _claims()
    judged = (_judged | _read_judged()) & set(claims)
    said = f"You have judged {len(judged)} of {len(claims)} claims of the two pages."
    left = [
        f"{name}: {claim.replace('*', '')}" for name, claim in claims.items() if name not in judged
    ]
    share = 100 * len(judged) / len(claims)
    bar = (
        '<div aria-hidden="true" style="max-width:46em;height:.6em;border:1px solid #595959">'
        f'<div style="width:{share:.0f}%;height:100%;background:#0072B2"></div></div>'
    )
    items = "".join(f"<li>{escape(line)}</li>" for line in left)
    rest = (
        f"<details><summary>Not yet in a question you answered</summary><ul>{items}</ul></details>"
    )
    return f"<p><strong>{escape(said)}</strong></p>{bar}{rest if left else ''}", said


@cache
def _claims() -> dict[str, str]:
    page = files("course.questions").joinpath("claims.json").read_text(encoding="utf-8")
    return dict(json.loads(page)["claims"])


def _judged_file() -> Path | None:
    """The learner's own list, beside the first page; None anywhere else (building, marking)."""
    above = Path.cwd().parent
    return above / "claims_judged.json" if (above / "index.md").is_file() else None


def _read_judged() -> set[str]:
    file = _judged_file()
    with contextlib.suppress(OSError, ValueError, AttributeError, TypeError):
        if file is not None:
            return {str(name) for name in json.loads(file.read_text(encoding="utf-8"))["judged"]}
    return set()


def _write_judged() -> None:
    file = _judged_file()
    if file is None:
        return
    page = json.dumps({"judged": sorted(_judged | _read_judged())}, indent=1) + "\n"
    # Losing the count must not disturb an answer, so a folder that cannot be written is left alone.
    with contextlib.suppress(OSError):
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_text(page, encoding="utf-8")
        draft.replace(file)
