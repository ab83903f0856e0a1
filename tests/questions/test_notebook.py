"""``check`` in a session of IPython: what a learner sees after running the cells of a question."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

import course.questions.notebook as notebook
import course.questions.progress as progress
from course.publish.execute import WIDGET_VIEW
from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    ChoicesKey,
    Column,
    Criterion,
    FunctionForm,
    FunctionKey,
    NumberForm,
    NumberKey,
    OrderForm,
    OrderKey,
    Question,
    Reply,
    Reversal,
    TableForm,
    TableKey,
    TextForm,
    TextKey,
)


def asked(id_: str, kind: Any, form: Any, key: Any, use: Any = "practice") -> Question:
    return Question(id_, "90_lesson", 1, kind, use, 1.0, "apply", "count", (), "Head", form, key)


LETTER = asked(
    "letter",
    "choice",
    ChoiceForm({"a": "one", "b": "two"}),
    ChoiceKey("b", {"a": Reply("Count again.", "one is two"), "b": Reply("Yes.")}),
)
SEVERAL = asked(
    "several",
    "choices",
    ChoiceForm({"a": "one", "b": "two", "c": "four"}),
    ChoicesKey("bc", {x: Reply(f"On {x}.", f"belief {x}") for x in "abc"}),  # type: ignore[arg-type]
)
ORDER = asked(
    "steps",
    "order",
    OrderForm({"p": "last", "q": "first", "r": "middle"}),
    OrderKey(("q", "r", "p"), (Reversal("p", "q", Reply("No.", "last is first")),), "Yes.", "No."),
)
NUMBER = asked("count", "number", NumberForm(("units", "unit")), NumberKey(3, 0, "Yes.", (), "No."))
TWIN = TableForm({"A": "double 1", "B": "double 4"}, (Column(),))
DOUBLE = asked(
    "double-it",
    "function",
    FunctionForm("double", ("n",), (2,), TWIN),
    FunctionKey(
        rows=(Case(2), Case(8)), beliefs={}, why="Yes.", otherwise="Add it.",
        cases=(Case(2, (), (1,)), Case(6, (), (3,))),
    ),
)  # fmt: skip
MATCH = asked(
    "kinds",
    "match",
    TableForm({"i": "a pear", "ii": "a leek"}, (Column(words={"fruit": (), "vegetable": ()}),)),
    TableKey((Case("fruit"), Case("vegetable")), {}, "Yes.", "No."),
)
KEPT = asked("kept", "choice", ChoiceForm({"a": "one", "b": "two"}), None, "graded")
TEXT = asked(
    "words", "text", TextForm(9), TextKey((Criterion("c", ("0", "1", "2")),), "Model.", {})
)


class Session:
    """A kernel without a kernel: runs cells and collects what is displayed."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.shown: list[dict[str, Any]] = []

    def run(self, cell: str) -> None:
        self.shell.run_cell(cell, store_history=True)

    def check(self, id_: str, typed: Any = "") -> str:
        self.shown.clear()
        self.run(f"from course.questions import check\ncheck({id_!r}, {typed!r})")
        return self.text()

    def mark(self, question: Question) -> str:
        """What the panel of the marked question says, its answer read from the cells."""
        self.shown.clear()
        self.run("pass  # the check cell")
        notebook.award(json.dumps(replace(question, use="graded").to_json()))
        return self.text()

    def text(self) -> str:
        return "\n".join(str(data["text/plain"]) for data in self.shown)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(history_load_length=0)
    assert shell.history_manager is not None
    shell.history_manager.enabled = False
    made = Session(shell)
    bank = {q.id: q for q in (LETTER, SEVERAL, ORDER, NUMBER, DOUBLE, MATCH, KEPT, TEXT)}
    monkeypatch.setattr(notebook, "learners_bank", lambda: bank)
    monkeypatch.setattr(progress, "learners_bank", lambda: bank)
    monkeypatch.setattr(progress, "_told", {})
    monkeypatch.setattr(progress, "_judged", set())
    monkeypatch.setattr(notebook, "get_ipython", lambda: shell)
    monkeypatch.setattr(notebook, "display", lambda data, raw: made.shown.append(data))
    yield made
    InteractiveShell.clear_instance()


def test_before_anything_is_run_the_check_says_what_to_do(session: Session) -> None:
    assert "Not answered yet" in session.check("kept")
    assert "Run that cell" in session.text()


