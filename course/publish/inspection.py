"""What ``check`` verifies beyond freshness, in numbers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from course.publish.assemble import AskedQuestion, Lesson
from course.publish.citations import cited, claims_printed, linked
from course.publish.counts import Numbers, by_kind, by_level, by_topic, loads
from course.publish.execute import PICTURE
from course.publish.item_quality import quality
from course.publish.items import item_of
from course.publish.misconceptions import lost_pointers
from course.publish.proofs import right_responses, wrong_responses
from course.publish.release import ROOT
from course.publish.wheel import learners_files
from course.questions.kinds import Kind, Question
from course.questions.score import score
from course.sources.models import Sources


@dataclass
class Inspection:
    """Lines and tables to print, and what is wrong."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    tables: list[Numbers] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def inspect(sources: Sources, lessons: list[Lesson]) -> Inspection:
    """Count what the course holds and look for what must not be: see the lines it returns."""
    found = Inspection()
    _sources(found, sources)
    for lesson in lessons:
        _lesson(found, lesson)
    found.tables += [by_kind(lessons), by_level(lessons), loads(lessons)]
    _proofs(found, lessons)
    _quality(found, lessons)
    _coverage(found, sources, lessons)
    _misconceptions(found, sources, lessons)
    _references(found, sources, lessons)
    _secrets(found, lessons)
    return found


def _sources(found: Inspection, sources: Sources) -> None:
    verdicts = Counter(claim.verdict for claim in sources.claims.values())
    counted = ", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common())
    found.lines.append(("claims of the two pages", f"{len(sources.claims)} ({counted})"))
    found.lines.append(
        (
            "other sources",
            f"{len(sources.references)} references, {len(sources.glossary)} terms, "
            f"{len(sources.codes.codes)} codes as of {sources.codes.as_of:%Y-%m}",
        )
    )


def _lesson(found: Inspection, lesson: Lesson) -> None:
    points = sum(a.question.points for a in lesson.asked.values())
    book = _notebook(ROOT / "release" / lesson.slug / f"{lesson.slug}.ipynb")
    figures, silent = _figures(book)
    cells = [c for c in book["cells"] if c["cell_type"] == "code"]
    found.lines.append(
        (
            lesson.slug,
            f"{len(lesson.asked)} questions, {points:g} points, {len(cells)} code cells, "
            f"{figures} figures with alternative text",
        )
    )
    found.faults += [f"{lesson.slug}: a figure has no alternative text" for _ in range(silent)]
    served = {a.question.objective for a in lesson.asked.values()}
    for objective in lesson.text.about.objectives:
        if objective not in served:
            found.faults.append(f"{lesson.slug}: no question serves the objective {objective}")


def _proofs(found: Inspection, lessons: list[Lesson]) -> None:
    """Answers accepted and refused, kind by kind; each is scored here."""
    counted: Counter[tuple[str, str]] = Counter()
    for lesson in lessons:
        for asked in lesson.asked.values():
            accepted, refused = _proved(found, asked)
            counted[asked.question.kind, "questions"] += 1
            counted[asked.question.kind, "accepted"] += accepted
            counted[asked.question.kind, "refused"] += refused
    what = ("questions", "accepted", "refused")
    rows = [(kind, *(str(counted[kind, w]) for w in what)) for kind in get_args(Kind)]
    found.tables.append(Numbers("proofs of the keys", ("kind", *what), tuple(rows)))


def _proved(found: Inspection, asked: AskedQuestion) -> tuple[int, int]:
    """How many answers the key accepts and refuses as it should; the others become faults."""
    question = replace(asked.question, points=1.0)
    accepted = refused = 0
    for response in right_responses(question, asked.answer, asked.solutions):
        full = score(question, response).points == 1
        accepted += full
        if not full:
            found.faults.append(f"{question.id} does not accept {response.value!r}")
    for response, belief in wrong_responses(question, asked.solutions):
        result = score(question, response)
        told = result.points < 1 and result.belief == belief
        refused += told
        if not told:
            found.faults.append(f"{question.id} does not refuse {response.value!r}")
    return accepted, refused


