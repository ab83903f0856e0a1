"""What a released notebook asks, read from the notebook itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode


@dataclass(frozen=True)
class Asked:
    """One question as its released cells show it.

    ``answers`` are the ids of the cells a learner writes in; ``graded_cell`` is the id of the cell
    whose row in the gradebook holds the points, empty for practice. ``case`` is the text of the
    case it is about, given with the first question about it only.
    """

    id: str
    label: str
    kind: str
    use: str
    points: float
    prompt: str
    answers: tuple[str, ...]
    check: str
    graded_cell: str
    case: str = ""

    @property
    def variable(self) -> str:
        """Name of the variable that holds the answer."""
        return "answer_" + self.id.replace("-", "_")

    @property
    def is_graded(self) -> bool:
        """Whether it counts."""
        return self.use == "graded"


class NoRelease(Exception):
    """A lesson that was never built here; the text is one sentence."""


def released_file(course_folder: Path, lesson: str) -> Path:
    """Where the learner's notebook of ``lesson`` stands."""
    return course_folder / "release" / lesson / f"{lesson}.ipynb"


def read_release(course_folder: Path, lesson: str) -> NotebookNode:
    """The learner's notebook of ``lesson``.

    Raises:
        NoRelease: when there is none.
    """
    file = released_file(course_folder, lesson)
    if not file.is_file():
        names = sorted(p.parent.name for p in course_folder.glob("release/*/*.ipynb"))
        known = (
            f"The lessons here are: {', '.join(names)}." if names else "No lesson is built here."
        )
        raise NoRelease(f"There is no lesson called {lesson}. {known}")
    book: NotebookNode = nbformat.read(file, as_version=4)
    return book


def asked_in(released: NotebookNode) -> list[Asked]:
    """The questions of a released notebook, in order."""
    cells: dict[str, list[NotebookNode]] = {}
    for cell in released.cells:
        if name := cell.metadata.get("course", {}).get("question"):
            cells.setdefault(name, []).append(cell)
    numbers: dict[str, int] = {}
    cases = {c.metadata.course.case: c.source for c in released.cells if c.id.startswith("case-")}
    found = []
    for name, own in cells.items():
        use = own[0].metadata.course.use
        numbers[use] = numbers.get(use, 0) + 1
        case = cases.pop(own[0].metadata.course.get("case"), "")
        found.append(_asked(name, own, numbers[use], case))
    return found


def _asked(name: str, own: list[NotebookNode], number: int, case: str) -> Asked:
    about = own[0].metadata.course
    prompt = next((c.source for c in own if c.metadata.course.role == "prompt"), "")
    graded = next((c for c in own if c.metadata.get("nbgrader", {}).get("grade")), None)
    return Asked(
        id=name,
        label=f"{'Question' if about.use == 'graded' else 'Practice'} {number}",
        kind=about.kind,
        use=about.use,
        points=float(graded.metadata.nbgrader.points) if graded else 0.0,
        prompt=prompt.partition("\n")[2].strip() if prompt.startswith("####") else prompt,
        answers=tuple(c.id for c in own if c.metadata.course.role == "answer"),
        check=next((c.id for c in own if c.metadata.course.role == "check"), ""),
        graded_cell=graded.metadata.nbgrader.grade_id if graded else "",
        # As bold text: in feedback a heading of its own would break the order of headings.
        case=re.sub(r"^### (.*)", r"**\1**", case),
    )


def defined_function(source: str) -> str:
    """Name of the first function that ``source`` defines, empty without one."""
    found = re.search(r"^def\s+(\w+)", source, re.MULTILINE)
    return found[1] if found else ""
