"""What gives an answer away: whether the questions can be guessed by somebody who knows nothing.

The module is pure: plain items in, findings out, nothing read or written. ``check`` prints each
finding's figure and fails on its faults. The rules follow what test-wise readers use, as listed by
Millman, Bishop and Ebel (1965, Educational and Psychological Measurement 25:707) and turned
into advice for authors by Haladyna, Downing and Rodriguez (2002, Applied Measurement in Education
15:309). The limits are the authors' own where no source is named.

Every probability here asks the same: if the keys had been drawn by lot among the options as they
stand, how often would we see this much or more?
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

from course.publish.chances import ALPHA, at_least, chi_square_survival
from course.publish.cues import (
    ABSOLUTES,
    HEDGES,
    best_cue,
    chance_of,
    guesser,
    most_by_length,
    numbers_in,
)
from course.publish.items import Bank, Finding, Item, stems, words_of
from course.questions.score import order_share

FEWEST_A_PLACE = 5.0
"""Least expected keys in a place for the chi-square to hold (Cochran 1954, Biometrics 10:417)."""

FEWEST_KEYS = 6
"""Keys a lesson needs before its commonest letter is judged."""

LONGER, MARGIN = 1.6, 8
"""The longest option has at most 1.6 times the characters of the shortest, and 8 more."""

HIGHER = ("apply", "analyse", "evaluate", "create")

_LETTERS = r"[a-h]"
_POINTING = (
    re.compile(
        r"\b(all|none|both|neither|any|some|most|each) of (the|these) ?"
        r"(above|below|others?|options?|answers?|choices?)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(all|none) of these\b", re.IGNORECASE),
    re.compile(r"\b(all|none|both|neither) (the )?(above|other options)\b", re.IGNORECASE),
)
_TWO_LETTERS = re.compile(rf"\b({_LETTERS}) (?:and|or|nor|&) ({_LETTERS})\b", re.IGNORECASE)


def quality(items: Sequence[Item]) -> list[Finding]:
    """One finding for each rule, in the order in which they are printed."""
    bank = Bank(tuple(items))
    return [rule(bank) for rule in _RULES]


def _letter(place: int) -> str:
    return chr(ord("a") + place)


def _number(count: int) -> str:
    return str(count) if count else "none"


def _named(ids: Sequence[str]) -> str:
    """How many, and which."""
    return f"{len(ids)} ({', '.join(ids)})" if ids else "none"


# --- where the key stands ---------------------------------------------------------------------


def _key_places(bank: Bank) -> Finding:
    name = "place of the key"
    if not bank.choices:
        return Finding(name, "no choice question")
    expected = _expected_keys(bank.choices)
    counted = ", ".join(f"{_letter(p)} {bank.keys[p]}" for p in range(len(expected)))
    observed = [float(bank.keys[place]) for place in range(len(expected))]
    observed, expected = _without_thin_places(observed, expected)
    figure = f"{counted} of {len(bank.choices)} choice questions"
    if min(expected) < FEWEST_A_PLACE or len(expected) < 2:
        return Finding(name, f"{figure}, too few for a test")
    statistic = math.fsum((o - e) ** 2 / e for o, e in zip(observed, expected, strict=True))
    chance = chi_square_survival(statistic, len(expected) - 1)
    fault = f"The key of choice questions stands too often in one place: {counted}."
    return Finding(
        name,
        f"{figure}; chi-square {statistic:.1f}, p = {chance:.2f}",
        [fault] if chance < ALPHA else [],
    )


def _expected_keys(items: Sequence[Item]) -> list[float]:
    """Keys expected in each place by lot.

    With options of different number the sum spreads less than the chi-square allows for, so its
    test errs on the quiet side.
    """
    places = max(len(item.options) for item in items)
    return [
        math.fsum(chance_of(item) for item in items if len(item.options) > place)
        for place in range(places)
    ]


def _without_thin_places(
    observed: list[float], expected: list[float]
) -> tuple[list[float], list[float]]:
    """The last places put together until each expects enough for the chi-square."""
    observed, expected = list(observed), list(expected)
    while len(expected) > 1 and expected[-1] < FEWEST_A_PLACE:
        observed[-2:] = [observed[-2] + observed[-1]]
        expected[-2:] = [expected[-2] + expected[-1]]
    return observed, expected


def _letter_in_a_lesson(bank: Bank) -> Finding:
    name = "commonest letter of a lesson"
    faults, shares = [], []
    for slug, items in bank.lessons():
        keys = [item.right[0] for item in items if item.kind == "choice"]
        if len(keys) < FEWEST_KEYS:
            continue
        letter, times = Counter(keys).most_common(1)[0]
        shares.append((times / len(keys), f"{letter}, {times} of {len(keys)} in {slug}"))
        if 2 * times > len(keys):
            faults.append(f"{slug}: {letter} is the key of {times} in {len(keys)} choices.")
    if not shares:
        return Finding(name, f"no lesson with {FEWEST_KEYS} choice questions")
    return Finding(name, f"at most {max(shares)[1]}", faults)


def _right_places_of_choices(bank: Bank) -> Finding:
    name = "places of the right options where several are right"
    items = bank.of("choices")
    if not items:
        return Finding(name, "no question with several right options")
    places = range(max(len(item.options) for item in items))
    counted, faults = [], []
    for place in places:
        there = [item for item in items if len(item.options) > place]
        right = sum(item.places[place] in item.right for item in there)
        chances = [len(item.right) / len(item.options) for item in there]
        tail = min(at_least(chances, right), 1 - at_least(chances, right + 1))
        counted.append(f"{_letter(place)} {right} of {len(there)}")
        # Two tails and as many looks as there are places: Bonferroni's correction.
        if tail * 2 * len(places) < ALPHA:
            faults.append(
                f"Where several options are right, {_letter(place)} is right {right} times in "
                f"{len(there)}; {math.fsum(chances):.1f} were to be expected."
            )
    return Finding(name, ", ".join(counted), faults)


# --- how the options look ---------------------------------------------------------------------


def _key_by_length(bank: Bank, word: str, sign: int) -> Finding:
    """Whether the key is the one ``word`` ("longest", "shortest") option too often.

    Only questions in which one option alone is the longest can tell.
    """
    telling = [item for item in bank.choices if len(most_by_length(item, sign)) == 1]
    hits = sum(item.right[0] in most_by_length(item, sign) for item in telling)
    return _counted(
        f"key is the {word} option",
        telling,
        [chance_of(item) for item in telling],
        hits,
        f"The key is the one {word} option",
    )


def _counted(
    name: str, telling: Sequence[Item], chances: Sequence[float], hits: int, says: str
) -> Finding:
    """A count against its expectation by lot, one-sided and exact."""
    if not telling:
        return Finding(name, "no question can tell")
    chance = at_least(chances, hits)
    met = f"{hits} of {len(telling)}, {math.fsum(chances):.1f} expected by lot"
    faults = [f"{says} in {met}."] if chance < ALPHA else []
    return Finding(name, f"{met}, p = {chance:.2f}", faults)


def _pointing(bank: Bank) -> Finding:
    faults = [
        f"{item.lesson}: option {letter} of {item.id} points at other options."
        for item in bank.of("choice", "choices")
        for letter, text in item.options.items()
        if _points(text, item.prompt)
    ]
    return Finding("options that point at options", _number(len(faults)), faults)


def _points(option: str, prompt: str) -> bool:
    """Whether ``option`` means other options, not things the prompt itself calls A and B."""
    if any(pattern.search(option) for pattern in _POINTING):
        return True
    named = {letter.upper() for pair in _TWO_LETTERS.findall(option) for letter in pair}
    return any(not re.search(rf"\b{letter}\b", prompt) for letter in named)


def _lengths(bank: Bank) -> Finding:
    items = bank.of("choice", "choices")
    faults, factors = [], [1.0]
    for item in items:
        sizes = [len(text) for text in item.options.values()]
        factors.append(max(sizes) / max(min(sizes), 1))
        if max(sizes) > LONGER * min(sizes) + MARGIN:
            faults.append(
                f"{item.lesson}: the options of {item.id} have {min(sizes)} to {max(sizes)} "
                "characters; make them more alike."
            )
    return Finding(
        "lengths of options",
        f"{len(items) - len(faults)} of {len(items)} alike, "
        f"longest {max(factors):.1f} times the shortest at most",
        faults,
    )


# --- words that tell --------------------------------------------------------------------------


def _echoes(bank: Bank) -> Finding:
    faults = []
    for item in bank.of("choice", "choices"):
        in_right = stems(" ".join(item.options[letter] for letter in item.right))
        in_wrong = stems(" ".join(item.options[letter] for letter in item.wrong))
        if echoes := (bank.rare(item.prompt) & in_right) - in_wrong:
            words = re.findall(rf"\b(?:{'|'.join(echoes)})[^\W\d_]*", item.prompt, re.IGNORECASE)
            faults.append(
                f"{item.lesson}: of the options of {item.id} only what is right repeats "
                f"{' and '.join(map(repr, dict.fromkeys(words)))} from the question."
            )
    return Finding("rare words in question and key alone", _number(len(faults)), faults)


def _tone(bank: Bank, words: frozenset[str], *, of_right: bool) -> Finding:
    """Whether every option with one of ``words`` is right (or wrong) more often than by lot."""
    telling, chances, hits = [], [], 0
    for item in bank.of("choice", "choices"):
        marked = {k for k, text in item.options.items() if words_of(text) & words}
        side = item.right if of_right else item.wrong
        chance = math.comb(len(side), len(marked)) / math.comb(len(item.options), len(marked))
        if 0 < chance < 1:
            telling.append(item)
            chances.append(chance)
            hits += marked <= set(side)
    what, where = ("hedges", "right") if of_right else ("absolutes", "wrong")
    name = f"{what} in {where} options alone"
    return _counted(name, telling, chances, hits, f"There are {what} in {where} options alone")


# --- the other kinds --------------------------------------------------------------------------


def constant_share(item: Item) -> float:
    """Share of the rows that the best answer earns which is the same in every row.

    A row earns when all its columns are right. Numbers that differ by no more than twice the
    tolerance can share an answer, so each expected number is tried as the low end of such a range.
    """
    tolerances = item.tolerances or (0.0,) * len(item.rows[0])
    answers = product(*({row[column] for row in item.rows} for column in range(len(tolerances))))
    return max(
        sum(all(map(_met, row, answer, tolerances)) for row in item.rows) for answer in answers
    ) / len(item.rows)


def _met(expected: Any, low: Any, tolerance: float) -> bool:
    if isinstance(expected, (int, float)) and isinstance(low, (int, float)):
        return -1e-9 <= expected - low <= 2 * tolerance + 1e-9
    return bool(expected == low)


def _constants(bank: Bank) -> Finding:
    items = [item for item in bank.of("match", "table", "function") if item.rows]
    shares = {item.id: constant_share(item) for item in items}
    faults = [
        f"{item.lesson}: one answer in every row earns {shares[item.id]:.0%} of {item.id}. "
        "Change rows so that no answer fits more than half of them."
        for item in items
        if shares[item.id] > 0.5 + 1e-9
    ]
    figure = f"at most {max(shares.values()):.0%} in {len(items)} tables" if items else "no table"
    return Finding("the same answer in every row earns", figure, faults)


def _printed_orders(bank: Bank) -> Finding:
    items = bank.of("order")
    shares = {item.id: max(order_share(item.places, item.right), 0.0) for item in items}
    faults = [
        f"{item.lesson}: the order as printed earns {shares[item.id]:.0%} of {item.id}."
        for item in items
        if shares[item.id] > 1 / 3 + 1e-9
    ]
    figure = f"at most {max(shares.values()):.0%} in {len(items)}" if items else "no such question"
    return Finding("the order as printed earns", figure, faults)


def _printed_keys(bank: Bank) -> Finding:
    """Told, never a fault: a number may rightly be read off the question."""
    items = [item for item in bank.of("number") if item.value is not None]
    alone = [item.id for item in items if set(numbers_in(item.prompt)) == {item.value}]
    return Finding(
        "keys that are the only number in their question", f"{_named(alone)} of {len(items)}"
    )


def _levels(bank: Bank) -> Finding:
    """Graded questions without points show how grading goes, and are left out."""
    graded = [item for item in bank.items if item.use == "graded" and item.points > 0]
    faults = [f"{i.lesson}: {i.id} is graded and has no level." for i in graded if not i.level]
    for slug, items in bank.lessons():
        faults += _too_low(slug, [item for item in items if item in graded])
    faults += _too_low("The course", graded)
    high = sum(item.level in HIGHER for item in graded)
    share = f" ({high / len(graded):.0%})" if graded else ""
    return Finding(
        "graded questions that ask to apply or more", f"{high} of {len(graded)}{share}", faults
    )


def _too_low(where: str, graded: Sequence[Item]) -> list[str]:
    high = sum(item.level in HIGHER for item in graded)
    if 2 * high >= len(graded):
        return []
    return [f"{where}: only {high} of {len(graded)} graded questions ask to apply or more."]


_RULES: tuple[Callable[[Bank], Finding], ...] = (
    _key_places,
    _letter_in_a_lesson,
    _right_places_of_choices,
    lambda bank: _key_by_length(bank, "longest", 1),
    lambda bank: _key_by_length(bank, "shortest", -1),
    _pointing,
    _lengths,
    _echoes,
    lambda bank: _tone(bank, ABSOLUTES, of_right=False),
    lambda bank: _tone(bank, HEDGES, of_right=True),
    guesser,
    best_cue,
    _constants,
    _printed_orders,
    _printed_keys,
    _levels,
)