def _quality(found: Inspection, lessons: list[Lesson]) -> None:
    """What a guesser who knows tricks and no physiology could use."""
    for finding in quality([item_of(a) for lesson in lessons for a in lesson.asked.values()]):
        found.lines.append((f"items: {finding.name}", finding.figure))
        found.faults += finding.faults


def _notebook(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"cells": []}


def _figures(book: Any) -> tuple[int, int]:
    """Figures in the outputs, and how many of them have no alternative text."""
    images = [
        tag
        for cell in book["cells"]
        for output in cell.get("outputs", [])
        for tag in re.findall(r"<img[^>]*>", "".join(output.get("data", {}).get("text/html", "")))
    ]
    silent = [tag for tag in images if not re.search(r'alt="[^"]{40,}"', tag)]
    return len(images), len(silent)


def _coverage(found: Inspection, sources: Sources, lessons: list[Lesson]) -> None:
    taught = claims_printed(lessons)
    asked = {c for lesson in lessons for a in lesson.asked.values() for c in a.question.claims}
    total = len(sources.claims)
    found.lines.append(("claims taught", f"{len(taught)} of {total}"))
    found.lines.append(("claims asked about", f"{len(asked)} of {total}"))


def _misconceptions(found: Inspection, sources: Sources, lessons: list[Lesson]) -> None:
    """A pointer to nothing is a fault; a misconception that no question answers is told."""
    listed = sources.misconceptions
    asked = {id_: a for lesson in lessons for id_, a in lesson.asked.items()}
    found.faults += lost_pointers(listed, asked)
    waiting = [name for name, misconception in listed.items() if not misconception.asked]
    answered = f"{len(listed) - len(waiting)} of {len(listed)}"
    if waiting:
        answered += f"; not yet: {', '.join(waiting)}"
    found.lines.append(("misconceptions answered", answered))
    found.tables.append(by_topic(list(listed.values())))


def _references(found: Inspection, sources: Sources, lessons: list[Lesson]) -> None:
    """Whatever is cited or linked to must be listed."""
    for what, used, listed, file in (
        ("references", list(cited(sources, lessons)), sources.references, "references.yaml"),
        ("terms", list(linked(lessons)), sources.glossary, "glossary.yaml"),
    ):
        lost = [(place, name) for place, name in used if name not in listed]
        found.faults += [f"{place} names {name}, which is not in {file}." for place, name in lost]
        names = {name for _, name in used}
        resolved = "all listed" if not lost else f"{len({n for _, n in lost})} not listed"
        found.lines.append((f"{what} resolved", f"{len(names)} named, {resolved}"))


def _secrets(found: Inspection, lessons: list[Lesson]) -> None:
    """No reply, belief, reason or model answer of a graded question in what a learner receives."""
    received = [ROOT / path for path in learners_files()]
    received += sorted((ROOT / "release").rglob("*.ipynb"))
    # No sentence hides in the letters of a picture, and most of a page is pictures.
    pages = {path: PICTURE.sub("", path.read_text(encoding="utf-8")) for path in received}
    questions = [asked.question for lesson in lessons for asked in lesson.asked.values()]
    # A misconception may be named in practice too; what practice says is public.
    public = {text for q in questions if q.use == "practice" for text in secret_texts(q)}
    secrets = {text for q in questions if q.use == "graded" for text in secret_texts(q)} - public
    for path, page in pages.items():
        for text in sorted(secrets):
            if text in page or json.dumps(text)[1:-1] in page:
                found.faults.append(f"{path.relative_to(ROOT)} holds an answer: {text[:40]}…")
    found.lines.append(
        (
            "secrets",
            f"{len(secrets)} texts of graded answers sought in {len(pages)} learners' files",
        )
    )


def secret_texts(question: Question) -> Iterator[str]:
    """Every sentence of a question's key, beliefs and replies."""
    assert question.key is not None
    for text in _strings(question.to_json()["key"]):
        if len(text) > 25:
            yield text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _strings(entry)
    elif isinstance(value, (list, tuple)):
        for entry in value:
            yield from _strings(entry)
