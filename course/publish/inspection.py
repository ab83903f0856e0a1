"""What ``check`` verifies beyond freshness, in numbers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.publish.assemble import Lesson
from course.publish.lesson_text import Insert
from course.publish.release import ROOT
from course.publish.wheel import learners_files
from course.questions.kinds import Question
from course.sources.models import Sources


@dataclass
class Inspection:
    """Lines to print, and what is wrong."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def inspect(sources: Sources, lessons: list[Lesson]) -> Inspection:
    """Count what the course holds and look for what must not be: see the lines it returns."""
    found = Inspection()
    _sources(found, sources)
    for lesson in lessons:
        _lesson(found, lesson)
    _coverage(found, sources, lessons)
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
    kinds = Counter((a.question.use, a.question.kind) for a in lesson.asked.values())
    counted = ", ".join(f"{n} {use} {kind}" for (use, kind), n in sorted(kinds.items()))
    points = sum(a.question.points for a in lesson.asked.values())
    book = _notebook(ROOT / "release" / lesson.slug / f"{lesson.slug}.ipynb")
    figures, silent = _figures(book)
    cells = [c for c in book["cells"] if c["cell_type"] == "code"]
    found.lines.append(
        (
            lesson.slug,
            f"{lesson.text.about.minutes} minutes, {counted}, {points:g} points, "
            f"{len(cells)} code cells, {figures} figures with alternative text",
        )
    )
    found.faults += [f"{lesson.slug}: a figure has no alternative text" for _ in range(silent)]
    served = {a.question.objective for a in lesson.asked.values()}
    for objective in lesson.text.about.objectives:
        if objective not in served:
            found.faults.append(f"{lesson.slug}: no question serves the objective {objective}")


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
    taught = {
        name
        for lesson in lessons
        for block in lesson.text.blocks
        if isinstance(block, Insert) and block.name == "claim"
        for name in block.arguments
    }
    asked = {c for lesson in lessons for a in lesson.asked.values() for c in a.question.claims}
    total = len(sources.claims)
    found.lines.append(("claims taught", f"{len(taught)} of {total}"))
    found.lines.append(("claims asked about", f"{len(asked)} of {total}"))


def _secrets(found: Inspection, lessons: list[Lesson]) -> None:
    """No reply, belief, reason or model answer of a graded question in what a learner receives."""
    received = [ROOT / path for path in learners_files()]
    received += sorted((ROOT / "release").rglob("*.ipynb"))
    pages = {path: path.read_text(encoding="utf-8") for path in received}
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
