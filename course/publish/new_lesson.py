"""Beginning a lesson: a copy of the template, or of its frame alone, under names of its own."""

from __future__ import annotations

import re
from pathlib import Path

from course.publish.build import LESSONS
from course.publish.lesson_text import read_lesson
from course.publish.release import ROOT
from course.publish.whole_files import write_whole

TEMPLATE = ROOT / "course" / "template"
"""A lesson that shows how to write one. It is no lesson of the course, and is not built with it."""

FILES = ("lesson.md", "answers.yaml", "solutions.py")

_SUMMARY = "Say here in one sentence what the lesson is about."
_SECTION = """\
Write an example here, and then the rule behind it. Two or three short paragraphs are a section.

Then ask about what they said. The question below is an example. Put your own in its place.
"""


def new_lesson(slug: str, lessons: Path = LESSONS, *, empty: bool = False) -> Path:
    """Copy the template to ``lessons / slug`` and return that folder.

    An ``empty`` lesson is one objective, one section and one practice question, in ``lesson.md``
    alone.

    Raises:
        ValueError: the name is not made of two digits and words; its text is for the author.
        FileExistsError: the folder or the number is taken; nothing is written.
    """
    if not re.fullmatch(r"\d\d(_[a-z0-9]+)+", slug):
        raise ValueError(
            f"{slug!r} cannot name a lesson. Take two digits and a few words in small letters, "
            "as 12_my_lesson."
        )
    taken = [folder.name for folder in sorted(lessons.glob(f"{slug[:2]}_*"))]
    if slug in taken:
        raise FileExistsError(f"There is a folder {slug} already. It is left as it was.")
    if taken:
        raise FileExistsError(f"The number {slug[:2]} is that of {taken[0]}. Take another one.")
    texts = {name: (TEMPLATE / name).read_text(encoding="utf-8") for name in FILES}
    if empty:
        texts = {"lesson.md": _frame(texts["lesson.md"])}
    title = slug[3:].replace("_", " ").capitalize()
    texts["lesson.md"] = re.sub(r"(?m)^# .*$", f"# {title}", texts["lesson.md"], count=1)
    for question in read_lesson(TEMPLATE / "lesson.md").questions():
        name = re.escape(question.id)
        # As it stands in each of the three files: in a block, as a key, between quotation marks.
        standing = rf'(?m)(?<=^```{{question}} ){name}$|^{name}(?=:$)|(?<="){name}(?=")'
        for file, text in texts.items():
            texts[file] = re.sub(standing, f"lesson-{slug[:2]}-{question.id}", text)
    (lessons / slug).mkdir(parents=True)
    for file, text in texts.items():
        write_whole(lessons / slug / file, text.encode())
    return lessons / slug


def _frame(template: str) -> str:
    """Front matter, title, the first section's heading and the first question of the template."""
    question = next(iter(read_lesson(TEMPLATE / "lesson.md").questions()))
    objective = question.options["objective"]
    front, title, rest = re.split(r"(?m)^(# .*)$", template, maxsplit=1)
    front = re.sub(r"(?m)^  minutes: .*$", "  minutes: 5", front)
    front = re.sub(r"(?m)^  summary: .*$", f"  summary: {_SUMMARY}", front)
    front = re.sub(rf"(?m)^    (?!{re.escape(objective)}: ).*\n", "", front)  # other objectives
    heading = re.search(r"(?m)^## .*$", rest)
    block = re.search(rf"(?ms)^```\{{question\}} {re.escape(question.id)}$.*?^```$", rest)
    assert heading is not None
    assert block is not None
    return f"{front}{title}\n\n{heading[0]}\n\n{_SECTION}\n{block[0]}\n"
