"""Cover at a plateau: improvement has no part in it, skill, goal and payer have."""

from itertools import product

import pytest

from course.billing.plateau import CHANGES, GOALS, PAYERS, SKILLS, judge

EVERY_PATH = list(product(PAYERS, GOALS, SKILLS))


@pytest.mark.parametrize("path", EVERY_PATH, ids=" ".join)
def test_what_has_changed_never_changes_the_answer(path: tuple[str, str, str]) -> None:
    assert len({judge(change, *path) for change in CHANGES}) == 1


@pytest.mark.parametrize("path", EVERY_PATH, ids=" ".join)
def test_every_path_ends_with_a_reason(path: tuple[str, str, str]) -> None:
    payer, goal, skill = path
    answer = judge("same", *path)
    assert answer.why.endswith(".")
    assert (answer.cover == "the contract decides") == (payer == "other")
    covered = payer == "medicare" and goal in ("keep", "regain") and skill == "therapist"
    assert (answer.cover == "can be covered") == covered


def test_to_keep_can_be_covered_without_improvement_where_it_takes_a_therapist() -> None:
    answer = judge("worse", "medicare", "keep", "therapist")
    assert (answer.track, answer.cover) == ("keep", "can be covered")


def test_to_regain_needs_a_goal_within_reach_whatever_was_gained_before() -> None:
    assert judge("better", goal="too-far").cover == "not covered"
    assert judge("same", goal="regain").cover == "can be covered"


def test_what_a_trained_helper_can_do_is_not_covered_on_either_track() -> None:
    for goal in ("keep", "regain"):
        assert judge(goal=goal, skill="helper").settled_at == 3


@pytest.mark.parametrize("name", ["change", "payer", "goal", "skill"])
def test_an_unknown_answer_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match=f"yesterday is no {name}. Choose one of"):
        judge(**{name: "yesterday"})
