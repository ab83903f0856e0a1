"""From text to notebooks: what the build makes, byte for byte, and what a learner may receive."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from course.publish.assemble import assemble
from course.publish.build import learners_bank_page
from course.publish.execute import WIDGET_VIEW, executed
from course.publish.notebook import instructors_notebook
from course.publish.release import learners_notebook
from course.sources.models import Sources

CANARY = "CANARY-7f3a"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, sources: Sources) -> tuple[str, str, str]:
    """Source notebook, release and question bank of the small lesson, a canary in every secret."""
    folder = tmp_path_factory.mktemp("lesson") / "90_small_lesson"
    folder.mkdir()
    for file in (Path(__file__).parent / "small_lesson").glob("*.*"):
        text = file.read_text(encoding="utf-8")
        if file.name == "answers.yaml":
            text = re.sub(r"(belief|reply): ([A-Z]?)", rf"\1: {CANARY} \2", text)
            text = re.sub(r"(why|otherwise|model): ", rf"\1: {CANARY} ", text)
            text = text.replace("no words at all", f"{CANARY} no words").replace(
                "accept: [", 'accept: ["30", '
            )
        if file.name == "solutions.py":
            text = text.replace("    return", f"    # {CANARY}\n    return")
        (folder / file.name).write_text(text, encoding="utf-8")
    lesson = assemble(folder, sources)
    source = executed(instructors_notebook(lesson, sources), lesson.slug)
    written = nbformat.writes(source)
    release = learners_notebook(nbformat.reads(written, 4), lesson.slug)
    return written, nbformat.writes(release), learners_bank_page(lesson)


def cells(text: str) -> list[NotebookNode]:
    return list(nbformat.reads(text, 4).cells)


def test_no_secret_of_a_lesson_reaches_what_a_learner_receives(small: tuple[str, str, str]) -> None:
    source, release, bank = small
    assert source.count(CANARY) > 20
    assert CANARY not in release
    assert CANARY not in bank


def test_a_learner_receives_no_solution_hidden_test_or_widget(small: tuple[str, str, str]) -> None:
    _, release, bank = small
    for word in ("BEGIN SOLUTION", "HIDDEN", "award", WIDGET_VIEW):
        assert word not in release
    assert all(q["key"] is None for q in json.loads(bank)["questions"] if q["use"] == "graded")


def test_building_twice_gives_the_same_bytes(
    small: tuple[str, str, str], small_lesson: Path, sources: Sources
) -> None:
    def built() -> tuple[str, str]:
        lesson = assemble(small_lesson, sources)
        source = nbformat.writes(executed(instructors_notebook(lesson, sources), lesson.slug))
        return source, nbformat.writes(learners_notebook(nbformat.reads(source, 4), lesson.slug))

    assert built() == built()


def test_the_version_says_nothing_of_the_key(small_lesson: Path, sources: Sources) -> None:
    def version() -> str:
        book = instructors_notebook(assemble(small_lesson, sources), sources)
        return str(book.metadata.course.version)

    before = version()
    answers = small_lesson / "answers.yaml"
    answers.write_text(answers.read_text().replace("Blue is a colour", "Blue is a hue"))
    assert version() == before
    lesson = small_lesson / "lesson.md"
    lesson.write_text(lesson.read_text().replace("- a: blue", "- a: green"))
    assert version() != before


def test_every_code_cell_has_a_role_and_every_cell_an_id_of_its_own(
    small: tuple[str, str, str],
) -> None:
    for text in small[:2]:
        found = cells(text)
        assert len({c.id for c in found}) == len(found)
        roles = {c.metadata.course.role for c in found if c.cell_type == "code"}
        assert roles <= {"setup", "demonstration", "answer", "check"}


def test_question_cells_are_ordinary_nbgrader_cells(small: tuple[str, str, str]) -> None:
    by_id = {c.id: c for c in cells(small[1])}
    prompt, answer, check = (
        by_id[f"{part}-small-choice"] for part in ("prompt", "answer", "check")
    )
    assert prompt.metadata.nbgrader.locked
    assert answer.metadata.nbgrader.solution
    assert not answer.metadata.nbgrader.locked
    assert check.metadata.nbgrader.grade
    assert check.metadata.nbgrader.points == 1
    assert check.metadata.course.claims == ["D0-22"]
    assert answer.source == 'answer_small_choice = None  # type "a", "b" or "c"'
    assert "graded: keeps it, 1 point" in prompt.source
    text = by_id["answer-small-text"]
    assert text.cell_type == "markdown"
    assert text.metadata.nbgrader.grade
    assert "write your answer here" in text.source


def test_the_source_notebook_holds_the_right_answers_and_their_outcome(
    small: tuple[str, str, str],
) -> None:
    results = [
        output["data"]["application/vnd.course.result+json"]
        for cell in cells(small[0])
        for output in cell.get("outputs", [])
        if "application/vnd.course.result+json" in output.get("data", {})
    ]
    assert [r["points"] for r in results] == [r["maximum"] for r in results] == [1, 2, 3]


def test_a_notebook_reads_well_without_our_directives(small: tuple[str, str, str]) -> None:
    prose = "\n".join(c.source for c in cells(small[1]) if c.cell_type == "markdown")
    assert not re.search(r"\{(question|claim|codes|code-cell)\}|\[@|\(term:|^:[a-z]+:", prose, re.M)
    assert "[[S3]](#Sources)" in prose
    assert "**S3** [" in prose
    assert "| **timed code** |" in prose


def test_the_kernel_is_one_that_every_jupyter_has(small: tuple[str, str, str]) -> None:
    for text in small[:2]:
        assert nbformat.reads(text, 4).metadata.kernelspec.name == "python3"


def test_checks_leave_no_output_in_the_release_and_figures_leave_theirs(root: Path) -> None:
    for path in sorted((root / "release").glob("*/*.ipynb")):
        book = nbformat.read(path, as_version=4)
        assert "widgets" not in book.metadata
        for cell in book.cells:
            if cell.cell_type == "code" and cell.metadata.course.role == "check":
                assert cell.outputs == []
        assert "<figure" in path.read_text(encoding="utf-8")
