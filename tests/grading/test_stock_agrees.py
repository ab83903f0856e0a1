"""Stock nbgrader, with the hidden tests that the build writes, gives the scorer's marks.

Every honest answer is tried: right in many spellings, wrong in each way the key knows, and none.
Two things only stock nbgrader does: it leaves written answers to a person with no points yet, as
we do; and it refuses nothing that an honest learner types. So the lists agree without exception.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.grading.behaviours import write
from course.publish.assemble import AskedQuestion, Lesson, assemble
from course.publish.notebook import instructors_notebook
from course.publish.proofs import right_responses, wrong_responses
from course.publish.solutions import Solutions, source_of
from course.questions.kinds import FunctionForm, FunctionKey, thawed
from course.questions.score import Outcome, Response, score
from course.sources.models import Sources
from tests.grading.test_nbgrader_cli import nbgrader


@dataclass(frozen=True)
class Answered:
    """What is typed into a cell (``answer``, or ``code`` for a function), and its points."""

    text: str
    points: float
    cell: str = "answer"


def honest_answers(asked: AskedQuestion) -> Iterator[Answered]:
    """Right answers in every spelling that can be typed, and every wrong answer the key knows."""
    question = asked.question
    tried = [*right_responses(question, asked.answer, asked.solutions)]
    tried += [response for response, _ in wrong_responses(question, asked.solutions)]
    for response in tried:
        if (typed := as_typed(response)) is not None:
            # Read back from its text: that is the value that a notebook hands to the scorer.
            points = score(question, Response(ast.literal_eval(typed))).points
            yield Answered(f"{question.variable} = {typed}", points)
    if isinstance(question.key, FunctionKey) and asked.solutions is not None:
        yield from functions(asked, question.key, asked.solutions)


def functions(asked: AskedQuestion, key: FunctionKey, solutions: Solutions) -> Iterator[Answered]:
    """Every function of ``solutions.py`` as a learner would write it, imports and all."""
    written = [*solutions.alternatives, *(wrong.function for wrong in solutions.wrong)]
    for function in written:
        module = ast.parse(Path(inspect.getfile(function)).read_text(encoding="utf-8"))
        lines = [ast.unparse(x) for x in module.body if isinstance(x, (ast.Import, ast.ImportFrom))]
        imports = [line for line in lines if "course.publish" not in line]
        assert isinstance(asked.question.form, FunctionForm)
        renamed = re.sub(r"^def \w+", f"def {asked.question.form.name}", source_of(function))
        outcomes = tuple(Outcome(function(*thawed(list(c.arguments)))) for c in key.cases)
        points = score(asked.question, Response(outcomes=outcomes)).points
        yield Answered("\n".join([*imports, renamed]), points, "code")


def as_typed(response: Response) -> str | None:
    """The answer as a literal; None for what only a program can hand over."""
    try:
        ast.literal_eval(repr(response.value))
    except (ValueError, SyntaxError):
        return None
    return None if response.value is None else repr(response.value)


def class_of(lesson: Lesson) -> list[dict[str, Answered]]:
    """Learners by number: the n-th gives every question's n-th honest answer, the last none."""
    columns = {
        name: list(honest_answers(asked))
        for name, asked in lesson.asked.items()
        if asked.question.use == "graded" and asked.question.kind != "text"
    }
    rows = zip_longest(*columns.values())
    return [*({n: a for n, a in zip(columns, row, strict=True) if a} for row in rows), {}]


def marked_by_stock_nbgrader(
    folder: Path, lesson: Lesson, sources: Sources, answers: list[dict[str, Answered]]
) -> list[dict[str, float]]:
    """Points by question for each learner, from nbgrader without any setting of ours."""
    slug = lesson.slug
    (folder / "source" / slug).mkdir(parents=True)
    book = instructors_notebook(lesson, sources)
    nbformat.write(book, folder / "source" / slug / f"{slug}.ipynb")
    (folder / "nbgrader_config.py").write_text("", encoding="utf-8")
    nbgrader(folder, "generate_assignment", slug)
    for number, row in enumerate(answers):
        own = nbformat.read(folder / "release" / slug / f"{slug}.ipynb", as_version=4)
        for name, answered in row.items():
            write(own, f"{answered.cell}-{name}", answered.text)
        for cell in own.cells:
            # What a lesson shows and practice tells has no part in marks, and takes time.
            if cell.cell_type == "code" and cell.metadata.course.get("use") != "graded":
                cell.source = ""
        place = folder / "submitted" / f"learner{number:02}" / slug
        place.mkdir(parents=True)
        nbformat.write(own, place / f"{slug}.ipynb")
    nbgrader(folder, "autograde", slug)
    with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
        return [
            {
                grade.cell.name.removeprefix("check-"): float(grade.score)
                for grade in gradebook.find_submission_notebook(
                    slug, slug, f"learner{number:02}"
                ).grades
            }
            for number in range(len(answers))
        ]


def assert_agreement(folder: Path, lesson: Lesson, sources: Sources) -> None:
    answers = class_of(lesson)
    assert len(answers) > 10
    marked = marked_by_stock_nbgrader(folder, lesson, sources, answers)
    differ = [
        (row[name].text if name in row else "blank", points, marks[name])
        for row, marks in zip(answers, marked, strict=True)
        for name, asked in lesson.asked.items()
        if asked.question.use == "graded" and asked.question.kind != "text"
        for points in [row[name].points if name in row else 0.0]
        if abs(points - marks[name]) > 1e-6
    ]
    assert differ == []


def test_on_a_question_of_every_kind(tmp_path: Path, small_lesson: Path, sources: Sources) -> None:
    assert_agreement(tmp_path, assemble(small_lesson, sources), sources)


@pytest.mark.prove
def test_on_every_lesson(tmp_path: Path, lessons: list[Lesson], sources: Sources) -> None:
    for lesson in lessons:
        folder = tmp_path / lesson.slug
        folder.mkdir()
        assert_agreement(folder, lesson, sources)
