"""A guesser who knows nothing and follows the cues of test-wise readers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping

from course.publish.chances import ALPHA, interval
from course.publish.items import Bank, Finding, Item, place_of_key, stems, words_of

ABSOLUTES = frozenset(["always", "never", "only", "all", "every", "must", "any", "no"])
HEDGES = frozenset(["may", "can", "some", "often", "depends", "usually", "could", "might"])

_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")

Cue = Callable[[Item, Bank], frozenset[str]]


def chance_of(item: Item) -> float:
    """Chance of one blind guess."""
    return 1 / len(item.options)


def _top(scores: Mapping[str, float]) -> frozenset[str]:
    """The letters with the highest score; none where all score the same."""
    rounded = {letter: round(score, 9) for letter, score in scores.items()}
    best = max(rounded.values(), default=0)
    found = frozenset(letter for letter, score in rounded.items() if score == best)
    return found if len(found) < len(rounded) else frozenset()


def most_by_length(item: Item, sign: int) -> frozenset[str]:
    """Letters of the longest options, or with the sign -1 of the shortest."""
    return _top({letter: sign * len(text) for letter, text in item.options.items()})


def numbers_in(text: str) -> list[float]:
    """Numbers written in figures, in order."""
    return [float(number.replace(",", "")) for number in _NUMBER.findall(text)]


def _longest(item: Item, bank: Bank) -> frozenset[str]:
    return most_by_length(item, 1)


def _echoing(item: Item, bank: Bank) -> frozenset[str]:
    asked = bank.rare(item.prompt)
    return _top({letter: len(asked & stems(text)) for letter, text in item.options.items()})


def _not_absolute(item: Item, bank: Bank) -> frozenset[str]:
    return _top({k: -bool(words_of(text) & ABSOLUTES) for k, text in item.options.items()})


def _hedged(item: Item, bank: Bank) -> frozenset[str]:
    return _top({k: bool(words_of(text) & HEDGES) for k, text in item.options.items()})


def _usual_place(item: Item, bank: Bank) -> frozenset[str]:
    own = place_of_key(item)
    return _top({k: bank.keys[p] - (p == own) for p, k in enumerate(item.places)})


def _like_the_others(item: Item, bank: Bank) -> frozenset[str]:
    words = {letter: words_of(text) for letter, text in item.options.items()}
    return _top(
        {a: sum(len(words[a] & words[b]) for b in words if b != a) for a in item.options},
    )


def _middle_number(item: Item, bank: Bank) -> frozenset[str]:
    found = {k: numbers_in(text)[:1] for k, text in item.options.items()}
    values = sorted({numbers[0] for numbers in found.values() if numbers})
    if len(values) < 3 or not all(found.values()):
        return frozenset()
    middle = values[(len(values) - 1) // 2 : len(values) // 2 + 1]
    return _top({letter: numbers[0] in middle for letter, numbers in found.items()})


CUES: dict[str, Cue] = {
    "longest": _longest,
    "repeats the question": _echoing,
    "no absolutes": _not_absolute,
    "hedged": _hedged,
    "usual place": _usual_place,
    "like the others": _like_the_others,
    "middle number": _middle_number,
}


def _guess(item: Item, bank: Bank, cues: Iterable[Cue]) -> float:
    """Expected score, 0 to 1, of who follows ``cues``: one vote each, ties broken by lot."""
    votes = dict.fromkeys(item.options, 0.0)
    for cue in cues:
        favoured = cue(item, bank)
        for letter in favoured:
            votes[letter] += 1 / len(favoured)
    chosen = _top(votes) or frozenset(votes)
    return (item.right[0] in chosen) / len(chosen)


def guesser(bank: Bank) -> Finding:
    """What all cues together earn, against the upper end of what lot earns."""
    name = "a guesser who follows seven cues"
    if not bank.choices:
        return Finding(name, "no choice question")
    chances = [chance_of(item) for item in bank.choices]
    low, high = interval(chances)
    score = math.fsum(_guess(item, bank, CUES.values()) for item in bank.choices)
    met = f"{score:.1f} of {len(chances)}, {math.fsum(chances):.1f} by lot (95 %: {low} to {high})"
    return Finding(name, met, [f"Cues alone earn {met}."] if score > high else [])


def best_cue(bank: Bank) -> Finding:
    """The cue that would have served best, known only afterwards: hence Bonferroni's bound."""
    name = "the best single cue, looked for afterwards"
    if not bank.choices:
        return Finding(name, "no choice question")
    chances = [chance_of(item) for item in bank.choices]
    _, high = interval(chances, 1 - ALPHA / len(CUES))
    scores = {
        cue: math.fsum(_guess(item, bank, [follow]) for item in bank.choices)
        for cue, follow in CUES.items()
    }
    best = max(scores, key=lambda cue: scores[cue])
    met = f"{best!r} earns {scores[best]:.1f} of {len(chances)} (at most {high} by lot)"
    return Finding(
        name, met, [f"One cue alone gives keys away: {met}."] if scores[best] > high else []
    )
