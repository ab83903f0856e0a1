"""How a mistake in a lesson is told to its author: where, what, and what to do."""

from __future__ import annotations

from pathlib import Path


class LessonFault(Exception):
    """A mistake in a lesson's files. Its text is one line: file, line, fault, remedy."""

    def __init__(self, file: Path, line: int, fault: str, remedy: str) -> None:
        self.file, self.line, self.fault, self.remedy = file, line, fault, remedy
        place = "/".join(file.parts[-2:])
        super().__init__(f"{place}, line {line}: {fault} {remedy}")

    def __reduce__(self) -> tuple[type[LessonFault], tuple[Path, int, str, str]]:
        """What it is made of, so that it can come from another process."""
        return type(self), (self.file, self.line, self.fault, self.remedy)
