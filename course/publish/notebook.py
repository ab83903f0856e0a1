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

from course.publish.answers import TextAnswer
from course.publish.assemble import AskedQuestion, Lesson
from course.publish.faults import LessonFault
from course.publish.lesson_text import CaseBlock, Code, Insert, Prose
from course.publish.release import ROOT, nbgrader_settings
from course.publish.solutions import source_of
from course.questions.kinds import (
    ChoiceForm,
    ChoiceKey,
    ChoicesKey,
    FunctionForm,
    NumberForm,
    NumberKey,
    OrderForm,
    OrderKey,
    Question,
    TableForm,
    TableKey,
    TextForm,
)
from course.questions.plain_values import either
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
        elif isinstance(block, CaseBlock):
            page.case(block)
        else:
            page.question(lesson.asked[block.id])
    page.closing()
    for cell in page.cells:
        if cell.cell_type == "markdown":
            cell.source = sums_as_text(cell.source)
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
    text = json.dumps([public, prompts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


DOLLAR = "<span>&#36;</span>"
"""A dollar sign that no notebook takes for the border of a formula."""


def sums_as_text(markdown: str) -> str:
    """``markdown`` with dollar signs that no notebook takes for the border of a formula.

    JupyterLab sets what stands between two of them as mathematics, and does so too where they are
    escaped once or written as an entity. In an element of its own a sign is left alone. Code in
    backticks stays as it is.
    """
    pieces = re.split(r"(`[^`]*`)", markdown)
    pieces[::2] = [piece.replace("$", DOLLAR) for piece in pieces[::2]]
    return "".join(pieces)


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
        return f"](#{_anchor(WORDS_HEADING)})"

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
        opening, head = "A page says", f"Our verdict: {verdict}."
        if claim.verdict == "note":
            opening, head = "About this page", "Our note."
        self.markdown(
            f"> **{opening}** (claim {name}): {claim.claim}\n>\n"
            f"> **{head}** {claim.correction} {cites}{note}"
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

    def case(self, block: CaseBlock) -> None:
        """A case that questions share: a locked text of its own."""
        text = self._linked(block.text, block.line)
        cell = new_markdown_cell(f"### {_case_heading(block)}\n\n{text}", id=f"case-{block.name}")
        self._lock(cell, grade=False, points=0.0, solution=False)
        cell.metadata["course"] = {"role": "case", "case": block.name}
        self.cells.append(cell)

    def question(self, asked: AskedQuestion) -> None:
        question = asked.question
        case = self.lesson.text.cases().get(asked.block.options.get("case", ""))
        prompt = new_markdown_cell(_prompt(asked, case, self._linked), id=f"prompt-{question.id}")
        self._place(prompt, asked, "prompt")
        for name, source in _answer_cells(asked):
            id_, text = f"{name}-{question.id}", question.kind == "text"
            cell = new_markdown_cell(source, id=id_) if text else new_code_cell(source, id=id_)
            self._place(cell, asked, "answer")
        if question.kind == "text" and question.use == "graded":
            return
        check = new_code_cell(_check_cell(question), id=f"check-{question.id}")
        self._place(check, asked, "check")

    def _place(self, cell: NotebookNode, asked: AskedQuestion, role: str) -> None:
        """Add a cell of a question. Of practice only the prompt is locked: a learner types in the
        rest, and nbgrader has no business there."""
        question = asked.question
        by_hand = question.kind == "text" and question.use == "graded"
        grade = question.use == "graded" and role == ("answer" if by_hand else "check")
        if question.use == "graded" or role == "prompt":
            self._lock(cell, grade=grade, points=question.points, solution=role == "answer")
        if question.use == "practice":
            # While a form has the focus, two strokes of D would delete its cell.
            cell.metadata["deletable"] = False
        cell.metadata["course"] = _about(question, role)
        if case := asked.block.options.get("case"):
            cell.metadata["course"]["case"] = case
        self.cells.append(cell)

    def _lock(self, cell: NotebookNode, *, grade: bool, points: float, solution: bool) -> None:
        cell.metadata["nbgrader"] = {
            "schema_version": 3,
            "grade_id": cell.id,
            "grade": grade,
            "solution": solution,
            "locked": not solution,
            "task": False,
            **({"points": points} if grade else {}),
        }

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
            differ = f"{others}. {term.how_they_differ}" if others else ""
            lines.append(f"| **{term.term}** | {term.definition} | {differ} |")
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


def _anchor(heading: str) -> str:
    """Where JupyterLab finds a heading: blanks are hyphens, and signs stand as they are."""
    return quote(heading.replace(" ", "-"), safe=":;,.!?'&=+@")


def _case_heading(case: CaseBlock) -> str:
    return f"Case: {case.title}"


def _prompt(asked: AskedQuestion, case: CaseBlock | None, linked: Callable[[str, int], str]) -> str:
    question, form = asked.question, asked.question.form
    badge = BADGE[question.use]
    if question.use == "graded":
        badge += f", {question.points:g} point{'' if question.points == 1 else 's'}"
    lines = [f"#### {question.label} ({badge})", ""]
    if case is not None:
        anchor = _anchor(_case_heading(case))
        lines += [f"*About the case [{case.title}](#{anchor}).*", ""]
    lines.append(linked(asked.block.prompt, asked.block.line))
    if isinstance(form, TextForm):
        reader = (
            "A person reads it."
            if question.use == "graded"
            else "Nobody marks it: run the cell below and compare."
        )
        lines += ["", f"Write at most {form.words} words. {reader}"]
    elif isinstance(form, FunctionForm):
        lines += ["", *_twin(asked, form)]
    elif question.use == "graded":
        # Practice shows its options where they are chosen, in the form under its check.
        lines += ["", *_to_choose_from(question)]
    return "\n".join(lines)


def _to_choose_from(question: Question) -> list[str]:
    """What a graded question offers: its options, steps or rows; nothing for a number."""
    if question.table is not None:
        lines = _rows(question.table)
        for column in question.table.columns:
            if column.words:
                name = f" in the column *{column.name}*" if column.name else ""
                words = ", ".join(f"**{word}**" for word in column.words)
                lines += ["", f"Each entry{name} is one of: {words}."]
        return lines
    return [f"- **{letter})** {text}" for letter, text in question.texts.items()]


def _rows(form: TableForm) -> list[str]:
    rows = [f"| {label} | {shown} |" for label, shown in form.rows.items()]
    return ["| row | what it says |", "|---|---|", *rows]


def _twin(asked: AskedQuestion, form: FunctionForm) -> list[str]:
    clicks = (
        "fill in the form under the last cell."
        if asked.question.use == "practice"
        else "fill in the table in the first cell below. Put each answer in place of `None`, and "
        "leave the commas. Then press Shift+Enter three times: for the table, for the cell you "
        "leave alone, for the check."
    )
    place = "first" if asked.question.use == "practice" else "second"
    lines = [
        "**Answer in one of two ways. Both earn the same; if you do both, the better counts.**",
        "",
        f"*Without programming:* {clicks}",
        "",
        *_rows(form.table),
        "",
        f"*With Python:* complete `{form.name}({', '.join(form.parameters)})` in the {place} cell. "
        f"For instance `{form.name}({', '.join(map(_literal, form.example))})` is one call.",
    ]
    if asked.may_use:
        lines[-1] += f" You may use {', '.join(f'`{name}`' for name in asked.may_use)}."
    return lines


def _answer_cells(asked: AskedQuestion) -> list[tuple[str, str]]:
    """Name and source of each answer cell, solution included. Practice is answered in its form."""
    question, answer = asked.question, asked.answer
    practice = question.use == "practice"
    if isinstance(answer, TextAnswer):
        stub = str(nbgrader_settings(ROOT).ClearSolutions.text_stub)
        return [("answer", stub if practice else answer.model.strip())]
    if isinstance(question.form, FunctionForm):
        code = ("code", _function_cell(asked, question.form))
        table = ("answer", _table_cell(question, question.form.table))
        return [code] if practice else [table, code]
    if practice:
        return []
    if isinstance(question.form, TableForm):
        return [("answer", _table_cell(question, question.form))]
    return [("answer", _line_cell(question))]


def _line_cell(question: Question) -> str:
    """An answer of one line, with a word on what to type."""
    form, key = question.form, question.key
    if isinstance(key, ChoiceKey) and isinstance(form, ChoiceForm):
        letters = [f'"{letter}"' for letter in form.options]
        hint, right = f"type {either(letters)}", f'"{key.right}"'
    elif isinstance(key, ChoicesKey) and isinstance(form, ChoiceForm):
        example = " ".join(list(form.options)[:2])
        hint = f'type the letters of all that apply, such as "{example}"'
        right = f'"{" ".join(key.right)}"'
    elif isinstance(key, OrderKey) and isinstance(form, OrderForm):
        hint = f'type all letters in order, such as "{" ".join(form.items)}"'
        right = f'"{" ".join(key.right)}"'
    else:
        assert isinstance(key, NumberKey)
        assert isinstance(form, NumberForm)
        unit = form.units[0]
        hint, right = f"type a number{f' ({unit})' if unit else ''}", f"{key.value:g}"
    variable = question.variable
    return f"{variable} = None  # {hint}\n" + _solution(f"{variable} = {right}")


def _solution(source: str) -> str:
    return f"### BEGIN SOLUTION\n{source}\n### END SOLUTION"


def _table_cell(question: Question, form: TableForm) -> str:
    """A table to fill in, one line a row, each entry's place held by None."""
    assert isinstance(question.key, TableKey)
    nothing = _literal([None] * len(form.columns)) if len(form.columns) > 1 else "None"
    empty = [f"    {_literal(label)}: {nothing}," for label in form.rows]
    right = [
        f"    {_literal(label)}: {_literal(row.expected)},"
        for label, row in zip(form.rows, question.key.rows, strict=True)
    ]
    names = ", ".join(column.name for column in form.columns)
    order = f" (each row: {names})" if len(form.columns) > 1 else ""
    opening = f"{question.variable} = {{"
    what = "words, in quotes," if any(c.words for c in form.columns) else "answers"
    stub = [f"{opening}  # put your {what} in place of None{order}", *empty, "}"]
    return "\n".join(stub) + "\n" + _solution("\n".join([opening, *right, "}"]))


def _function_cell(asked: AskedQuestion, form: FunctionForm) -> str:
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
    if asked.question.use == "graded":
        stub.append(_solution(source_of(asked.solutions.reference)))
    return "\n".join(stub)


def _literal(value: Any) -> str:
    """A value as the notebook shows it: lists with square brackets."""
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value.is_integer():
        return f"{value:g}"
    return f"{value!r}"


def _check_cell(question: Question) -> str:
    if question.use == "practice":
        typed = "" if question.kind == "text" else ', ""'
        return f'from course.questions import check\ncheck("{question.id}"{typed})'
    data = json.dumps(question.to_json(), ensure_ascii=True)
    return (
        f'from course.questions import check\ncheck("{question.id}")\n'
        "### BEGIN HIDDEN TESTS\nfrom course.questions.notebook import award\n"
        f"award({data!r})\n### END HIDDEN TESTS"
    )
