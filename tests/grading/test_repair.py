"""Repair is pure and needs no kernel: what goes in, what comes out, what is said."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from course.grading.behaviours import BEHAVIOURS, Sheet, as_bytes, cell_of, write
from course.grading.repair import repair
from course.grading.submission import UnreadableSubmission, notebook_from_bytes, read_submission


def texts(book: NotebookNode) -> dict[str, str]:
    return {c.id: c.source for c in book.cells}


def test_an_untouched_release_stays_as_it_is(released: NotebookNode) -> None:
    book, said = repair(released, released)
    assert said == []
    assert texts(book) == texts(released)


def test_the_arguments_are_not_changed(sheet: Sheet, released: NotebookNode) -> None:
    submitted, before = sheet.right(), copy.deepcopy(sheet.right())
    repair(submitted, released)
    assert submitted == before


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda b: b.name)
def test_every_submission_gets_the_released_cells(
    behaviour: Any, sheet: Sheet, released: NotebookNode
) -> None:
    for data in behaviour.make(sheet).files.values():
        try:
            submitted = notebook_from_bytes(data)
        except UnreadableSubmission:
            continue
        book, _ = repair(submitted, released)
        own = [c for c in book.cells if c.metadata.course.role != "added"]
        assert [c.id for c in own] == [c.id for c in released.cells]
        assert [c.metadata for c in own] == [c.metadata for c in released.cells]
        locked = {c.id: c.source for c in own if c.metadata.course.role != "answer"}
        assert locked.items() <= texts(released).items()
        nbformat.validate(book)
        again, said = repair(book, released)
        assert texts(again) == texts(book)
        assert said == []


def test_a_bare_answer_is_read_as_the_answer(sheet: Sheet, released: NotebookNode) -> None:
    first = sheet.asked[0]
    for typed in ('"b"', "b", "answer = b", '= "b"', "# my answer\nb"):
        book = sheet.blank()
        write(book, first.answers[0], typed)
        repaired, said = repair(book, released)
        assert texts(repaired)[first.answers[0]].startswith(f"{first.variable} = ")
        assert said[0].startswith("Question 1: ")


def test_code_that_is_no_answer_is_left_alone(sheet: Sheet, released: NotebookNode) -> None:
    first = sheet.asked[0]
    for typed in ("import math", "print('b')", "x = 3", "# only a note", "a\nb"):
        book = sheet.blank()
        write(book, first.answers[0], typed)
        repaired, said = repair(book, released)
        assert texts(repaired)[first.answers[0]] == typed
        assert said == []


def test_of_two_different_copies_the_one_in_its_place_counts(
    sheet: Sheet, released: NotebookNode
) -> None:
    first, book = sheet.asked[0], sheet.right()
    copied = copy.deepcopy(cell_of(book, first.answers[0]))
    copied.id, copied.source = "copied", f'{first.variable} = "z"'
    book.cells.append(copied)
    repaired, said = repair(book, released)
    assert texts(repaired)[first.answers[0]] == cell_of(book, first.answers[0]).source
    assert "original place" in said[0]


def test_own_cells_stay_behind_the_cell_they_followed(sheet: Sheet, released: NotebookNode) -> None:
    book, first = sheet.right(), sheet.asked[0]
    at = book.cells.index(cell_of(book, first.answers[0]))
    lies = {"nbgrader": {"grade": True, "points": 50, "grade_id": "mine"}, "tags": ["skip"]}
    book.cells.insert(at, new_code_cell("helper = 1", metadata=lies))
    repaired, said = repair(book, released)
    names = [c.id for c in repaired.cells]
    own = repaired.cells[names.index("added-1")]
    assert names.index("added-1") == names.index(first.answers[0]) - 1
    assert own.metadata == {"course": {"role": "added"}}
    assert said == []


def test_a_demonstration_played_with_runs_too(sheet: Sheet, released: NotebookNode) -> None:
    book = sheet.right()
    cell = next(c for c in book.cells if c.metadata.course.role == "demonstration")
    cell.source = "my_own = 7"
    repaired, _ = repair(book, released)
    names = [c.id for c in repaired.cells]
    assert repaired.cells[names.index(cell.id)].source != "my_own = 7"
    assert repaired.cells[names.index(cell.id) + 1].source == "my_own = 7"


def test_a_written_answer_in_another_cell_is_found(sheet: Sheet, released: NotebookNode) -> None:
    book, asked = sheet.right(), sheet.of_kind("text")[0]
    at = book.cells.index(cell_of(book, asked.answers[0]))
    text = book.cells[at].source
    book.cells[at] = new_markdown_cell(text)
    repaired, said = repair(book, released)
    assert texts(repaired)[asked.answers[0]] == text
    assert said == [f"{asked.label}: its answer stood in another cell and was moved to its place."]


def test_an_emptied_written_answer_is_blank(sheet: Sheet, released: NotebookNode) -> None:
    book, asked = sheet.blank(), sheet.of_kind("text")[0]
    write(book, asked.answers[0], "  \n")
    assert texts(repair(book, released)[0]) == texts(released)


def test_another_lessons_notebook_is_named(released: NotebookNode) -> None:
    other = nbformat.v4.new_notebook(metadata={"course": {"lesson": "00_start_here"}})
    _, said = repair(other, released)
    assert said[0] == "This is the notebook of lesson 00_start_here, not of 06_counting_units."


def test_the_sentences_are_plain(sheet: Sheet, released: NotebookNode) -> None:
    for behaviour in BEHAVIOURS:
        for data in behaviour.make(sheet).files.values():
            try:
                _, said = repair(notebook_from_bytes(data), released)
            except UnreadableSubmission as fault:
                said = [str(fault)]
            for sentence in said:
                assert sentence.endswith("."), sentence
                assert "Error" not in sentence


# --- files -------------------------------------------------------------------------------------

NOT_A_NOTEBOOK = {
    "empty": b"",
    "blanks": b" \n ",
    "text": b"my answers are b and c",
    "number": b"3",
    "list": b"[1, 2]",
    "json": b'{"name": "somebody"}',
    "deep": b"[" * 200_000 + b"]" * 200_000,
    "deep_in_cells": b'{"nbformat": 4, "cells": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}",
    "half": b'{"cells": [{"cell_type": "code", "sou',
    "web_page": b"<!DOCTYPE html><html></html>",
    "future": b'{"nbformat": 7, "cells": []}',
    "no_version": b'{"nbformat": "four", "cells": []}',
    "cells_are_text": b'{"nbformat": 4, "cells": "none"}',
    "old_and_odd": b'{"nbformat": 3, "worksheets": 5}',
    "zip": b"PK\x03\x04\x00\x00\xff\xfe\x81",
    "zeros": b"\x00" * 100,
}


@pytest.mark.parametrize("name", NOT_A_NOTEBOOK)
def test_no_notebook_gets_one_plain_sentence(name: str) -> None:
    with pytest.raises(UnreadableSubmission) as fault:
        notebook_from_bytes(NOT_A_NOTEBOOK[name])
    sentence = str(fault.value)
    assert sentence.endswith(".")
    assert sentence.count("\n") == 0
    assert len(sentence) < 160


def test_odd_cells_do_no_harm(released: NotebookNode) -> None:
    page = {
        "nbformat": 4, "nbformat_minor": 5, "metadata": [1],
        "cells": [None, 3, {}, {"source": 5, "cell_type": 7, "id": 9, "metadata": "x"},
                  {"source": ["a", 1, "\ud800"], "cell_type": "code",
                   "metadata": {"nbgrader": {"grade_id": ["x"]}, "course": "y"}}],
    }  # fmt: skip
    book = notebook_from_bytes(json.dumps(page).encode())
    repaired, _ = repair(book, released)
    assert [c.source for c in repaired.cells if c.metadata.course.role == "added"] == ["a?"]
    as_bytes(repaired)


def test_other_encodings_are_read(sheet: Sheet) -> None:
    text = as_bytes(sheet.right()).decode()
    for data in (text.encode("utf-8-sig"), text.encode("utf-16"), b"\n" + text.encode()):
        assert len(notebook_from_bytes(data).cells) == len(sheet.released.cells)


def test_nan_and_long_numbers_are_read_over() -> None:
    page = b'{"nbformat": 4, "metadata": {"a": NaN, "b": ' + b"9" * 5000 + b'}, "cells": []}'
    assert notebook_from_bytes(page).cells == []


def test_links_folders_and_huge_files_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tmp_path / "real.ipynb"
    real.write_bytes(b'{"nbformat": 4, "cells": []}')
    link = tmp_path / "link.ipynb"
    link.symlink_to(real)
    monkeypatch.setattr("course.grading.submission.LARGEST", 1000)
    large = tmp_path / "large.ipynb"
    large.write_bytes(b" " * 2000)
    for path, word in (
        (link, "link"),
        (tmp_path, "ordinary"),
        (large, "MB"),
        (tmp_path / "no", "no"),
    ):
        with pytest.raises(UnreadableSubmission, match=word):
            read_submission(path)
    assert read_submission(real).cells == []
