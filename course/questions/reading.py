"""Reading a letter, letters, an order or a number as it was meant.

Spelling, quotes, case and units cost nothing. Each reader gives what was meant, or raises
``Unreadable`` with one plain sentence. ``tables`` reads tables; ``typed`` finds what a cell says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from course.questions.kinds import ChoiceForm, OrderForm
from course.questions.plain_values import (
    ANSWER_IS,
    QUOTES,
    Unreadable,
    bare_text,
    either,
    entries_of,
    only,
    plain,
    shown,
    tidy,
    without_none,
)

_COUNTING = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_NUMBER_WORDS = {word: value for value, word in enumerate(_COUNTING.split())}


# --- one letter, one number ----------------------------------------------------------------------


def read_choice(value: Any, form: ChoiceForm) -> str:
    """The letter that was meant: ``' B '``, ``['b']``, ``'b)'``, ``'option b'`` or its text.

    Raises:
        Unreadable: when no single option can be made out.
    """
    letters = list(form.options)
    ask = f"Type one letter: {either([repr(x) for x in letters])}."
    value = only(value)
    if not isinstance(value, str):
        raise Unreadable(f"{shown(value)} is not one of the letters. {ask}")
    text = tidy(without_none(value)).casefold()
    if letter := _by_text(text, form.options):
        return letter
    bare = ANSWER_IS.sub("", text)
    if letter := _by_text(bare, form.options):
        return letter
    bare = bare.strip(" ()[]{}.:;,*=>→-" + QUOTES)
    if bare in letters:
        return bare
    raise Unreadable(f"{shown(value)} does not name one option. {ask}")


def _by_text(typed: str, texts: Mapping[str, str]) -> str:
    """The letter whose whole text was typed, with or without the letter in front; empty if none."""
    bare = bare_text(tidy(typed))
    found = [
        letter
        for letter, text in texts.items()
        if bare and bare in (bare_text(tidy(text)), letter + bare_text(tidy(text)))
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
    value = only(value)
    ask = f"Type a number{f' of {units[0]}' if units and units[0] else ''}, such as 12."
    if isinstance(value, bool) or value is None:
        raise Unreadable(f"{shown(value)} is not a number. {ask}")
    if isinstance(value, str):
        return _number_in_text(value, units, ask)
    if not any(type(value) is kind for kind in (int, float, Decimal, Fraction)):
        raise Unreadable(f"{shown(value)} is not a number. {ask}")
    return _finite(value, value, ask)


def _finite(value: Any, typed: Any, ask: str) -> float:
    try:
        number = float(value)
    except (ValueError, OverflowError):
        number = math.inf
    if not math.isfinite(number):
        raise Unreadable(f"{shown(typed)} is not a number that can be counted. {ask}")
    return number


def _number_in_text(typed: str, units: Sequence[str], ask: str) -> float:
    text = ANSWER_IS.sub("", tidy(without_none(typed)).strip("[](){}").casefold())
    text = re.sub(r"^(about|approximately|roughly|exactly)\s+", "", tidy(text))
    text = re.sub(r"^([+-]?\d{1,3})((?:[ '’_]\d{3})+)(?!\d)", _without_gaps, text)
    known = {unit.casefold() for unit in units if unit}
    for unit in known:
        text = re.sub(rf"^{re.escape(unit)}\s*[:=]?\s*(?=[\d.+-]|[:=])", "", text)
    word, _, rest = text.partition(" ")
    value: float | Fraction
    if word in _NUMBER_WORDS:
        value, unit = _NUMBER_WORDS[word], rest
    elif (fraction := _FRACTION.match(text)) and int(fraction[2]) != 0:
        value, unit = Fraction(int(fraction[1]), int(fraction[2])), fraction[3]
    elif found := _NUMBER.match(text):
        value, unit = float(_without_commas(found[1])), found[2]
    else:
        raise Unreadable(f"{shown(typed)} is not a number. {ask}")
    unit = unit.strip(" .,:;!()[]-")
    if unit and unit not in known:
        raise Unreadable(f"I cannot read {shown(unit)} after the number. {ask}")
    return _finite(value, typed, ask)


def _without_gaps(digits: re.Match[str]) -> str:
    return re.sub(r"[ '’_]", "", digits[0])


def _without_commas(digits: str) -> str:
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", digits):
        return digits.replace(",", "")
    if "," in digits and "." in digits:
        raise Unreadable(f"{shown(digits)} mixes commas and points. Type a number such as 12.5.")
    if digits.rstrip(",").count(",") > 1:
        raise Unreadable(f"{shown(digits)} has more than one comma. Type one number, such as 12.")
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
        raise Unreadable(f"{shown(plain(value))} chooses none of the letters. {ask}")
    return tuple(letter for letter in form.options if letter in found)


def read_order(value: Any, form: OrderForm) -> tuple[str, ...]:
    """The order that was meant: ``"q s r p t"``, ``"q > s > r"``, ``"1. q 2. s"``, ``{"q": 1}``.

    Raises:
        Unreadable: when a letter is missing, stands twice or is unknown.
    """
    ask = f'Type all {len(form.items)} letters in their order, such as "{" ".join(form.items)}".'
    inner = [type(entry) for entry in entries_of(value, type(value)) or ()]
    if any(issubclass(kind, (set, frozenset)) for kind in (type(value), *inner)):
        raise Unreadable(f"Curly braces keep no order. {ask}")
    order = tuple(_letters(value, form.items, ask, _placed))
    for letter in form.items:
        if order.count(letter) != 1:
            what = "stands more than once" if letter in order else "is missing"
            raise Unreadable(f"The letter {letter!r} {what} in {shown(plain(value))}. {ask}")
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
        raise Unreadable(f"{shown(value)} is not made of the letters. {ask}")
    text = tidy(without_none(value)).casefold()
    if letter := _by_text(text, texts):
        return [letter]
    text = ANSWER_IS.sub("", text)
    for separator in (r"(?!)", r"[\n;]", r"[\n;,]", r"[\n;,]|[-=]?>|→|\band\b"):
        pieces = [_without_bullet(piece) for piece in re.split(separator, text)]
        found = [_by_text(p, texts) or (p if p in texts else "") for p in pieces if p]
        if found and all(found):
            return found
    if re.search(r"<[-=]|[←⇐]", text):
        raise Unreadable(f"The arrows in {shown(value)} point backwards. {ask}")
    text = re.sub(rf"[(){{}}\[\].:*•·_\\{QUOTES}]", " ", text)
    text = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", text)
    parts = [part for part in _SEPARATORS.split(text) if part and part not in _FILLERS]
    if parts and all(part in texts for part in parts):
        return parts
    if len(parts) == 1 and all(letter in texts for letter in parts[0]):
        return list(parts[0])
    if pairs := _paired(parts, texts):
        return _letters(pairs, texts, ask, from_dict)
    raise Unreadable(f"I cannot make letters of {shown(value)}. {ask}")


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
            raise Unreadable(f"I cannot tell whether {shown(entry)} chooses a letter. {ask}")
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
    raise Unreadable(f"I cannot tell the order from {shown(dict(value))}. {ask}")
