"""From an activity to its category: four questions in order, and never the name."""

from itertools import product
from typing import Any

import pytest

from course.billing.categories import DEFICITS, INTENTS, Activity, Category, classify
from course.billing.codes import code


def squat(deficit: str, intent: str, skilled: bool = True, patients: int = 1) -> Category:
    """Classify twelve minutes of one and the same exercise."""
    return classify(Activity("single-leg squat", deficit, intent, skilled, 12, patients))


# --- Published distinctions ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deficit", "intent", "name", "label"),
    [
        ("force", "build", "exercise", "THEREX"),
        ("stiffness", "build", "exercise", "THEREX"),
        ("control", "retrain", "re-education", "NMR"),
        ("task", "practise", "activities", "THERACT"),
        ("force", "practise", "activities", "THERACT"),  # rising from a chair, weak legs
        ("control", "practise", "activities", "THERACT"),  # reaching tasks, lost coordination
        ("walking", "walk", "gait", "GAIT"),
        ("control", "walk", "gait", "GAIT"),  # walking, poor balance
        ("force", "walk", "gait", "GAIT"),
        ("stiffness", "hands", "manual", "MANUAL"),
        ("self-care", "teach", "self-care", "ADL"),
        ("task", "teach", "self-care", "ADL"),  # dressing
        ("control", "teach", "self-care", "ADL"),
    ],
)
def test_one_exercise_belongs_where_deficit_and_intent_put_it(
    deficit: str, intent: str, name: str, label: str
) -> None:
    category = squat(deficit, intent)
    assert (category.name, category.label, category.minutes) == (name, label, 12)
    assert category.settled_at == 4


def test_without_a_deficit_on_record_nothing_is_decided() -> None:
    for intent in INTENTS:
        category = squat("none", intent)
        assert (category.label, category.minutes, category.settled_at) == (None, 0, 1)
        assert category.name.startswith("not decided")


@pytest.mark.parametrize(
    ("deficit", "intent"),
    [("force", "retrain"), ("control", "build"), ("task", "hands"), ("stiffness", "walk")],
)
def test_intent_that_does_not_answer_the_deficit_decides_nothing(deficit: str, intent: str) -> None:
    category = squat(deficit, intent)
    assert (category.label, category.settled_at) == (None, 2)
    assert category.name.startswith("not decided")


def test_work_for_an_aide_is_not_skilled_therapy_alone_or_together() -> None:
    for patients in (1, 2):
        category = squat("control", "retrain", skilled=False, patients=patients)
        assert category.name == "not skilled therapy"
        assert (category.label, category.minutes, category.settled_at) == (None, 0, 3)


def test_two_patients_at_once_are_a_group_without_one_on_one_minutes() -> None:
    category = squat("control", "retrain", patients=2)
    assert (category.name, category.label, category.minutes) == ("group", "GROUP", 0)


# --- Laws ----------------------------------------------------------------------------------------

EVERY = list(product(DEFICITS, INTENTS, (True, False), (1, 2)))


@pytest.mark.parametrize("name", ["PNF", "BAPS board", "Feldenkrais", "leg press", ""])
def test_the_name_changes_nothing(name: str) -> None:
    for deficit, intent, skilled, patients in EVERY:
        named = classify(Activity(name, deficit, intent, skilled, 12, patients))
        plain = squat(deficit, intent, skilled, patients)
        assert (named.name, named.label, named.minutes) == (plain.name, plain.label, plain.minutes)


def test_every_label_is_one_of_the_courses_codes() -> None:
    for deficit, intent, skilled, patients in EVERY:
        label = squat(deficit, intent, skilled, patients).label
        assert label is None or code(label).label == label


def test_minutes_count_for_a_timed_code_alone() -> None:
    for deficit, intent, skilled, patients in EVERY:
        category = squat(deficit, intent, skilled, patients)
        timed = category.label is not None and code(category.label).timed
        assert category.minutes == (12 if timed else 0)


def test_every_deficit_but_none_is_answered_by_some_intent() -> None:
    answered = {deficit for intent in INTENTS.values() for deficit in intent.answers}
    assert answered == set(DEFICITS) - {"none"}


# --- The explanation -----------------------------------------------------------------------------


def test_explanation_says_each_question_and_the_result() -> None:
    assert squat("force", "build").explain().splitlines() == [
        "single-leg squat",
        "1. Deficit: too little force or endurance.",
        "2. Intent: to build one capacity, which answers it.",
        "3. Skill: only someone qualified could have done it.",
        "4. Patients at once: 1; one-on-one minutes: 12.",
        "So: exercise (THEREX), 12 minutes.",
    ]


def test_explanation_stops_where_the_matter_is_settled() -> None:
    assert squat("none", "retrain").explain().splitlines() == [
        "single-leg squat",
        "1. Deficit: none on record.",
        "So: not decided, test first.",
    ]
    assert squat("force", "retrain").explain().splitlines()[2:] == [
        "2. Intent: to retrain control, which does not answer this deficit.",
        "So: not decided, intent and deficit do not fit.",
    ]
    assert squat("control", "retrain", skilled=False).explain().splitlines()[3:] == [
        "3. Skill: an aide or a relative could have done it.",
        "So: not skilled therapy.",
    ]
    assert squat("control", "retrain", patients=3).explain().splitlines()[4:] == [
        "4. Patients at once: 3; one-on-one minutes: 0.",
        "So: group (GROUP), no one-on-one minutes.",
    ]


# --- What cannot be read -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"deficit": "weakness"}, "no deficit 'weakness' here; there are: control, force"),
        ({"intent": "squat"}, "no intent 'squat' here; there are: retrain, build"),
        ({"minutes": 0}, "0 cannot be the number of minutes"),
        ({"minutes": 7.5}, "7.5 cannot be the number of minutes"),
        ({"minutes": 1441}, "1441 cannot be"),
        ({"minutes": True}, "True cannot be"),
        ({"patients": 0}, "0 cannot be the number of patients"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(changed: dict[str, Any], words: str) -> None:
    given: dict[str, Any] = {
        "name": "squat", "deficit": "force", "intent": "build", "skilled": True, "minutes": 12,
    }  # fmt: skip
    with pytest.raises(ValueError, match=words):
        Activity(**(given | changed))
