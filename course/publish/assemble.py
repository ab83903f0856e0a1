"""A lesson's text, its answers and its solutions become checked ``Question`` objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from course.publish.answers import (
    ANSWERS,
    ChoiceAnswer,
    FunctionAnswer,
    FunctionFormText,
    NumberAnswer,
    TextAnswer,
    WrittenAnswer,
    WrittenBelief,
    read_answers,
)
from course.publish.faults import LessonFault
from course.publish.lesson_text import Insert, LessonText, QuestionBlock, first_fault, read_lesson
from course.publish.solutions import Solutions, load_solutions
from course.questions.kinds import (
    Case,
    ChoiceForm,
    ChoiceKey,
    Criterion,
    FunctionForm,
    FunctionKey,
    Key,
    Mistake,
    NumberForm,
    NumberKey,
    Question,
    Reply,
    TextForm,
    TextKey,
    frozen,
    thawed,
)
from course.questions.score import Outcome, Response, same, score
from course.sources.models import Sources

LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
_OPTIONS = {
    "kind": "one of choice, number, function, text",
    "use": "practice or graded",
    "level": "one of " + ", ".join(LEVELS),
    "objective": "one of the objectives in the front matter",
}


@dataclass(frozen=True)
class AskedQuestion:
    """A question, the block it stands in, and what its answer cell needs at full marks."""

    question: Question
    block: QuestionBlock
    answer: WrittenAnswer
    shown_rows: tuple[str, ...] = ()
    may_use: tuple[str, ...] = ()
    solutions: Solutions | None = None


@dataclass(frozen=True)
class Lesson:
    """A lesson that has passed every check: text and questions, in order."""

    text: LessonText
    asked: dict[str, AskedQuestion]

    @property
    def slug(self) -> str:
        """Folder name, for instance ``06_counting_units``."""
        return self.text.slug


def assemble(folder: Path, sources: Sources) -> Lesson:
    """Read and check the lesson in ``folder``.

    Raises:
        LessonFault: with file, line, fault and remedy for the first mistake met.
    """
    text = read_lesson(folder / "lesson.md")
    answers = read_answers(folder / "answers.yaml")
    solutions = _solutions(folder / "solutions.py")
    _check_inserts(text, sources)
    asked: dict[str, AskedQuestion] = {}
    numbers = {"graded": 0, "practice": 0}
    for block in text.questions():
        use = _common_options(text, block, sources)
        numbers[use] += 1
        asked[block.id] = _ask(text, block, answers, solutions, numbers[use], folder)
    for id_, (_, line) in answers.items():
        if id_ not in asked or asked[id_].question.use != "graded":
            raise LessonFault(
                folder / "answers.yaml",
                line,
                f"{id_} is not a graded question of this lesson.",
                "Rename it, or remove it; practice keys stand in lesson.md.",
            )
    return Lesson(text, asked)


def _solutions(file: Path) -> dict[str, Solutions]:
    try:
        return load_solutions(file)
    except SyntaxError as fault:
        raise LessonFault(
            file, fault.lineno or 1, "Python cannot read this line.", "Mend its spelling."
        ) from None
    except Exception as fault:
        raise LessonFault(
            file, 1, f"It stops with {type(fault).__name__}: {fault}.", "Run it on its own."
        ) from None


def _check_inserts(text: LessonText, sources: Sources) -> None:
    known = {"claim": set(sources.claims), "codes": set(sources.codes.codes)}
    home = {"claim": "claims.yaml", "codes": "codes.yaml"}
    for block in text.blocks:
        if isinstance(block, Insert):
            for name in block.arguments:
                if name not in known[block.name]:
                    raise LessonFault(
                        text.file,
                        block.line,
                        f"{{{block.name}}} names {name}, which is not in {home[block.name]}.",
                        "Correct the name, or add it there.",
                    )


def _common_options(text: LessonText, block: QuestionBlock, sources: Sources) -> str:
    def fault(what: str, remedy: str) -> LessonFault:
        return LessonFault(text.file, block.line, f"Question {block.id} {what}.", remedy)

    for name, remedy in _OPTIONS.items():
        if not block.options.get(name):
            raise fault(f"has no {name}", f"Add :{name}: {remedy}.")
    if block.options["kind"] not in ANSWERS:
        raise fault(f"has the kind {block.options['kind']!r}", f"Use {_OPTIONS['kind']}.")
    use = block.options["use"]
    if use not in ("practice", "graded"):
        raise fault(f"has the use {use!r}", f"Use {_OPTIONS['use']}.")
    if block.options["level"] not in LEVELS:
        raise fault(f"has the level {block.options['level']!r}", f"Use {_OPTIONS['level']}.")
    if block.options["objective"] not in text.about.objectives:
        raise fault(
            f"serves the objective {block.options['objective']!r}, which the lesson does not have",
            f"Use one of {', '.join(text.about.objectives)}.",
        )
    if use == "graded" and not re.fullmatch(r"\d+(\.\d+)?", block.options.get("points", "")):
        raise fault("is graded and has no points", "Add :points: with a number, as :points: 2.")
    if use == "practice" and "points" in block.options:
        raise fault("is practice and has points", "Remove :points:, or make it graded.")
    for claim in block.options.get("claims", "").split():
        if claim.rstrip(",") not in sources.claims:
            raise fault(f"asks about claim {claim}, which is not in claims.yaml", "Correct it.")
    if not block.prompt.strip():
        raise fault("asks nothing", "Write the question under its options.")
    return use


def _ask(
    text: LessonText,
    block: QuestionBlock,
    answers: dict[str, tuple[Any, int]],
    solutions: dict[str, Solutions],
    number: int,
    folder: Path,
) -> AskedQuestion:
    kind, graded = block.options["kind"], block.options["use"] == "graded"
    form_names = set(FunctionFormText.model_fields) if kind == "function" else set()
    form_data = {k: v for k, v in block.data.items() if k in form_names}
    key_data: Any = {k: v for k, v in block.data.items() if k not in form_names}
    file, line = text.file, block.line
    if graded:
        if key_data:
            raise LessonFault(
                file,
                line,
                f"Question {block.id} is graded and its key stands in the public lesson.",
                "Move what is under --- to answers.yaml.",
            )
        if block.id not in answers:
            raise LessonFault(
                file, line, f"Question {block.id} has no key.", "Add it to answers.yaml."
            )
        key_data, line = answers[block.id]
        file = folder / "answers.yaml"
    try:
        answer = ANSWERS[kind].model_validate(key_data)
    except ValidationError as fault:
        raise LessonFault(
            file,
            line,
            f"The key of {block.id} does not fit a {kind} question: {first_fault(fault)}.",
            "Compare it with another question of this kind.",
        ) from None
    asking = _Asking(text, block, file, line, solutions.get(block.id))
    form, key, rows = asking.form_and_key(answer, form_data)
    question = Question(
        id=block.id,
        lesson=text.slug,
        number=number,
        kind=kind,  # type: ignore[arg-type]
        use=block.options["use"],  # type: ignore[arg-type]
        points=float(block.options.get("points", 0)),
        level=block.options["level"],
        objective=block.options["objective"],
        claims=tuple(c.rstrip(",") for c in block.options.get("claims", "").split()),
        where=_where_to_read(text, block),
        form=form,
        key=key,
    )
    asking.prove_functions(question)
    may_use = tuple(block.options.get("may-use", "").split())
    return AskedQuestion(question, block, answer, rows, may_use, solutions.get(block.id))


def _where_to_read(text: LessonText, block: QuestionBlock) -> str:
    """The heading named by ``:read:``, else the one the question stands under."""
    wanted = block.options.get("read", block.where)
    if wanted not in text.headings:
        raise LessonFault(
            text.file,
            block.line,
            f"Question {block.id} sends its reader to {wanted!r}, which is no heading here.",
            "Copy the heading after :read:.",
        )
    return wanted


@dataclass(frozen=True)
class _Asking:
    """One question under construction, and where its faults are to be reported."""

    text: LessonText
    block: QuestionBlock
    key_file: Path
    key_line: int
    solutions: Solutions | None

    def fault(self, what: str, remedy: str) -> LessonFault:
        return LessonFault(
            self.text.file, self.block.line, f"Question {self.block.id} {what}.", remedy
        )

    def key_fault(self, what: str, remedy: str) -> LessonFault:
        return LessonFault(
            self.key_file, self.key_line, f"The key of {self.block.id} {what}.", remedy
        )

    def form_and_key(
        self, answer: WrittenAnswer, form_data: dict[str, Any]
    ) -> tuple[ChoiceForm | NumberForm | FunctionForm | TextForm, Key, tuple[str, ...]]:
        if isinstance(answer, ChoiceAnswer):
            return ChoiceForm(self.block.choices), self._choice(answer), ()
        if isinstance(answer, NumberAnswer):
            return self._number_form(), self._number(answer), ()
        if isinstance(answer, FunctionAnswer):
            return self._function(answer, form_data)
        return self._text_form(), _text_key(answer), ()

    def _choice(self, answer: ChoiceAnswer) -> ChoiceKey:
        options = self.block.choices
        if len(options) < 2:
            raise self.fault("has fewer than two options", "Write each as '- a: text'.")
        if answer.key not in options:
            raise self.key_fault(
                f"is {answer.key!r}, which is not an option", f"Use one of {', '.join(options)}."
            )
        for letter in options:
            if letter not in answer.replies:
                raise self.key_fault(
                    f"says nothing to option {letter}", f"Add {letter} under replies."
                )
            if letter != answer.key and not answer.replies[letter].belief:
                raise self.key_fault(
                    f"names no belief behind option {letter}",
                    "Add belief: what somebody thinks who picks it.",
                )
        for letter in answer.replies:
            if letter not in options:
                raise self.key_fault(
                    f"replies to option {letter}, which does not exist", "Remove it."
                )
        replies = {k: Reply(r.reply, r.belief or "") for k, r in answer.replies.items()}
        return ChoiceKey(answer.key, replies)

    def _number_form(self) -> NumberForm:
        units = tuple(u.strip() for u in self.block.options.get("units", "").split(","))
        if not units[0]:
            raise self.fault("has no unit", "Add :units: units, unit (or :units: - for none).")
        return NumberForm(("",) if units == ("-",) else units)

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

    def _function(
        self, answer: FunctionAnswer, form_data: dict[str, Any]
    ) -> tuple[FunctionForm, FunctionKey, tuple[str, ...]]:
        try:
            public = FunctionFormText.model_validate(form_data)
        except ValidationError as fault:
            raise self.fault(
                f"does not fit a function question: {first_fault(fault)}",
                "Give function, example and at least six rows under ---.",
            ) from None
        if self.solutions is None or self.solutions.reference is None:
            raise self.fault("has no reference", "Add one with @reference in solutions.py.")
        name, _, parameters = public.function.rstrip(")").partition("(")
        form = FunctionForm(
            name=name,
            parameters=tuple(p.strip() for p in parameters.split(",") if p.strip()),
            example=frozen(public.example),
            rows=tuple(row.label for row in public.rows),
            words=public.words,
            units=public.units,
        )
        if self.solutions.reference.__name__ != name:
            raise self.fault(
                f"asks for {name}, but its reference is {self.solutions.reference.__name__}",
                "Give both one name.",
            )
        rows = [row.arguments for row in public.rows]
        key = FunctionKey(
            cases=self._cases(answer, list(answer.cases)),
            rows=self._cases(answer, rows),
            beliefs={n: _belief(b) for n, b in answer.beliefs.items()},
            why=answer.why,
            otherwise=answer.otherwise,
        )
        return form, key, tuple(row.shown for row in public.rows)

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
            cases.append(Case(frozen(arguments), frozen(expected), tuple(mistakes)))
        return tuple(cases)

    def _value(self, function: Any, arguments: Any) -> Any:
        try:
            return function(*[thawed(a) for a in arguments])
        except Exception as fault:
            raise self.fault(
                f"cannot be computed: {function.__name__} stops with {type(fault).__name__}",
                "Mend solutions.py.",
            ) from None

    def prove_functions(self, question: Question) -> None:
        """The reference and alternatives earn full marks, each wrong function what it states."""
        if self.solutions is None or not isinstance(question.key, FunctionKey):
            return
        if len(self.solutions.alternatives) < 2 or len(self.solutions.wrong) < 3:
            raise self.fault(
                "has too few proofs", "Give two @alternative and three @wrong in solutions.py."
            )
        stated = [(f, 1.0) for f in self.solutions.alternatives]
        stated += [(w.function, w.earns) for w in self.solutions.wrong]
        for function, share in stated:
            outcomes = tuple(
                Outcome(self._value(function, case.arguments)) for case in question.key.cases
            )
            result = score(question, Response(outcomes=outcomes))
            right = sum(
                same(c.expected, o.value) for c, o in zip(question.key.cases, outcomes, strict=True)
            )
            earned = right / len(outcomes)
            if abs(earned - share) > 0.005 or (share < 1 and result.status == "right"):
                raise self.fault(
                    f"gives {function.__name__} {earned:.2f} of its marks, not {share:.2f}",
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
