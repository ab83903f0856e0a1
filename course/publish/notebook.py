"""A checked lesson becomes the instructor's notebook: ordinary nbgrader cells, metadata version 3.

Every code cell has a role (setup, demonstration, answer, check), and every cell an id that comes
from what the cell is, so that a second build gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.publish.answers import (
    ChoiceAnswer,
    FunctionAnswer,
    NumberAnswer,
    TextAnswer,
)
from course.publish.assemble import AskedQuestion, Lesson
from course.publish.faults import LessonFault
from course.publish.lesson_text import Code, Insert, Prose
from course.publish.release import ROOT, nbgrader_settings
from course.publish.solutions import source_of
from course.questions.kinds import ChoiceForm, FunctionForm, NumberForm, Question, TextForm
from course.sources.models import Sources

BADGE = {"practice": "practice: tells you", "graded": "graded: keeps it"}
WORDS_HEADING = "Words in this lesson"
SOURCES_HEADING = "Sources"
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}


def instructors_notebook(lesson: Lesson, sources: Sources) -> NotebookNode:
    """The source notebook of ``lesson``, not yet executed.

    Raises:
        LessonFault: when the prose names a reference or a term that the sources do not have.
    """
    page = _Page(lesson, sources)
    for block in lesson.text.blocks:
        if isinstance(block, Prose):
            page.prose(block)
        elif isinstance(block, Code):
            page.code(block)
        elif isinstance(block, Insert):
            page.insert(block)
        else:
            page.question(lesson.asked[block.id])
    page.closing()
    book: NotebookNode = new_notebook(cells=page.cells)
    book.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info=LANGUAGE,
        course=NotebookNode(
            lesson=lesson.slug,
            title=lesson.text.title,
            minutes=lesson.text.about.minutes,
            version=version(page.cells, lesson),
        ),
    )
    book.nbformat_minor = 5
    return book


def version(cells: list[NotebookNode], lesson: Lesson) -> str:
    """A short name for what the learner is asked. Made from the public half of the lesson alone:
    a hash over a key could be tried out letter by letter."""
    public = [asked.question.without_key().to_json() for asked in lesson.asked.values()]
    prompts = [c.source for c in cells if c.cell_type == "markdown" and not _is_graded(c)]
    text = json.dumps([public, prompts], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _is_graded(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("grade"))


class _Page:
    """Collects the cells of one notebook."""

    def __init__(self, lesson: Lesson, sources: Sources) -> None:
        self.lesson, self.sources = lesson, sources
        self.cells: list[NotebookNode] = []
        self.cited: list[str] = []
        self.terms: list[str] = []
        self.seen: dict[str, int] = {}

    # --- cells --------------------------------------------------------------------------------

    def _id(self, kind: str, source: str) -> str:
        stem = f"{kind}-{hashlib.sha256(source.encode()).hexdigest()[:8]}"
        self.seen[stem] = self.seen.get(stem, 0) + 1
        return stem if self.seen[stem] == 1 else f"{stem}-{self.seen[stem]}"

    def markdown(self, source: str) -> None:
        cell = new_markdown_cell(source, id=self._id("prose", source))
        cell.metadata["course"] = {"role": "prose"}
        self.cells.append(cell)

    def code(self, block: Code) -> None:
        cell = new_code_cell(block.text, id=self._id(block.role, block.text))
        cell.metadata["course"] = {"role": block.role, **({"bare": True} if block.bare else {})}
        self.cells.append(cell)

    def prose(self, block: Prose) -> None:
        text = self._linked(block.text, block.line)
        first, newline, rest = text.partition("\n")
        if first.startswith("# "):
            text = f"{first}\n\n{self._opening()}{newline}{rest}"
        self.markdown(text)

    def _opening(self) -> str:
        about = self.lesson.text.about
        needs = ", ".join(f"[{slug}](../{slug}/{slug}.ipynb)" for slug in about.needs)
        lines = [
            f"**About {about.minutes} minutes**, answering included."
            + (f" It builds on {needs}." if needs else ""),
            "",
            "After this lesson you can:",
            "",
            *[f"- {objective}" for objective in about.objectives.values()],
        ]
        return "\n".join(lines) + "\n"

    # --- links in prose -----------------------------------------------------------------------

    def _linked(self, text: str, line: int) -> str:
        text = re.sub(
            r"\[@([^\]]+)\]",
            lambda m: self._citation(m[1], line + text[: m.start()].count("\n")),
            text,
        )
        return re.sub(
            r"\]\(term:([a-z0-9-]+)\)",
            lambda m: self._term(m[1], line + text[: m.start()].count("\n")),
            text,
        )

    def _citation(self, ids: str, line: int) -> str:
        return ", ".join(self._cite(i.strip().lstrip("@"), line) for i in ids.split(";"))

    def _cite(self, id_: str, line: int) -> str:
        if id_ not in self.sources.references:
            raise LessonFault(
                self.lesson.text.file,
                line,
                f"The text cites {id_}, which is not in references.yaml.",
                "Correct the name, or add it there.",
            )
        if id_ not in self.cited:
            self.cited.append(id_)
        return f"[[{id_}]](#{SOURCES_HEADING})"

    def _term(self, id_: str, line: int) -> str:
        if id_ not in self.sources.glossary:
            raise LessonFault(
                self.lesson.text.file,
                line,
                f"The text links to the term {id_}, which is not in glossary.yaml.",
                "Correct the name, or add it there.",
            )
        if id_ not in self.terms:
            self.terms.append(id_)
        return f"](#{quote(WORDS_HEADING.replace(' ', '-'))})"

    # --- what comes from the sources ----------------------------------------------------------

    def insert(self, block: Insert) -> None:
        if block.name == "claim":
            for name in block.arguments:
                self._claim(name, block.line)
        else:
            self._codes(block)

    def _claim(self, name: str, line: int) -> None:
        claim = self.sources.claims[name]
        cites = " ".join(self._cite(r, line) for r in claim.references)
        note = " (Part of this is general knowledge, not cited.)" if claim.general_knowledge else ""
        verdict = claim.verdict + (f", {claim.qualification}" if claim.qualification else "")
        self.markdown(
            f"> **A page says** (claim {name} of the two pages we examine): {claim.claim}\n>\n"
            f"> **Our verdict: {verdict}.** {claim.correction} {cites}{note}"
        )
        self.cells[-1].metadata["course"]["claims"] = [name]

    def _codes(self, block: Insert) -> None:
        table = self.sources.codes
        lines = [
            "| code | called here | what it is, in our words | timed (15 min a unit)? |",
            "|---|---|---|---|",
        ]
        for number in block.arguments:
            code = table.codes[number]
            timed = "yes" if code.timed else "no"
            lines.append(f"| {number} | {code.label} | {code.paraphrase} | {timed} |")
        lines += ["", f"*{table.payer}, as of {table.as_of:%B %Y}. {table.notice}*"]
        self.markdown("\n".join(lines))

    # --- questions ----------------------------------------------------------------------------

    def question(self, asked: AskedQuestion) -> None:
        question = asked.question
        prompt = new_markdown_cell(_prompt(asked, self._linked), id=f"prompt-{question.id}")
        self._place(prompt, asked, "prompt")
        for name, source in _answer_cells(asked):
            if question.kind == "text":
                cell = new_markdown_cell(source, id=f"{name}-{question.id}")
                if question.use == "practice":
                    # nbgrader has no place for written practice: an open cell without its metadata.
                    cell.metadata["course"] = _about(question, "answer")
                    self.cells.append(cell)
                    continue
            else:
                cell = new_code_cell(source, id=f"{name}-{question.id}")
            self._place(cell, asked, "answer")
        if question.kind == "text" and question.use == "graded":
            return
        check = new_code_cell(_check_cell(question), id=f"check-{question.id}")
        self._place(check, asked, "check")

    def _place(self, cell: NotebookNode, asked: AskedQuestion, role: str) -> None:
        question = asked.question
        by_hand = question.kind == "text" and question.use == "graded"
        grade = question.use == "graded" and role == ("answer" if by_hand else "check")
        cell.metadata["nbgrader"] = {
            "schema_version": 3,
            "grade_id": cell.id,
            "grade": grade,
            "solution": role == "answer",
            "locked": role != "answer",
            "task": False,
            **({"points": question.points} if grade else {}),
        }
        cell.metadata["course"] = _about(question, role)
        self.cells.append(cell)

    # --- the end of a lesson ------------------------------------------------------------------

    def closing(self) -> None:
        if any(a.question.use == "graded" for a in self.lesson.asked.values()):
            self._hand_in()
        if self.terms:
            self._glossary()
        if self.cited:
            self._sources()

    def _hand_in(self) -> None:
        self.markdown(
            "## Hand in\n\n"
            "Run the next cell. It lists the graded questions and whether an answer is there. "
            "If you have just restarted, run your answer cells first: menu *Run*, "
            "*Run All Cells*.\n\n"
            "Then save (Ctrl+S, on a Mac Cmd+S) and hand the notebook in the way your instructor "
            "told you: usually menu *File*, *Download*, and send that file. For another lesson, go "
            "back to the first page (the tab *index.md*)."
        )
        self.code(
            Code(
                f'from course.questions import ready\nready("{self.lesson.slug}")',
                "demonstration",
                0,
            )
        )

    def _glossary(self) -> None:
        lines = [
            f"## {WORDS_HEADING}",
            "",
            "| word | meaning | not to be confused with |",
            "|---|---|---|",
        ]
        for id_ in sorted(self.terms):
            term = self.sources.glossary[id_]
            others = ", ".join(f"*{self.sources.glossary[o].term}*" for o in term.confused_with)
            lines.append(
                f"| **{term.term}** | {term.definition} | {others}. {term.how_they_differ} |"
            )
            self.cited += [r for r in term.references if r not in self.cited]
        self.markdown("\n".join(lines))

    def _sources(self) -> None:
        lines = [f"## {SOURCES_HEADING}", ""]
        for id_ in sorted(self.cited, key=_numeric):
            reference = self.sources.references[id_]
            title = f"[{reference.title}]({reference.url})" if reference.url else reference.title
            warning = (
                ", a bad example and no authority" if reference.standing == "bad-example" else ""
            )
            lines.append(f"- **{id_}** {title} ({reference.host}; {reference.kind}{warning})")
        lines += [
            "",
            "Rules here are those of US Medicare Part B unless another payer is named. "
            "This is teaching material, not legal advice. *Trade* means a page of a billing or "
            "software firm. Text: CC BY 4.0.",
        ]
        self.markdown("\n".join(lines))


def _about(question: Question, role: str) -> dict[str, Any]:
    return {
        "role": role,
        "question": question.id,
        "kind": question.kind,
        "use": question.use,
        "level": question.level,
        "claims": list(question.claims),
    }


def _numeric(id_: str) -> tuple[int, str]:
    found = re.match(r"S(\d+)(.*)", id_)
    return (int(found[1]), found[2]) if found else (0, id_)


# --- the three cells of a question ------------------------------------------------------------


def _prompt(asked: AskedQuestion, linked: Callable[[str, int], str]) -> str:
    question, form = asked.question, asked.question.form
    badge = BADGE[question.use]
    if question.use == "graded":
        badge += f", {question.points:g} point{'' if question.points == 1 else 's'}"
    lines = [f"#### {question.label} ({badge})", "", linked(asked.block.prompt, asked.block.line)]
    if isinstance(form, ChoiceForm):
        lines += ["", *[f"- **{letter})** {text}" for letter, text in form.options.items()]]
    elif isinstance(form, FunctionForm):
        lines += ["", *_twin(asked, form)]
    elif isinstance(form, TextForm):
        reader = (
            "A person reads it."
            if question.use == "graded"
            else "Nobody marks it: run the cell below and compare."
        )
        lines += ["", f"Write at most {form.words} words. {reader}"]
    return "\n".join(lines)


def _twin(asked: AskedQuestion, form: FunctionForm) -> list[str]:
    lines = [
        "**Answer in one of two ways. Both earn the same; if you do both, the better counts.**",
        "",
        "*Without programming:* fill in the table in the first cell below. Put each answer in "
        "place of `None`, and leave the commas. Then press Shift+Enter three times: for the table, "
        "for the cell you leave alone, for the check.",
        "",
        "| row | what happened |",
        "|---|---|",
        *[
            f"| {label} | {shown} |"
            for label, shown in zip(form.rows, asked.shown_rows, strict=True)
        ],
        "",
        f"*With Python:* complete `{form.name}({', '.join(form.parameters)})` in the second cell. "
        f"For instance `{form.name}({', '.join(map(_literal, form.example))})` is one call.",
    ]
    if asked.may_use:
        lines[-1] += f" You may use {', '.join(f'`{name}`' for name in asked.may_use)}."
    return lines


def _answer_cells(asked: AskedQuestion) -> list[tuple[str, str]]:
    """Name and source of each answer cell, solution included."""
    question, answer = asked.question, asked.answer
    variable = question.variable
    if isinstance(answer, TextAnswer):
        if question.use == "practice":
            return [("answer", str(nbgrader_settings(ROOT).ClearSolutions.text_stub))]
        return [("answer", answer.model.strip())]
    if isinstance(answer, FunctionAnswer):
        return [("answer", _table_cell(asked)), ("code", _function_cell(asked))]
    if isinstance(answer, ChoiceAnswer):
        assert isinstance(question.form, ChoiceForm)
        letters = [f'"{letter}"' for letter in question.form.options]
        hint, right = f"type {', '.join(letters[:-1])} or {letters[-1]}", f'"{answer.key}"'
    else:
        assert isinstance(answer, NumberAnswer)
        assert isinstance(question.form, NumberForm)
        unit = question.form.units[0]
        hint, right = f"type a number{f' ({unit})' if unit else ''}", f"{answer.value:g}"
    return [("answer", f"{variable} = None  # {hint}\n" + _solution(f"{variable} = {right}"))]


def _solution(source: str) -> str:
    return f"### BEGIN SOLUTION\n{source}\n### END SOLUTION"


def _table_cell(asked: AskedQuestion) -> str:
    form = asked.question.form
    assert isinstance(form, FunctionForm)
    assert asked.question.key is not None
    variable = asked.question.variable
    blank = [f'    "{label}": None,' for label in form.rows]
    rows = asked.question.key.rows  # type: ignore[union-attr]
    right = [
        f'    "{label}": {_literal(row.expected)},'
        for label, row in zip(form.rows, rows, strict=True)
    ]
    empty = "\n".join([f"{variable} = {{  # put your answers in place of None", *blank, "}"])
    return empty + "\n" + _solution("\n".join([f"{variable} = {{", *right, "}"]))


def _function_cell(asked: AskedQuestion) -> str:
    form = asked.question.form
    assert isinstance(form, FunctionForm)
    assert asked.solutions is not None
    assert asked.solutions.reference is not None
    imports = [
        f"from {name.rpartition('.')[0]} import {name.rpartition('.')[2]}" for name in asked.may_use
    ]
    stub = [
        *imports,
        *([""] * 2 if imports else []),
        f"def {form.name}({', '.join(form.parameters)}):",
        "    return None  # only if you program: put your code in place of this line",
    ]
    return "\n".join(stub) + "\n" + _solution(source_of(asked.solutions.reference))


def _literal(value: Any) -> str:
    """A value as the notebook shows it: lists with square brackets."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"{value!r}"


def _check_cell(question: Question) -> str:
    shown = f'from course.questions import check\ncheck("{question.id}")'
    if question.use == "practice":
        return shown
    data = json.dumps(question.to_json(), ensure_ascii=True, sort_keys=True)
    return (
        f"{shown}\n### BEGIN HIDDEN TESTS\n"
        "from course.questions.notebook import award\n"
        f"award({data!r})\n### END HIDDEN TESTS"
    )