@pytest.mark.parametrize(
    ("question", "cell"),
    [
        *[(LETTER, f"answer_letter = {x}")
          for x in ('"b"', "b", "“b”", "'B '", "b)", "'b", "B # sure", 'None "b"')],
        *[(SEVERAL, f"answer_several = {x}")
          for x in ('"b c"', "b c", "b, c", "“c b”", "['b', 'c']", "b and c", '"b c')],
        *[(ORDER, f"answer_steps = {x}")
          for x in ('"q r p"', "q r p", "q, r, p", "q > r > p", "“qrp”", "['q','r','p']", "qrp")],
        *[(NUMBER, f"answer_count = {x}")
          for x in ("3", "3 units", "three", "1 + 2", "None 3 units")],
        *[(MATCH, f"answer_kinds = {x}")
          for x in ('{"i": "fruit", "ii": "vegetable"}', '{"i": fruit, "ii": vegetable}',
                    '{"i": Fruit\n"ii": “veg”\n}', '"fruit, vegetable"', "fruit, vegetable")],
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind,
)  # fmt: skip
def test_an_answer_is_understood_even_where_its_cell_stops(
    session: Session, question: Question, cell: str
) -> None:
    session.run(cell)
    assert "✓ Right" in session.mark(question)


def test_letters_that_some_cell_uses_as_names_are_still_the_letters(session: Session) -> None:
    session.run("b = c = p = q = r = print")
    session.run("answer_letter = b")
    assert "✓ Right" in session.mark(LETTER)
    session.run("answer_several = b, c")
    assert "✓ Right" in session.mark(SEVERAL)
    session.run("answer_steps = q, r, p")
    assert "✓ Right" in session.mark(ORDER)


def test_the_newest_answer_counts_even_if_only_the_older_one_ran(session: Session) -> None:
    session.run("answer_letter = 'b'")
    session.run("answer_letter = a")
    assert "one is two" in session.mark(LETTER)


def test_an_answer_that_lost_the_beginning_of_its_line_is_noticed(session: Session) -> None:
    session.run("answer_letter = 'a'")
    session.run('"b"')
    said = session.mark(LETTER)
    assert 'Write: answer_letter = "b"' in said
    assert "one is two" not in said


def test_a_graded_question_is_kept_and_not_judged(session: Session) -> None:
    session.run("answer_kept = 'a'")
    said = session.check("kept")
    assert "Kept" in said
    assert "Right" not in said


def test_a_table_is_enough_and_so_is_a_function(session: Session) -> None:
    session.run('answer_double_it = {"A": 2, "B": 8}')
    assert "✓ Right" in session.mark(DOUBLE)
    session.run('answer_double_it = {"A": None, "B": None}')
    session.run("def double(n):\n    return 2 * n")
    assert "✓ Right" in session.mark(DOUBLE)


def test_a_table_with_a_missing_comma_is_read_all_the_same(session: Session) -> None:
    session.run('answer_double_it = {\n    "A": 2\n    "B": 8,\n}')
    assert "✓ Right" in session.mark(DOUBLE)


# --- practice -------------------------------------------------------------------------------------


def test_practice_shows_a_form_and_says_how_to_type_instead(session: Session) -> None:
    said = session.check("letter")
    assert "b: two" in said
    assert "Run this cell" in said
    assert "Right" not in said
    assert WIDGET_VIEW in session.shown[0]


@pytest.mark.parametrize(
    ("id_", "typed"),
    [("letter", "b"), ("letter", " B) "), ("several", "b c"), ("several", ["c", "b"]),
     ("steps", "q > r > p"), ("count", "3 units"), ("count", 3), ("kinds", "fruit, vegetable"),
     ("kinds", {"i": "fruit", "ii": "veg"}), ("double-it", "2, 8")],
)  # fmt: skip
def test_practice_may_be_typed_between_the_quotation_marks(
    session: Session, id_: str, typed: Any
) -> None:
    assert "✓ Right" in session.check(id_, typed)


def test_a_wrong_answer_is_told_its_belief_and_where_to_read(session: Session) -> None:
    said = session.check("letter", "a")
    assert "✗ Not right" in said
    assert "one is two" in said
    assert "Read again" in said


def test_html_and_plain_text_say_the_same_words(session: Session) -> None:
    session.check("letter", "a")
    html = session.shown[-1]["text/html"]
    assert all(word in html for word in ("Not right", "one is two", "Count again."))
    assert "<script" not in html


def test_what_a_learner_typed_is_escaped_in_the_panel(session: Session) -> None:
    session.check("letter", "<script>alert(1)</script>")
    assert "<script>" not in session.shown[-1]["text/html"]


def test_a_programmed_practice_function_is_tried_beside_the_form(session: Session) -> None:
    session.run("def double(n):\n    return 2 * n")
    assert "✓ Right" in session.check("double-it")


# --- functions that fail --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "word"),
    [("def double(n)\n    return n", "cannot read double"),
     ("def double(n):\n    return n / 0", "ZeroDivisionError"),
     ("def double(n):\n    raise SystemExit", "SystemExit"),
     ("def double():\n    return 1", "TypeError")],
)  # fmt: skip
def test_a_function_that_fails_is_told_why_in_one_sentence(
    session: Session, cell: str, word: str
) -> None:
    session.run(cell)
    assert word in session.mark(DOUBLE)
    assert "Traceback" not in session.text()


