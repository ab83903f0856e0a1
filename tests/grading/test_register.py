"""Registering repeats without harm and says what a changed lesson means for submissions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from course.grading.demo import LESSON
from course.grading.gradebook import open_gradebook
from course.grading.register import register
from course.grading.released import NoRelease


def source_file(folder: Path) -> Path:
    return folder / "source_notebooks" / LESSON / f"{LESSON}.ipynb"


def changed(folder: Path, change: Any) -> None:
    book = nbformat.read(source_file(folder), as_version=4)
    change(book)
    nbformat.write(book, source_file(folder))


def graded(book: NotebookNode) -> list[NotebookNode]:
    return [c for c in book.cells if c.metadata.get("nbgrader", {}).get("grade")]


def somebody_hands_in(folder: Path) -> None:
    with open_gradebook(folder) as book:
        book.update_or_create_student("kim")
        book.update_or_create_submission(LESSON, "kim")
        for grade in book.find_submission_notebook(LESSON, LESSON, "kim").grades:
            grade.auto_score, grade.manual_score, grade.needs_manual_grade = 1.0, 0.5, False
        book.db.commit()


def rows(folder: Path) -> dict[str, tuple[float | None, float | None, bool]]:
    with open_gradebook(folder) as book:
        found = book.find_submission_notebook(LESSON, LESSON, "kim").grades
        return {g.cell.name: (g.auto_score, g.manual_score, g.needs_manual_grade) for g in found}


def test_it_can_be_repeated(fresh_course: Path) -> None:
    first, second = register(LESSON, fresh_course), register(LESSON, fresh_course)
    assert first.new
    assert not second.changed
    assert second.sentences() == [f"{LESSON} was registered already; nothing changed."]


def test_the_gradebook_holds_hidden_tests_but_no_solutions(fresh_course: Path) -> None:
    register(LESSON, fresh_course)
    with open_gradebook(fresh_course) as book:
        cells = {c.name: c for c in book.find_notebook(LESSON, LESSON).source_cells}
    checks = [c for name, c in cells.items() if name.startswith("check-")]
    assert any("BEGIN HIDDEN TESTS" in c.source for c in checks)
    assert not any("SOLUTION" in c.source for c in cells.values())
    assert all(c.locked for c in checks)


def test_nothing_is_called_changed_after_submissions(fresh_course: Path) -> None:
    register(LESSON, fresh_course)
    somebody_hands_in(fresh_course)
    before = rows(fresh_course)
    assert not register(LESSON, fresh_course).changed
    assert rows(fresh_course) == before


def test_a_new_question_gets_a_row_in_each_submission(fresh_course: Path) -> None:
    whole = nbformat.read(source_file(fresh_course), as_version=4)
    name = graded(whole)[0].metadata.nbgrader.grade_id
    question = graded(whole)[0].metadata.course.question

    def without(book: NotebookNode) -> None:
        book.cells = [c for c in book.cells if c.metadata.course.get("question") != question]

    changed(fresh_course, without)
    register(LESSON, fresh_course)
    somebody_hands_in(fresh_course)
    nbformat.write(whole, source_file(fresh_course))
    done = register(LESSON, fresh_course)
    assert done.added == (name,)
    assert rows(fresh_course)[name] == (None, None, True)
    assert "1 submission is there" in done.sentences()[-1]


def test_a_removed_question_keeps_its_marks(fresh_course: Path) -> None:
    register(LESSON, fresh_course)
    somebody_hands_in(fresh_course)
    before = rows(fresh_course)

    def without(book: NotebookNode) -> None:
        question = graded(book)[0].metadata.course.question
        book.cells = [c for c in book.cells if c.metadata.course.get("question") != question]

    changed(fresh_course, without)
    done = register(LESSON, fresh_course)
    assert len(done.kept) == 1
    assert rows(fresh_course) == before
    assert "kept" in done.sentences()[0]
    assert not register(LESSON, fresh_course).changed


def test_a_removed_question_without_submissions_goes(fresh_course: Path) -> None:
    register(LESSON, fresh_course)
    changed(fresh_course, lambda book: book.cells.remove(graded(book)[0]))
    done = register(LESSON, fresh_course)
    assert len(done.removed) == 1
    assert done.kept == ()


def test_changed_points_and_tests_are_told_and_kept(fresh_course: Path) -> None:
    register(LESSON, fresh_course)
    somebody_hands_in(fresh_course)

    def change(book: NotebookNode) -> None:
        cell = graded(book)[0]
        cell.metadata.nbgrader.points += 1
        cell.source = cell.source.replace("BEGIN HIDDEN TESTS", "BEGIN HIDDEN TESTS\n# new")

    changed(fresh_course, change)
    done = register(LESSON, fresh_course)
    assert len(done.points) == len(done.texts) == 1
    with open_gradebook(fresh_course) as book:
        cells = book.find_notebook(LESSON, LESSON).source_cells
        assert any("# new" in c.source for c in cells)


def test_an_unknown_lesson_is_named(fresh_course: Path) -> None:
    with pytest.raises(NoRelease, match=r"There is no lesson called 99_nothing\. The lessons here"):
        register("99_nothing", fresh_course)
