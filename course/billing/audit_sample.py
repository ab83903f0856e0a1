"""The federal audit of 2018 in numbers: what it published, and what follows by arithmetic.

The Office of Inspector General drew 300 US Medicare claims for outpatient physical therapy of July
to December 2013. 184 fell short of the rules, on three counts ([S32a], [S32b], [S32c]). That each
of them fell short on one of these three, and for no fourth reason, is our assumption.
How many fell short in two or in three ways was not in what the authors could read; `ways` says
what the published counts leave open. The audit asked for compliance, not for intent.
"""

from dataclasses import dataclass

SAMPLED = 300
"""Claims in the sample [S32b]."""

FELL_SHORT = 184
"""Claims that did not meet the rules, for whatever reason [S32b]."""

REASONS = {"coding": 145, "record": 112, "need": 91}
"""Claims that fell short on each count; one claim may stand in several [S32b]."""

ESTIMATE_MILLIONS = 367
"""What the auditors estimated from the sample for all such claims, in millions of dollars [S32b].

The agency that runs Medicare disputed the findings.
"""

SECOND_AND_THIRD = sum(REASONS.values()) - FELL_SHORT
"""Findings beyond the first of a claim: 348 findings for 184 claims."""

MOST_IN_ALL_THREE = SECOND_AND_THIRD // 2
"""No more claims can have failed in all three ways: each takes two findings beyond its first."""


@dataclass(frozen=True)
class Ways:
    """Numbers of claims that fell short in just one, just two, and all three ways."""

    one: int
    two: int
    three: int

    @property
    def several(self) -> int:
        """Claims that fell short in more than one way."""
        return self.two + self.three


def ways(in_all_three: int) -> Ways:
    """How the 184 claims divide if this many of them failed in all three ways.

    Two equations fix the rest: the claims add to 184, and the findings to 348. The number itself
    is an assumption. Raises `ValueError` for a number that the published counts rule out.
    """
    if not 0 <= in_all_three <= MOST_IN_ALL_THREE:
        raise ValueError(
            f"{in_all_three} claims in all three ways do not fit the published counts: "
            f"choose 0 to {MOST_IN_ALL_THREE}."
        )
    two = SECOND_AND_THIRD - 2 * in_all_three
    return Ways(FELL_SHORT - two - in_all_three, two, in_all_three)
