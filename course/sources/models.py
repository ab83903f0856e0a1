"""The shapes of the four source files, and the one door through which they are read.

`load_sources` reads claims, references, glossary and codes, checks each entry and every
link between them, and gives back one frozen object. Whatever is at fault comes out as a
`SourceError` that names the file, the entry and the fault in one sentence.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where there is one

CLAIM_COUNTS = {"D0": 40, "D2": 23}

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
REFERENCE_ID = r"^S[0-9]+[a-z]?$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_NUMBER = r"^([0-9]{5}|[A-Z][0-9]{4})$"
ReferenceId = Annotated[str, StringConstraints(pattern=REFERENCE_ID)]
Slug = Annotated[str, StringConstraints(pattern=SLUG)]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s/]+\S*$")]
Label = Annotated[str, StringConstraints(pattern=r"^[A-Z]+(-[A-Z]+)*$")]

Verdict = Literal["supported", "imprecise", "wrong", "contested", "note"]
Confidence = Literal["high", "medium", "low"]
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
Contact = Literal["one-on-one", "constant attendance", "supervised"]


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


class Document(Model):
    """One of the two pages that the course examines."""

    title: Text
    kind: Text
    described: Text


class Claim(Model):
    """One thing a page says, what to make of it, and the more accurate statement."""

    id: Annotated[str, StringConstraints(pattern=r"^D[0-9]-[0-9]{2}$")]
    claim: Text
    verdict: Verdict
    qualification: Text | None = None
    correction: Text
    confidence: Confidence
    references: tuple[ReferenceId, ...] = ()
    general_knowledge: bool = False

    @property
    def document(self) -> str:
        """The id of the page that makes the claim."""
        return self.id.split("-")[0]


class Reference(Model):
    """A page or paper, and how much weight it bears."""

    title: Text
    host: Text
    url: Url | None
    kind: Kind
    standing: Standing


class Term(Model):
    """A word of the course, beside the words it is taken for."""

    term: Text
    definition: Text
    confused_with: tuple[Slug, ...] = ()
    how_they_differ: str = ""
    references: tuple[ReferenceId, ...] = ()
    general_knowledge: bool = False


class Code(Model):
    """A billing code under a neutral label, in the course's own words."""

    label: Label
    name: Text
    paraphrase: Text
    timed: bool
    minutes_per_unit: Annotated[int, Field(gt=0)] | None
    contact: Contact | None
    intent: Text
    references: Annotated[tuple[ReferenceId, ...], Field(min_length=1)]
    confidence: Confidence


class CodeTable(Model):
    """All the codes the course names, for one payer, as of one month."""

    as_of: datetime.date
    payer: Text
    notice: Text
    codes: dict[str, Code]


class Sources(Model):
    """Everything that is read from the folder, checked."""

    documents: dict[str, Document]
    claims: dict[str, Claim]
    references: dict[str, Reference]
    glossary: dict[str, Term]
    codes: CodeTable


AnyModel = TypeVar("AnyModel", bound=Model)


def load_sources(folder: Path = Path(__file__).parent) -> Sources:
    """Read and check the four files of a folder; raise SourceError at the first fault."""
    references = _read_references(folder)
    documents, claims = _read_claims(folder, references)
    return Sources(
        documents=documents,
        claims=claims,
        references=references,
        glossary=_read_glossary(folder, references),
        codes=_read_codes(folder, references),
    )


# ---------------------------------------------------------------- the four files


def _read_references(folder: Path) -> dict[str, Reference]:
    file = "references.yaml"
    entries = _mapping(file, None, "the file", _read_yaml(folder, file))
    references = {}
    for key, value in entries.items():
        _check_key(file, key, REFERENCE_ID, "S7 or S7b")
        reference = references[key] = _build(Reference, file, key, value)
        if reference.url and not reference.url.startswith(f"https://{reference.host}/"):
            raise SourceError(
                file, key, "host is not what stands between https:// and the next / of its url"
            )
    return references


def _read_claims(
    folder: Path, references: dict[str, Reference]
) -> tuple[dict[str, Document], dict[str, Claim]]:
    file = "claims.yaml"
    top = _mapping(file, None, "the file", _read_yaml(folder, file))
    _check_fields(file, top, {"documents", "claims"})

    pages = _mapping(file, "documents", "its value", top["documents"])
    if set(pages) != set(CLAIM_COUNTS):
        raise SourceError(
            file, "documents", f"it describes {_words(pages)}; describe {_words(CLAIM_COUNTS)}"
        )
    documents = {key: _build(Document, file, key, value) for key, value in pages.items()}

    if not isinstance(top["claims"], list):
        raise SourceError(file, "claims", "its value is not a list of claims")
    claims: dict[str, Claim] = {}
    for number, item in enumerate(top["claims"], start=1):
        name = f"number {number} in the list"
        fields = _mapping(file, name, "the claim", item)
        if isinstance(fields.get("id"), str):
            name = fields["id"]
        claim = _build(Claim, file, name, fields)
        if claim.id in claims:
            raise SourceError(file, claim.id, "the id appears twice; give each claim its own")
        if claim.verdict == "note" and claim.id != "D2-23":
            raise SourceError(file, claim.id, "verdict is 'note', which only D2-23 may have")
        _check_support(file, claim.id, claim.references, references, claim.general_knowledge)
        claims[claim.id] = claim

    expected = [
        f"{page}-{n:02}" for page, count in CLAIM_COUNTS.items() for n in range(1, count + 1)
    ]
    for known in expected:
        if known not in claims:
            page = known.split("-")[0]
            raise SourceError(
                file,
                known,
                f"the claim is missing; {page} has {CLAIM_COUNTS[page]} claims, "
                f"{page}-01 to {page}-{CLAIM_COUNTS[page]:02}",
            )
    for found in claims:
        if found not in expected:
            raise SourceError(
                file,
                found,
                "the id is outside the two sequences, "
                + " and ".join(f"{p}-01 to {p}-{n:02}" for p, n in CLAIM_COUNTS.items()),
            )
    return documents, {key: claims[key] for key in expected}


