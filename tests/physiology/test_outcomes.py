"""Outcomes: two gates, legs, risks, and the two cases of the lesson recomputed."""

import copy
import json
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from course.physiology import outcomes
from course.physiology.outcomes import (
    Legs,
    Risks,
    evidence,
    judge,
    judge_everywhere,
    limb_symmetry,
    mdc_from_error,
    measure,
    populations,
    read_evidence,
)

positive = st.floats(0.01, 1000)


# --- What is known -------------------------------------------------------------------------------


def test_every_measure_names_its_population_and_rests_on_something() -> None:
    for key, found in evidence().measures.items():
        assert found.population, key
        assert found.references or found.general_knowledge, key
        assert found.sem or found.mdc or found.mcid, key


def test_an_interval_holds_its_estimate_and_whether_it_holds_no_difference_is_told() -> None:
    trials = evidence().trials
    assert all(t.low <= t.estimate <= t.high and t.holds(t.estimate) for t in trials.values())
    clear = {key for key, t in trials.items() if not t.holds_no_difference}
    assert clear == {"bobath-task", "acl-all", "acl-women", "acl-non-contact-women"}
    assert {t.no_difference for t in trials.values()} == {0.0, 1.0}


def test_the_registry_is_compared_with_nobody_and_the_trial_is() -> None:
    changes = evidence().changes
    assert {key for key, c in changes.items() if c.compared} == {
        "trial-pain-programme",
        "trial-pain-saline",
    }
    gained = changes["trial-pain-programme"].better_by - changes["trial-pain-saline"].better_by
    # The trial's own figure is 1.5; its two group means are rounded to a tenth each.
    assert gained == pytest.approx(evidence().trials["glad-saline"].estimate, abs=0.11)


def test_an_unknown_measure_or_test_is_answered_with_the_known_ones() -> None:
    assert measure("lefs").mdc == (9, 9)
    with pytest.raises(ValueError, match="no measure 'berg'; there are: berg-chronic-stroke-61"):
        measure("berg")
    with pytest.raises(ValueError, match="no test 'Berg'; there are: Berg balance scale"):
        populations("Berg")


def test_the_file_that_travels_is_read_again_to_the_same() -> None:
    text = resources.files(outcomes.__package__).joinpath("measures.json").read_text("utf-8")
    parsed = json.loads(text)
    assert read_evidence(copy.deepcopy(parsed)) == evidence()


# --- The two gates -------------------------------------------------------------------------------


def test_one_change_of_timed_rising_is_real_in_one_study_and_not_in_the_other() -> None:
    verdicts = judge_everywhere("timed up and go", 19 - 24)
    assert [v.real for v in verdicts.values()] == ["no", "yes"]
    assert {v.matters for v in verdicts.values()} == {"unknown"}


@pytest.mark.parametrize(
    ("before", "after", "mdc", "mcid", "real", "matters"),
    [
        (38, 45, measure("berg-chronic-stroke-61").mdc, None, "yes", "unknown"),
        (
            *(0.42, 0.60, measure("gait-speed-chronic-stroke").mdc),
            *(measure("gait-speed-early-stroke").mcid, "no", "yes"),
        ),
        (20, 25, *((m := measure("fma-le-chronic-stroke")).mdc, m.mcid), "yes", "no"),
        (52, 66, *((m := measure("lefs")).mdc, m.mcid), "yes", "yes"),
        (40, 55, *((m := measure("koos-sport-acl")).mdc, m.mcid), "depends", "yes"),
        (40, 55, *((m := measure("koos-sport-acl-other")).mdc, m.mcid), "depends", "no"),
        (38, 50, *((m := measure("koos-life-acl")).mdc, m.mcid), "depends", "no"),
    ],
)
def test_the_two_cases_of_the_lesson(
    before: float,
    after: float,
    mdc: tuple[float, float] | None,
    mcid: tuple[float, float] | None,
    real: str,
    matters: str,
) -> None:
    verdict = judge(after - before, mdc, mcid)
    assert (verdict.real, verdict.matters) == (real, matters)


def test_a_change_of_just_the_threshold_passes_in_spite_of_binary_fractions() -> None:
    assert judge(0.60 - 0.40, 0.20, None).real == "yes"  # 0.19999999999999996


