"""Beginning a lesson: a copy of the template, with a title and question names of its own."""

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


def new_lesson(slug: str, lessons: Path = LESSONS) -> Path:
    """Copy the template to ``lessons / slug`` and return that folder.

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
