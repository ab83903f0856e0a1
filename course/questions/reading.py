"""Reading an answer as it was meant: spelling, quotes, case and units cost nothing.

Each reader turns a value into the letter, letters, order, number or table it means, or raises
``Unreadable`` with one plain sentence. ``typed`` finds the value in a cell.
"""

from __future__ import annotations

import difflib
import math
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from course.questions.kinds import ChoiceForm, Column, OrderForm, TableForm

LONGEST_ANSWER = 2000
"""Characters of one typed answer that are looked at."""

MOST_ENTRIES = 10_000
"""Entries of one answer, those of inner lists included, that are looked at."""

DEEPEST = 20
"""Lists in lists that are looked into."""

QUOTES = "\"'`´‘’‚‛“”„‟«»‹›"
_COUNTING = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_NUMBER_WORDS = {word: value for value, word in enumerate(_COUNTING.split())}


class Unreadable(Exception):
    """An answer that cannot be read; the text is one sentence for the learner."""


# --- what was meant, whatever its type --------------------------------------------------------


class _Closed:
    """Stands for what is not looked into: too deep, too long, or a strange key."""


def plain(value: Any) -> Any:
    """``value`` as exact built-in types: numpy, pandas, tuples, sets and subclasses unwrapped.

    No method that a learner may have written is called. Anything else is returned as it is; the
    readers below refuse what they do not know.
    """
    return _plain(value, DEEPEST, [MOST_ENTRIES])


def _plain(value: Any, deeper: int, left: list[int]) -> Any:
    value = _unwrapped(value)
    kind: Any = type(value)
    if issubclass(kind, str):
        return str.__str__(value)
    if issubclass(kind, int):
        return value if kind is bool else int.__int__(value)
    if issubclass(kind, float):
        return float.__float__(value)
    entries = _entries(value, kind)
    if entries is None:
        return value
    left[0] -= len(entries)
    if deeper < 0 or left[0] < 0:
        return _Closed()
    if issubclass(kind, dict):
        return {_key(key): _plain(entry, deeper - 1, left) for key, entry in entries}
    found = [_plain(entry, deeper - 1, left) for entry in entries]
    return sorted(found, key=_shown) if issubclass(kind, (set, frozenset)) else found


def _entries(value: Any, kind: Any) -> list[Any] | None:
    """What is in a dict (pairs), list, tuple or set; None for anything else."""
    if issubclass(kind, dict):
        return list(dict.items(value))
    bases: tuple[Any, ...] = (list, tuple, set, frozenset)
    for base in bases:
        if issubclass(kind, base):
            return list(base.__iter__(value))
    return None


def _key(key: Any) -> Any:
    key = _unwrapped(key)
    kind: Any = type(key)
    if issubclass(kind, (str, int, float)) or key is None:
        return _plain(key, 0, [0])
    return _Closed()


def _unwrapped(value: Any) -> Any:
    """A numpy or pandas value as Python's own; a missing one of pandas as None."""
    numpy, pandas, kind = sys.modules.get("numpy"), sys.modules.get("pandas"), type(value)
    if numpy is not None:
        for base in (numpy.generic, numpy.ndarray):
            if issubclass(kind, base):
                return base.tolist(value)
    if pandas is not None:
        if value is pandas.NA or value is pandas.NaT:
            return None
        if issubclass(kind, pandas.DataFrame):
            return [[_present(entry) for entry in row] for row in value.to_numpy().tolist()]
        if issubclass(kind, (pandas.Series, pandas.Index, pandas.api.extensions.ExtensionArray)):
            return [_present(entry) for entry in value.tolist()]
    return value


def _present(entry: Any) -> Any:
    """An entry of a pandas table, None where it is missing."""
    return None if type(entry) is float and math.isnan(entry) else entry


def is_blank(value: Any, columns: Sequence[Column] = ()) -> bool:
    """Whether nothing was answered: None, an ellipsis, empty text, or a table of such.

    The text ``none`` is an answer where it is a word of one of ``columns``.
    """
    words = {_bare(w) for c in columns for word, more in c.words.items() for w in (word, *more)}
    return _is_blank(plain(value), words)


