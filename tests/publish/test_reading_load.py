"""Words, minutes and readability of a lesson, counted and against published values."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.publish.assemble import AskedQuestion, Lesson
from course.publish.lesson_text import (
    Block,
    CaseBlock,
    Code,
    FrontMatter,
    Insert,
    LessonText,
    Prose,
    QuestionBlock,
)
from course.publish.reading_load import (
    MINUTES_A_QUESTION,
    Readability,
    ReadingLoad,
    plain,
    readability,
    reading_load,
    running_text,
    syllables,
)
from course.questions.kinds import (
    ChoiceForm,
    Column,
    Form,
    FunctionForm,
    Kind,
    NumberForm,
    OrderForm,
    Question,
    TableForm,
    TextForm,
)

# --- readability ------------------------------------------------------------------------------

# Sentences with the reading ease and syllables that encyclopedias print as examples. One syllable
# more or less shifts the ease of a sentence of n words by 84.6 / n, here by 5 at least. So to agree
# to the printed half point, every syllable has to be counted as they did.
PUBLISHED = [
    ("The cat sat on the mat.", 6, 6, 116.0),
    (
        "This sentence, taken as a reading passage unto itself, is being used to prove a point.",
        16,
        23,
        69.0,
    ),
    (
        "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
        13,
        24,
        37.5,
    ),
]


@pytest.mark.parametrize(("sentence", "words", "counted", "ease"), PUBLISHED)
def test_reading_ease_of_published_examples(
    sentence: str, words: int, counted: int, ease: float
) -> None:
    found = readability([sentence])
    assert found == Readability(sentences=1, words=words, syllables=counted)
    assert found.ease == pytest.approx(ease, abs=0.5)


def test_nothing_is_easier_than_sentences_of_one_short_word() -> None:
    # The published upper bound is 121.22, the formula's own 206.835 - 1.015 - 84.6.
    assert readability(["Go. Stop. Run."]).ease == pytest.approx(121.22, abs=1e-9)


def test_no_text_has_no_ease() -> None:
    assert readability([]) == Readability(0, 0, 0)
    assert readability(["—"]).ease == readability([]).sentence_length == 0


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("unit", 2),
        ("units", 2),
        ("many", 2),
        ("rule", 1),
        ("table", 2),
        ("tables", 2),
        ("minutes", 2),
        ("billed", 1),
        ("counted", 2),
        ("pages", 2),
        ("the", 1),
        ("Medicare", 3),
        ("neuromuscular", 5),
        ("re-education", 5),
        ("one-on-one", 3),
        ("NMR", 3),
        ("US", 2),
        ("24.9", 1),
    ],
)
def test_syllables(word: str, number: int) -> None:
    assert syllables(word) == number


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=15))
def test_a_word_has_a_syllable_and_no_more_than_letters(word: str) -> None:
    assert 1 <= syllables(word) <= len(word)


def test_sentences_end_before_a_capital_letter_or_with_their_paragraph() -> None:
    text = 'See Pub. 100-04, e.g. this one. "Is it so?" He asked. "Go." (Yes.) 3.5 units'
    assert readability([text]).sentences == 5
    assert readability(["no full stop", "nor here"]).sentences == 2
    assert readability(["Two words. Three words more."]).sentence_length == 2.5


# --- Markdown ---------------------------------------------------------------------------------

MARKDOWN = """
## A heading

We **count** [units](term:unit) [@S2; @S3].
The `code_word` is out. ![a picture](x.png)

- first item
- second

| clock | minutes |
|---|---|
| 9:00 | 5 |

