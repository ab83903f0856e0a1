"""The rubric of a written answer, as the person who marks it sees it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from course.grading.released import Asked
from course.publish.assemble import Lesson, assemble
from course.publish.build import LESSONS
from course.publish.faults import LessonFault
from course.questions.kinds import TextKey
from course.sources.models import SourceError, load_sources


def rubric_of(course_folder: Path | None, lesson: str, asked: Asked) -> str:
    """Markdown: what earns 0, 1 and 2 on each line, the points that makes, the beliefs to watch
    for, and an answer at full marks."""
    compiled = compiled_lesson(course_folder, lesson)
    question = compiled.asked.get(asked.id) if compiled else None
    if question is None or not isinstance(question.question.key, TextKey):
        return f"**For the marker.** {asked.label}: its rubric was not found; look in answers.yaml."
    return _shown(asked, question.question.key)


def compiled_lesson(course_folder: Path | None, lesson: str) -> Lesson | None:
    """The lesson with its keys: the course folder's own, else that of this package."""
    homes = [LESSONS] if course_folder is None else [course_folder / "course" / "lessons", LESSONS]
    for home in homes:
        folder = home / lesson
        if (folder / "lesson.md").is_file():
            stamp = max(p.stat().st_mtime_ns for p in folder.iterdir() if p.is_file())
            return _compiled(folder, stamp)
    return None


@lru_cache(maxsize=32)
def _compiled(folder: Path, _stamp: int) -> Lesson | None:
    try:
        return assemble(folder, load_sources())
    except (LessonFault, SourceError):
        return None


def _shown(asked: Asked, key: TextKey) -> str:
    most = 2 * len(key.rubric)
    lines = [
        f"**For the marker. {asked.label}, {asked.points:g} points.** Give each line 0, 1 or 2; "
        f"the points are the sum × {asked.points:g} / {most}. Learners do not see this.",
        "",
        "| looked for | 0 | 1 | 2 |",
        "|---|---|---|---|",
    ]
    for criterion in key.rubric:
        cells = [criterion.name, *criterion.levels]
        lines.append("| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |")
    if key.beliefs:
        lines += ["", "Beliefs to watch for, and what to say to them:", ""]
        lines += [f"- *{reply.belief}*: {reply.reply}" for reply in key.beliefs.values()]
    return "\n".join([*lines, "", "An answer at full marks:", "", *_quoted(key.model)])


def _quoted(text: str) -> list[str]:
    return [f"> {line}".rstrip() for line in text.splitlines()]
