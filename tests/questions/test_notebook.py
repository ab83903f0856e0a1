"""``check`` in a session of IPython: what a learner sees after running the cells of a question."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

import course.questions.notebook as notebook
from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    Criterion,
    FunctionForm,
    FunctionKey,
    NumberForm,
    NumberKey,
    Question,
    Reply,
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
NUMBER = asked("count", "number", NumberForm(("units", "unit")), NumberKey(3, 0, "Yes.", (), "No."))
DOUBLE = asked(
    "double-it",
    "function",
    FunctionForm("double", ("n",), (2,), ("A", "B")),
    FunctionKey(
        (Case((1,), 2), Case((3,), 6)), (Case((1,), 2), Case((4,), 8)), {}, "Yes.", "Add it."
    ),
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

    def check(self, id_: str) -> str:
        self.shown.clear()
        self.run(f"from course.questions import check\ncheck({id_!r})")
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
    bank = {q.id: q for q in (LETTER, NUMBER, DOUBLE, KEPT, TEXT)}
    monkeypatch.setattr(notebook, "learners_bank", lambda: bank)
    monkeypatch.setattr(notebook, "get_ipython", lambda: shell)
    monkeypatch.setattr(notebook, "display", lambda data, raw: made.shown.append(data))
    yield made
    InteractiveShell.clear_instance()


def test_before_anything_is_run_the_check_says_what_to_do(session: Session) -> None:
    assert "Not answered yet" in session.check("letter")
    assert "Run that cell" in session.text()


@pytest.mark.parametrize(
    "cell",
    ['answer_letter = "b"', "answer_letter = b", "answer_letter = “b”", "answer_letter = 'B '",
     "answer_letter = b)", "answer_letter = 'b", "answer_letter = B # sure"],
)  # fmt: skip
def test_a_letter_is_understood_even_where_the_cell_stops(session: Session, cell: str) -> None:
    session.run(cell)
    assert "✓ Right" in session.check("letter")


@pytest.mark.parametrize(
    "cell", ["answer_count = 3 units", "answer_count = three", "answer_count = 1 + 2"]
)
def test_a_number_is_understood_even_where_the_cell_stops(session: Session, cell: str) -> None:
    session.run(cell)
    assert "✓ Right" in session.check("count")


def test_a_letter_that_some_cell_uses_as_a_name_is_still_the_letter(session: Session) -> None:
    session.run("def b():\n    pass")
    session.run("answer_letter = b")
    assert "✓ Right" in session.check("letter")


def test_the_newest_answer_counts_even_if_only_the_older_one_ran(session: Session) -> None:
    session.run("answer_letter = 'b'")
    session.run("answer_letter = a")
    assert "one is two" in session.check("letter")


def test_a_wrong_answer_is_told_its_belief_and_where_to_read(session: Session) -> None:
    session.run("answer_letter = 'a'")
    said = session.check("letter")
    assert "✗ Not right" in said
    assert "one is two" in said
    assert "Read again" in said


def test_an_answer_that_lost_the_beginning_of_its_line_is_noticed(session: Session) -> None:
    session.run("answer_letter = 'a'")
    session.run('"b"')
    said = session.check("letter")
    assert 'Write: answer_letter = "b"' in said
    assert "one is two" not in said


def test_a_word_left_standing_before_the_answer_does_no_harm(session: Session) -> None:
    session.run('answer_letter = None "b"')
    assert "✓ Right" in session.check("letter")
    session.run("answer_count = None 3 units")
    assert "✓ Right" in session.check("count")


def test_a_graded_question_is_kept_and_not_judged(session: Session) -> None:
    session.run("answer_kept = 'a'")
    said = session.check("kept")
    assert "Kept" in said
    assert "Right" not in said


def test_html_and_plain_text_say_the_same_words(session: Session) -> None:
    session.run("answer_letter = 'a'")
    session.check("letter")
    html = session.shown[-1]["text/html"]
    assert all(word in html for word in ("Not right", "one is two", "Count again."))
    assert "<script" not in html


def test_what_a_learner_typed_is_escaped_in_the_panel(session: Session) -> None:
    session.run("answer_letter = '<script>alert(1)</script>'")
    session.check("letter")
    assert "<script>" not in session.shown[-1]["text/html"]


def test_a_table_is_enough_and_so_is_a_function(session: Session) -> None:
    session.run('answer_double_it = {"A": 2, "B": 8}')
    assert "✓ Right" in session.check("double-it")
    session.run('answer_double_it = {"A": None, "B": None}')
    session.run("def double(n):\n    return 2 * n")
    assert "✓ Right" in session.check("double-it")


def test_a_table_with_a_missing_comma_is_read_all_the_same(session: Session) -> None:
    session.run('answer_double_it = {\n    "A": 2\n    "B": 8,\n}')
    assert "✓ Right" in session.check("double-it")


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
    assert word in session.check("double-it")
    assert "Traceback" not in session.text()


def test_an_endless_function_is_stopped(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notebook, "SECONDS_FOR_A_CALL", 0.2)
    session.run("def double(n):\n    while True:\n        pass")
    assert "took longer" in session.check("double-it")


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
    assert "Practice" not in session.text()


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
    notebook.check("letter")
    assert "Not answered yet" in session.text()
