"""Tables of what the lessons hold, as ``check`` prints them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import get_args

from course.publish.assemble import LEVELS, Lesson
from course.publish.reading_load import reading_load
from course.questions.kinds import Kind, Question
from course.sources.misconceptions import Misconception, Topic


@dataclass(frozen=True)
class Numbers:
    """A table to print: a title, names of columns, and rows of as many texts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def by_kind(lessons: list[Lesson]) -> Numbers:
    """Questions by kind, lesson by lesson: practice + graded."""
    return _questions(lessons, "kind", get_args(Kind), lambda question: question.kind)


def by_level(lessons: list[Lesson]) -> Numbers:
    """Questions by level, lesson by lesson: practice + graded."""
    return _questions(lessons, "level", LEVELS, lambda question: question.level)


def _questions(
    lessons: list[Lesson], what: str, names: Sequence[str], of: Callable[[Question], str]
) -> Numbers:
    counted: Counter[tuple[str, str, str]] = Counter(
        (slug, a.question.use, of(a.question))
        for lesson in lessons
        for a in lesson.asked.values()
        for slug in (lesson.slug, "all")
    )

    def both(slug: str, name: str) -> str:
        practice, graded = (counted[slug, use, name] for use in ("practice", "graded"))
        return f"{practice}+{graded}" if practice or graded else "-"

    slugs = [*(lesson.slug for lesson in lessons), "all"]
    rows = tuple((slug, *(both(slug, name) for name in names)) for slug in slugs)
    return Numbers(f"questions by {what}: practice + graded", ("lesson", *names), rows)


def loads(lessons: list[Lesson]) -> Numbers:
    """Minutes and readability, lesson by lesson."""
    rows = []
    for lesson in lessons:
        load = reading_load(lesson)
        rows.append(
            (
                lesson.slug,
                str(load.stated),
                f"{load.minutes:.0f}",
                str(load.words),
                f"{load.readability.ease:.0f}",
                f"{load.readability.sentence_length:.1f}",
            )
        )
    columns = ("lesson", "minutes", "estimated", "words", "ease", "words a sentence")
    return Numbers("minutes and readability (Flesch: 60 plain, 80 easy)", columns, tuple(rows))


def by_topic(misconceptions: Sequence[Misconception]) -> Numbers:
    """Misconceptions by topic: how many are listed, how many a question answers, and how often."""
    rows = []
    for topic in (*get_args(Topic), "all"):
        listed = [m for m in misconceptions if topic in (m.topic, "all")]
        answered = sum(bool(m.asked) for m in listed)
        places = sum(len(m.asked) for m in listed)
        rows.append((topic, str(len(listed)), str(answered), str(places)))
    return Numbers("misconceptions", ("topic", "listed", "answered", "in questions"), tuple(rows))
