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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

from course.publish.reading_load import plain
from course.questions.kinds import (
    ChoiceForm,
    ChoiceKey,
    ChoicesKey,
    NumberKey,
    OrderForm,
    OrderKey,
    TableKey,
)
from course.questions.score import order_share

if TYPE_CHECKING:
    from course.publish.assemble import AskedQuestion

ALPHA = 0.05
"""Chance of an alarm, for each test, when the keys are drawn by lot."""

FEWEST_A_PLACE = 5.0
"""Least expected keys in a place for the chi-square to hold (Cochran 1954, Biometrics 10:417)."""

FEWEST_KEYS = 6
"""Keys a lesson needs before its commonest letter is judged."""

LONGER, MARGIN = 1.6, 8
"""The longest option has at most 1.6 times the characters of the shortest, and 8 more."""

RARE = 2
"""A word is rare when at most so many questions use it."""

ABSOLUTES = frozenset(["always", "never", "only", "all", "every", "must", "any", "no"])
HEDGES = frozenset(["may", "can", "some", "often", "depends", "usually", "could", "might"])
HIGHER = ("apply", "analyse", "evaluate", "create")

# Long enough to look like content, but they name nothing.
_EMPTY = frozenset(
    [
        "about",
        "above",
        "after",
        "again",
        "always",
        "because",
        "before",
        "being",
        "below",
        "between",
        "could",
        "during",
        "either",
        "every",
        "first",
        "might",
        "never",
        "often",
        "other",
        "shall",
        "should",
        "since",
        "still",
        "their",
        "there",
        "these",
        "thing",
        "think",
        "those",
        "though",
        "three",
        "through",
        "under",
        "until",
        "usually",
        "where",
        "whether",
        "which",
        "while",
        "whose",
        "within",
        "without",
        "would",
    ]
)
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
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True)
class Item:
    """One question, its key included.

    ``options`` are the printed options by letter, or what is to be put in order. ``right`` holds
    the right letters; of an order, all letters in the right order. ``rows`` are the expected
    entries of a match, a table or a function's twin, and ``tolerances`` say how far off counts in
    each column. ``value`` is the key of a number.
    """

    id: str
    prompt: str
    options: Mapping[str, str] = field(default_factory=dict)
    right: tuple[str, ...] = ()
    kind: str = "choice"
    use: str = "graded"
    level: str = "apply"
    lesson: str = ""
    points: float = 1.0
    rows: tuple[tuple[Any, ...], ...] = ()
    tolerances: tuple[float, ...] = ()
    value: float | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """Letters in printed order."""
        return tuple(self.options)

    @property
    def wrong(self) -> tuple[str, ...]:
        """Letters that earn nothing."""
        return tuple(letter for letter in self.options if letter not in self.right)


@dataclass(frozen=True)
class Finding:
    """A rule's name, what was found in one short sentence, and what is to be mended."""

    name: str
    figure: str
    faults: list[str] = field(default_factory=list)


def item_of(asked: AskedQuestion) -> Item:
    """The item of a checked question: Markdown as plain words, and the key."""
    question = asked.question
    known: dict[str, Any] = {}
    if isinstance(question.form, (ChoiceForm, OrderForm)):
        known["options"] = {letter: plain(text) for letter, text in question.texts.items()}
    if isinstance(question.key, ChoiceKey):
        known["right"] = (question.key.right,)
    if isinstance(question.key, (ChoicesKey, OrderKey)):
        known["right"] = tuple(question.key.right)
    if isinstance(question.key, NumberKey):
        known["value"] = question.key.value
    if isinstance(question.key, TableKey):  # a function's key is one too, with its twin's rows
        assert question.table is not None
        columns = question.table.columns
        several = len(columns) > 1
        known["rows"] = tuple(
            tuple(case.expected) if several else (case.expected,) for case in question.key.rows
        )
        known["tolerances"] = tuple(column.tolerance for column in columns)
    return Item(
        id=question.id,
        prompt=plain(asked.block.prompt),
        kind=question.kind,
        use=question.use,
        level=question.level,
        lesson=question.lesson,
        points=question.points,
        **known,
    )


def quality(items: Sequence[Item]) -> list[Finding]:
    """One finding for each rule, in the order in which they are printed."""
    bank = _Bank(tuple(items))
    return [rule(bank) for rule in _RULES]


# --- chances ----------------------------------------------------------------------------------


def chances_of_sum(chances: Sequence[float]) -> list[float]:
    """Chance of 0, 1, 2, … successes in independent trials with ``chances`` each.

    The Poisson-binomial distribution, exactly, by adding one trial after the other; with equal
    chances it is the binomial.
    """
    known = [1.0]
    for chance in chances:
        without = [*(p * (1 - chance) for p in known), 0.0]
        with_it = [0.0, *(p * chance for p in known)]
        known = [a + b for a, b in zip(without, with_it, strict=True)]
    return known


