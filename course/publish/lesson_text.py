"""Reading ``lesson.md``: front matter, prose, code, and the blocks the course adds to Markdown.

A lesson is a MyST text notebook: jupytext opens it as a notebook too. It is parsed here with
markdown-it alone, because every fault has to name its line. The blocks are fences:
``{code-cell}``, ``{question} id``, ``{case} name``, ``{claim} D0-22`` and ``{codes} 97112 97110``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from course.publish.faults import LessonFault
from course.publish.plain_yaml import load, told

_INVISIBLE = {"understand", "know", "learn", "appreciate", "grasp", "realise"}
SLUG = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
QUESTION_OPTIONS = (
    "kind", "use", "points", "level", "claims", "objective", "read", "case",
    "units", "slider", "words", "may-use",
)  # fmt: skip


LONGEST_CODE = 88
"""Characters of a line of code that a notebook shows without a scroll bar."""


@dataclass(frozen=True)
class Prose:
    """Markdown, with the line of the lesson it begins on."""

    text: str
    line: int
    where: str = ""


@dataclass(frozen=True)
class Code:
    """A code cell. ``role`` is ``setup`` or ``demonstration``.

    ``bare`` keeps its output out of the release, so that the learner sees it appear.
    """

    text: str
    role: str
    line: int
    bare: bool = False


@dataclass(frozen=True)
class QuestionBlock:
    """A question as written in the lesson, not yet checked against its key."""

    id: str
    options: dict[str, str]
    prompt: str
    choices: dict[str, str]
    data: dict[str, Any]
    line: int
    where: str


@dataclass(frozen=True)
class Insert:
    """A block filled from the sources: ``claim`` or ``codes`` with its arguments."""

    name: str
    arguments: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class CaseBlock:
    """A case that several questions share, under its title."""

    name: str
    title: str
    text: str
    line: int


Block = Prose | Code | QuestionBlock | Insert | CaseBlock


class FrontMatter(BaseModel):
    """What a lesson says of itself. Minutes include answering; objectives start with a verb."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minutes: int = Field(ge=5, le=90)
    summary: str = Field(min_length=20)
    needs: tuple[str, ...] = ()
    objectives: dict[str, str] = Field(min_length=1)

    @field_validator("objectives")
    @classmethod
    def _can_be_seen(cls, objectives: dict[str, str]) -> dict[str, str]:
        for text in objectives.values():
            if text.split()[0].casefold() in _INVISIBLE:
                raise ValueError(f"nobody can be seen to {text.split()[0].casefold()} something")
        return objectives


@dataclass(frozen=True)
class LessonText:
    """One lesson as written: where it stands, its front matter, title and blocks in order."""

    slug: str
    file: Path
    title: str
    about: FrontMatter
    blocks: tuple[Block, ...] = field(default_factory=tuple)
    headings: tuple[str, ...] = ()

    def questions(self) -> list[QuestionBlock]:
        """The question blocks in order."""
        return [block for block in self.blocks if isinstance(block, QuestionBlock)]

    def cases(self) -> dict[str, CaseBlock]:
        """The cases by name."""
        return {block.name: block for block in self.blocks if isinstance(block, CaseBlock)}


def read_lesson(file: Path) -> LessonText:
    """Read one ``lesson.md``.

    Raises:
        LessonFault: with file, line, fault and remedy for the first mistake met.
    """
    source = file.read_text(encoding="utf-8")
    about, first_line = _front_matter(file, source)
    body = source.split("\n")[first_line:]
    blocks = _blocks(file, body, first_line)
    title, headings = _headings(file, source, first_line)
    _refuse_twins(file, blocks)
    return LessonText(file.parent.name, file, title, about, tuple(blocks), headings)


def _front_matter(file: Path, source: str) -> tuple[FrontMatter, int]:
    found = re.match(r"---\n(.*?)\n---\n", source, re.DOTALL)
    remedy = "Begin the file with front matter between two lines of ---, as in the other lessons."
    if not found:
        raise LessonFault(file, 1, "There is no front matter.", remedy)
    try:
        data = load(found[1])
        about = FrontMatter.model_validate((data if isinstance(data, dict) else {}).get("course"))
    except yaml.YAMLError as fault:
        line, what, help_ = told(fault, "The front matter")
        raise LessonFault(file, line + 2, what, help_) from None
    except ValidationError as fault:
        name = next(iter(fault.errors()[0]["loc"]), "course")
        there = (n for n, text in enumerate(found[1].split("\n"), 2)
                 if text.lstrip().startswith(f"{name}:"))  # fmt: skip
        raise LessonFault(
            file,
            next(there, 1),
            f"The front matter does not fit: {first_fault(fault)}.",
            "Compare it with the front matter of another lesson.",
        ) from None
    return about, source[: found.end()].count("\n")


