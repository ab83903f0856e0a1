"""Whether therapy can be covered when a patient has stopped getting better: a teaching model.

Under US Medicare care can be covered on two tracks. To regain function, improvement is expected
within a reasonable time. To keep function or lose it more slowly, it is not; what decides is
whether a therapist's skill is needed (settlement in Jimmo v. Sebelius, approved 24 January 2013;
[S31a], [S31b], [S31c]). The three questions and their order are the authors' own:

1. Who pays? Another payer's contract may ask for progress.
2. What is the goal?
3. Whose skill does it take?

What has changed so far is taken for the reader and never looked at. That is the point. The model
leaves out the plan, the amount of care and the record, which has to show all of it; it decides no
real case. An unknown answer raises a `ValueError` of one sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

QUESTIONS = ("Who pays?", "What is the goal?", "Whose skill does it take?")
"""The questions by the names they have in the text and in the picture."""

CHANGES: Mapping[str, str] = {
    "same": "no change",
    "better": "clearly better",
    "worse": "somewhat worse",
}
"""What the last weeks brought. No answer depends on it."""

PAYERS: Mapping[str, str] = {"medicare": "US Medicare", "other": "another payer"}

GOALS: Mapping[str, str] = {
    "keep": "to keep function, or lose it more slowly",
    "regain": "to regain function, within reach",
    "too-far": "to regain function, out of reach",
    "none": "none in the plan",
}

SKILLS: Mapping[str, str] = {
    "therapist": "a therapist's judgement, visit by visit",
    "helper": "a trained helper's, safely",
}

Track = Literal["keep", "regain", "none"]
Cover = Literal["can be covered", "not covered", "the contract decides"]


@dataclass(frozen=True)
class Answer:
    """Where the questions end. `settled_at` counts them from 1; `why` is one sentence."""

    track: Track
    cover: Cover
    settled_at: int
    why: str


def judge(
    change: str = "same", payer: str = "medicare", goal: str = "keep", skill: str = "therapist"
) -> Answer:
    """Take the three questions in their order, and say where they end.

    `change` is a key of `CHANGES`, and so on; it is checked, and has no part in the answer.
    Source of the rule: [S31a], [S31b], [S31c]. Other payers: their contracts.
    """
    for value, table, name in (
        (change, CHANGES, "change"),
        (payer, PAYERS, "payer"),
        (goal, GOALS, "goal"),
        (skill, SKILLS, "skill"),
    ):
        if value not in table:
            raise ValueError(f"{value} is no {name}. Choose one of: {', '.join(table)}.")
    track: Track = "none" if goal == "none" else "keep" if goal == "keep" else "regain"
    if payer == "other":
        return Answer(
            track,
            "the contract decides",
            1,
            "Jimmo is about Medicare; another payer's contract may ask for progress.",
        )
    if goal == "none":
        return Answer(track, "not covered", 2, "Without a goal nothing shows what care is for.")
    if goal == "too-far":
        return Answer(
            track,
            "not covered",
            2,
            "A goal to regain must be within reach; set one that is, set one to keep, or end.",
        )
    if skill == "helper":
        return Answer(
            track,
            "not covered",
            3,
            "Visits that a trained helper can lead need no therapist; teaching the helper may.",
        )
    return Answer(
        track,
        "can be covered",
        3,
        "The goal is realistic and takes a therapist's judgement; the record has to show both.",
    )
