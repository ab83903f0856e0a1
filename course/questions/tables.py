"""Reading a table as it was meant: by label, in printed order, by column, or typed in a line."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from course.questions.kinds import Column, TableForm
from course.questions.plain_values import (
    ANSWER_IS,
    QUOTES,
    Unreadable,
    bare_text,
    either,
    is_blank,
    only,
    plain,
    plain_key,
    shown,
    tidy,
    without_none,
)
from course.questions.reading import read_number


def read_rows(value: Any, form: TableForm) -> dict[str, Any]:
    """A filled-in table by row label, entries as they were typed; None where there is none.

    Rows may come by label, in the printed order, as a DataFrame, or as one line of text.

    Raises:
        Unreadable: when it is neither a table nor a list of the right length.
    """
    labels = list(form.rows)
    value = _frame(value, form)
    if isinstance(value, str):
        value = _rows_in_text(value, form)
    if isinstance(value, list):
        value = _rows_in_list(value, form)
    if isinstance(value, dict):
        value = _by_row(value, form)
        by_name = {_label(key): entry for key, entry in value.items()}
        if any(_label(label) in by_name for label in labels):
            return {label: by_name.get(_label(label)) for label in labels}
    rows = f"{labels[0]}, {labels[1]}" + (f", … {labels[-1]}" if len(labels) > 2 else "")
    raise Unreadable(
        f"The table needs an entry for each of its {len(labels)} rows. Type one for {rows}."
    )


def read_row(label: str, value: Any, form: TableForm) -> Any:
    """What one row means: a word or number, or a list of them where there are several columns.

    Raises:
        Unreadable: with the row's label.
    """
    value = plain(value)
    if len(form.columns) == 1:
        if isinstance(value, dict) and len(value) == 1:
            (value,) = value.values()
        return _read_entry(f"Row {label}", value, form.columns[0])
    names = [column.name for column in form.columns]
    value = only(value)
    if isinstance(value, str):
        value = _labelled(value, names) or _entries_in_line(value, len(names))
    if isinstance(value, dict):
        by_name = {_label(key): entry for key, entry in value.items()}
        value = [by_name.get(_label(name)) for name in names]
    if not isinstance(value, list) or len(value) != len(names):
        raise Unreadable(f"Row {label} needs {len(names)} entries. Type {' and '.join(names)}.")
    entries = []
    for column, entry in zip(form.columns, value, strict=True):
        place = f"Row {label}, {column.name}"
        if is_blank(entry):
            raise Unreadable(f"{place}: this is still empty. Type {_wanted(column)}.")
        entries.append(_read_entry(place, entry, column))
    return entries


def _entries_in_line(typed: str, wanted: int) -> list[str]:
    """The entries of one row typed as text: between commas, or else between blanks."""
    text = tidy(typed).strip("[](){}")
    for separator in (r"[;|]", r"[,;]\s", r"[,;/|]|\s(?:[→–—-]|[-=]>|and)\s|:", r"[\s,;/|]+"):
        parts = [part.strip() for part in re.split(separator, text) if part.strip()]
        if len(parts) == wanted:
            break
    return parts


def _wanted(column: Column) -> str:
    return either([repr(word) for word in column.words]) if column.words else "a number"


def _read_entry(place: str, value: Any, column: Column) -> str | float:
    if not column.words:
        try:
            return read_number(value, column.units)
        except Unreadable:
            raise Unreadable(f"{place}: I cannot read {shown(value)}. Type a number.") from None
    value = only(value)
    said = [without_none(value)] if isinstance(value, str) else []
    if isinstance(value, bool):
        said = ["yes", "true"] if value else ["no", "false"]
    elif isinstance(value, (int, float)):
        said = [shown(value).removesuffix(".0")]
    for text in said:
        if word := _word(text, column):
            return word
    raise Unreadable(f"{place}: I cannot read {shown(value)}. Type {_wanted(column)}.")


def _word(typed: str, column: Column) -> str:
    """The column's word that was meant, by its beginning or a near spelling too; empty if none."""
    meant = {bare_text(w): word for word, more in column.words.items() for w in (word, *more)}
    for text in (bare_text(tidy(typed)), bare_text(ANSWER_IS.sub("", tidy(typed).casefold()))):
        if text in meant:
            return meant[text]
        begun = {
            word for spelling, word in meant.items() if len(text) > 2 and spelling.startswith(text)
        }
        if len(begun) == 1:
            return begun.pop()
        near = {meant[spelling] for spelling in difflib.get_close_matches(text, meant, cutoff=0.84)}
        if len(near) == 1:
            return near.pop()
    return ""