_IN_WORDS = {
    "missing": "it is missing",
    "extra_forbidden": "nothing of this name belongs here",
    "string_type": "it is no text; quote words such as yes and no",
    "dict_type": "it is no list of names, each with a colon and its value",
    "model_type": "it is no list of names, each with a colon and its value",
    "model_attributes_type": "it is no list of names, each with a colon and its value",
    "tuple_type": "it is no list",
    "too_short": "it needs at least {min_length} entries and has {actual_length}",
    "too_long": "it takes at most {max_length} entries and has {actual_length}",
    "string_too_short": "it is too short",
    "float_parsing": "it is no number",
    "float_type": "it is no number",
    "int_parsing": "it is no whole number",
    "int_type": "it is no whole number",
}


def first_fault(fault: ValidationError) -> str:
    """The first fault of a pydantic error in one clause."""
    entry = fault.errors()[0]
    names = [f"entry {part + 1}" if isinstance(part, int) else part for part in entry["loc"]]
    place = " of ".join(name for name in reversed(names) if name != "[key]")
    says = entry["msg"].removeprefix("Value error, ").rstrip(".")
    if entry["type"] in _IN_WORDS:
        says = _IN_WORDS[entry["type"]].format(**entry.get("ctx", {}))
    return f"{place or 'its entry'}: {says[0].lower()}{says[1:]}"


def _blocks(file: Path, body: list[str], offset: int) -> list[Block]:
    tokens = MarkdownIt("commonmark").parse("\n".join(body))
    blocks: list[Block] = []
    where, prose_from = "", 0

    def close_prose(until: int) -> None:
        nonlocal prose_from
        lines = body[prose_from:until]
        blocks.extend(_prose_cells(lines, offset + prose_from + 1))
        prose_from = until

    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            where = tokens[index + 1].content
        if token.type != "fence" or not token.info.lstrip().startswith("{"):
            continue
        assert token.map is not None
        start, end = token.map
        line = offset + start + 1
        if token.level > 0:
            raise LessonFault(
                file,
                line,
                f"{token.info.strip()} stands inside a list or a quotation.",
                "Move it to the left margin, with an empty line above.",
            )
        closed = re.fullmatch(r"\s*(`{3,}|~{3,})\s*", body[end - 1])
        if not closed or re.search(r"^```+\{", token.content, re.MULTILINE):
            raise LessonFault(
                file, line, f"{token.info.strip()} is never closed.", "Close it with ```."
            )
        close_prose(start)
        blocks.append(_fence(file, token.info.strip(), token.content, line, where))
        prose_from = end
    close_prose(len(body))
    return blocks


def _prose_cells(lines: list[str], first_line: int) -> list[Prose]:
    """One cell for each heading of level 2, and wherever a line of +++ asks for a new one."""
    cells: list[Prose] = []
    current: list[str] = []
    start = first_line
    for number, line in enumerate([*lines, "+++"], start=first_line):
        if line.startswith("## ") or line.strip() == "+++":
            text = "\n".join(current)
            if text.strip():
                empty = len(text) - len(text.lstrip("\n"))
                cells.append(Prose(text.strip("\n"), start + empty))
            current, start = [], number + (line.strip() == "+++")
        if line.strip() != "+++":
            current.append(line)
    return cells


def _fence(file: Path, info: str, content: str, line: int, where: str) -> Block:
    name, _, rest = info.partition("}")
    name, arguments = name.lstrip("{"), rest.split()
    if name == "code-cell":
        options, text = _options(file, line, content, ("role", "outputs"))
        role = options.get("role", "demonstration")
        if role not in ("setup", "demonstration"):
            raise LessonFault(
                file, line, f"A code cell has the role {role!r}.", "Use setup or demonstration."
            )
        for at, written in enumerate(text.split("\n")):
            if len(written) > LONGEST_CODE:
                raise LessonFault(
                    file,
                    line + 1 + len(options) + at,
                    f"This line of code has {len(written)} characters.",
                    f"Break it: {LONGEST_CODE} fit into a notebook's width.",
                )
        return Code(text.strip("\n"), role, line, bare=options.get("outputs") == "none")
    if name == "question":
        return _question(file, arguments, content, line, where)
    if name == "case":
        return _case(file, arguments, content, line)
    if name in ("claim", "codes"):
        if not arguments:
            raise LessonFault(
                file, line, f"{{{name}}} names nothing.", "Name one, as {claim} D0-01."
            )
        return Insert(name, tuple(arguments), line)
    raise LessonFault(
        file,
        line,
        f"There is no block called {{{name}}}.",
        "Use {code-cell}, {question}, {case}, {claim} or {codes}.",
    )


