"""A value as plain Python, whatever its type, without running a method a learner may have written.

Also what the readers share: blank answers, tidied text, and values cut to size for a message.
"""

from __future__ import annotations

import math
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

LONGEST_ANSWER = 2000
"""Characters of one typed answer that are looked at."""

MOST_ENTRIES = 10_000
"""Entries of one answer, those of inner lists included, that are looked at."""

DEEPEST = 20
"""Lists in lists that are looked into."""

QUOTES = "\"'`´‘’‚‛“”„‟«»‹›"


class Unreadable(Exception):
    """An answer that cannot be read; the text is one sentence for the learner."""


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
    entries = entries_of(value, kind)
    if entries is None:
        return value
    left[0] -= len(entries)
    if deeper < 0 or left[0] < 0:
        return _Closed()
    if issubclass(kind, dict):
        return {plain_key(key): _plain(entry, deeper - 1, left) for key, entry in entries}
    found = [_plain(entry, deeper - 1, left) for entry in entries]
    return sorted(found, key=shown) if issubclass(kind, (set, frozenset)) else found


def entries_of(value: Any, kind: Any) -> list[Any] | None:
    """What is in a dict (pairs), list, tuple or set; None for anything else."""
    if issubclass(kind, dict):
        return list(dict.items(value))
    bases: tuple[Any, ...] = (list, tuple, set, frozenset)
    for base in bases:
        if issubclass(kind, base):
            return list(base.__iter__(value))
    return None


def plain_key(key: Any) -> Any:
    """A dict's key as plain Python; a key that is none of text, number and None is closed."""
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


def is_blank(value: Any) -> bool:
    """Whether nothing was answered: None, an ellipsis, empty text, or a table of such."""
    return _is_blank(plain(value))


def _is_blank(value: Any) -> bool:
    if value is None or value is ...:
        return True
    if isinstance(value, str):
        return value.strip(f" \t\r\n{QUOTES}.") in ("", "None", "none")
    entries = value.values() if isinstance(value, dict) else value
    return isinstance(value, (list, dict)) and all(_is_blank(entry) for entry in entries)


def only(value: Any) -> Any:
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


def without_none(typed: str) -> str:
    """``None "b"`` as ``"b"``: the answer was typed behind the word it should replace."""
    return re.sub(r"^\s*None\b\s*(?=\S)", "", typed)


ANSWER_IS = re.compile(
    r"^(?:(?:my|the|correct|right)\s+)*(?:answer|option|choice|letter|order|number)s?\b"
    r"\s*(?:is\b|are\b)?[\s:=]*"
)
"""Words before an answer that say that it is one."""


def bare_text(text: str) -> str:
    """Letters, digits and signs that carry meaning; without case, quotes, brackets and, except
    before or between digits, points, hyphens and blanks."""
    text = re.sub(rf"[_;()\[\]{{}}*{QUOTES}]+", "", text.casefold())
    text = re.sub(r"[.,:\u2010-\u2015-]+(?!\d)", "", text)
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)


# --- words for messages --------------------------------------------------------------------------


def listed(words: Sequence[str], joint: str = "and") -> str:
    """For instance "a, b and c"; nothing for no words."""
    return " ".join([", ".join(words[:-1]), joint, words[-1]]) if len(words) > 1 else "".join(words)


def either(words: Sequence[str]) -> str:
    """For instance "a, b or c"."""
    return listed(words, "or")


def shown(value: Any, longest: int = 40) -> str:
    """A value cut to size for a message; never runs the value's own ``repr`` unless built in."""
    if type(value) is list:
        text = f"[{', '.join(shown(entry) for entry in value[:longest])}]"
    elif type(value) is dict:
        pairs = list(value.items())[:longest]
        text = f"{{{', '.join(f'{shown(key)}: {shown(entry)}' for key, entry in pairs)}}}"
    elif any(type(value) is kind for kind in (str, int, float, bool, type(None))):
        try:
            text = repr(value[: 2 * longest] if type(value) is str else value)
        except ValueError:
            text = "this number"
    else:
        text = "this value"
    return text if len(text) <= longest else text[: longest - 1] + "…"