def _is_blank(value: Any, words: Iterable[str]) -> bool:
    if value is None or value is ...:
        return True
    if isinstance(value, str):
        left = value.strip(f" \t\r\n{QUOTES}.")
        return not left or (left in ("None", "none") and left.casefold() not in words)
    entries = value.values() if isinstance(value, dict) else value
    return isinstance(value, (list, dict)) and all(_is_blank(entry, words) for entry in entries)


def _only(value: Any) -> Any:
    """The one thing in a list of one, however deep."""
    value = plain(value)
    for _ in range(10):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
    return value


def tidy(text: str) -> str:
    """Text without outer quotes and blanks, full-width letters and digits as plain ones."""
    text = unicodedata.normalize("NFKC", text[:LONGEST_ANSWER]).replace("\u2212", "-")
    return text[:LONGEST_ANSWER].strip().strip(QUOTES + " \t").strip()


# --- one letter, one number ----------------------------------------------------------------------


def read_choice(value: Any, form: ChoiceForm) -> str:
    """The letter that was meant: ``' B '``, ``['b']``, ``'b)'``, ``'option b'`` or its text.

    Raises:
        Unreadable: when no single option can be made out.
    """
    letters = list(form.options)
    ask = f"Type one letter: {_or([repr(x) for x in letters])}."
    value = _only(value)
    if not isinstance(value, str):
        raise Unreadable(f"{_shown(value)} is not one of the letters. {ask}")
    text = tidy(_without_none(value)).casefold()
    if letter := _by_text(text, form.options):
        return letter
    bare = _ANSWER_IS.sub("", text)
    if letter := _by_text(bare, form.options):
        return letter
    bare = bare.strip(" ()[]{}.:;,*=>→-" + QUOTES)
    if bare in letters:
        return bare
    raise Unreadable(f"{_shown(value)} does not name one option. {ask}")


_ANSWER_IS = re.compile(
    r"^(?:(?:my|the|correct|right)\s+)*(?:answer|option|choice|letter|order|number)s?\b"
    r"\s*(?:is\b|are\b)?[\s:=]*"
)


def _by_text(typed: str, texts: Mapping[str, str]) -> str:
    """The letter whose whole text was typed, with or without the letter in front; empty if none."""
    bare = _bare(tidy(typed))
    found = [
        letter
        for letter, text in texts.items()
        if bare and bare in (_bare(tidy(text)), letter + _bare(tidy(text)))
    ]
    return found[0] if len(found) == 1 else ""


_NUMBER = re.compile(r"^[~≈=]?\s*([+-]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(.*)$", re.I)
_FRACTION = re.compile(r"^([+-]?\d+)\s*/\s*(\d+)\s*(.*)$")


def read_number(value: Any, units: Sequence[str] = ()) -> float:
    """The number that was meant: ``12``, ``'12.0'``, ``'3 units'``, ``'３'``, ``'three'``, ``[3]``.

    A trailing unit is dropped when it is one of ``units``; another unit is refused, because 45
    minutes is not 45 units. A decimal comma is read as a point; a comma before exactly three
    digits groups thousands.

    Raises:
        Unreadable: when no single finite number can be made out.
    """
    value = _only(value)
    ask = f"Type a number{f' of {units[0]}' if units and units[0] else ''}, such as 12."
    if isinstance(value, bool) or value is None:
        raise Unreadable(f"{_shown(value)} is not a number. {ask}")
    if isinstance(value, str):
        return _number_in_text(value, units, ask)
    if not any(type(value) is kind for kind in (int, float, Decimal, Fraction)):
        raise Unreadable(f"{_shown(value)} is not a number. {ask}")
    return _finite(value, value, ask)


def _finite(value: Any, typed: Any, ask: str) -> float:
    try:
        number = float(value)
    except (ValueError, OverflowError):
        number = math.inf
    if not math.isfinite(number):
        raise Unreadable(f"{_shown(typed)} is not a number that can be counted. {ask}")
    return number