def _label(key: Any) -> str:
    if not isinstance(key, str):
        key = shown(key)
    return re.sub(r"^row\s+", "", tidy(key).casefold()).strip(" ().:#")


def _frame(value: Any, form: TableForm) -> Any:
    """A pandas DataFrame or Series by row label where it holds the labels; the rest made plain."""
    pandas = sys.modules.get("pandas")
    known = {_label(label) for label in form.rows}
    if pandas is not None and issubclass(type(value), pandas.Series):
        index = [_label(plain_key(i)) for i in value.index]
        return dict(zip(index, plain(value), strict=True)) if known & {*index} else plain(value)
    if pandas is None or not issubclass(type(value), pandas.DataFrame):
        return plain(value)
    names, rows = [_label(plain_key(name)) for name in value.columns], plain(value)
    if {*names} == known:
        return {name: [row[i] for row in rows] for i, name in enumerate(names)}
    index = [_label(plain_key(i)) for i in value.index]
    for place in range(len(names)):
        if {_label(row[place]) for row in rows} == known:
            index = [_label(row[place]) for row in rows]
            rows = [row[:place] + row[place + 1 :] for row in rows]
            names.pop(place)
            break
    wanted = [_label(column.name) for column in form.columns]
    if {*wanted} <= {*names}:
        rows = [[row[names.index(name)] for name in wanted] for row in rows]
    return dict(zip(index, rows, strict=True)) if {*index} == known else rows


def _labelled(typed: str, labels: Iterable[str]) -> dict[str, str]:
    """``i: gait, ii: exercise`` by label; empty where not every entry has a known one."""
    text = tidy(without_none(typed)).strip("[](){}")
    names = "|".join(re.escape(x) for x in sorted(labels, key=len, reverse=True))
    label = rf"[\s(\[{QUOTES}|*•]*(?:row\s+)?({names})(?!\w)[)\]{QUOTES}]*\s*"
    starts = rf"(?<![^\s,;|({{]){label}(?:[-=]>|[:=→])"
    found = list(re.finditer(starts, text, re.IGNORECASE))
    if found and not text[: found[0].start()].strip(" \t\r\n([{|-*•"):
        ends = [*(f.start() for f in found[1:]), len(text)]
        pairs = [(f[1], text[f.end() : end]) for f, end in zip(found, ends, strict=True)]
        return {name: entry.strip(" \t\r\n,;|{}") for name, entry in pairs}
    line = re.compile(rf"(?:[-*•]\s+)?{label}(?:[.),|]|[–—-]\s)?\s*(\S.*)", re.IGNORECASE)
    for separator in (r"[,;\n]", r"[;\n]"):
        each = [line.match(part.strip()) for part in re.split(separator, text) if part.strip()]
        if each and all(each):
            return {e[1]: e[2].strip(" \t,;|") for e in each if e}
    return {}


def _rows_in_text(typed: str, form: TableForm) -> Any:
    """Rows typed as text: ``i: gait, ii: exercise``, or the entries in the printed order."""
    if labelled := _labelled(typed, form.rows):
        return labelled
    text = tidy(without_none(typed)).strip("[](){}")
    several = len(form.columns) > 1
    for separator in (r"\n", r"[;\n]", r"[;\n]|[)\]}]\s*,") if several else (r"\n", r"[,;\n]"):
        parts = [part.strip(f" \t\r,;{QUOTES}") for part in re.split(separator, text)]
        parts = [part for part in parts if part]
        if len(parts) == len(form.rows):
            return parts
    if len(parts) == 1 and not several:
        parts = re.split(r"\s*(?:[-=]>|[→|])\s*|\s+", text)
    return parts


