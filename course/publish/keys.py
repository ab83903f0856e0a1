"""The form and the key of one question, made from what its author wrote, checked and proved.

Proved means: every wrong answer the key knows is scored, and told the belief it was written for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from course.publish.answers import (
    FORMS,
    ChoiceAnswer,
    ChoicesAnswer,
    FunctionAnswer,
    FunctionFormText,
    MatchFormText,
    NumberAnswer,
    OrderAnswer,
    TableAnswer,
    TableFormText,
    TextAnswer,
    WrittenAnswer,
    WrittenBelief,
    WrittenReply,
)
from course.publish.faults import LessonFault
from course.publish.lesson_text import LessonText, QuestionBlock, first_fault
from course.publish.proofs import known_mistakes
from course.publish.solutions import Solutions
from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    ChoicesKey,
    Column,
    Criterion,
    Form,
    FunctionForm,
    FunctionKey,
    Key,
    Mistake,
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
    frozen,
    thawed,
)
from course.questions.plain_values import Unreadable, is_blank
from course.questions.score import Outcome, Response, same, score
from course.questions.tables import read_row


@dataclass(frozen=True)
class FormAndKey:
    """One question under construction, and where its faults are to be reported."""

    text: LessonText
    block: QuestionBlock
    key_file: Path
    key_line: int
    solutions: Solutions | None

    def fault(self, what: str, remedy: str) -> LessonFault:
        """A fault of the question's block."""
        return LessonFault(
            self.text.file, self.block.line, f"Question {self.block.id} {what}.", remedy
        )

    def key_fault(self, what: str, remedy: str) -> LessonFault:
        """A fault of the question's key."""
        return LessonFault(
            self.key_file, self.key_line, f"The key of {self.block.id} {what}.", remedy
        )

    def of(self, answer: WrittenAnswer, form_data: Mapping[str, Any]) -> tuple[Form, Key]:
        """The form and the key.

        Raises:
            LessonFault: for the first thing that does not fit.
        """
        if isinstance(answer, ChoiceAnswer):
            return ChoiceForm(self._options()), self._choice(answer)
        if isinstance(answer, ChoicesAnswer):
            return ChoiceForm(self._options()), self._choices(answer)
        if isinstance(answer, OrderAnswer):
            return self._order(answer)
        if isinstance(answer, NumberAnswer):
            return self._number_form(), self._number(answer)
        if isinstance(answer, TableAnswer):
            form = self._table_form(form_data)
            return form, self._table(answer, form)
        if isinstance(answer, FunctionAnswer):
            return self._function(answer, form_data)
        text_form = self._text_form()
        written = len(answer.model.split())
        if written > text_form.words:
            raise self.key_fault(
                f"has a model answer of {written} words where {text_form.words} are allowed",
                "Shorten it, or allow more with :words:.",
            )
        return text_form, _text_key(answer)

    # --- letters ------------------------------------------------------------------------------

    def _options(self) -> dict[str, str]:
        options = self.block.choices
        if len(options) < 2:
            raise self.fault("has fewer than two options", "Write each as '- a: text'.")
        for letter in options:
            if len(letter) != 1:
                raise self.fault(
                    f"calls an option {letter!r}", "Name options and steps by one small letter."
                )
        return options

    def _choice(self, answer: ChoiceAnswer) -> ChoiceKey:
        self._known_letters([answer.key])
        self._replied(answer.replies)
        for letter, reply in answer.replies.items():
            if letter != answer.key and not reply.belief:
                raise self.key_fault(
                    f"names no belief behind option {letter}",
                    "Add belief: what somebody thinks who picks it.",
                )
        replies = {k: Reply(r.reply, r.belief or "") for k, r in answer.replies.items()}
        return ChoiceKey(answer.key, replies)

    def _choices(self, answer: ChoicesAnswer) -> ChoicesKey:
        self._known_letters(answer.key)
        self._replied(answer.replies)
        if len(set(answer.key)) < len(answer.key):
            raise self.key_fault("names a letter twice", "Name each right option once.")
        if len(answer.key) == len(self.block.choices):
            raise self.key_fault("calls every option right", "Add wrong options.")
        return ChoicesKey(
            tuple(letter for letter in self.block.choices if letter in answer.key),
            {letter: _belief(answer.replies[letter]) for letter in self.block.choices},
        )

    def _known_letters(self, letters: Sequence[str]) -> None:
        options = self.block.choices
        for letter in letters:
            if letter not in options:
                raise self.key_fault(
                    f"is {letter!r}, which is not an option", f"Use one of {', '.join(options)}."
                )

    def _replied(self, replies: Mapping[str, WrittenReply | WrittenBelief]) -> None:
        options = self.block.choices
        for letter in options:
            if letter not in replies:
                raise self.key_fault(
                    f"says nothing to option {letter}", f"Add {letter} under replies."
                )
        for letter in replies:
            if letter not in options:
                raise self.key_fault(
                    f"replies to option {letter}, which does not exist", "Remove it."
                )

    def _order(self, answer: OrderAnswer) -> tuple[OrderForm, OrderKey]:
        form = OrderForm(self._options())
        if sorted(answer.key) != sorted(form.items):
            raise self.key_fault(
                "does not name every letter once", f"Put {', '.join(form.items)} in order."
            )
        if list(answer.key) == list(form.items):
            raise self.fault("prints its steps in the right order", "Print them in another order.")
        for name, belief in answer.beliefs.items():
            first, second = belief.before
            if not {first, second} <= set(form.items) or first == second:
                raise self.key_fault(f"names unknown letters in {name}", "Use two of the letters.")
            if answer.key.index(first) < answer.key.index(second):
                raise self.key_fault(
                    f"calls {first} before {second} a mistake, which is right",
                    "Write before: with the two letters the wrong way round.",
                )
        mistakes = tuple(Reversal(*b.before, _belief(b)) for b in answer.beliefs.values())
        return form, OrderKey(tuple(answer.key), mistakes, answer.why, answer.otherwise)

    # --- numbers and text ---------------------------------------------------------------------

    def _number_form(self) -> NumberForm:
        units = tuple(u.strip() for u in self.block.options.get("units", "").split(","))
        if not units[0]:
            raise self.fault("has no unit", "Add :units: units, unit (or :units: - for none).")
        return NumberForm(("",) if units == ("-",) else units, self._slider())

    def _slider(self) -> tuple[float, ...]:
        written = self.block.options.get("slider", "").split()
        try:
            slider = tuple(int(n) if n.lstrip("-").isdigit() else float(n) for n in written)
        except ValueError:
            slider = (0.0,)
        if slider and (len(slider) != 3 or not slider[0] < slider[1] or slider[2] <= 0):
            raise self.fault("has a slider that cannot be drawn", "Write :slider: first last step.")
        return slider

    def _number(self, answer: NumberAnswer) -> NumberKey:
        mistakes = tuple(Mistake(m.value, Reply(m.reply, m.belief)) for m in answer.mistakes)
        for mistake in mistakes:
            if abs(mistake.value - answer.value) <= answer.tolerance:
                raise self.key_fault(
                    f"counts {mistake.value:g} as right and as a mistake",
                    "Make the tolerance smaller, or remove the mistake.",
                )
        return NumberKey(answer.value, answer.tolerance, answer.why, mistakes, answer.otherwise)

    def _text_form(self) -> TextForm:
        words = self.block.options.get("words", "")
        if not words.isdigit():
            raise self.fault("does not say how long a text it wants", "Add :words: 150.")
        return TextForm(int(words))

    # --- tables -------------------------------------------------------------------------------

    def _public(self, kind: str, form_data: Mapping[str, Any], remedy: str) -> BaseModel:
        try:
            return FORMS[kind].model_validate(form_data)
        except ValidationError as fault:
            raise self.fault(
                f"does not fit a {kind} question: {first_fault(fault)}", remedy
            ) from None

    def _table_form(self, form_data: Mapping[str, Any]) -> TableForm:
        if self.block.options["kind"] == "match":
            public = self._public("match", form_data, "Give words: {category: []} under ---.")
            assert isinstance(public, MatchFormText)
            if len(self.block.choices) < 2:
                raise self.fault("has fewer than two items", "Write each as '- i: text'.")
            return self._with_real_words(
                TableForm(self.block.choices, (Column(words=public.words),))
            )
        table = self._public("table", form_data, "Give columns and rows under ---.")
        assert isinstance(table, TableFormText)
        columns = tuple(Column(c.name, c.words, c.units, c.tolerance) for c in table.columns)
        return self._with_real_words(TableForm(table.rows, columns))

    def _with_real_words(self, form: TableForm) -> TableForm:
        for column in form.columns:
            for word in column.words:
                if is_blank(word):
                    raise self.fault(
                        f"has a category called {word!r}, which reads as no answer",
                        "Call it otherwise, for instance nothing.",
                    )
        return form

    def _table(self, answer: TableAnswer, form: TableForm) -> TableKey:
        expected = self._rows("key", answer.key, form)
        for label in form.rows:
            if label not in expected:
                raise self.key_fault(f"says nothing of row {label}", "Add it under key.")
        mistakes: dict[str, list[tuple[Any, str]]] = {label: [] for label in form.rows}
        for name, belief in answer.beliefs.items():
            for way in belief.gives:
                for label, value in self._rows(name, way, form).items():
                    if value == expected[label]:
                        raise self.key_fault(
                            f"has a belief {name} that answers row {label} rightly",
                            "Leave under gives only what differs from the key.",
                        )
                    if (frozen(value), name) not in mistakes[label]:
                        mistakes[label].append((frozen(value), name))
        rows = tuple(Case(frozen(expected[x]), tuple(mistakes[x])) for x in form.rows)
        beliefs = {name: _belief(belief) for name, belief in answer.beliefs.items()}
        return TableKey(rows, beliefs, answer.why, answer.otherwise)

    def _rows(self, where: str, rows: Mapping[str, Any], form: TableForm) -> dict[str, Any]:
        """Rows of a key or of a belief, read as a learner's would be."""
        found = {}
        for label, value in rows.items():
            if label not in form.rows:
                raise self.key_fault(f"has a row {label} under {where}", "Use the question's rows.")
            try:
                found[label] = read_row(label, value, form)
            except Unreadable as fault:
                raise self.key_fault(
                    f"cannot be read under {where}: {str(fault).rstrip('.')}", "Mend it."
                ) from None
        return found

    # --- functions ----------------------------------------------------------------------------

    def _function(
        self, answer: FunctionAnswer, form_data: Mapping[str, Any]
    ) -> tuple[FunctionForm, FunctionKey]:
        remedy = "Give function, example and at least six rows under ---."
        public = self._public("function", form_data, remedy)
        assert isinstance(public, FunctionFormText)
        if self.solutions is None or self.solutions.reference is None:
            raise self.fault("has no reference", "Add one with @reference in solutions.py.")
        name, _, parameters = public.function.rstrip(")").partition("(")
        if self.solutions.reference.__name__ != name:
            raise self.fault(
                f"asks for {name}, but its reference is {self.solutions.reference.__name__}",
                "Give both one name.",
            )
        form = FunctionForm(
            name=name,
            parameters=tuple(p.strip() for p in parameters.split(",") if p.strip()),
            example=frozen(public.example),
            table=TableForm(
                {row.label: row.shown for row in public.rows},
                (Column(words=public.words, units=public.units),),
            ),
        )
        if len(form.table.rows) < len(public.rows):
            raise self.fault("has two rows of one label", "Give each row a label of its own.")
        key = FunctionKey(
            rows=self._cases(answer, [row.arguments for row in public.rows]),
            beliefs={n: _belief(b) for n, b in answer.beliefs.items()},
            why=answer.why,
            otherwise=answer.otherwise,
            cases=self._cases(answer, list(answer.cases)),
        )
        for label, row in zip(form.table.rows, key.rows, strict=True):
            self._can_be_typed(label, row.expected, form.table)
        return form, key

    def _can_be_typed(self, label: str, expected: Any, table: TableForm) -> None:
        """The reference's value is one that the table takes from somebody who fills it in."""
        try:
            typed = read_row(label, expected, table)
        except Unreadable:
            typed = None
        if typed is None or not same(expected, typed):
            raise self.fault(
                f"expects {expected!r} in row {label}, which its table does not take",
                "Put it under words:, or mend the reference in solutions.py.",
            )

    def _cases(self, answer: FunctionAnswer, calls: Sequence[Any]) -> tuple[Case, ...]:
        assert self.solutions is not None
        assert self.solutions.reference is not None
        cases = []
        for arguments in calls:
            expected = self._value(self.solutions.reference, arguments)
            mistakes = []
            for wrong in self.solutions.wrong:
                if wrong.belief not in answer.beliefs:
                    raise self.key_fault(
                        f"has no belief called {wrong.belief!r}, which solutions.py names",
                        "Add it under beliefs.",
                    )
                value = self._value(wrong.function, arguments)
                if not same(expected, value):
                    mistakes.append((frozen(value), wrong.belief))
            cases.append(Case(frozen(expected), tuple(mistakes), frozen(arguments)))
        return tuple(cases)

    def _value(self, function: Callable[..., Any], arguments: Any) -> Any:
        try:
            return function(*[thawed(a) for a in arguments])
        except Exception as fault:
            raise self.fault(
                f"cannot be computed: {function.__name__} stops with {type(fault).__name__}",
                "Mend solutions.py.",
            ) from None

    # --- proofs -------------------------------------------------------------------------------

    def prove(self, question: Question) -> None:
        """Every wrong answer the key knows is told its own belief; functions earn what is stated.

        Raises:
            LessonFault: for the first that is not.
        """
        for response, belief in known_mistakes(question):
            result = score(question, response)
            if result.status == "right" or result.belief != belief:
                told = f"the belief {result.belief!r}" if result.belief else "no belief"
                raise self.key_fault(
                    f"tells {told} to {response.value!r}, which shows {belief!r}",
                    "Make the beliefs' answers differ, or put the more telling belief first.",
                )
        if isinstance(question.key, FunctionKey):
            self._prove_functions(question, question.key)

    def _prove_functions(self, question: Question, key: FunctionKey) -> None:
        assert self.solutions is not None
        if len(self.solutions.alternatives) < 2 or len(self.solutions.wrong) < 3:
            raise self.fault(
                "has too few proofs", "Give two @alternative and three @wrong in solutions.py."
            )
        for label, row in zip(question.form.table.rows, key.rows, strict=True):  # type: ignore[union-attr]
            for function in self.solutions.alternatives:
                value = self._value(function, row.arguments)
                if not same(row.expected, value):
                    raise self.fault(
                        f"has a row {label} for which the reference gives {row.expected!r} and "
                        f"{function.__name__} gives {value!r}",
                        "One of them is wrong; mend solutions.py.",
                    )
        stated = [(f, 1.0) for f in self.solutions.alternatives]
        stated += [(w.function, w.earns) for w in self.solutions.wrong]
        for function, share in stated:
            outcomes = tuple(Outcome(self._value(function, c.arguments)) for c in key.cases)
            result = score(question, Response(outcomes=outcomes))
            right = sum(same(c.expected, o.value) for c, o in zip(key.cases, outcomes, strict=True))
            earned = right / len(outcomes)
            if abs(earned - share) > 0.005 or (share < 1 and result.status == "right"):
                raise self.fault(
                    f"gives {function.__name__} {earned:.3g} of its marks, not {share:.3g}",
                    "Change the cases or what solutions.py states.",
                )


def _belief(written: WrittenBelief) -> Reply:
    return Reply(written.reply, written.belief)


def _text_key(answer: TextAnswer) -> TextKey:
    return TextKey(
        rubric=tuple(Criterion(c.name, c.levels) for c in answer.rubric),
        model=answer.model.strip(),
        beliefs={n: _belief(b) for n, b in answer.beliefs.items()},
    )