def _without_none(typed: str) -> str:
    """``None "b"`` as ``"b"``: the answer was typed behind the word it should replace."""
    return re.sub(r"^\s*None\b\s*(?=\S)", "", typed)


def _number_in_text(typed: str, units: Sequence[str], ask: str) -> float:
    text = _ANSWER_IS.sub("", tidy(_without_none(typed)).strip("[](){}").casefold())
    text = re.sub(r"^(about|approximately|roughly|exactly)\s+", "", tidy(text))
    text = re.sub(r"^([+-]?\d{1,3})((?:[ '’_]\d{3})+)(?!\d)", _without_gaps, text)
    known = {unit.casefold() for unit in units if unit}
    for unit in known:
        text = re.sub(rf"^{re.escape(unit)}\s*[:=]\s*", "", text)
    word, _, rest = text.partition(" ")
    value: float | Fraction
    if word in _NUMBER_WORDS:
        value, unit = _NUMBER_WORDS[word], rest
    elif (fraction := _FRACTION.match(text)) and int(fraction[2]) != 0:
        value, unit = Fraction(int(fraction[1]), int(fraction[2])), fraction[3]
    elif found := _NUMBER.match(text):
        value, unit = float(_without_commas(found[1])), found[2]
    else:
        raise Unreadable(f"{_shown(typed)} is not a number. {ask}")
    unit = unit.strip(" .,:;!()[]-")
    if unit and unit not in known:
        raise Unreadable(f"I cannot read {_shown(unit)} after the number. {ask}")
    return _finite(value, typed, ask)


def _without_gaps(digits: re.Match[str]) -> str:
    return re.sub(r"[ '’_]", "", digits[0])


def _without_commas(digits: str) -> str:
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", digits):
        return digits.replace(",", "")
    if "," in digits and "." in digits:
        raise Unreadable(f"{_shown(digits)} mixes commas and points. Type a number such as 12.5.")
    if digits.rstrip(",").count(",") > 1:
        raise Unreadable(f"{_shown(digits)} has more than one comma. Type one number, such as 12.")
    return digits.rstrip(",").replace(",", ".")


# --- several letters ---------------------------------------------------------------------------


def read_choices(value: Any, form: ChoiceForm) -> tuple[str, ...]:
    """The letters that were meant, in printed order: ``"a c d"``, ``"acd"``, ``["a", "c"]``.

    Raises:
        Unreadable: when something in it is no option.
    """
    first, second = list(form.options)[:2]
    ask = f'Type the letters of all that apply, such as "{first} {second}".'
    found = set(_letters(value, form.options, ask, _marked))
    if not found:
        raise Unreadable(f"{_shown(plain(value))} chooses none of the letters. {ask}")
    return tuple(letter for letter in form.options if letter in found)


def read_order(value: Any, form: OrderForm) -> tuple[str, ...]:
    """The order that was meant: ``"q s r p t"``, ``"q > s > r"``, ``"1. q 2. s"``, ``{"q": 1}``.

    Raises:
        Unreadable: when a letter is missing, stands twice or is unknown.
    """
    ask = f'Type all {len(form.items)} letters in their order, such as "{" ".join(form.items)}".'
    inner = [type(entry) for entry in _entries(value, type(value)) or ()]
    if any(issubclass(kind, (set, frozenset)) for kind in (type(value), *inner)):
        raise Unreadable(f"Curly braces keep no order. {ask}")
    order = tuple(_letters(value, form.items, ask, _placed))
    for letter in form.items:
        if order.count(letter) != 1:
            what = "stands more than once" if letter in order else "is missing"
            raise Unreadable(f"The letter {letter!r} {what} in {_shown(plain(value))}. {ask}")
    return order


_SEPARATORS = re.compile(r"[\s,;/&+|<>=→⇒➔»–—-]+")
_FILLERS = {"and", "then", "und", "plus", "both", "also", "first", "next", "finally", "last"}


