"""What lessons and sources cite and link to, and whether it is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from course.publish.assemble import Lesson
from course.publish.lesson_text import Insert
from course.sources.models import Sources

_CITATION = re.compile(r"\[@([^\]]+)\]")
_LINK = re.compile(r"\]\(term:([^)]*)\)")


def cited(sources: Sources, lessons: list[Lesson]) -> Iterator[tuple[str, str]]:
    """Every reference that is cited, with the place that cites it."""
    for place, text in _texts(lessons):
        for ids in _CITATION.findall(text):
            yield from ((place, id_.strip().removeprefix("@")) for id_ in ids.split(";"))
    for entries in (
        *(sources.claims, sources.glossary, sources.codes.codes, sources.measures),
        *(sources.evidence.trials, sources.evidence.changes, sources.evidence.risks),
        *({"fees.yaml": sources.fees}, {"edits.yaml": sources.edits}),
    ):
        found: Mapping[str, Any] = entries
        for place, entry in found.items():
            yield from ((place, id_) for id_ in entry.references)


def linked(lessons: list[Lesson]) -> Iterator[tuple[str, str]]:
    """Every term of the glossary that a lesson links to, with the file that links to it."""
    for place, text in _texts(lessons):
        yield from ((place, term) for term in _LINK.findall(text))


def claims_printed(lessons: list[Lesson]) -> set[str]:
    """The claims of the two pages that the lessons print."""
    return {
        name
        for lesson in lessons
        for block in lesson.text.blocks
        if isinstance(block, Insert) and block.name == "claim"
        for name in block.arguments
    }


def _texts(lessons: list[Lesson]) -> Iterator[tuple[str, str]]:
    for lesson in lessons:
        folder: Path = lesson.text.file.parent
        for name in ("lesson.md", "answers.yaml"):
            if (folder / name).exists():
                yield f"{lesson.slug}/{name}", (folder / name).read_text(encoding="utf-8")
