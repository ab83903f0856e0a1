"""From text to notebooks: what the build makes, byte for byte, and what a learner may receive."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.publish.assemble import assemble
from course.publish.execute import WIDGET_VIEW
from course.publish.notebook import instructors_notebook
from course.sources.models import Sources
from tests.conftest import CANARY, Built


def cells(text: str) -> list[NotebookNode]:
    return list(nbformat.reads(text, 4).cells)


def test_no_secret_of_a_lesson_reaches_what_a_learner_receives(built_template: Built) -> None:
    assert built_template.source.count(CANARY) > 50
    assert CANARY not in built_template.release
    assert CANARY not in built_template.bank


def test_a_learner_receives_no_solution_hidden_test_or_widget(built_template: Built) -> None:
    for word in ("BEGIN SOLUTION", "HIDDEN", "award", WIDGET_VIEW):
        assert word not in built_template.release
    questions = json.loads(built_template.bank)["questions"]
    assert all((q["key"] is None) == (q["use"] == "graded") for q in questions)


def test_building_twice_gives_the_same_bytes(
    template_with_canary: Path, built_template: Built, build_whole: Callable[[Path], Built]
) -> None:
    assert build_whole(template_with_canary) == built_template


def test_the_version_says_nothing_of_the_key(small_lesson: Path, sources: Sources) -> None:
    def version() -> str:
        book = instructors_notebook(assemble(small_lesson, sources), sources)
        return str(book.metadata.course.version)

    before = version()
    answers = small_lesson / "answers.yaml"
    answers.write_text(answers.read_text().replace("Ask of each option", "Ask at each option"))
    assert "Ask at each option" in answers.read_text()
    assert version() == before
    lesson = small_lesson / "lesson.md"
    lesson.write_text(lesson.read_text().replace("- a: Its place", "- a: Its own place"))
    assert version() != before


def test_every_code_cell_has_a_role_and_every_cell_an_id_of_its_own(
    built_template: Built,
) -> None:
    for text in (built_template.source, built_template.release):
        found = cells(text)
        assert len({c.id for c in found}) == len(found)
        roles = {c.metadata.course.role for c in found if c.cell_type == "code"}
        assert roles <= {"setup", "demonstration", "answer", "check"}


def test_question_cells_are_ordinary_nbgrader_cells(built_template: Built) -> None:
    by_id = {c.id: c for c in cells(built_template.release)}
    prompt, answer, check = (
        by_id[f"{part}-keep-the-belief"] for part in ("prompt", "answer", "check")
    )
    assert prompt.metadata.nbgrader.locked
    assert answer.metadata.nbgrader.solution
    assert not answer.metadata.nbgrader.locked
    assert check.metadata.nbgrader.grade
    assert check.metadata.nbgrader.points == 1
    assert answer.source == 'answer_keep_the_belief = None  # type "a", "b", "c" or "d"'
    assert "graded: keeps it, 1 point" in prompt.source
    text = by_id["answer-write-a-reply"]
    assert text.cell_type == "markdown"
    assert text.metadata.nbgrader.grade
    assert "write your answer here" in text.source
    assert by_id["prompt-what-needs-a-source"].metadata.course.claims == ["D0-22"]


def test_the_source_notebook_holds_the_right_answers_and_their_outcome(
    built_template: Built,
) -> None:
    results = [
        output["data"]["application/vnd.course.result+json"]
        for cell in cells(built_template.source)
        for output in cell.get("outputs", [])
        if "application/vnd.course.result+json" in output.get("data", {})
    ]
    points = [r["points"] for r in results]
    assert points == [r["maximum"] for r in results] == [1, 2, 1, 3, 2, 2, 2]


def test_a_notebook_reads_well_without_our_directives(built_template: Built) -> None:
    prose = "\n".join(c.source for c in cells(built_template.release) if c.cell_type == "markdown")
    assert not re.search(r"\{(question|claim|codes|code-cell)\}|\[@|\(term:|^:[a-z]+:", prose, re.M)
    assert "[[S3]](#Sources)" in prose
    assert "**S3** [" in prose
    assert "| **timed code** |" in prose


def test_the_kernel_is_one_that_every_jupyter_has(built_template: Built) -> None:
    for text in (built_template.source, built_template.release):
        assert nbformat.reads(text, 4).metadata.kernelspec.name == "python3"


def test_checks_leave_no_output_in_the_release_and_figures_leave_theirs(root: Path) -> None:
    for path in sorted((root / "release").glob("*/*.ipynb")):
        book = nbformat.read(path, as_version=4)
        assert "widgets" not in book.metadata
        for cell in book.cells:
            if cell.cell_type == "code" and cell.metadata.course.role == "check":
                about = cell.metadata.course
                clicked = about.use == "practice" and about.kind != "text"
                assert bool(cell.outputs) == clicked
        assert "<script" not in path.read_text(encoding="utf-8")
