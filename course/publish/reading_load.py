"""How long a lesson takes and how hard it is to read, estimated from its text alone.

Minutes are the authors' own model: words at a careful reader's pace, and minutes for each figure,
code cell, claim, row of the code table and question, by kind. The constants below were set so that
two trials with first-time readers come out: they took 13 to 15 minutes for ``00_start_here`` (the
model says 13.5) and about 60 to 70 for ``06_counting_units`` (66.7), as these stood then. Two
lessons cannot tell so many constants apart. Trust the sum more than its parts, and the estimate to
about a quarter.

Readability is Flesch's reading ease of prose, cases and questions without their options. Links
count as their words. Headings, tables, code and citations are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyphen  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

from course.publish.lesson_text import CaseBlock, Code, Insert, Prose
from course.questions.kinds import TextForm

if TYPE_CHECKING:
    from course.publish.assemble import Lesson

WORDS_A_MINUTE = 180
"""Slow end of the 175 to 300 words a minute of most adults who read English non-fiction silently
(Brysbaert 2019, Journal of Memory and Language 109:104047), because the texts are technical."""

WRITTEN_WORDS_A_MINUTE = 19
"""Pace of composing at a keyboard (Karat, Halverson, Horn and Karat 1999, CHI '99:568)."""

MINUTES_A_FIGURE = 3.0
"""Authors' own model: find the slider, move it, read the sentence under it."""

MINUTES_A_CELL = 0.5
"""Authors' own model: run it and read what it prints. A figure's cell counts as a figure only."""

MINUTES_A_CLAIM = 0.4
"""Authors' own model: with correction and verdict a claim prints as about 60 words to weigh."""

MINUTES_A_CODE = 0.1
"""Authors' own model: a row of the table of billing codes is about 17 words."""

MINUTES_A_QUESTION: Mapping[str, float] = {
    "choice": 1.25,
    "choices": 1.75,
    "match": 2.5,
    "order": 2.5,
    "number": 1.75,
    "table": 5.0,
    "function": 8.0,
    "text": 0.5,
}
"""Authors' own model: think, answer, run, check, read the reply. Reading the question counts as
words, and writing a text is added at its own pace for all the words it allows."""

_MARKDOWN = MarkdownIt("commonmark").enable("table")
_CITATION = re.compile(r"\s*\[@[^\]]+\]")
_WORD = re.compile(r"[^\W_]+(?:[-'’.,:/][^\W_]+)*")
# Only before a capital letter: after "e.g." and "Pub." of "Pub. 100-04" the sentence goes on.
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'’”)\]]*\s+(?=[\"'‘“(\[]*[A-Z])")
_HYPHENS = pyphen.Pyphen(lang="en_US")


@dataclass(frozen=True)
class Readability:
    """Counts of a text, and what follows from them."""

    sentences: int
    words: int
    syllables: int

    @property
    def sentence_length(self) -> float:
        """Mean words in a sentence; 0 for no text."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def ease(self) -> float:
        """Flesch's reading ease (Flesch 1948, Journal of Applied Psychology 32:221).

        About 0 to 100, the higher the easier: 60 to 70 is plain English. In its common form,
        206.835 - 1.015 words a sentence - 84.6 syllables a word.
        """
        if not self.words:
            return 0.0
        return 206.835 - 1.015 * self.sentence_length - 84.6 * self.syllables / self.words


@dataclass(frozen=True)
class ReadingLoad:
    """What a lesson asks of its reader.

    ``words`` are those of prose, cases, questions and their options, tables and short code in the
    text included. The texts of claims and billing codes come from the sources and are not among
    them: ``claims`` and ``codes`` (rows) count how many are printed. ``cells`` are code cells
    without a figure. ``written`` is the words that text questions allow.
    """

    lesson: str
    stated: int
    words: int
    cells: int
    figures: int
    claims: int
    codes: int
    written: int
    questions: Mapping[str, int]
    readability: Readability

    @property
    def minutes(self) -> float:
        """Estimated minutes, answering included."""
        return (
            self.words / WORDS_A_MINUTE
            + self.written / WRITTEN_WORDS_A_MINUTE
            + self.figures * MINUTES_A_FIGURE
            + self.cells * MINUTES_A_CELL
            + self.claims * MINUTES_A_CLAIM
            + self.codes * MINUTES_A_CODE
            + sum(MINUTES_A_QUESTION[kind] * n for kind, n in self.questions.items())
        )

    def __str__(self) -> str:
        """The line that ``check`` prints."""
        return (
            f"about {self.minutes:.0f} minutes estimated, {self.stated} stated; "
            f"{self.words} words, {_some(sum(self.questions.values()), 'question')}, "
            f"{_some(self.figures, 'figure')}; reading ease {self.readability.ease:.0f}, "
            f"{self.readability.sentence_length:.1f} words a sentence"
        )


def _some(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def reading_load(lesson: Lesson) -> ReadingLoad:
    """Count what ``lesson`` asks of its reader."""
    codes = [block for block in lesson.text.blocks if isinstance(block, Code)]
    inserts = [block for block in lesson.text.blocks if isinstance(block, Insert)]
    texts = list(_texts(lesson))
    questions = [asked.question for asked in lesson.asked.values()]
    printed = [*texts, *(text for question in questions for text in question.texts.values())]
    figures = sum("course.pictures" in block.text for block in codes)
    return ReadingLoad(
        lesson=lesson.slug,
        stated=lesson.text.about.minutes,
        words=sum(len(_WORD.findall(plain(text))) for text in printed),
        cells=len(codes) - figures,
        figures=figures,
        claims=sum(len(block.arguments) for block in inserts if block.name == "claim"),
        codes=sum(len(block.arguments) for block in inserts if block.name == "codes"),
        written=sum(q.form.words for q in questions if isinstance(q.form, TextForm)),
        questions=dict(Counter(question.kind for question in questions)),
        readability=readability(part for text in texts for part in running_text(text)),
    )


def _texts(lesson: Lesson) -> Iterator[str]:
    """Prose, cases and questions, options left out."""
    yield from (b.text for b in lesson.text.blocks if isinstance(b, (Prose, CaseBlock)))
    yield from (asked.block.prompt for asked in lesson.asked.values())


# --- Markdown as words ------------------------------------------------------------------------


def plain(markdown: str) -> str:
    """All words of ``markdown``: tables and short code too, no marks, addresses or citations."""
    parts = [_inline(t, code=True) for t in _MARKDOWN.parse(markdown) if t.type == "inline"]
    return "\n".join(parts)


def running_text(markdown: str) -> list[str]:
    """Paragraphs and items of lists as words, without headings, tables, code and citations."""
    parts, leave_out = [], 0
    for token in _MARKDOWN.parse(markdown):
        if token.type in ("heading_open", "heading_close", "table_open", "table_close"):
            leave_out += token.nesting
        elif token.type == "inline" and not leave_out:
            parts.append(_inline(token, code=False))
    return [part for part in parts if _WORD.search(part)]


def _inline(token: Token, *, code: bool) -> str:
    pieces = {"text": True, "text_special": True, "code_inline": code}
    text = "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or []
        if child.type.endswith("break") or pieces.get(child.type)
    )
    return " ".join(_CITATION.sub("", text).split())


# --- readability ------------------------------------------------------------------------------


def readability(paragraphs: Iterable[str]) -> Readability:
    """Counts over ``paragraphs``; a sentence ends with its paragraph at the latest."""
    sentences = [
        words
        for paragraph in paragraphs
        for sentence in _SENTENCE_END.split(paragraph)
        if (words := _WORD.findall(sentence))
    ]
    every = [word for words in sentences for word in words]
    return Readability(len(sentences), len(every), sum(map(syllables, every)))


@cache
def syllables(word: str) -> int:
    """Syllables of ``word``, hyphenated parts added up; a number counts as one.

    Whichever is more, the parts that a hyphenation dictionary knows and the groups of vowels.
    Hyphenation alone never splits off one letter (unit, many) and counts too few: over the words
    of this course reading ease would come out 7 points too high. Both together come within half a
    point of the CMU Pronouncing Dictionary.
    """
    return sum(_syllables(part) for part in re.findall(r"[^\W\d_]+", word)) or 1


def _syllables(part: str) -> int:
    if part.isupper() and (len(part) <= 3 or not re.search("[AEIOUY]", part)):
        return len(part)  # spelled out: NMR, US
    return max(len(_HYPHENS.positions(part)) + 1, _vowel_groups(part.casefold()))


def _vowel_groups(part: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", part))
    silent = (
        r"[^aeiouy]e$(?<![^aeiouy]le)",  # rule, but not table
        r"[^aeiouytd]ed$",  # billed, but not counted
        r"[^aeiouyszxgc]es$(?<!ches|shes)(?<![^aeiouy]les)",  # rules, but not pages or tables
    )
    return max(groups - any(re.search(ending, part) for ending in silent), 1)
