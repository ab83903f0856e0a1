"""A class is graded whole; killed anywhere and run again it has the same marks."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course.grading.batch import NotHandedIn, grade
from course.grading.behaviours import BEHAVIOURS, Sheet, as_bytes
from course.grading.demo import LESSON, differences, make_class
from course.grading.explain import explain
from course.grading.gradebook import open_gradebook
from course.grading.hand_in import HandInRefused, hand_in, hand_in_all
from course.grading.outcome import NotGraded, outcome_of
from course.grading.released import NoRelease
from course.publish.release import ROOT
from tests.grading.conftest import MakeClass
from tests.grading.test_nbgrader_cli import nbgrader


def marks(folder: Path) -> dict[tuple[str, str], tuple[float | None, float | None, bool]]:
    with open_gradebook(folder) as book:
        return {
            (s.student.id, g.cell.name): (g.auto_score, g.manual_score, g.needs_manual_grade)
            for s in book.find_assignment(LESSON).submissions
            for n in s.notebooks
            for g in n.grades
        }


def some(*names: str) -> Any:
    return tuple(b for b in BEHAVIOURS if b.name in names)


def test_a_killed_run_is_run_again_to_the_same_marks(tmp_path: Path, a_class: MakeClass) -> None:
    folder = tmp_path / "course"
    handed_in = a_class(folder, behaviours=some("right", "half_table", "wrong_letter"))
    code = (
        "from pathlib import Path; from course.grading.batch import grade;"
        f"grade({LESSON!r}, Path({str(folder)!r}))"
    )
    run = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path)
    # The repaired notebook is there and its cells are running; the rows have no marks yet.
    second = folder / "autograded" / "right" / LESSON / f"{LESSON}.ipynb"
    deadline = time.monotonic() + 60
    while not second.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    assert any(auto is None for auto, _, _ in marks(folder).values())
    rows = {row.learner: row for row in grade(LESSON, folder)}
    assert {n: differences(given, rows[n]) for n, given in handed_in.items()} == {
        name: [] for name in handed_in
    }
    assert not [
        key for key, (auto, _, waits) in marks(folder).items() if auto is None and not waits
    ]


def test_a_mark_by_hand_survives_and_is_asked_for_again_only_when_the_text_changed(
    tmp_path: Path, sheet: Sheet, a_class: MakeClass
) -> None:
    folder = tmp_path / "course"
    a_class(folder, behaviours=some("written_answer_only"))
    asked = sheet.of_kind("text")[0]
    grade(LESSON, folder)
    outcome = outcome_of(folder, LESSON, "written_answer_only")
    assert [q.asked.id for q in outcome.waiting] == [asked.id]
    with open_gradebook(folder) as book:
        row = book.find_grade(asked.graded_cell, LESSON, LESSON, "written_answer_only")
        row.manual_score, row.needs_manual_grade = 3.0, False
        book.find_comment(
            asked.answers[0], LESSON, LESSON, "written_answer_only"
        ).manual_comment = "Well argued."
        book.db.commit()
    (again,) = grade(LESSON, folder)
    assert again.outcome is not None
    assert (again.outcome.total, again.outcome.waiting) == (3.0, ())
    assert "Marked by hand: 3" in "\n".join(explain(LESSON, "written_answer_only", folder))
    file = folder / "feedback" / "written_answer_only" / LESSON / f"{LESSON}.html"
    assert "Well argued." in file.read_text(encoding="utf-8")
    book = sheet.blank()
    next(c for c in book.cells if c.id == asked.answers[0]).source = "Something else now."
    place = folder / "submitted" / "written_answer_only" / LESSON / f"{LESSON}.ipynb"
    place.write_bytes(as_bytes(book))
    (changed,) = grade(LESSON, folder)
    assert changed.outcome is not None
    assert changed.outcome.total == 3.0
    assert [q.asked.id for q in changed.outcome.waiting] == [asked.id]
    # Graded once more, the changed text is still one that nobody has marked.
    (still,) = grade(LESSON, folder)
    assert still.outcome is not None
    assert [q.asked.id for q in still.outcome.waiting] == [asked.id]


def test_a_mark_by_hand_outlives_a_lost_graded_notebook_and_plain_nbgrader(
    tmp_path: Path, sheet: Sheet, a_class: MakeClass
) -> None:
    folder = tmp_path / "course"
    a_class(folder, behaviours=some("written_answer_only"))
    name, asked = "written_answer_only", sheet.of_kind("text")[0]
    grade(LESSON, folder)
    with open_gradebook(folder) as book:
        row = book.find_grade(asked.graded_cell, LESSON, LESSON, name)
        row.manual_score, row.needs_manual_grade = 3.0, False
        book.db.commit()
    nbgrader(folder, "autograde", LESSON)
    assert marks(folder)[name, asked.graded_cell][1:] == (3.0, False)
    shutil.rmtree(folder / "autograded" / name)
    (again,) = grade(LESSON, folder)
    assert again.outcome is not None
    assert (again.outcome.total, again.outcome.waiting) == (3.0, ())


def test_ctrl_c_waits_for_the_learner_at_work_and_blames_nobody(
    tmp_path: Path, a_class: MakeClass
) -> None:
    folder = tmp_path / "course"
    handed_in = a_class(folder, behaviours=some("right", "half_table", "wrong_letter"))
    run = subprocess.Popen(
        [sys.executable, "-m", "course", "grade", LESSON, "--course", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    first = folder / "autograded" / "half_table" / LESSON / f"{LESSON}.ipynb"
    deadline = time.monotonic() + 60
    while not first.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)
    said, _ = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "Stopped after 1 of 3" in said
    assert "Traceback" not in said
    assert not (folder / "autograded" / "wrong_letter").exists()
    rows = {row.learner: row for row in grade(LESSON, folder)}
    assert not [n for n, given in handed_in.items() if differences(given, rows[n])]


def test_a_folder_of_downloads_is_handed_in_at_once(tmp_path: Path, fresh_course: Path) -> None:
    release = (ROOT / "release" / LESSON / f"{LESSON}.ipynb").read_bytes()
    other = (ROOT / "release" / "00_start_here" / "00_start_here.ipynb").read_bytes()
    (tmp_path / "in" / "jörg").mkdir(parents=True)
    for name, data in (("maria", release), ("bad", b"not json"), ("late", other), ("a b", release)):
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(data)
    (tmp_path / "in" / "jörg" / f"{LESSON}.ipynb").write_bytes(release)
    done, refused = hand_in_all(tmp_path / "in", LESSON, fresh_course)
    assert done == ["jörg", "maria"]
    assert len(refused) == 3
    assert any("it is the notebook of 00_start_here" in sentence for sentence in refused)


def test_a_notebook_of_another_lesson_is_refused_and_said(fresh_course: Path) -> None:
    place = fresh_course / "submitted" / "maria" / LESSON
    place.mkdir(parents=True)
    other = ROOT / "release" / "00_start_here" / "00_start_here.ipynb"
    (place / f"{LESSON}.ipynb").write_bytes(other.read_bytes())
    (row,) = grade(LESSON, fresh_course)
    assert row.refused == f"This is the notebook of 00_start_here, not of {LESSON}."


def test_a_folder_that_is_no_sample_class_is_never_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "course"
    mine.mkdir()
    (mine / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(NoRelease, match="stays as it is"):
        make_class(mine)
    assert (mine / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_the_marker_sees_the_rubric(sample_class: Any) -> None:
    file = sample_class.folder / "autograded" / "right" / LESSON / f"{LESSON}.ipynb"
    cells = nbformat.read(file, as_version=4).cells
    (at,) = [i for i, c in enumerate(cells) if c.metadata.get("course", {}).get("role") == "rubric"]
    assert "| looked for | 0 | 1 | 2 |" in cells[at].source
    assert cells[at + 1].id.startswith("answer-")


def test_somebody_who_handed_in_nothing_is_named(fresh_course: Path) -> None:
    assert grade(LESSON, fresh_course) == []
    with pytest.raises(NotHandedIn, match="nobody has not handed in"):
        grade(LESSON, fresh_course, ["nobody"])
    with pytest.raises(NotGraded):
        explain(LESSON, "nobody", fresh_course)


def test_explain_says_why(sample_class: Any, whole: float) -> None:
    said = "\n".join(explain(LESSON, "wrong_number", sample_class.folder))
    earned = sum(sample_class.handed_in["wrong_number"].expected.values())
    assert f"wrong_number, Counting units: {earned:g} of {whole:g} points" in said
    assert "Belief: " in said
    assert "ended the program" in "\n".join(explain(LESSON, "exits", sample_class.folder))
    assert "Refused: The file is empty." in explain(LESSON, "empty_file", sample_class.folder)


# --- handing in ---------------------------------------------------------------------------------


def test_handing_in_again_keeps_the_earlier_one(
    fresh_course: Path, tmp_path: Path, sheet: Sheet
) -> None:
    file = tmp_path / "mine.ipynb"
    file.write_bytes(as_bytes(sheet.right()))
    first = hand_in(file, LESSON, "kim.o@b-c_1", fresh_course)
    file.write_bytes(as_bytes(sheet.blank()))
    second = hand_in(file, LESSON, "kim.o@b-c_1", fresh_course)
    assert first.earlier is None
    assert second.earlier is not None
    assert second.earlier.read_bytes() == as_bytes(sheet.right())
    assert second.place.read_bytes() == as_bytes(sheet.blank())
    assert sorted(p.name for p in second.place.parent.iterdir()) == [
        f"{LESSON}.ipynb", "submission_secret.txt", "timestamp.txt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["", "../x", "a/b", ".hidden", "maria.", "a" * 65, "a b", "a*", "-x"]
)
def test_odd_names_are_refused(name: str, fresh_course: Path) -> None:
    file = ROOT / "release" / LESSON / f"{LESSON}.ipynb"
    with pytest.raises(HandInRefused, match="cannot be used as a name"):
        hand_in(file, LESSON, name, fresh_course)
    assert not (fresh_course / "submitted").exists()


def test_what_cannot_be_graded_is_not_handed_in(fresh_course: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.ipynb"
    damaged.write_bytes(b'{"cells": [')
    other = ROOT / "release" / "00_start_here" / "00_start_here.ipynb"
    for file, word in (
        (damaged, "damaged"),
        (other, "00_start_here"),
        (tmp_path / "no", "no file"),
    ):
        with pytest.raises(HandInRefused, match=word):
            hand_in(file, LESSON, "kim", fresh_course)
    assert not (fresh_course / "submitted").exists()


def test_a_lesson_with_every_form_of_answer_is_repaired_and_graded_alike(
    tmp_path: Path, a_class: MakeClass
) -> None:
    """Matches, tables and several letters, moved, copied and half filled in."""
    some = ("right", "blank", "half_table", "moved_cells", "answers_below", "lost_the_name")
    chosen = tuple(b for b in BEHAVIOURS if b.name in some)
    lesson = "03_exercise_categories"
    handed_in = a_class(tmp_path / "course", lesson, chosen)
    for row in grade(lesson, tmp_path / "course"):
        assert row.outcome is not None
        got = {q.asked.id: q.points for q in row.outcome.questions}
        assert got == pytest.approx(handed_in[row.learner].expected), row.learner