def at_least(chances: Sequence[float], successes: int) -> float:
    """Chance of ``successes`` or more."""
    return min(math.fsum(chances_of_sum(chances)[max(successes, 0) :]), 1.0)


def interval(chances: Sequence[float], share: float = 1 - ALPHA) -> tuple[int, int]:
    """Ends of the central interval that holds at least ``share`` of all results.

    At most half of the rest lies beyond either end.
    """
    tail = (1 - share) / 2
    known = chances_of_sum(chances)
    low = next(k for k in range(len(known)) if math.fsum(known[: k + 1]) > tail)
    high = next(k for k in reversed(range(len(known))) if math.fsum(known[k:]) > tail)
    return low, high


def chi_square_survival(statistic: float, freedom: int) -> float:
    """Chance of a chi-square of ``statistic`` or more with ``freedom`` degrees of freedom.

    Closed forms of the upper incomplete gamma function for whole and half arguments (Abramowitz
    and Stegun 1964, 26.4.4 and 26.4.5).
    """
    half = statistic / 2
    if freedom % 2 == 0:
        terms = (half**i / math.factorial(i) for i in range(freedom // 2))
        return math.exp(-half) * math.fsum(terms)
    terms = (half ** (i - 0.5) / math.gamma(i + 0.5) for i in range(1, (freedom + 1) // 2))
    return math.erfc(math.sqrt(half)) + math.exp(-half) * math.fsum(terms)


# --- words ------------------------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


def stems(text: str) -> frozenset[str]:
    """The first six letters of every content word of five letters or more: a crude stem."""
    long = re.findall(r"[^\W\d_]{5,}", text.casefold())
    return frozenset(word[:6] for word in long if word not in _EMPTY)


@dataclass(frozen=True)
class _Bank:
    """All items, and what is counted over all of them once."""

    items: tuple[Item, ...]

    def of(self, *kinds: str) -> list[Item]:
        return [item for item in self.items if item.kind in kinds]

    @cached_property
    def choices(self) -> list[Item]:
        return self.of("choice")

    @cached_property
    def spread(self) -> Counter[str]:
        """In how many questions each stem stands, prompt and options together."""
        return Counter(
            stem
            for item in self.items
            for stem in stems(" ".join([item.prompt, *item.options.values()]))
        )

    @cached_property
    def keys(self) -> Counter[int]:
        """How often each place, counted from 0, holds the key of a ``choice``."""
        return Counter(_place(item) for item in self.choices)

    def rare(self, text: str) -> frozenset[str]:
        return frozenset(stem for stem in stems(text) if self.spread[stem] <= RARE)

    def lessons(self) -> Iterator[tuple[str, list[Item]]]:
        for slug in dict.fromkeys(item.lesson for item in self.items):
            yield slug, [item for item in self.items if item.lesson == slug]


def _place(item: Item) -> int:
    return item.places.index(item.right[0])


def _letter(place: int) -> str:
    return chr(ord("a") + place)


def _chance(item: Item) -> float:
    """Chance of one blind guess."""
    return 1 / len(item.options)


def _number(count: int) -> str:
    return str(count) if count else "none"


def _named(ids: Sequence[str]) -> str:
    """How many, and which."""
    return f"{len(ids)} ({', '.join(ids)})" if ids else "none"


# --- where the key stands ---------------------------------------------------------------------


def _key_places(bank: _Bank) -> Finding:
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
        math.fsum(_chance(item) for item in items if len(item.options) > place)
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


def _letter_in_a_lesson(bank: _Bank) -> Finding:
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


def _right_places_of_choices(bank: _Bank) -> Finding:
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


def _key_by_length(bank: _Bank, word: str, sign: int) -> Finding:
    """Whether the key is the one ``word`` ("longest", "shortest") option too often.

    Only questions in which one option alone is the longest can tell.
    """
    telling = [item for item in bank.choices if len(_by_length(item, sign)) == 1]
    hits = sum(item.right[0] in _by_length(item, sign) for item in telling)
    return _counted(
        f"key is the {word} option",
        telling,
        [_chance(item) for item in telling],
        hits,
        f"The key is the one {word} option",
    )


def _by_length(item: Item, sign: int) -> frozenset[str]:
    return _top({letter: sign * len(text) for letter, text in item.options.items()})


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


def _pointing(bank: _Bank) -> Finding:
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


def _lengths(bank: _Bank) -> Finding:
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


def _echoes(bank: _Bank) -> Finding:
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


def _tone(bank: _Bank, words: frozenset[str], *, of_right: bool) -> Finding:
    """Whether every option with one of ``words`` is right (or wrong) more often than by lot."""
    telling, chances, hits = [], [], 0
    for item in bank.of("choice", "choices"):
        marked = {k for k, text in item.options.items() if _words(text) & words}
        side = item.right if of_right else item.wrong
        chance = math.comb(len(side), len(marked)) / math.comb(len(item.options), len(marked))
        if 0 < chance < 1:
            telling.append(item)
            chances.append(chance)
            hits += marked <= set(side)
    what, where = ("hedges", "right") if of_right else ("absolutes", "wrong")
    name = f"{what} in {where} options alone"
    return _counted(name, telling, chances, hits, f"There are {what} in {where} options alone")


# --- a guesser who knows nothing --------------------------------------------------------------

Cue = Callable[[Item, _Bank], frozenset[str]]


def _top(scores: Mapping[str, float]) -> frozenset[str]:
    """The letters with the highest score; none where all score the same."""
    rounded = {letter: round(score, 9) for letter, score in scores.items()}
    best = max(rounded.values(), default=0)
    found = frozenset(letter for letter, score in rounded.items() if score == best)
    return found if len(found) < len(rounded) else frozenset()


def _longest(item: Item, bank: _Bank) -> frozenset[str]:
    return _by_length(item, 1)


def _echoing(item: Item, bank: _Bank) -> frozenset[str]:
    asked = bank.rare(item.prompt)
    return _top({letter: len(asked & stems(text)) for letter, text in item.options.items()})


def _not_absolute(item: Item, bank: _Bank) -> frozenset[str]:
    return _top({k: -bool(_words(text) & ABSOLUTES) for k, text in item.options.items()})


def _hedged(item: Item, bank: _Bank) -> frozenset[str]:
    return _top({k: bool(_words(text) & HEDGES) for k, text in item.options.items()})


def _usual_place(item: Item, bank: _Bank) -> frozenset[str]:
    own = _place(item)
    return _top({k: bank.keys[p] - (p == own) for p, k in enumerate(item.places)})


def _like_the_others(item: Item, bank: _Bank) -> frozenset[str]:
    words = {letter: _words(text) for letter, text in item.options.items()}
    return _top(
        {a: sum(len(words[a] & words[b]) for b in words if b != a) for a in item.options},
    )


def _middle_number(item: Item, bank: _Bank) -> frozenset[str]:
    found = {k: _numbers(text)[:1] for k, text in item.options.items()}
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


def _guess(item: Item, bank: _Bank, cues: Iterable[Cue]) -> float:
    """Expected score, 0 to 1, of who follows ``cues``: one vote each, ties broken by lot."""
    votes = dict.fromkeys(item.options, 0.0)
    for cue in cues:
        favoured = cue(item, bank)
        for letter in favoured:
            votes[letter] += 1 / len(favoured)
    chosen = _top(votes) or frozenset(votes)
    return (item.right[0] in chosen) / len(chosen)


def _guesser(bank: _Bank) -> Finding:
    name = "a guesser who follows seven cues"
    if not bank.choices:
        return Finding(name, "no choice question")
    chances = [_chance(item) for item in bank.choices]
    low, high = interval(chances)
    score = math.fsum(_guess(item, bank, CUES.values()) for item in bank.choices)
    met = f"{score:.1f} of {len(chances)}, {math.fsum(chances):.1f} by lot (95 %: {low} to {high})"
    return Finding(name, met, [f"Cues alone earn {met}."] if score > high else [])


def _best_cue(bank: _Bank) -> Finding:
    """The cue that would have served best, known only afterwards: hence Bonferroni's bound."""
    name = "the best single cue, looked for afterwards"
    if not bank.choices:
        return Finding(name, "no choice question")
    chances = [_chance(item) for item in bank.choices]
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


def _constants(bank: _Bank) -> Finding:
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


def _printed_orders(bank: _Bank) -> Finding:
    items = bank.of("order")
    shares = {item.id: max(order_share(item.places, item.right), 0.0) for item in items}
    faults = [
        f"{item.lesson}: the order as printed earns {shares[item.id]:.0%} of {item.id}."
        for item in items
        if shares[item.id] > 1 / 3 + 1e-9
    ]
    figure = f"at most {max(shares.values()):.0%} in {len(items)}" if items else "no such question"
    return Finding("the order as printed earns", figure, faults)


def _numbers(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in _NUMBER.findall(text)]


def _printed_keys(bank: _Bank) -> Finding:
    """Told, never a fault: a number may rightly be read off the question."""
    items = [item for item in bank.of("number") if item.value is not None]
    alone = [item.id for item in items if set(_numbers(item.prompt)) == {item.value}]
    return Finding(
        "keys that are the only number in their question", f"{_named(alone)} of {len(items)}"
    )


def _levels(bank: _Bank) -> Finding:
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


_RULES: tuple[Callable[[_Bank], Finding], ...] = (
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
    _guesser,
    _best_cue,
    _constants,
    _printed_orders,
    _printed_keys,
    _levels,
)
