"""Questions as the rules of item quality see them: plain words, keys included, and a whole bank."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
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

if TYPE_CHECKING:
    from course.publish.assemble import AskedQuestion

RARE = 2
"""A word is rare when at most so many questions use it."""

# Long enough to look like content, but they name nothing.
# fmt: off
_EMPTY = frozenset([
    "about", "above", "after", "again", "always", "because", "before", "being", "below",
    "between", "could", "during", "either", "every", "first", "might", "never", "often", "other",
    "shall", "should", "since", "still", "their", "there", "these", "thing", "think", "those",
    "though", "three", "through", "under", "until", "usually", "where", "whether", "which",
    "while", "whose", "within", "without", "would",
])
# fmt: on


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


def words_of(text: str) -> frozenset[str]:
    """Every word of ``text``, in small letters."""
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


def stems(text: str) -> frozenset[str]:
    """The first six letters of every content word of five letters or more: a crude stem."""
    long = re.findall(r"[^\W\d_]{5,}", text.casefold())
    return frozenset(word[:6] for word in long if word not in _EMPTY)


@dataclass(frozen=True)
class Bank:
    """All items, and what is counted over all of them once."""

    items: tuple[Item, ...]

    def of(self, *kinds: str) -> list[Item]:
        """The items of these kinds."""
        return [item for item in self.items if item.kind in kinds]

    @cached_property
    def choices(self) -> list[Item]:
        """The items of which one option is right."""
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
        return Counter(place_of_key(item) for item in self.choices)

    def rare(self, text: str) -> frozenset[str]:
        """The stems of ``text`` that few questions use."""
        return frozenset(stem for stem in stems(text) if self.spread[stem] <= RARE)

    def lessons(self) -> Iterator[tuple[str, list[Item]]]:
        """The items lesson by lesson, under its name."""
        for slug in dict.fromkeys(item.lesson for item in self.items):
            yield slug, [item for item in self.items if item.lesson == slug]


def place_of_key(item: Item) -> int:
    """Place of the one right option, counted from 0."""
    return item.places.index(item.right[0])
