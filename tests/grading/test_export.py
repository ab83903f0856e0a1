"""Marks as CSV: complete, readable by Excel, and nothing in it runs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from course.grading.behaviours import Sheet
from course.grading.demo import LESSON
from course.grading.export import _safe, export
from course.grading.outcome import NotGraded


def test_every_learner_has_a_row(
    sample_class: Any, tmp_path: Path, sheet: Sheet, automatic: float, whole: float
) -> None:
    file = export(LESSON, sample_class.folder, tmp_path / "marks.csv")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["learner"]: row for row in csv.DictReader(lines)}
    assert set(rows) == set(sample_class.rows)
    right = rows["right"]
    assert (right["total"], right["maximum"], right["waits for a person"]) == (
        f"{automatic:g}",
        f"{whole:g}",
        "yes",
    )
    first = sheet.asked[0]
    column = f"{first.label}: {first.id} (of {first.points:g})"
    assert right[column] == f"{first.points:g}"
    assert rows["empty_file"]["remark"] == "The file is empty."
    assert (
        rows["half_table"]["total"]
        == f"{sum(sample_class.handed_in['half_table'].expected.values()):g}"
    )
    assert right["handed in (UTC)"].startswith("20")


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_formulas_are_quoted(typed: str) -> None:
    assert _safe(typed) == "'" + typed


def test_numbers_and_names_are_not_quoted() -> None:
    assert [_safe(v) for v in (1.5, -2.0, "kim", "a=b")] == ["1.5", "-2", "kim", "a=b"]


def test_nothing_graded_is_said(fresh_course: Path) -> None:
    with pytest.raises(NotGraded, match="has been graded yet"):
        export(LESSON, fresh_course)
