"""Whether the questions answer the misconceptions that ``misconceptions.yaml`` lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from course.publish.answers import ChoiceAnswer, ChoicesAnswer, NumberAnswer, WrittenAnswer
from course.publish.assemble import AskedQuestion
from course.sources.misconceptions import Misconception

Place = str | float
"""Where a question offers a belief: an option's letter, a belief's name, a wrong number."""


def places(answer: WrittenAnswer) -> frozenset[Place]:
    """Every place at which a key names a belief and replies to it.

    Of several right letters each is such a place too: its belief is held by who leaves it out.
    """
    if isinstance(answer, ChoiceAnswer):
        told = {letter for letter, reply in answer.replies.items() if reply.belief}
        return frozenset(told - {answer.key})
    if isinstance(answer, ChoicesAnswer):
        return frozenset(answer.replies)
    if isinstance(answer, NumberAnswer):
        return frozenset(mistake.value for mistake in answer.mistakes)
    return frozenset(answer.beliefs)


def lost_pointers(
    misconceptions: Mapping[str, Misconception], questions: Mapping[str, AskedQuestion]
) -> Iterator[str]:
    """One sentence for each pointer at a question, an option or a belief that is not there."""
    for name, misconception in misconceptions.items():
        for id_, place in misconception.asked.items():
            if id_ not in questions:
                yield f"misconceptions.yaml, {name}: no question is called {id_}."
                continue
            known = places(questions[id_].answer)
            if place not in known:
                told = ", ".join(_shown(entry) for entry in sorted(known, key=str))
                yield (
                    f"misconceptions.yaml, {name}: {id_} tells no belief at {_shown(place)}; "
                    f"it has {told or 'none'}."
                )


def _shown(place: Place) -> str:
    return place if isinstance(place, str) else f"{place:g}"
