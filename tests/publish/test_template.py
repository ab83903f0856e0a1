"""The template keeps the rules that it teaches, and a copy of it is a lesson at once."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import CliRunner

from course.__main__ import app
from course.publish import new_lesson as beginning
from course.publish.answers import ANSWERS
from course.publish.assemble import AskedQuestion, Lesson, assemble
from course.publish.build import LESSONS, lesson_folders, read_course
from course.publish.inspection import inspect, secret_texts
from course.publish.item_quality import LONGER, MARGIN, quality
from course.publish.items import item_of
from course.publish.lesson_text import CaseBlock, Code, Insert
from course.publish.new_lesson import FILES, TEMPLATE, new_lesson
from course.publish.proofs import right_responses
from course.publish.wheel import learners_files
from course.questions.kinds import Kind, Question
from course.questions.score import Response, score
from course.sources.models import Sources
from tests.conftest import Built

# --- what it shows ----------------------------------------------------------------------------


def test_it_has_every_kind_of_question_as_practice_and_graded(template: Lesson) -> None:
    found = {(a.question.kind, a.question.use) for a in template.asked.values()}
    assert found == {(kind, use) for kind in ANSWERS for use in ("practice", "graded")}
    assert set(ANSWERS) == set(get_args(Kind))


def test_it_has_every_block_and_a_case_with_two_questions(template: Lesson) -> None:
    blocks = template.text.blocks
    assert {b.name for b in blocks if isinstance(b, Insert)} == {"claim", "codes"}
    assert any(isinstance(b, CaseBlock) for b in blocks)
    assert any("NBVAL_CHECK_OUTPUT" in b.text for b in blocks if isinstance(b, Code))
    about = Counter(a.block.options.get("case") for a in template.asked.values())
    assert max(n for case, n in about.items() if case) >= 2


def test_what_it_says_of_lengths_is_what_is_tested(template: Lesson) -> None:
    text = (TEMPLATE / "lesson.md").read_text(encoding="utf-8")
    assert f"more than {LONGER:g} times the characters of the shortest and {MARGIN} more" in text
    solutions = template.asked["do-the-lengths-pass"].solutions
    assert solutions is not None
    assert solutions.reference is not None
    for lengths in ([20, 40], [20, 41], [10, 24], [10, 25], [5, 16], [5, 17]):
        passes = max(lengths) <= LONGER * min(lengths) + MARGIN
        assert solutions.reference(lengths) == ("passes" if passes else "stopped")


# --- it passes --------------------------------------------------------------------------------


def test_nobody_can_guess_it(template: Lesson) -> None:
    found = quality([item_of(asked) for asked in template.asked.values()])
    assert [fault for finding in found for fault in finding.faults] == []


def test_right_answers_get_full_marks_and_none_gets_none(template: Lesson) -> None:
    for asked in template.asked.values():
        question = replace(asked.question, points=asked.question.points or 2.0)
        assert score(question, Response()).points == 0
        assert score(question, Response()).status == "unanswered"
        if question.kind != "text":
            for response in right_responses(question, asked.answer, asked.solutions):
                assert score(question, response).points == question.points, response


def test_its_practice_can_be_clicked(built_template: Built) -> None:
    for page in (built_template.release, built_template.source):
        assert "There is no question called" not in page
        cells = [
            cell
            for cell in json.loads(page)["cells"]
            if cell["metadata"]["course"].get("use") == "practice"
            and cell["metadata"]["course"]["role"] == "check"
            and cell["metadata"]["course"]["kind"] != "text"
        ]
        assert len(cells) == 7
        assert all(cell["outputs"] for cell in cells)


def test_its_graded_answers_are_nowhere_in_what_a_learner_receives(
    template: Lesson, built_template: Built
) -> None:
    by_use: dict[str, set[str]] = {"practice": set(), "graded": set()}
    for asked in template.asked.values():
        by_use[asked.question.use] |= set(secret_texts(asked.question))
    secrets = by_use["graded"] - by_use["practice"]
    assert len(secrets) > 30
    for text in secrets:
        for page in (built_template.release, built_template.bank):
            assert text not in page
            assert json.dumps(text)[1:-1] not in page


def test_it_is_no_lesson_of_the_course_and_no_part_of_the_wheel() -> None:
    assert TEMPLATE not in lesson_folders()
    assert not any("template" in path.parts for path in learners_files())


# --- a new lesson -----------------------------------------------------------------------------


@pytest.fixture
def all_lessons(tmp_path: Path) -> Path:
    """A copy of the course's lessons, to be added to."""
    shutil.copytree(LESSONS, tmp_path / "lessons", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "lessons"


def test_copies_of_it_pass_every_check_beside_the_other_lessons(all_lessons: Path) -> None:
    for slug in ("90_my_lesson", "91_3_more_words"):
        new_lesson(slug, all_lessons)
    lessons = read_course(all_lessons)[1]
    by_slug = {lesson.slug: lesson for lesson in lessons}
    assert by_slug["90_my_lesson"].text.title == "My lesson"
    assert by_slug["91_3_more_words"].text.title == "3 more words"
    assert len(by_slug["90_my_lesson"].asked) == 16


def test_a_copy_differs_in_title_and_names_alone(tmp_path: Path, template: Lesson) -> None:
    folder = new_lesson("12_my_lesson", tmp_path)
    for name in FILES:
        copied = (folder / name).read_text(encoding="utf-8")
        back = copied.replace("lesson-12-", "").replace("# My lesson", f"# {template.text.title}")
        assert back == (TEMPLATE / name).read_text(encoding="utf-8")


def test_a_copy_holds_the_same_questions(
    tmp_path: Path, template: Lesson, sources: Sources
) -> None:
    def plain(asked: AskedQuestion) -> Question:
        return replace(asked.question, id="", lesson="")

    copy = assemble(new_lesson("12_my_lesson", tmp_path), sources)
    assert list(map(plain, copy.asked.values())) == list(map(plain, template.asked.values()))
    assert list(copy.asked) == [f"lesson-12-{id_}" for id_ in template.asked]


def test_an_empty_lesson_is_one_objective_one_section_and_one_practice_choice(
    all_lessons: Path,
) -> None:
    folder = new_lesson("90_my_lesson", all_lessons, empty=True)
    assert [path.name for path in folder.iterdir()] == ["lesson.md"]
    sources, lessons = read_course(all_lessons)
    lesson = next(lesson for lesson in lessons if lesson.slug == folder.name)
    assert lesson.text.title == "My lesson"
    assert len(lesson.text.headings) == 2
    (asked,) = lesson.asked.values()
    assert asked.question.id.startswith("lesson-90-")
    assert (asked.question.kind, asked.question.use) == ("choice", "practice")
    assert list(lesson.text.about.objectives) == [asked.question.objective]
    assert inspect(sources, lessons).faults == []


def test_an_empty_lesson_builds(tmp_path: Path, build_whole: Callable[[Path], Built]) -> None:
    built = build_whole(new_lesson("90_my_lesson", tmp_path, empty=True))
    assert "Write an example here" in built.release
    assert "There is no question called" not in built.release


@pytest.mark.parametrize(
    "slug",
    ["my_lesson", "1_my_lesson", "12", "12_", "12-my-lesson", "12_My_Lesson", "12_my lesson",
     "../12_x", "12_my__lesson", "", "12_é"],
)  # fmt: skip
def test_a_bad_name_is_refused_with_an_example(slug: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="as 12_my_lesson"):
        new_lesson(slug, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "12_my_lesson").mkdir()
    (tmp_path / "12_my_lesson" / "lesson.md").write_text("mine")
    with pytest.raises(FileExistsError, match="left as it was"):
        new_lesson("12_my_lesson", tmp_path)
    with pytest.raises(FileExistsError, match="number 12 is that of 12_my_lesson"):
        new_lesson("12_other", tmp_path)
    assert [p.name for p in tmp_path.rglob("*.md")] == ["lesson.md"]
    assert (tmp_path / "12_my_lesson" / "lesson.md").read_text() == "mine"


def run(
    monkeypatch: pytest.MonkeyPatch, make: Callable[..., Path], *arguments: str
) -> tuple[int, str]:
    monkeypatch.setattr(beginning, "new_lesson", make)
    result = CliRunner().invoke(app, ["new", *arguments])
    return result.exit_code, result.output


def test_the_command_says_what_to_do_next_in_three_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def make(slug: str, *, empty: bool) -> Path:
        return LESSONS / slug

    for more, named in (((), "answers.yaml"), (("--empty",), "course/template/")):
        code, said = run(monkeypatch, make, "12_my_lesson", *more)
        assert code == 0
        change, build, look = said.splitlines()
        assert named in change
        assert "course/lessons/12_my_lesson/lesson.md" in change.replace("\\", "/")
        assert "python -m course build 12_my_lesson" in build
        assert "python -m course start" in look


def test_the_command_refuses_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    there = lesson_folders()[0].name
    assert run(monkeypatch, new_lesson, "My lesson")[0] == 2
    code, said = run(monkeypatch, new_lesson, there)
    assert code == 1
    assert said.strip() == f"There is a folder {there} already. It is left as it was."