def _letters(
    value: Any, texts: Mapping[str, str], ask: str, from_dict: Callable[..., list[Any]]
) -> list[str]:
    """Letters in the order in which they were given, by letter or by their texts."""
    value = plain(value)
    if isinstance(value, list) and value and all(_is_numbered(entry) for entry in value):
        value = dict(value)
    if isinstance(value, dict):
        value = from_dict(value, ask)
    if isinstance(value, list):
        return [x for entry in value for x in _letters(entry, texts, ask, from_dict)]
    if not isinstance(value, str):
        raise Unreadable(f"{_shown(value)} is not made of the letters. {ask}")
    text = tidy(_without_none(value)).casefold()
    if letter := _by_text(text, texts):
        return [letter]
    text = _ANSWER_IS.sub("", text)
    for separator in (r"(?!)", r"[\n;]", r"[\n;,]", r"[\n;,]|[-=]?>|→|\band\b"):
        pieces = [_without_bullet(piece) for piece in re.split(separator, text)]
        found = [_by_text(p, texts) or (p if p in texts else "") for p in pieces if p]
        if found and all(found):
            return found
    if re.search(r"<[-=]|[←⇐]", text):
        raise Unreadable(f"The arrows in {_shown(value)} point backwards. {ask}")
    text = re.sub(rf"[(){{}}\[\].:*•·_\\{QUOTES}]", " ", text)
    text = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", text)
    parts = [part for part in _SEPARATORS.split(text) if part and part not in _FILLERS]
    if parts and all(part in texts for part in parts):
        return parts
    if len(parts) == 1 and all(letter in texts for letter in parts[0]):
        return list(parts[0])
    if pairs := _paired(parts, texts):
        return _letters(pairs, texts, ask, from_dict)
    raise Unreadable(f"I cannot make letters of {_shown(value)}. {ask}")


def _without_bullet(line: str) -> str:
    return re.sub(r"^(\d{1,2}[.):]|[-*•])\s+", "", line.strip())


def _is_numbered(entry: Any) -> bool:
    if type(entry) is not list or len(entry) != 2:
        return False
    first, second = type(entry[0]), type(entry[1])
    return (first is int and second is str) or (first is str and second is int)


def _paired(parts: Sequence[str], texts: Mapping[str, str]) -> dict[Any, Any]:
    """``1 q 2 s`` and ``q 1 s 2``, ``a yes b no``: each letter with its number or mark."""
    odd, even = parts[0::2], parts[1::2]
    if len(odd) == len(even) == len({*odd}):
        if all(number.isdecimal() for number in odd) and all(letter in texts for letter in even):
            return dict(zip(odd, even, strict=True))
        if all(letter in texts for letter in odd):
            return dict(zip(odd, even, strict=True))
    return {}


def _place(value: Any) -> float | None:
    """The number that a value is, or says; None where it is none."""
    try:
        return read_number(value)
    except Unreadable:
        return None


_MARKS = {"yes", "y", "true", "x", "1", "right", "correct", "ok", "✓", "✔"}
_NO_MARKS = {"", "no", "n", "false", "0", "none", "wrong", "incorrect", "not", "-", "✗"}


def _marked(value: Mapping[Any, Any], ask: str) -> list[Any]:
    """The letters a dict marks, ``{"a": True, "b": "no"}`` or ``{"a": 1, "c": 1}``; or numbers,
    ``{1: "a", 2: "c"}``."""
    if all(_place(key) is not None for key in value):
        return list(value.values())
    places = [_place(entry) for entry in value.values()]
    if None not in places and 0 not in places and len({*places}) == len(places):
        return list(value)
    marked = []
    for letter, entry in value.items():
        mark = tidy(entry).casefold() if isinstance(entry, str) else entry
        if mark is None or isinstance(mark, (int, float)):
            mark = "yes" if mark else "no"
        if not isinstance(mark, str) or mark not in _MARKS | _NO_MARKS:
            raise Unreadable(f"I cannot tell whether {_shown(entry)} chooses a letter. {ask}")
        if mark in _MARKS:
            marked.append(letter)
    return marked


