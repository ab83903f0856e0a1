"""The branching cases: they end, give reasons, and every scene can be reached."""

import re
from pathlib import Path

import pytest
import yaml

from course.billing.units import total_time_units
from course.billing.vignettes import RATINGS, VIGNETTES, Act, Scene, Vignette, faults, ways_through

every_vignette = pytest.mark.parametrize("vignette", VIGNETTES.values(), ids=VIGNETTES)


def acts_of(vignette: Vignette) -> list[Act]:
    return [act for scene in vignette.scenes.values() for act in scene.acts]


@every_vignette
def test_no_dead_scene_no_loop_no_act_that_leads_nowhere(vignette: Vignette) -> None:
    assert faults(vignette) == []


@every_vignette
def test_every_branch_ends_after_two_decisions(vignette: Vignette) -> None:
    ways = list(ways_through(vignette))
    assert len(ways) >= 9
    assert {len(way) for way in ways} == {2}
    for way in ways:
        assert vignette.scenes[way[-1].leads_to].acts == ()


@every_vignette
def test_every_act_has_a_rating_a_reason_and_what_it_rests_on(vignette: Vignette) -> None:
    for act in acts_of(vignette):
        assert act.rating in RATINGS
        assert len(act.why) >= 30, act.words
        assert re.search(r"\(S\d|authors' own model|general knowledge, not cited", act.rests_on)


@every_vignette
def test_every_source_is_in_the_course_and_cited_by_the_lesson(
    vignette: Vignette, root: Path
) -> None:
    known = yaml.safe_load((root / "course/sources/references.yaml").read_text(encoding="utf-8"))
    lesson = (root / "course/lessons/09_billing_ethics/lesson.md").read_text(encoding="utf-8")
    cited = set(re.findall(r"S\d+[a-z]?", " ".join(re.findall(r"\[@[^\]]+\]", lesson))))
    for act in acts_of(vignette):
        named = set(re.findall(r"\bS\d+[a-z]?\b", act.rests_on))
        assert named <= set(known), act.rests_on
        assert named <= cited, act.rests_on


@every_vignette
def test_the_first_decision_offers_all_sorts_and_a_way_back_from_a_wrong_act(
    vignette: Vignette,
) -> None:
    first = vignette.scenes[vignette.start].acts
    assert {"good", "wrong"} <= {act.rating for act in first}
    for act in first:
        after = vignette.scenes[act.leads_to].acts
        assert "good" in {a.rating for a in after}


@every_vignette
def test_the_good_act_is_not_found_by_its_place_or_length(vignette: Vignette) -> None:
    for scene in vignette.scenes.values():
        if scene.acts:
            lengths = [len(act.words) for act in scene.acts]
            assert max(lengths) <= 1.6 * min(lengths)


def test_the_good_act_stands_in_several_places() -> None:
    places = [
        [act.rating for act in scene.acts].index("good")
        for vignette in VIGNETTES.values()
        for scene in vignette.scenes.values()
        if scene.acts
    ]
    assert len(set(places)) >= 2
    assert places.count(0) <= len(places) / 3


def test_the_minutes_in_three_at_nine_are_right() -> None:
    first = VIGNETTES["three-at-nine"].scenes["draft"]
    told = re.search(r"(\d+) minutes alone .* (\d+) minutes with .* has (\d+) units", first.text)
    assert told is not None
    alone, shared, units = map(int, told.groups())
    said = re.search(r"take (\d+) minutes each, (\d+) in all, .* gave you (\d+)", first.acts[0].why)
    assert said is not None
    each, in_all, on_the_clock = map(int, said.groups())
    assert total_time_units(each) == units > total_time_units(each - 1)
    assert in_all == 3 * each > on_the_clock == alone + shared
    split = re.search(r"(\d+) minutes, (\d+) unit,", first.acts[1].words)
    assert split is not None
    assert total_time_units(int(split[1])) == int(split[2])
    assert 3 * int(split[1]) == on_the_clock
    billed = re.search(r"(\d+) minutes alone are (\d+) unit", first.acts[2].why)
    assert billed is not None
    assert (int(billed[1]), int(billed[2])) == (alone, total_time_units(alone))


def test_the_lesson_rates_by_the_same_words(root: Path) -> None:
    lesson = (root / "course/lessons/09_billing_ethics/lesson.md").read_text(encoding="utf-8")
    for rating, meaning in RATINGS.items():
        assert f"| *{rating}* | {meaning} |" in lesson


@every_vignette
def test_no_act_that_the_law_may_call_knowing_is_rated_acceptable(vignette: Vignette) -> None:
    for act in acts_of(vignette):
        if "S33c" in act.rests_on:
            assert act.rating == "wrong", act.words


def test_an_act_that_ends_in_a_fall_is_rated_wrong() -> None:
    falls = [
        act for act in acts_of(VIGNETTES["no-gain-since-may"]) if act.leads_to in {"fall", "later"}
    ]
    assert len(falls) >= 3
    assert {act.rating for act in falls} == {"wrong"}


@pytest.mark.parametrize(
    ("scenes", "said"),
    [
        ({"a": Scene("", (Act("Go", "good", "", "", "b"), Act("Stay", "wrong", "", "", "a"))),
          "b": Scene("")}, "leads back to a"),
        ({"a": Scene("", (Act("Go", "good", "", "", "x"), Act("Stop", "wrong", "", "", "x")))},
         "which is no scene"),
        ({"a": Scene(""), "b": Scene("")}, "Nothing leads to the scene b"),
        ({"a": Scene("", (Act("Go", "wrong", "", "", "b"),)), "b": Scene("")}, "no good act"),
        ({"a": Scene("", (Act("Go", "good", "", "", "b"),)), "b": Scene("")}, "no choice"),
    ],
)  # fmt: skip
def test_a_faulty_tree_is_told_in_a_sentence(scenes: dict[str, Scene], said: str) -> None:
    assert said in " ".join(faults(Vignette("t", scenes)))
