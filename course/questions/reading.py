"""Reading an answer as it was meant: spelling, quotes, case and units cost nothing.

Two steps. ``spoken`` finds what stands after ``answer_… =`` in a cell, even in a cell that Python
cannot run. ``read_choice``, ``read_number`` and ``read_rows`` then turn that value into the letter,
number or table it means, or raise ``Unreadable`` with one plain sentence.
"""

from __future__ import annotations

import ast
import builtins
import math
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course.questions.kinds import ChoiceForm, FunctionForm

LONGEST_ANSWER = 2000
"""Characters of one typed answer that are looked at."""

_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›"
_COUNTING = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBER_WORDS = {word: value for value, word in enumerate(_COUNTING.split())}


class Unreadable(Exception):
    """An answer that cannot be read; the text is one sentence for the learner."""


@dataclass(frozen=True)
class Spoken:
    """What a cell says: a literal ``value``, or (``runs``) a value that only running it gives."""

    value: Any
    runs: bool = False


# --- from a cell's text to what it says -------------------------------------------------------


def spoken(source: str, variable: str, known: Collection[str] = ()) -> Spoken | None:
    """What ``source`` assigns to ``variable``; ``None`` where it assigns nothing.

    Literals are read without running anything. Text that does not compile, and names that are
    defined nowhere (neither builtins nor ``known``), are taken as plain text.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _spoken_in_text(source, variable)
    value = _last_assignment(tree, variable)
    if value is None:
        return None
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


def _runs(value: ast.expr, known: Collection[str]) -> bool:
    names = {n.id for n in ast.walk(value) if isinstance(n, ast.Name)}
    return all(name in known or hasattr(builtins, name) for name in names)


def _as_written(source: str, value: ast.expr) -> Any:
    """A literal where it is one, a table row by row, else the text as it was typed."""
    if isinstance(value, ast.Dict):
        return {
            _as_written(source, key): _as_written(source, entry)
            for key, entry in zip(value.keys, value.values, strict=True)
            if key is not None
        }
    try:
        return ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return ast.get_source_segment(source, value)


_ROW = re.compile(rf"^\s*[{_QUOTES}](?P<label>[^{_QUOTES}]+)[{_QUOTES}]\s*:\s*(?P<value>.*)$")


def _spoken_in_text(source: str, variable: str) -> Spoken | None:
    starts = list(re.finditer(rf"^[ \t]*{variable}[ \t]*=(?!=)", source, re.MULTILINE))
    if not starts:
        return None
    rest = source[starts[-1].end() :]
    if rest.lstrip().startswith("{"):
        return Spoken(_rows_in_text(rest))
    return Spoken(_typed(rest.partition("\n")[0]))


def _rows_in_text(text: str) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for line in text.splitlines():
        if found := _ROW.match(line.lstrip(" \t{")):
            rows[found["label"]] = _typed(found["value"].partition("#")[0].rstrip(" \t,}"))
    return rows


def _typed(text: str) -> Any:
    """A literal where Python reads one, ``None`` for nothing typed, else the text itself."""
    text = text.partition("#")[0].strip()
    try:
        return ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return text or None


# --- from a value to what it means ------------------------------------------------------------


def plain(value: Any) -> Any:
    """``value`` as exact built-in types: numpy scalars and arrays, tuples and sets unwrapped.

    Anything else is returned as it is; the readers below refuse what they do not know.
    """
    item = getattr(value, "tolist", None)
    if type(value).__module__.partition(".")[0] in ("numpy", "pandas") and callable(item):
        value = item()
    if isinstance(value, Mapping):
        return {plain(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(entry) for entry in value), key=repr)
    return value


def is_blank(value: Any) -> bool:
    """Whether nothing was answered: None, an ellipsis, empty text, or a table of such."""
    value = plain(value)
    if value is None or value is ...:
        return True
    if isinstance(value, str):
        return value.strip(f" \t\n{_QUOTES}.") in ("", "None", "none")
    if isinstance(value, list):
        return all(is_blank(entry) for entry in value)
    if isinstance(value, dict):
        return all(is_blank(entry) for entry in value.values())
    return False


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
    return text.strip().strip(_QUOTES + " \t").strip()


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
    value = _without_none(value)
    text = tidy(value).casefold()
    for letter, option in form.options.items():
        if text == tidy(option).casefold().rstrip("."):
            return letter
    bare = re.sub(r"^(answer|option|choice|letter)\b\s*(is\b)?[\s:=]*", "", text)
    bare = bare.strip(" ()[].:;,*" + _QUOTES)
    if bare in letters:
        return bare
    first = re.match(r"^\(?([a-z])\s*[).:]\s*(.+)$", text)
    if first and first[1] in letters:
        option = tidy(form.options[first[1]]).casefold()
        if first[2].rstrip(".") == option.rstrip("."):
            return first[1]
    raise Unreadable(f"{_shown(value)} does not name one option. {ask}")


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
        value = _number_in_text(value, units, ask)
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise Unreadable(f"{_shown(value)} is not a number. {ask}") from None
    if not math.isfinite(number):
        raise Unreadable(f"{_shown(value)} is not a number that can be counted. {ask}")
    return number


def _without_none(typed: str) -> str:
    """``None "b"`` as ``"b"``: the answer was typed behind the word it should replace."""
    return re.sub(r"^\s*None\b\s*(?=\S)", "", typed)


def _number_in_text(typed: str, units: Sequence[str], ask: str) -> float:
    text = tidy(_without_none(typed)).casefold()
    word, _, rest = text.partition(" ")
    if word in _NUMBER_WORDS:
        number, unit = float(_NUMBER_WORDS[word]), rest
    elif (fraction := _FRACTION.match(text)) and int(fraction[2]) != 0:
        number, unit = int(fraction[1]) / int(fraction[2]), fraction[3]
    elif found := _NUMBER.match(text):
        number, unit = float(_without_commas(found[1])), found[2]
    else:
        raise Unreadable(f"{_shown(typed)} is not a number. {ask}")
    unit = unit.strip(" .()[]")
    if unit and unit not in {u.casefold() for u in units}:
        raise Unreadable(f"I cannot read {unit!r} after the number in {_shown(typed)}. {ask}")
    return number


def _without_commas(digits: str) -> str:
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", digits):
        return digits.replace(",", "")
    if "," in digits and "." in digits:
        raise Unreadable(f"{digits!r} mixes commas and points. Type a number such as 12.5.")
    if digits.rstrip(",").count(",") > 1:
        raise Unreadable(f"{digits!r} has more than one comma. Type one number.")
    return digits.rstrip(",").replace(",", ".")


def read_rows(value: Any, labels: Sequence[str]) -> dict[str, Any]:
    """A filled-in table by row label; rows may also be given as a list in the printed order.

    Raises:
        Unreadable: when it is neither a table nor a list of the right length.
    """
    value = plain(value)
    if isinstance(value, dict):
        by_name = {tidy(str(key)).casefold(): entry for key, entry in value.items()}
        return {label: by_name.get(tidy(label).casefold()) for label in labels}
    if isinstance(value, str) and "," in value:
        value = [part.strip() for part in tidy(value).strip("[](){}").split(",")]
    if isinstance(value, list) and len(value) == len(labels):
        return dict(zip(labels, value, strict=True))
    raise Unreadable(f"The table needs one entry for each of its {len(labels)} rows.")


def read_row(label: str, value: Any, form: FunctionForm) -> str | float:
    """What one row of a table means: one of the form's words, or a number where it has none.

    Raises:
        Unreadable: with the row's label.
    """
    if not form.words:
        try:
            return read_number(value, form.units)
        except Unreadable:
            raise Unreadable(
                f"Row {label}: I cannot read {_shown(value)}. Type a number."
            ) from None
    value = _only(value)
    if isinstance(value, str):
        text = tidy(value).casefold()
        for word, others in form.words.items():
            if text in (tidy(w).casefold() for w in (word, *others)):
                return word
    raise Unreadable(
        f"Row {label}: I cannot read {_shown(value)}. Type {_or([repr(w) for w in form.words])}."
    )


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]


def _shown(value: Any, longest: int = 40) -> str:
    """A value cut to size for a message; never runs the value's own ``repr`` unless built in."""
    if type(value) in (str, int, float, bool, list, dict, type(None)):
        try:
            text = repr(value)
        except (ValueError, RecursionError):
            text = "this value"
    else:
        text = f"a {type(value).__name__}"
    return text if len(text) <= longest else text[: longest - 1] + "…"