def _placed(value: Mapping[Any, Any], ask: str) -> list[Any]:
    """The letters of ``{"q": 1, "s": 2}`` or ``{1: "q", 2: "s"}``, in the order of the numbers."""
    for pairs in ([(_place(k), v) for k, v in value.items()],
                  [(_place(v), k) for k, v in value.items()]):  # fmt: skip
        places = [place for place, _ in pairs if place is not None]
        if len({*places}) == len(pairs):
            return [letter for _, letter in sorted(pairs, key=lambda pair: pair[0] or 0.0)]
    raise Unreadable(f"I cannot tell the order from {_shown(dict(value))}. {ask}")


# --- tables ------------------------------------------------------------------------------------


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
    value = _only(value)
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
        if is_blank(entry, [column]):
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
    return _or([repr(word) for word in column.words]) if column.words else "a number"


def _read_entry(place: str, value: Any, column: Column) -> str | float:
    if not column.words:
        try:
            return read_number(value, column.units)
        except Unreadable:
            raise Unreadable(f"{place}: I cannot read {_shown(value)}. Type a number.") from None
    value = _only(value)
    said = [_without_none(value)] if isinstance(value, str) else []
    if isinstance(value, bool):
        said = ["yes", "true"] if value else ["no", "false"]
    elif isinstance(value, (int, float)):
        said = [_shown(value).removesuffix(".0")]
    for text in said:
        if word := _word(text, column):
            return word
    raise Unreadable(f"{place}: I cannot read {_shown(value)}. Type {_wanted(column)}.")


def _word(typed: str, column: Column) -> str:
    """The column's word that was meant, by its beginning or a near spelling too; empty if none."""
    meant = {_bare(w): word for word, more in column.words.items() for w in (word, *more)}
    for text in (_bare(tidy(typed)), _bare(_ANSWER_IS.sub("", tidy(typed).casefold()))):
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


def _bare(text: str) -> str:
    """Letters, digits and signs that carry meaning; without case, quotes, brackets and, except
    before or between digits, points, hyphens and blanks."""
    text = re.sub(rf"[_;()\[\]{{}}*{QUOTES}]+", "", text.casefold())
    text = re.sub(r"[.,:\u2010-\u2015-]+(?!\d)", "", text)
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)


def _label(key: Any) -> str:
    if not isinstance(key, str):
        key = _shown(key)
    return re.sub(r"^row\s+", "", tidy(key).casefold()).strip(" ().:#")


def _frame(value: Any, form: TableForm) -> Any:
    """A pandas DataFrame or Series by row label where it holds the labels; the rest made plain."""
    pandas = sys.modules.get("pandas")
    known = {_label(label) for label in form.rows}
    if pandas is not None and issubclass(type(value), pandas.Series):
        index = [_label(_key(i)) for i in value.index]
        return dict(zip(index, plain(value), strict=True)) if known & {*index} else plain(value)
    if pandas is None or not issubclass(type(value), pandas.DataFrame):
        return plain(value)
    names, rows = [_label(_key(name)) for name in value.columns], plain(value)
    if {*names} == known:
        return {name: [row[i] for row in rows] for i, name in enumerate(names)}
    index = [_label(_key(i)) for i in value.index]
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
    text = tidy(_without_none(typed)).strip("[](){}")
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
    text = tidy(_without_none(typed)).strip("[](){}")
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


# --- words for messages --------------------------------------------------------------------------


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def _shown(value: Any, longest: int = 40) -> str:
    """A value cut to size for a message; never runs the value's own ``repr`` unless built in."""
    if type(value) is list:
        text = f"[{', '.join(_shown(entry) for entry in value[:longest])}]"
    elif type(value) is dict:
        pairs = list(value.items())[:longest]
        text = f"{{{', '.join(f'{_shown(key)}: {_shown(entry)}' for key, entry in pairs)}}}"
    elif any(type(value) is kind for kind in (str, int, float, bool, type(None))):
        try:
            text = repr(value[: 2 * longest] if type(value) is str else value)
        except ValueError:
            text = "this number"
    else:
        text = "this value"
    return text if len(text) <= longest else text[: longest - 1] + "…"
