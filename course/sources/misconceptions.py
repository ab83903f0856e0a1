"""What many people believe, by topic, and which questions answer it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from course.sources.reading import (
    SLUG,
    Model,
    Slug,
    SourceError,
    Text,
    build,
    check_key,
    mapping,
    read_yaml,
)

Topic = Literal[
    "definitions", "junction", "force", "balance", "learning", "outcomes", "counting", "ethics"
]


class Misconception(Model):
    """A belief that the course must answer, and the questions that offer it and reply.

    ``asked`` holds the place in each question: an option's letter, a belief's name or a wrong
    number. Whether a question has it is for ``course.publish.misconceptions`` to say.
    """

    says: Text
    topic: Topic
    asked: dict[Slug, Slug | float]


def read_misconceptions(folder: Path) -> dict[str, Misconception]:
    """Read `misconceptions.yaml`; raise SourceError at the first fault."""
    file = "misconceptions.yaml"
    entries = mapping(file, None, "the file", read_yaml(folder, file))
    found: dict[str, Misconception] = {}
    said: dict[str, str] = {}
    for key, value in entries.items():
        check_key(file, key, SLUG, "one-technique")
        misconception = found[key] = build(Misconception, file, key, value)
        if misconception.says in said:
            raise SourceError(file, key, f"it says the same as {said[misconception.says]}")
        said[misconception.says] = key
    return found