def _rows_in_list(value: list[Any], form: TableForm) -> Any:
    """A list as rows by label: pairs, ``"i: gait"``, dicts of one row, or the printed order."""
    labels = list(form.rows)
    known = {_label(label) for label in labels}
    if value and all(type(e) is list and len(e) > 1 and _is_label(e[0], known) for e in value):
        return {entry[0]: entry[1] if len(entry) == 2 else entry[1:] for entry in value}
    if value and all(type(e) is dict and e and all(_is_label(k, known) for k in e) for e in value):
        return {key: entry for row in value for key, entry in row.items()}
    if value and all(type(e) is str for e in value):
        each = [_labelled(entry, labels) for entry in value]
        if all(len(entry) == 1 for entry in each):
            return {key: text for entry in each for key, text in entry.items()}
    columns = len(form.columns)
    if len(value) == columns != len(labels) and all(
        type(e) is list and len(e) == len(labels) for e in value
    ):
        value = [list(row) if columns > 1 else row[0] for row in zip(*value, strict=True)]
    if len(value) != len(labels):
        return value
    numbered = [re.match(r"\s*(\d+)[.)]\s+\S", e) for e in value if type(e) is str]
    if [int(n[1]) for n in numbered if n] == list(range(1, len(labels) + 1)):
        value = [re.sub(r"^\s*\d+[.)]\s+", "", e) for e in value]
    bullets = [re.sub(r"^\s*[-*•]\s+", "", e) for e in value if type(e) is str]
    if len(bullets) == len(value) and not any(a == b for a, b in zip(bullets, value, strict=True)):
        value = bullets
    return dict(zip(labels, value, strict=True))


def _is_label(key: Any, known: Iterable[str]) -> bool:
    return isinstance(key, (str, int)) and _label(key) in known


def _by_row(value: dict[Any, Any], form: TableForm) -> dict[Any, Any]:
    """A table given by column, by category or by the rows' numbers, turned to stand by row."""
    labels = list(form.rows)
    known = {_label(label): label for label in labels}
    if any(_is_label(key, known) for key in value):
        return value
    keys = [str(key) for key in value if type(key) in (int, str)]
    for first in (0, 1):
        if keys == [str(first + place) for place in range(len(labels))]:
            return dict(zip(labels, value.values(), strict=True))
    if len(form.columns) == len(value) == 1:
        columns = list(value.values())
    else:
        by_name = {_label(key): entry for key, entry in value.items()}
        columns = [by_name.get(_label(column.name)) for column in form.columns]
    columns = [
        [{_label(k): e for k, e in c.items()}.get(label) for label in known]
        if isinstance(c, dict)
        else (_entries_in_line(c, len(labels)) if isinstance(c, str) else c)
        for c in columns
    ]
    if all(type(c) is list and len(c) == len(labels) for c in columns):
        rows = [list(row) if len(columns) > 1 else row[0] for row in zip(*columns, strict=True)]
        return dict(zip(labels, rows, strict=True))
    return _by_category(value, form, known) or value


def _by_category(
    value: dict[Any, Any], form: TableForm, known: Mapping[str, str]
) -> dict[str, str]:
    """``{"gait": ["i", "iii"], "exercise": "ii"}`` by row; empty where it is no such thing."""
    rows: list[tuple[str, str]] = []
    for key, entry in value.items():
        word = _word(key, form.columns[0]) if isinstance(key, str) else ""
        entries = re.split(r"[\s,;]+(?:and\s+)?", entry) if isinstance(entry, str) else entry
        if not word or not isinstance(entries, list):
            return {}
        if not all(_is_label(e, known) for e in entries):
            return {}
        rows += [(known[_label(e)], word) for e in entries]
    return dict(rows) if len(form.columns) == 1 and len(dict(rows)) == len(rows) else {}
