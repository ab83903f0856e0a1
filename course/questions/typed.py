"""What a cell says: the text or value that stands after ``answer_… =``, found without running it.

A cell that Python cannot run (a bare ``b``, curly quotes, ``3 units``) still says what was meant.
``reading`` then turns what was said into a letter, an order, a number or a table.
"""

from __future__ import annotations

import ast
import builtins
import itertools
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from course.questions.plain_values import QUOTES

LONGEST_BARE_ANSWER = 200
"""Characters of a line that is read as an answer although it has lost its ``answer_… =``."""

_NO_ANSWER = re.compile(r"(?:(?:import|from|def|class|for|while|if|print|try|with|return)\b|[%!?])")


@dataclass(frozen=True)
class Spoken:
    """What a cell says: a literal ``value``, or (``runs``) a value that only running it gives."""

    value: Any
    runs: bool = False


def spoken(source: str, variable: str, known: Collection[str] = ()) -> Spoken | None:
    """What ``source`` assigns to ``variable``; ``None`` where it assigns nothing.

    Literals are read without running anything. Text that does not compile, and names that are
    defined nowhere (neither builtins nor ``known``), are taken as plain text.
    """
    # Most cells of a session speak of something else; this is asked of all, at every check.
    if variable not in unicodedata.normalize("NFKC", source):
        return None
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _spoken_in_text(source, variable)
    value = _last_assignment(tree, variable)
    if value is None:
        return None
    if _goes_on(tree, value):
        return _spoken_in_text(source, variable)
    if _runs(value, known):
        try:
            return Spoken(ast.literal_eval(value))
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            return Spoken(ast.get_source_segment(source, value), runs=True)
    return Spoken(_as_written(source, value))


def _last_assignment(tree: ast.Module, variable: str) -> ast.expr | None:
    found = None
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            targets: list[ast.expr] = statement.targets
        elif isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        else:
            continue
        if any(isinstance(t, ast.Name) and t.id == variable for t in targets):
            found = statement.value
    return found


def _goes_on(tree: ast.Module, value: ast.expr) -> bool:
    """Whether the answer goes on behind a semicolon: to Python, ``a; c`` are two statements."""
    return any(
        isinstance(statement, ast.Expr)
        and statement.lineno == value.end_lineno
        and statement.col_offset > value.col_offset
        and not any(isinstance(node, ast.Call) for node in ast.walk(statement))
        for statement in tree.body
    )


def _runs(value: ast.expr, known: Collection[str]) -> bool:
    names = {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}
    return all(name in known or hasattr(builtins, name) for name in names)


def _as_written(source: str, value: ast.expr) -> Any:
    """A literal where it is one, a table row by row, else the text as it was typed."""
    if isinstance(value, ast.Dict):
        rows = {}
        for key, entry in zip(value.keys, value.values, strict=True):
            label = None if key is None else _as_written(source, key)
            # A list cannot be a key of a dict; what was typed can.
            label = label if isinstance(label, (str, int)) else _source(source, key)
            rows[label] = _as_written(source, entry)
        return rows
    try:
        return ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return _source(source, value)


def _source(source: str, value: ast.expr | None) -> str:
    """What was typed, without comments."""
    text = "" if value is None else ast.get_source_segment(source, value) or ""
    return re.sub(r"#.*", "", text)


_CODE = re.compile(rf"{_NO_ANSWER.pattern}|[\w.]+\(")
_ROW = re.compile(
    rf"\s*(?:[{QUOTES}](?P<label>[^{QUOTES}\n]+)[{QUOTES}]?|(?P<bare>[\w.]{{1,20}}))\s*[:=]"
    r"\s*(?P<value>.*)",
    re.DOTALL,
)


def _spoken_in_text(source: str, variable: str) -> Spoken | None:
    starts = list(re.finditer(rf"^[ \t]*{variable}[ \t]*=(?!=)", source, re.MULTILINE))
    if not starts:
        return None
    lines = [line.partition("#")[0].strip() for line in source[starts[-1].end() :].splitlines()]
    if "".join(lines).startswith("{") and (rows := _rows_in_text(lines)):
        return Spoken(rows)
    first, *more = lines or [""]
    # The answer may begin on the next line, or be a list with a line for each entry.
    if not first or first in ("[", "(") or first.endswith(","):
        more = [first, *itertools.takewhile(lambda line: not _CODE.match(line), more)]
        first = "\n".join(line for line in more if line)
    return Spoken(_typed(first))


def _rows_in_text(lines: Collection[str], *, inner: bool = False) -> dict[str, Any]:
    """The rows of a dict that Python cannot read; brackets and quotes may be missing."""
    rows: dict[str, Any] = {}
    label = ""
    for part in _parts(lines):
        if found := _ROW.fullmatch(part):
            label = found["label"] or found["bare"]
            rows[label] = found["value"]
        elif label:
            rows[label] += f", {part}"
    return {label: _entry(text, inner) for label, text in rows.items()}


def _entry(text: str, inner: bool) -> Any:
    text = text.strip(" \t\n,")
    if text.startswith("{") and not inner:
        return _rows_in_text(text.splitlines(), inner=True)
    opened = sum(text.count(x) for x in "([")
    return _typed(text if opened else text.rstrip(" \t\n,})]"))


def _parts(lines: Collection[str]) -> list[str]:
    """The parts between commas and line ends that no inner bracket holds together.

    A row that begins a line ends what the line before left open.
    """
    parts, depth = [""], -1
    for line in lines:
        if _ROW.fullmatch(line):
            depth = 0
        if depth <= 0:
            parts.append("")
        for sign in line:
            depth += (sign in "([{") - (sign in ")]}")
            if depth == 0 and sign in ",;{":
                parts.append("")
            elif depth >= 0:
                parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def _typed(text: str) -> Any:
    """A literal where Python reads one, ``None`` for nothing typed, else the text itself."""
    try:
        return ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return text or None


def bare_answer(source: str, others: Collection[str] = ()) -> str:
    """The answer in a cell that lost its ``answer_… =``, or misspelt it; empty without one.

    ``others`` are the names of answers to other questions, which are no misspelling of this one.
    """
    lines = [
        line.partition("#")[0].strip()
        for line in source.splitlines()
        if line.partition("#")[0].strip()
    ]
    if len(lines) > 1 and lines[0][:1] in "{[":
        return source.strip()
    if len(lines) != 1 or len(lines[0]) > LONGEST_BARE_ANSWER or _NO_ANSWER.match(lines[0]):
        return ""
    name, equals, value = lines[0].partition("=")
    if not equals:
        return lines[0]
    # `= "b"` and `answer = "b"`: the name was lost or misspelt, the answer was not.
    name = name.strip()
    misspelt = not name or name.casefold().startswith("answer")
    if not misspelt or value.startswith("=") or name in others:
        return ""
    return value.strip()
