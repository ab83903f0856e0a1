"""Why somebody got what they got, in lines for an instructor's screen."""

from __future__ import annotations

from pathlib import Path

from course.grading.outcome import Outcome, QuestionOutcome, outcome_of
from course.publish.release import ROOT
from course.questions.panel import points_of

_STATUS = {
    "right": "right",
    "partly": "partly right",
    "wrong": "wrong",
    "unreadable": "could not be read",
    "unanswered": "not answered",
    "not_run": "could not be run",
    "waiting": "a written answer that waits for a person",
    "marked": "a written answer, marked by a person",
}


def explain(lesson: str, learner: str, course_folder: Path = ROOT) -> list[str]:
    """Lines that say what ``learner`` got for ``lesson`` and why.

    Raises:
        NotGraded: when the gradebook has nothing of theirs.
        NoRelease: when there is no such lesson.
    """
    outcome = outcome_of(course_folder, lesson, learner)
    lines = [f"{learner}, {outcome.title}: {points_of(outcome.total, outcome.maximum)}"]
    lines += _about_the_file(outcome)
    for question in outcome.questions:
        lines += ["", *_about(question)]
    return lines


def _about_the_file(outcome: Outcome) -> list[str]:
    lines = []
    if outcome.handed_in:
        lines.append(f"Handed in {outcome.handed_in:%Y-%m-%d %H:%M} UTC.")
    if outcome.late_penalty:
        lines.append(f"Late: {outcome.late_penalty:g} of {outcome.points:g} points are taken off.")
    if outcome.refused:
        lines.append(f"Refused: {outcome.refused}")
    lines += [f"Repaired. {sentence}" for sentence in outcome.repairs]
    lines += [f"Waiting for a person: {q.asked.label}." for q in outcome.waiting]
    return lines


def _about(question: QuestionOutcome) -> list[str]:
    asked = question.asked
    status = _STATUS.get(question.status, question.status)
    lines = [
        f"{asked.label} ({asked.id}, {asked.kind}): "
        f"{points_of(question.points, question.maximum)}, {status}."
    ]
    if question.read_as:
        lines.append(f"  Read as: {question.read_as}.")
    if question.belief:
        lines.append(f"  Belief: {question.belief}.")
    if question.message:
        lines.append(f"  Told: {question.message}")
    if question.by_hand is not None:
        was = "none" if question.automatic is None else f"{question.automatic:g}"
        lines.append(f"  Marked by hand: {question.by_hand:g} (automatic: {was}).")
    if question.extra:
        lines.append(f"  Extra credit: {question.extra:g}.")
    if question.comment:
        lines.append(f"  Comment: {question.comment}")
    return lines
