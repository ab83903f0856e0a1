"""A misconception counts as answered where a question offers it and replies; else it is told."""

from __future__ import annotations

import pytest

from course.publish.assemble import AskedQuestion, Lesson
from course.publish.inspection import Inspection, inspect
from course.publish.misconceptions import Place, lost_pointers, places
from course.sources.misconceptions import Misconception
from course.sources.models import Sources


def pointing(asked: dict[str, Place]) -> dict[str, Misconception]:
    return {"a-belief": Misconception(says="what some think", topic="counting", asked=asked)}


def believed(asked: AskedQuestion, place: Place) -> dict[str, Misconception]:
    return pointing({asked.question.id: place})


@pytest.fixture
def questions(template: Lesson, lessons: list[Lesson]) -> dict[str, AskedQuestion]:
    return {id_: asked for lesson in (template, *lessons) for id_, asked in lesson.asked.items()}


def of_kind(kind: str, questions: dict[str, AskedQuestion]) -> AskedQuestion:
    """The first that names a belief: a written answer need not."""
    return next(a for a in questions.values() if a.question.kind == kind and places(a.answer))


@pytest.mark.parametrize(
    "kind", ["choice", "choices", "match", "order", "number", "table", "function", "text"]
)
def test_every_kind_of_question_has_places_that_can_be_pointed_at(
    kind: str, questions: dict[str, AskedQuestion]
) -> None:
    asked = of_kind(kind, questions)
    found = places(asked.answer)
    assert found
    for place in found:
        named = {
            "a-belief": Misconception(says="x", topic="ethics", asked={asked.question.id: place})
        }
        assert list(lost_pointers(named, questions)) == []


def test_the_right_option_of_a_choice_holds_no_misconception(
    questions: dict[str, AskedQuestion],
) -> None:
    asked = of_kind("choice", questions)
    right = str(asked.answer.key)  # type: ignore[union-attr]
    (fault,) = lost_pointers(believed(asked, right), questions)
    assert f"{asked.question.id} tells no belief at {right}; it has " in fault


def test_a_wrong_number_is_pointed_at_by_its_value(questions: dict[str, AskedQuestion]) -> None:
    asked = of_kind("number", questions)
    known = {mistake.value for mistake in asked.answer.mistakes}  # type: ignore[union-attr]
    assert places(asked.answer) == known
    (fault,) = lost_pointers(believed(asked, 987654), questions)
    assert "tells no belief at 987654" in fault


def test_a_question_that_is_not_there_is_named(questions: dict[str, AskedQuestion]) -> None:
    assert list(lost_pointers(pointing({"no-such": "b"}), questions)) == [
        "misconceptions.yaml, a-belief: no question is called no-such."
    ]


def inspected(
    misconceptions: dict[str, Misconception], sources: Sources, lesson: Lesson
) -> Inspection:
    return inspect(sources.model_copy(update={"misconceptions": misconceptions}), [lesson])


def test_a_misconception_without_pointers_is_no_fault_and_is_counted(
    sources: Sources, template: Lesson
) -> None:
    found = inspected(pointing({}), sources, template)
    assert not [fault for fault in found.faults if "misconceptions.yaml" in fault]
    assert dict(found.lines)["misconceptions answered"] == "0 of 1; not yet: a-belief"
    table = next(t for t in found.tables if t.title == "misconceptions")
    assert table.rows[-1] == ("all", "1", "0", "0")


def test_a_pointer_to_nothing_fails_the_check(sources: Sources, template: Lesson) -> None:
    found = inspected(pointing({"no-such": 1}), sources, template)
    assert "misconceptions.yaml, a-belief: no question is called no-such." in found.faults


def test_the_course_answers_every_misconception_of_its_list(sources: Sources) -> None:
    assert [name for name, m in sources.misconceptions.items() if not m.asked] == []