```python
code = 1
```
"""


def test_running_text_has_no_headings_tables_code_citations_or_addresses() -> None:
    assert running_text(MARKDOWN) == [
        "We count units. The is out.",
        "first item",
        "second",
    ]


def test_plain_has_all_words_but_blocks_of_code() -> None:
    assert " ".join(plain(MARKDOWN).split()) == (
        "A heading We count units. The code_word is out. first item second clock minutes 9:00 5"
    )


# --- a lesson ---------------------------------------------------------------------------------


def lesson(*blocks: Block, forms: tuple[tuple[Kind, Form], ...] = (), prompt: str = "") -> Lesson:
    about = FrontMatter(minutes=20, summary="A lesson that is made up.", objectives={"a": "Do it"})
    text = LessonText("90_made_up", Path("lesson.md"), "Made up", about, blocks)
    asked = {}
    for number, (kind, form) in enumerate(forms):
        question = Question(
            id=f"q{number}", lesson=text.slug, number=number, kind=kind, use="practice", points=0,
            level="apply", objective="a", claims=(), where="", form=form, key=None,
        )  # fmt: skip
        block = QuestionBlock(question.id, {}, prompt, {}, {}, 1, "")
        asked[question.id] = AskedQuestion(question, block, cast(Any, None))
    return Lesson(text, asked)


def test_words_are_those_of_prose_cases_questions_and_options() -> None:
    load = reading_load(
        lesson(
            Prose("# One\n\ntwo `three` four-and-five [@S2]", 1),
            CaseBlock("case", "Title", "six seven", 1),
            Code("print('not counted')", "demonstration", 1),
            forms=(("choice", ChoiceForm({"a": "ten", "b": "eleven"})),),
            prompt="eight nine",
        )
    )
    assert load.words == 10
    assert (load.cells, load.figures) == (1, 0)


TABLE = TableForm({"A": "one", "B": "two three"}, (Column(),))


@pytest.mark.parametrize(
    ("kind", "form", "words"),
    [
        ("choices", ChoiceForm({"a": "one", "b": "two"}), 2),
        ("order", OrderForm({"a": "one", "b": "two"}), 2),
        ("number", NumberForm(("units",)), 0),
        ("match", TABLE, 3),
        ("table", TABLE, 3),
        ("function", FunctionForm("f", ("x",), (1,), TABLE), 3),
        ("text", TextForm(95), 0),
    ],
)
def test_every_kind_takes_its_minutes(kind: Kind, form: Form, words: int) -> None:
    load = reading_load(lesson(forms=((kind, form),)))
    assert load.words == words
    assert load.questions == {kind: 1}
    # 95 words are written in 5 minutes, at 19 a minute.
    expected = words / 180 + MINUTES_A_QUESTION[kind] + (5 if kind == "text" else 0)
    assert load.minutes == pytest.approx(expected)


def test_figures_cells_claims_and_codes_are_counted() -> None:
    load = reading_load(
        lesson(
            Code("from course.pictures.units import explore_rules\nexplore_rules()", "setup", 1),
            Code("print(1)", "demonstration", 2),
            Insert("claim", ("D0-01", "D0-02"), 3),
            Insert("codes", ("97112", "97110", "97140"), 4),
        )
    )
    assert (load.figures, load.cells, load.claims, load.codes) == (1, 1, 2, 3)
    assert load.minutes == pytest.approx(3 + 0.5 + 2 * 0.4 + 3 * 0.1)


def test_the_line_for_check() -> None:
    load = reading_load(lesson(Prose("We count. You read on.", 1)))
    assert str(load) == (
        "about 0 minutes estimated, 20 stated; 5 words, 0 questions, 0 figures; "
        "reading ease 120, 2.5 words a sentence"
    )


def tried(**counts: Any) -> ReadingLoad:
    known = {"lesson": "", "stated": 0, "claims": 0, "codes": 0, "written": 0}
    return ReadingLoad(**{**known, "readability": Readability(1, 1, 1), **counts})


def test_the_two_trials_with_first_time_readers() -> None:
    """The counts of both lessons as they stood when readers took so many minutes."""
    first = tried(words=1035, cells=1, figures=1, questions={"choice": 2, "number": 1})
    assert 13 <= first.minutes <= 15
    units = tried(
        words=2140,
        cells=5,
        figures=2,
        claims=1,
        codes=7,
        written=180,
        questions={"choice": 8, "number": 5, "text": 2, "function": 2},
    )
    assert 60 <= units.minutes <= 70


# --- the course -------------------------------------------------------------------------------


def test_stated_minutes_are_near_the_estimate(lessons: list[Lesson]) -> None:
    """Within a quarter, which is as far as the model can be trusted."""
    loads = [reading_load(lesson) for lesson in lessons]
    far = [f"{x.lesson}: {x}" for x in loads if abs(x.minutes - x.stated) > 0.25 * x.minutes]
    assert far == []


def test_the_course_is_plain_english(lessons: list[Lesson]) -> None:
    """Flesch calls 60 to 70 plain; a mean above 20 words a sentence is hard for anybody."""
    for lesson_read in lessons:
        found = reading_load(lesson_read).readability
        assert found.ease >= 60
        assert found.sentence_length <= 20