def _options(
    file: Path, line: int, content: str, known: Sequence[str]
) -> tuple[dict[str, str], str]:
    """The options at the head of a block that begins on ``line``, and the rest of the block."""
    options: dict[str, str] = {}
    lines = content.split("\n")
    while lines and re.match(r"\s*:[a-z-]+\b", lines[0]):
        line += 1
        found = re.match(r":([a-z-]+):(?:\s+(.*))?$", lines[0])
        if not found:
            raise LessonFault(
                file,
                line,
                f"The option {lines[0].split()[0]} cannot be read.",
                "Write :name: value, at the left margin.",
            )
        if found[1] in options or found[1] not in known:
            what = "stands twice" if found[1] in options else "is not known here"
            raise LessonFault(
                file, line, f"The option :{found[1]}: {what}.", f"Known are {', '.join(known)}."
            )
        options[found[1]] = (found[2] or "").strip()
        lines.pop(0)
    return options, "\n".join(lines)


def _case(file: Path, arguments: list[str], content: str, line: int) -> CaseBlock:
    options, text = _options(file, line, content, ("title",))
    if len(arguments) != 1 or not SLUG.match(arguments[0]):
        raise LessonFault(file, line, "This case has no usable name.", "Write {case} a-few-words.")
    if not options.get("title") or not text.strip():
        raise LessonFault(
            file,
            line,
            f"Case {arguments[0]} has no title or says nothing.",
            "Write :title: A few words on its first line, and the case under it.",
        )
    return CaseBlock(arguments[0], options["title"], text.strip("\n"), line)


def _question(
    file: Path, arguments: list[str], content: str, line: int, where: str
) -> QuestionBlock:
    if len(arguments) != 1 or not SLUG.match(arguments[0]) or len(arguments[0]) > 50:
        raise LessonFault(
            file,
            line,
            "This question has no usable name.",
            "Write {question} a-few-words: small letters, digits and hyphens, at most 50.",
        )
    options, rest = _options(file, line, content, QUESTION_OPTIONS)
    prompt, rule, tail = rest.partition("\n---\n")
    data: Any = {}
    if rule:
        what = f"What stands under --- in question {arguments[0]}"
        at = line + content[: content.index("\n---\n")].count("\n") + 3
        try:
            data = load(tail) or {}
        except yaml.YAMLError as fault:
            below, says, remedy = told(fault, what)
            raise LessonFault(file, at + below, says, remedy) from None
        if not isinstance(data, dict):
            raise LessonFault(
                file, at, f"{what} has no names.", "Write name: value, as key: b, on lines there."
            )
    text, choices = _choices(file, line + len(options) + 1, prompt)
    return QuestionBlock(arguments[0], options, text, choices, data, line, where)


def _choices(file: Path, first_line: int, prompt: str) -> tuple[str, dict[str, str]]:
    """The prompt without its options, and the options by letter or label (``- a: text``)."""
    text: list[str] = []
    choices: dict[str, str] = {}
    for number, line in enumerate(prompt.split("\n"), first_line):
        if found := re.match(r"^- ([a-z]{1,5}): (.*)$", line):
            if found[1] in choices:
                raise LessonFault(
                    file, number, f"{found[1]} stands twice.", "Give each line a letter of its own."
                )
            choices[found[1]] = found[2].strip()
        elif choices and line.startswith("  ") and line.strip():
            choices[list(choices)[-1]] += " " + line.strip()
        else:
            text.append(line)
    return "\n".join(text).strip("\n"), choices


def _headings(file: Path, source: str, first_line: int) -> tuple[str, tuple[str, ...]]:
    """The one heading of level 1, and all headings."""
    tokens = MarkdownIt("commonmark").parse("\n".join(source.split("\n")[first_line:]))
    titles = [
        (tokens[i + 1].content, (t.map or [0])[0] + first_line + 1)
        for i, t in enumerate(tokens)
        if t.type == "heading_open" and t.tag == "h1"
    ]
    if len(titles) != 1:
        line = titles[1][1] if titles else first_line + 1
        raise LessonFault(
            file,
            line,
            f"A lesson has one title; this one has {len(titles)}.",
            "Use one heading with a single #, and ## for sections.",
        )
    every = tuple(tokens[i + 1].content for i, t in enumerate(tokens) if t.type == "heading_open")
    return titles[0][0], every


def _refuse_twins(file: Path, blocks: list[Block]) -> None:
    seen: dict[str, int] = {}
    for block in blocks:
        if isinstance(block, (QuestionBlock, CaseBlock)):
            name, kind = (block.id, "Question") if isinstance(block, QuestionBlock) else (
                block.name, "Case")  # fmt: skip
            if f"{kind} {name}" in seen:
                raise LessonFault(
                    file,
                    block.line,
                    f"{kind} {name} stands here and on line {seen[f'{kind} {name}']}.",
                    "Give one of them another name.",
                )
            seen[f"{kind} {name}"] = block.line