def test_a_change_for_the_worse_may_be_real_and_is_no_gain_that_matters() -> None:
    assert str(judge(-9, 5, 6)) == "real: yes, matters: no"
    assert str(judge(+9, 5, 6, better="lower")) == "real: yes, matters: no"
    assert judge(-4, 5, 6).real == "no"


def test_the_smallest_change_that_matters_is_not_mixed_with_a_substantial_one() -> None:
    small = measure("mini-bestest-stroke")
    assert judge(4, small.mdc, small.mcid).matters == "yes"
    assert measure("gait-speed-older").mcid == (0.05, 0.05)


@given(gain=positive, low=positive, more=st.floats(0, 100))
def test_a_gate_says_yes_above_no_below_and_depends_between(
    gain: float, low: float, more: float
) -> None:
    answer = judge(gain, (low, low + more), None).real
    if gain >= low + more:
        assert answer == "yes"
    elif gain < low - 1e-8:
        assert answer == "no"
    else:
        assert answer in ("depends", "yes", "no")  # rounding, at the very edge


@given(gain=positive, mdc=positive, mcid=positive)
def test_each_gate_is_passed_alone(gain: float, mdc: float, mcid: float) -> None:
    verdict = judge(gain, mdc, mcid)
    assert verdict.real == judge(gain, mdc, None).real
    assert verdict.matters == judge(gain, None, mcid).matters


def test_the_error_of_a_change_is_that_of_two_measurements() -> None:
    # 1.96 is the 97.5 % point of a normal distribution, rounded to two places.
    assert mdc_from_error(1) == pytest.approx(norm.ppf(0.975) * 2**0.5, rel=1e-4)
    assert mdc_from_error(2.0) == pytest.approx(5.54, abs=0.005)


# --- Legs and risks ------------------------------------------------------------------------------


def test_a_leg_may_be_symmetric_and_far_from_what_it_was() -> None:
    assert str(Legs(162, 180, 200)) == "90 % of the other leg, 81 % of before"
    assert limb_symmetry(132, 150) == pytest.approx(88)


@given(involved=positive, other=positive, lost=st.floats(0.1, 0.99))
def test_the_index_rises_when_the_other_leg_weakens(
    involved: float, other: float, lost: float
) -> None:
    assert limb_symmetry(involved, other * lost) > limb_symmetry(involved, other)


def test_half_the_risk_is_one_athlete_in_a_hundred() -> None:
    risks = evidence().risks["acl-women"]
    assert str(risks) == "relative reduction 51%, absolute 0.95%, number needed 105"
    # 54 * 111 / (111 - 54), by hand.
    assert risks.number_needed == pytest.approx(5994 / 57)
    assert Risks(1 / 40, 1 / 50).number_needed == pytest.approx(200)


@given(without=st.floats(0.001, 1), share=st.floats(0.01, 0.99))
def test_the_same_relative_reduction_spares_fewer_where_the_risk_is_small(
    without: float, share: float
) -> None:
    risks, rarer = Risks(without, without * share), Risks(without / 10, without * share / 10)
    assert rarer.relative == pytest.approx(risks.relative)
    assert rarer.number_needed == pytest.approx(10 * risks.number_needed)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (
            lambda: judge("7", 5, 6),  # type: ignore[arg-type]
            "The change: '7' is not a number",
        ),
        (lambda: judge(7, -5, None), "A threshold: -5 cannot be"),
        (lambda: judge(7, (9, 5), None), "from 9 to 5 runs down"),
        (lambda: limb_symmetry(0, 100), "The involved limb: 0 cannot be"),
        (lambda: Risks(54, 111), "A risk of 54 cannot be: write it from 0 to 1"),
        (lambda: Risks(0.1, 0.2).number_needed, "The measure spares nobody"),
        (lambda: Risks(0, 0).relative, "nobody is at risk"),
        (lambda: mdc_from_error(float("nan")), "The standard error: nan is not a number"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(wrong: object, says: str) -> None:
    assert callable(wrong)
    with pytest.raises(ValueError, match=says):
        wrong()
