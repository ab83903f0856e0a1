"""Ten broken submissions: each graded or refused in one sentence, everybody else untouched."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from course.grading.batch import LOG, grade
from course.grading.demo import LESSON, differences

REFUSED = {
    "not_json": "The file is not a notebook.",
    "empty_file": "The file is empty.",
    "missing_file": f"There is no {LESSON}.ipynb in the folder.",
}


def test_each_gets_exactly_its_marks(sample_class: Any) -> None:
    wrong = {
        name: differences(given, sample_class.rows.get(name))
        for name, given in sample_class.handed_in.items()
    }
    assert {name: said for name, said in wrong.items() if said} == {}
    assert set(sample_class.broken) | set(sample_class.others) == set(wrong)


def test_each_is_graded_or_refused_in_one_sentence(sample_class: Any) -> None:
    for name in sample_class.broken:
        assert sample_class.rows[name].refused == REFUSED.get(name, "")


def test_no_traceback_reaches_the_log_of_a_class(sample_class: Any) -> None:
    log = (sample_class.folder / LOG).read_text(encoding="utf-8")
    assert "Traceback" not in log


def test_a_wrong_file_name_is_told(sample_class: Any) -> None:
    assert "graded all the same" in sample_class.rows["wrong_file_name"].notes[0]


def test_links_are_not_followed(tmp_path: Path, fresh_course: Path) -> None:
    """Neither a linked notebook nor a linked file beside it reaches what nbgrader copies."""
    folder = fresh_course
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    release = folder / "release" / LESSON / f"{LESSON}.ipynb"
    for name in ("linked_notebook", "linked_file"):
        (folder / "submitted" / name / LESSON).mkdir(parents=True)
    (folder / "submitted" / "linked_notebook" / LESSON / f"{LESSON}.ipynb").symlink_to(release)
    beside = folder / "submitted" / "linked_file" / LESSON
    shutil.copy(release, beside)
    (beside / "data.txt").symlink_to(secret)
    (folder / "submitted" / "linked_folder").symlink_to(folder / "submitted" / "linked_file")
    rows = {row.learner: row for row in grade(LESSON, folder)}
    assert "link" in rows["linked_notebook"].refused
    assert "link" in rows["linked_folder"].refused
    assert rows["linked_file"].refused == ""
    for made in ("autograded", "feedback"):
        assert not [p for p in (folder / made).rglob("*") if p.name == "data.txt"]
    assert secret.read_text(encoding="utf-8") == "the secret"


@pytest.mark.parametrize("name", ["a b*", "-x"])
def test_odd_folder_names_are_refused(fresh_course: Path, name: str) -> None:
    folder = fresh_course
    (folder / "submitted" / name / LESSON).mkdir(parents=True)
    (row,) = grade(LESSON, folder)
    assert "cannot be used as a name" in row.refused
