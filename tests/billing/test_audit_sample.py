"""The audit's counts: what the published numbers fix, and what they leave open."""

from itertools import product

import pytest

from course.billing.audit_sample import (
    ESTIMATE_MILLIONS,
    FELL_SHORT,
    MOST_IN_ALL_THREE,
    REASONS,
    SAMPLED,
    SECOND_AND_THIRD,
    ways,
)


def test_the_published_counts_are_those_of_the_sources() -> None:
    assert (SAMPLED, FELL_SHORT, ESTIMATE_MILLIONS) == (300, 184, 367)
    assert REASONS == {"coding": 145, "record": 112, "need": 91}
    assert round(100 * FELL_SHORT / SAMPLED) == 61
    assert [round(100 * REASONS[reason] / SAMPLED) for reason in ("coding", "need")] == [48, 30]


def test_the_sums_of_the_lesson() -> None:
    assert sum(REASONS.values()) == 348
    assert SECOND_AND_THIRD == 164
    assert MOST_IN_ALL_THREE == 82
    assert min(ways(k).several for k in range(MOST_IN_ALL_THREE + 1)) == 82


@pytest.mark.parametrize("in_all_three", range(MOST_IN_ALL_THREE + 1))
def test_every_number_on_the_slider_can_be_reached_by_real_overlaps(in_all_three: int) -> None:
    """Search for numbers of claims in just two ways, pair by pair, that give each bar its length.

    An independent count: `ways` solves two equations, this looks for whole claims behind them.
    """
    divided = ways(in_all_three)
    assert divided.one + divided.two + divided.three == FELL_SHORT
    assert divided.one + 2 * divided.two + 3 * divided.three == sum(REASONS.values())
    coding, record, need = (REASONS[reason] for reason in ("coding", "record", "need"))
    for both, rest in product(range(divided.two + 1), repeat=2):
        last = divided.two - both - rest  # coding-record, coding-need, record-need
        alone = (
            coding - both - rest - in_all_three,
            record - both - last - in_all_three,
            need - rest - last - in_all_three,
        )
        if last >= 0 and min(alone) >= 0:
            assert sum(alone) == divided.one
            return
    pytest.fail(f"no claims give {divided}")


@pytest.mark.parametrize("number", [-1, MOST_IN_ALL_THREE + 1])
def test_a_number_that_the_counts_rule_out_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="choose 0 to 82"):
        ways(number)
