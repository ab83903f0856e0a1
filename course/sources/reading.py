"""How a source file is read: shapes closed to surprises, kind errors, and the common checks.

What the single files hold stands in `models.py`, `fees.py` and `measures.py`. Whatever is at fault
comes out as a `SourceError` that names the file, the entry and the fault in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where there is one

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
REFERENCE_ID = r"^S[0-9]+[a-z]?$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_NUMBER = r"^([0-9]{5}|[A-Z][0-9]{4})$"
ReferenceId = Annotated[str, StringConstraints(pattern=REFERENCE_ID)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\S*$")]

Kind = Literal[
    "primary",
    "contractor",
    "trade",
    "paper",
    "abstract",
    "mirror",
    "press",
    "encyclopaedia",
    "code",
]
Standing = Literal["authority", "supporting", "weak", "bad-example"]


class SourceError(Exception):
    """A fault in a source file: which file, which entry, and what is wrong with it."""

    def __init__(self, file: str, entry: str | None, fault: str) -> None:
        super().__init__(file, entry, fault)
        self.file = file
        self.entry = entry
        self.fault = fault

    def __str__(self) -> str:
        where = self.file if self.entry is None else f"{self.file}, entry {self.entry}"
        return f"{where}: {self.fault}"


class Model(BaseModel):
    """Frozen, and closed to fields that nobody described."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reference(Model):
    """A page or paper, and how much weight it bears."""

    title: Text
    host: Text
    url: Url | None
    kind: Kind
    standing: Standing


AnyModel = TypeVar("AnyModel", bound=Model)


# ---------------------------------------------------------------- checks


def check_support(
    file: str,
    entry: str,
    cited: tuple[str, ...],
    references: dict[str, Reference],
    general_knowledge: bool,
) -> None:
    """Refuse an entry that rests on nothing, on what is not listed, or on a bad example."""
    if not cited and not general_knowledge:
        raise SourceError(
            file, entry, "it has no reference and is not marked general_knowledge: true"
        )
    check_once(file, entry, "references", cited)
    for reference in cited:
        if reference not in references:
            raise SourceError(
                file, entry, f"reference {reference} is not listed in references.yaml"
            )
        if references[reference].standing == "bad-example":
            raise SourceError(
                file, entry, f"reference {reference} is a bad example; cite another source"
            )


def check_once(file: str, entry: str, field: str, values: Iterable[str]) -> None:
    """Refuse a value named twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise SourceError(file, entry, f"{field} names {value} twice")
        seen.add(value)


def check_fields(file: str, found: dict[Any, Any], expected: set[str]) -> None:
    """Refuse a missing or an unknown entry at the top of a file."""
    for field in sorted(expected - set(found)):
        raise SourceError(file, field, "the entry is missing")
    for field in found:
        if field not in expected:
            raise SourceError(file, str(field), "nothing of that name belongs here")


def check_key(file: str, key: object, pattern: str, example: str) -> None:
    """Refuse a key that is not of the pattern; `example` shows one that is."""
    if not isinstance(key, str) or not re.fullmatch(pattern, key):
        raise SourceError(file, str(key), f"the id is not of the form {example}")


def mapping(file: str, entry: str | None, what: str, value: object) -> dict[Any, Any]:
    """Return the value if it is a set of 'name: value' lines, else refuse it."""
    if isinstance(value, dict):
        return value
    raise SourceError(file, entry, f"{what} is not a set of 'name: value' lines")


def build(model: type[AnyModel], file: str, entry: str | None, value: object) -> AnyModel:
    """Make the model of an entry, or say its first fault in a sentence."""
    fields = mapping(file, entry, "the entry", value)
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        fault = _sentence(model, error)
    raise SourceError(file, entry, fault)


def _sentence(model: type[Model], error: ValidationError) -> str:
    """The first fault that pydantic found, said plainly."""
    first = error.errors(include_url=False)[0]
    field = str(first["loc"][0]) if first["loc"] else "the entry"
    value = first["input"]
    kind = first["type"]
    if kind == "missing":
        return f"{field} is missing"
    if kind == "extra_forbidden":
        return f"{field} is not a field here; use {words(model.model_fields)}"
    if kind == "literal_error":
        return f"{field} is {_shown(value)}; use one of {', '.join(_choices(model, field))}"
    if kind == "string_type":
        return f"{field} is {_shown(value)}; write text"
    if kind == "string_too_short":
        return f"{field} is empty; write text"
    if kind == "string_pattern_mismatch":
        return f"{field} is {_shown(value)}, which is not in the form expected"
    if kind == "too_short":
        return f"{field} is empty; name at least one"
    if kind == "dict_type":
        return f"{field} is {_shown(value)}; write name: value lines"
    if kind == "tuple_type":
        return f"{field} is {_shown(value)}; write a list in square brackets"
    if kind.startswith("bool"):
        return f"{field} is {_shown(value)}; write true or false"
    message = first["msg"]
    return f"{field} is {_shown(value)}; {message[0].lower()}{message[1:]}"


def _choices(model: type[Model], field: str) -> list[str]:
    options = get_args(model.model_fields[field].annotation)
    inner = [name for option in options for name in get_args(option)]
    return [str(option) for option in inner or options if option is not type(None)]


def _shown(value: object) -> str:
    text = "empty" if value is None else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def words(names: Iterable[object]) -> str:
    """Names in a row, for a sentence."""
    return ", ".join(str(name) for name in names) or "nothing"


# ---------------------------------------------------------------- YAML


def read_yaml(folder: Path, file: str) -> object:
    """Read one file; refuse what is not YAML and any name written twice in one place."""
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SourceError(file, None, "the file is missing") from None
    except UnicodeDecodeError:
        raise SourceError(file, None, "the file is not UTF-8 text") from None
    except OSError as error:
        raise SourceError(file, None, f"the file cannot be read: {error.strerror}") from None
    try:
        loader = FastLoader(text)
        node = loader.get_single_node()
        if node is None:
            raise SourceError(file, None, "the file is empty")
        for entry, key, line in _repeated(node):
            raise SourceError(file, entry, f"'{key}' appears twice, again in line {line}")
        document: object = loader.construct_document(node)
        return document
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" in line {mark.line + 1}" if mark else ""
        raise SourceError(file, None, f"it is not YAML{place}: {error.problem}") from None
    except yaml.YAMLError:
        raise SourceError(file, None, "it is not YAML: it holds a forbidden character") from None
    except (ValueError, RecursionError) as error:
        raise SourceError(file, None, f"a value in it cannot be read: {error}") from None


def _repeated(root: yaml.Node) -> Iterator[tuple[str, str, int]]:
    """Every key written twice in one mapping: its entry, the key, and the second line."""
    seen: set[int] = set()

    def walk(node: yaml.Node, path: tuple[str, ...]) -> Iterator[tuple[str, str, int]]:
        if id(node) in seen:
            return
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            keys: set[tuple[str, str]] = set()
            for key, value in node.value:
                name = str(key.value)
                if (key.tag, name) in keys:
                    yield _entry((*path, name)), name, key.start_mark.line + 1
                keys.add((key.tag, name))
                yield from walk(value, (*path, name))
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value, start=1):
                yield from walk(value, (*path, _item_name(value, number)))

    yield from walk(root, ())


def _item_name(node: yaml.Node, number: int) -> str:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id":
                return str(value.value)
    return f"number {number} in the list"


def _entry(path: tuple[str, ...]) -> str:
    """The entry a path lies in: one level down in the files that have sections."""
    sections = {"documents", "claims", "codes", "thresholds", "edits"}
    return path[1] if len(path) > 1 and path[0] in sections else path[0]
