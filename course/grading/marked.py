"""Marks given by hand survive grading again, and are asked for again only when the text changed.

nbgrader asks a person to confirm every mark whenever a notebook is graded again. Here the text
that was marked is remembered by its fingerprint, in ``.marked/`` beside the gradebook, because the
graded notebook itself is deleted at the start of each run.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from course.publish.whole_files import write_whole

FOLDER = ".marked"


class RememberMarks(NbGraderPreprocessor):  # type: ignore[misc]
    """Before grading: what a person has marked is the text that was graded last."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """``nb`` as it is; the memory on disk is brought up to date."""
        memory = _Memory(resources["nbgrader"])
        for name, row in memory.rows().items():
            if row["by_hand"] and not row["waiting"] and name in memory.last:
                memory.marked[name] = memory.last[name]
        memory.write()
        return nb, resources


class KeepMarks(NbGraderPreprocessor):  # type: ignore[misc]
    """After grading: an unchanged text that was marked waits for nobody."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """``nb`` as it is; the gradebook's rows are settled."""
        memory = _Memory(resources["nbgrader"])
        memory.last = {name: _fingerprint(nb, name) for name in memory.rows()}
        unchanged = {name for name, text in memory.last.items() if memory.marked.get(name) == text}
        memory.settle(unchanged)
        memory.write()
        return nb, resources


class _Memory:
    """The remembered texts of one learner's lesson, and the gradebook's rows for it."""

    def __init__(self, about: Any) -> None:
        self.lesson, self.learner = about["assignment"], about["student"]
        self.url = about["db_url"]
        folder = Path(self.url.removeprefix("sqlite:///")).parent
        self.file = folder / FOLDER / self.lesson / f"{self.learner}.json"
        there: dict[str, dict[str, str]] = {}
        if self.file.is_file():
            there = json.loads(self.file.read_text(encoding="utf-8"))
        self.last, self.marked = there.get("last", {}), there.get("marked", {})

    def rows(self) -> dict[str, dict[str, bool]]:
        """For each answer that a person marks: is there a mark by hand, does it wait."""
        with Gradebook(self.url) as gradebook:
            return {
                grade.cell.name: {
                    "by_hand": grade.manual_score is not None,
                    "waiting": bool(grade.needs_manual_grade),
                }
                for grade in self._grades(gradebook)
            }

    def settle(self, unchanged: set[str]) -> None:
        """Nobody is asked for marks of ``unchanged`` texts that have one."""
        with Gradebook(self.url) as gradebook:
            for grade in self._grades(gradebook):
                if grade.cell.name in unchanged and grade.manual_score is not None:
                    grade.needs_manual_grade = False
            gradebook.db.commit()

    def _grades(self, gradebook: Gradebook) -> list[Any]:
        try:
            found = gradebook.find_submission_notebook(self.lesson, self.lesson, self.learner)
        except ValueError:  # nbgrader's MissingEntry
            return []
        return list(found.grades)

    def write(self) -> None:
        """Keep the memory, whole or not at all."""
        data = json.dumps({"last": self.last, "marked": self.marked}, sort_keys=True)
        write_whole(self.file, data.encode())


def _fingerprint(book: NotebookNode, name: str) -> str:
    texts = [c.source for c in book.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