def test_an_endless_function_is_stopped(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "SECONDS_FOR_A_CALL", 0.2)
    session.run("def double(n):\n    while True:\n        pass")
    assert "took longer" in session.mark(DOUBLE)


def test_a_function_cannot_change_the_cases_for_the_next_call(session: Session) -> None:
    call: Callable[..., Any] = notebook._call
    arguments = ((1, 2),)
    call(lambda rows: rows.clear(), "f", arguments)
    assert call(lambda rows: len(rows), "f", arguments).value == 2


def test_written_practice_shows_a_model_folded_away(session: Session) -> None:
    session.check("words")
    assert "<details" in session.shown[-1]["text/html"]
    assert "Model." in session.text()


def test_an_unknown_question_is_said_kindly(session: Session) -> None:
    assert "no question called 'nope'" in session.check("nope")


def test_ready_lists_graded_questions_without_judging(session: Session) -> None:
    session.run("answer_kept = 'a'")
    session.shown.clear()
    session.run("from course.questions import ready\nready('90_lesson')")
    assert "✓ there" in session.text()
    assert "Practice 1" not in session.text()


def test_award_gives_the_points_as_a_plain_float_and_carries_the_result(session: Session) -> None:
    graded = replace(LETTER, use="graded", points=2.0)
    session.run("answer_letter = 'b'")
    points = notebook.award(json.dumps(graded.to_json()))
    assert (type(points), points) == (float, 2.0)
    assert session.shown[-1][notebook.RESULT_MIME]["status"] == "right"


def test_outside_a_notebook_a_check_says_not_answered(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "get_ipython", lambda: None)
    notebook.check("kept")
    assert "Not answered yet" in session.text()


# --- how far --------------------------------------------------------------------------------


def test_under_each_panel_stands_how_far_one_is_in_the_lesson(session: Session) -> None:
    assert "practice 0 of 6 tried; graded 0 of 1 answered and readable, 1 not yet" in (
        session.check("kept")
    )
    session.check("letter", "a")
    session.run("answer_kept = 'b'")
    assert "practice 1 of 6 tried; graded 1 of 1 answered and readable, 0 not yet" in (
        session.check("kept")
    )
    session.run("answer_kept = 'z'")
    assert "graded 0 of 1 answered and readable, 1 not readable, 0 not yet" in session.check("kept")


def judging(monkeypatch: pytest.MonkeyPatch, *claims: str) -> None:
    """Let the practice question with a letter ask about ``claims``."""
    bank = {"letter": replace(LETTER, claims=claims)}
    monkeypatch.setattr(notebook, "learners_bank", lambda: bank)


def test_claims_are_counted_once_their_question_is_answered(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    judging(monkeypatch, "D0-01", "D0-02")
    session.check("letter")
    notebook.claims_judged()
    assert "You have judged 0 of 63 claims" in session.text()
    session.check("letter", "b")
    notebook.claims_judged()
    assert "You have judged 2 of 63 claims" in session.text()


def test_the_count_runs_on_in_the_next_lesson_and_is_written_nowhere_else(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lesson = tmp_path / "01_a"
    lesson.mkdir()
    monkeypatch.chdir(lesson)
    judging(monkeypatch, "D0-01")
    session.check("letter", "b")
    assert list(tmp_path.iterdir()) == [lesson]
    monkeypatch.setattr(progress, "_judged", set())
    (tmp_path / "index.md").write_text("# The learner's own folder")
    session.check("letter", "b")
    monkeypatch.setattr(progress, "_judged", set())
    notebook.claims_judged()
    assert "You have judged 1 of 63 claims" in session.text()


def test_a_damaged_count_starts_again_without_a_word(
    session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "01_a").mkdir()
    monkeypatch.chdir(tmp_path / "01_a")
    (tmp_path / "index.md").write_text("#")
    (tmp_path / "claims_judged.json").write_text("[1, 2")
    notebook.claims_judged()
    assert "You have judged 0 of 63 claims" in session.text()
