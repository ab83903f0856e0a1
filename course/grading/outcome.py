"""What somebody got and why: the gradebook's rows and the graded notebook, read side by side."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from course.grading.gradebook import open_gradebook
from course.grading.released import Asked, asked_in, read_release
from course.questions.notebook import RESULT_MIME

NOT_RUN = "Your answer could not be run"
NO_NOTEBOOK = "There was no notebook that could be graded."


@dataclass(frozen=True)
class QuestionOutcome:
    """One graded question. ``automatic`` is None where only a person gives points; ``waiting``
    says that a person still has to look."""

    asked: Asked
    points: float = 0.0
    maximum: float = 0.0
    status: str = ""
    answer: str = ""
    read_as: str = ""
    belief: str = ""
    message: str = ""
    where: str = ""
    comment: str = ""
    waiting: bool = False
    automatic: float | None = None
    by_hand: float | None = None
    extra: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """Everything one learner got for one lesson."""

    lesson: str
    title: str
    learner: str
    points: float
    maximum: float
    late_penalty: float = 0.0
    refused: str = ""
    repairs: tuple[str, ...] = ()
    questions: tuple[QuestionOutcome, ...] = ()
    handed_in: datetime | None = None

    @property
    def total(self) -> float:
        """Points after the penalty for lateness."""
        return round(self.points - self.late_penalty, 6)

    @property
    def waiting(self) -> tuple[QuestionOutcome, ...]:
        """Questions that a person still has to look at."""
        return tuple(q for q in self.questions if q.waiting)


class NotGraded(Exception):
    """Nothing is recorded for this learner; the text is one sentence."""


def outcome_of(course_folder: Path, lesson: str, learner: str) -> Outcome:
    """What ``learner`` got for ``lesson``.

    Raises:
        NotGraded: when the gradebook has no submission of theirs.
        NoRelease: when the lesson is not built there.
    """
    released = read_release(course_folder, lesson)
    file = course_folder / "autograded" / learner / lesson / f"{lesson}.ipynb"
    with open_gradebook(course_folder) as gradebook:
        if file.is_file():
            book = nbformat.read(file, as_version=4)
            return read_outcome(gradebook, lesson, learner, book)
        blank = read_outcome(gradebook, lesson, learner, released)
    questions = tuple(replace(q, status="unanswered", message="") for q in blank.questions)
    return replace(blank, questions=questions, refused=NO_NOTEBOOK)


def read_outcome(gradebook: Gradebook, lesson: str, learner: str, book: NotebookNode) -> Outcome:
    """What ``learner`` got, from an open gradebook and the graded notebook ``book``."""
    try:
        submission = gradebook.find_submission(lesson, learner)
        rows = gradebook.find_submission_notebook(lesson, lesson, learner)
    except MissingEntry:
        raise NotGraded(f"The gradebook has no {lesson} of {learner}.") from None
    grades = {grade.cell.name: grade for grade in rows.grades}
    comments = {c.cell.name: c.manual_comment for c in rows.comments if c.manual_comment}
    about = book.metadata.get("course", {})
    left_out = about.get("left_out", {})
    cells = {cell.id: cell for cell in book.cells}
    return Outcome(
        lesson=lesson,
        title=about.get("title", lesson),
        learner=learner,
        points=float(rows.score),
        maximum=float(rows.max_score),
        late_penalty=float(rows.late_submission_penalty or 0.0),
        refused=about.get("refused", ""),
        repairs=tuple(about.get("repairs", ())),
        questions=tuple(
            _question(asked, cells, grades.get(asked.graded_cell), comments, left_out)
            for asked in asked_in(book)
            if asked.is_graded
        ),
        handed_in=submission.timestamp,
    )


@dataclass
class _Shown:
    """What the graded notebook says about one question."""

    status: str = ""
    read_as: str = ""
    belief: str = ""
    message: str = ""
    where: str = ""
    answer: str = ""
    faults: list[str] = field(default_factory=list)


def _question(
    asked: Asked,
    cells: dict[str, NotebookNode],
    grade: Any,
    comments: dict[str, str],
    left_out: dict[str, str],
) -> QuestionOutcome:
    shown = _shown(asked, cells, left_out)
    said = [comments[cell] for cell in asked.answers if cell in comments]
    if grade is None:
        return QuestionOutcome(
            asked, maximum=asked.points, status=shown.status, answer=shown.answer
        )
    waiting = bool(grade.needs_manual_grade)
    if asked.kind == "text":
        shown.status = _text_status(grade)
    return QuestionOutcome(
        asked=asked,
        points=float(grade.score),
        maximum=float(grade.max_score),
        status=shown.status,
        answer=shown.answer,
        read_as=shown.read_as,
        belief=shown.belief,
        message=shown.message,
        where=shown.where,
        comment="\n\n".join(said),
        waiting=waiting,
        automatic=grade.auto_score,
        by_hand=grade.manual_score,
        extra=float(grade.extra_credit or 0.0),
    )


def _text_status(grade: Any) -> str:
    if grade.auto_score is not None and grade.manual_score is None:
        return "unanswered"
    return "waiting" if grade.needs_manual_grade else "marked"


def _shown(asked: Asked, cells: dict[str, NotebookNode], left_out: dict[str, str]) -> _Shown:
    answers = [cells[cell].source for cell in asked.answers if cell in cells]
    if asked.kind == "text":
        return _Shown(answer="\n\n".join(answers).strip())
    shown = _Shown()
    faults = [left_out[cell] for cell in (*asked.answers, asked.check) if cell in left_out]
    result = _result(cells.get(asked.check))
    if result is not None:
        shown = _Shown(
            status=str(result.get("status", "")),
            read_as=str(result.get("read_as", "")),
            belief=str(result.get("belief", "")),
            message=" ".join(
                [str(result.get("message", "")), *map(str, result.get("details", ()))]
            ),
            where=str(result.get("where", ""))
            if result.get("status") in ("wrong", "partly")
            else "",
        )
    if faults and shown.status in ("", "unanswered"):
        shown.status, shown.message = "not_run", f"{NOT_RUN}: {_as_clause(faults[0])}"
    elif result is None:
        reason = _fault(cells.get(asked.check))
        shown.status, shown.message = "not_run", f"{NOT_RUN}: {reason}"
    shown.message = shown.message.strip()
    return shown


def _as_clause(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _result(check: NotebookNode | None) -> dict[str, Any] | None:
    for output in check.get("outputs", []) if check is not None else []:
        found = output.get("data", {}).get(RESULT_MIME)
        if isinstance(found, dict):
            return found
    return None


def _fault(check: NotebookNode | None) -> str:
    names = [o.get("ename", "") for o in check.get("outputs", [])] if check is not None else []
    if "CellTimeoutError" in names:
        return "it took too long."
    if not names:
        return "the notebook has not been run."
    if "NotGraded" in names:
        return "the notebook stopped before this question was reached."
    return "a cell of the notebook keeps the check from working."
