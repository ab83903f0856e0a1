"""A lesson's text, its answers and its solutions become checked ``Question`` objects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from course.publish.answers import ANSWERS, FORMS, WrittenAnswer, read_answers
from course.publish.faults import LessonFault
from course.publish.keys import FormAndKey
from course.publish.lesson_text import Insert, LessonText, QuestionBlock, first_fault, read_lesson
from course.publish.solutions import Solutions, load_solutions
from course.questions.kinds import Question
from course.sources.models import Sources

LEVELS = ("remember", "understand", "apply", "analyse", "evaluate", "create")
_OPTIONS = {
    "kind": "one of choice, choices, match, order, number, table, function, text",
    "use": "practice or graded",
    "level": "one of " + ", ".join(LEVELS),
    "objective": "one of the objectives in the front matter",
}

_OF_ONE_KIND = {"number": ("units", "slider"), "text": ("words",), "function": ("may-use",)}


@dataclass(frozen=True)
class AskedQuestion:
    """A question, the block it stands in, and what its answer cell needs at full marks."""

    question: Question
    block: QuestionBlock
    answer: WrittenAnswer
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
    _refuse_idle_cases(text)
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
    _about_a_case(text, block)
    for kinds, names in _OF_ONE_KIND.items():
        for name in names:
            if name in block.options and block.options["kind"] != kinds:
                raise fault(f"has the option :{name}:", f"It is for the kind {kinds}; remove it.")
    for claim in block.options.get("claims", "").split():
        if claim.rstrip(",") not in sources.claims:
            raise fault(f"asks about claim {claim}, which is not in claims.yaml", "Correct it.")
    if not block.prompt.strip():
        raise fault("asks nothing", "Write the question under its options.")
    return use


def _about_a_case(text: LessonText, block: QuestionBlock) -> None:
    if "case" not in block.options:
        return
    case = text.cases().get(block.options["case"])
    if case is None or case.line > block.line:
        what = "does not have" if case is None else "tells only further down"
        raise LessonFault(
            text.file,
            block.line,
            f"Question {block.id} is about the case {block.options['case']!r}, which the lesson "
            f"{what}.",
            "Write the case before it, or correct the name.",
        )


def _ask(
    text: LessonText,
    block: QuestionBlock,
    answers: dict[str, tuple[Any, int]],
    solutions: dict[str, Solutions],
    number: int,
    folder: Path,
) -> AskedQuestion:
    kind, graded = block.options["kind"], block.options["use"] == "graded"
    form_names = set(FORMS[kind].model_fields) if kind in FORMS else set()
    form_data = {k: v for k, v in block.data.items() if k in form_names}
    key_data: Any = {k: v for k, v in block.data.items() if k not in form_names}
    file, line = text.file, block.line
    if graded:
        foreign = [name for name in key_data if name not in ANSWERS[kind].model_fields]
        if foreign:
            raise LessonFault(
                file,
                line,
                f"Question {block.id} has {foreign[0]} under ---, which no {kind} question has.",
                f"Use {', '.join(FORMS[kind].model_fields)}." if kind in FORMS else "Remove it.",
            )
        if key_data:
            raise LessonFault(
                file,
                line,
                f"Question {block.id} is graded and its key stands in the public lesson.",
                f"Move {', '.join(key_data)} to answers.yaml.",
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
            f"The key of {block.id} does not fit {_a(kind)} question: {first_fault(fault)}.",
            "Compare it with another question of this kind.",
        ) from None
    made = FormAndKey(text, block, file, line, solutions.get(block.id))
    form, key = made.of(answer, form_data)
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
    made.prove(question)
    may_use = tuple(block.options.get("may-use", "").split())
    return AskedQuestion(question, block, answer, may_use, solutions.get(block.id))


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "order" else f"a {kind}"


def _refuse_idle_cases(text: LessonText) -> None:
    asked_about = {block.options.get("case") for block in text.questions()}
    for case in text.cases().values():
        if case.name not in asked_about:
            raise LessonFault(
                text.file,
                case.line,
                f"No question is about the case {case.name}.",
                f"Give one the option :case: {case.name}, or make the case plain text.",
            )


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