def _read_glossary(folder: Path, references: dict[str, Reference]) -> dict[str, Term]:
    file = "glossary.yaml"
    entries = _mapping(file, None, "the file", _read_yaml(folder, file))
    terms = {}
    for key, value in entries.items():
        _check_key(file, key, SLUG, "timed-code")
        term = _build(Term, file, key, value)
        _check_support(file, key, term.references, references, term.general_knowledge)
        terms[key] = term
    for key, term in terms.items():
        _check_once(file, key, "confused_with", term.confused_with)
        for other in term.confused_with:
            if other == key:
                raise SourceError(file, key, "confused_with points at the term itself")
            if other not in terms:
                raise SourceError(
                    file, key, f"confused_with names '{other}', which is not in the glossary"
                )
            if key not in terms[other].confused_with:
                raise SourceError(
                    file, other, f"'{key}' is confused with it; name '{key}' under confused_with"
                )
        if term.confused_with and not term.how_they_differ.strip():
            raise SourceError(
                file, key, "how_they_differ is empty; say how to tell the terms apart"
            )
    return terms


def _read_codes(folder: Path, references: dict[str, Reference]) -> CodeTable:
    file = "codes.yaml"
    top = _mapping(file, None, "the file", _read_yaml(folder, file))
    _check_fields(file, top, set(CodeTable.model_fields))
    codes: dict[str, Code] = {}
    labels: dict[str, str] = {}
    for key, value in _mapping(file, "codes", "its value", top["codes"]).items():
        _check_key(file, key, CODE_NUMBER, '"97112", in quotes')
        code = _build(Code, file, key, value)
        if code.timed and code.minutes_per_unit is None:
            raise SourceError(file, key, "the code is timed but minutes_per_unit is empty")
        if not code.timed and code.minutes_per_unit is not None:
            raise SourceError(file, key, "the code is untimed but minutes_per_unit is given")
        if code.label in labels:
            raise SourceError(
                file, key, f"label {code.label} is already that of {labels[code.label]}"
            )
        _check_support(file, key, code.references, references, False)
        labels[code.label] = key
        codes[key] = code
    if not codes:
        raise SourceError(file, "codes", "there is no code in it")
    return _build(CodeTable, file, None, {**top, "codes": codes})


# ---------------------------------------------------------------- checks


def _check_support(
    file: str,
    entry: str,
    cited: tuple[str, ...],
    references: dict[str, Reference],
    general_knowledge: bool,
) -> None:
    if not cited and not general_knowledge:
        raise SourceError(
            file, entry, "it has no reference and is not marked general_knowledge: true"
        )
    _check_once(file, entry, "references", cited)
    for reference in cited:
        if reference not in references:
            raise SourceError(
                file, entry, f"reference {reference} is not listed in references.yaml"
            )
        if references[reference].standing == "bad-example":
            raise SourceError(
                file, entry, f"reference {reference} is a bad example; cite another source"
            )


def _check_once(file: str, entry: str, field: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise SourceError(file, entry, f"{field} names {value} twice")
        seen.add(value)


def _check_fields(file: str, found: dict[Any, Any], expected: set[str]) -> None:
    for field in sorted(expected - set(found)):
        raise SourceError(file, field, "the entry is missing")
    for field in found:
        if field not in expected:
            raise SourceError(file, str(field), "nothing of that name belongs here")


def _check_key(file: str, key: object, pattern: str, example: str) -> None:
    if not isinstance(key, str) or not re.fullmatch(pattern, key):
        raise SourceError(file, str(key), f"the id is not of the form {example}")


def _mapping(file: str, entry: str | None, what: str, value: object) -> dict[Any, Any]:
    if isinstance(value, dict):
        return value
    raise SourceError(file, entry, f"{what} is not a set of 'name: value' lines")


def _build(model: type[AnyModel], file: str, entry: str | None, value: object) -> AnyModel:
    fields = _mapping(file, entry, "the entry", value)
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
        return f"{field} is not a field here; use {_words(model.model_fields)}"
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


def _words(names: Iterable[object]) -> str:
    return ", ".join(str(name) for name in names) or "nothing"


# ---------------------------------------------------------------- YAML


def _read_yaml(folder: Path, file: str) -> object:
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
    sections = {"documents", "claims", "codes"}
    return path[1] if len(path) > 1 and path[0] in sections else path[0]
