"""The shapes of the source files, and the one door through which they are read.

`load_sources` reads claims, references, glossary and codes, then fees and edits, measures and
trials, and misconceptions. It checks each entry and every link between them, and gives back one
frozen object. Whatever is at fault comes out as a `SourceError` that names the file, the entry
and the fault in one sentence.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from course.sources.fees import EditTable, FeeTable, read_edits, read_fees
from course.sources.measures import Evidence, Measure, read_evidence, read_measures
from course.sources.misconceptions import Misconception, read_misconceptions
from course.sources.reading import (
    CODE_NUMBER,
    REFERENCE_ID,
    SLUG,
    Model,
    Reference,
    ReferenceId,
    Slug,
    SourceError,
    Text,
    build,
    check_fields,
    check_key,
    check_once,
    check_support,
    mapping,
    read_yaml,
    words,
)

__all__ = ["Reference", "SourceError", "Sources", "Term", "load_sources"]

CLAIM_COUNTS = {"D0": 40, "D2": 23}

Label = Annotated[str, StringConstraints(pattern=r"^[A-Z]+(-[A-Z]+)*$")]

Verdict = Literal["supported", "imprecise", "wrong", "contested", "note"]
Confidence = Literal["high", "medium", "low"]
Contact = Literal["one-on-one", "constant attendance", "supervised"]


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
    fees: FeeTable
    edits: EditTable
    measures: dict[str, Measure]
    evidence: Evidence
    misconceptions: dict[str, Misconception]


def load_sources(folder: Path = Path(__file__).parent) -> Sources:
    """Read and check the files of a folder; raise SourceError at the first fault."""
    references = _read_references(folder)
    documents, claims = _read_claims(folder, references)
    codes = _read_codes(folder, references)
    return Sources(
        documents=documents,
        claims=claims,
        references=references,
        glossary=_read_glossary(folder, references),
        codes=codes,
        fees=read_fees(folder, references, codes.codes),
        edits=read_edits(folder, references, codes.codes),
        measures=read_measures(folder, references),
        evidence=read_evidence(folder, references),
        misconceptions=read_misconceptions(folder),
    )


# ---------------------------------------------------------------- claims to codes


def _read_references(folder: Path) -> dict[str, Reference]:
    file = "references.yaml"
    entries = mapping(file, None, "the file", read_yaml(folder, file))
    references = {}
    for key, value in entries.items():
        check_key(file, key, REFERENCE_ID, "S7 or S7b")
        reference = references[key] = build(Reference, file, key, value)
        if reference.url and not reference.url.startswith(f"https://{reference.host}/"):
            raise SourceError(
                file, key, "host is not what stands between https:// and the next / of its url"
            )
    return references


def _read_claims(
    folder: Path, references: dict[str, Reference]
) -> tuple[dict[str, Document], dict[str, Claim]]:
    file = "claims.yaml"
    top = mapping(file, None, "the file", read_yaml(folder, file))
    check_fields(file, top, {"documents", "claims"})

    pages = mapping(file, "documents", "its value", top["documents"])
    if set(pages) != set(CLAIM_COUNTS):
        raise SourceError(
            file, "documents", f"it describes {words(pages)}; describe {words(CLAIM_COUNTS)}"
        )
    documents = {key: build(Document, file, key, value) for key, value in pages.items()}

    if not isinstance(top["claims"], list):
        raise SourceError(file, "claims", "its value is not a list of claims")
    claims: dict[str, Claim] = {}
    for number, item in enumerate(top["claims"], start=1):
        name = f"number {number} in the list"
        fields = mapping(file, name, "the claim", item)
        if isinstance(fields.get("id"), str):
            name = fields["id"]
        claim = build(Claim, file, name, fields)
        if claim.id in claims:
            raise SourceError(file, claim.id, "the id appears twice; give each claim its own")
        if claim.verdict == "note" and claim.id != "D2-23":
            raise SourceError(file, claim.id, "verdict is 'note', which only D2-23 may have")
        check_support(file, claim.id, claim.references, references, claim.general_knowledge)
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
    entries = mapping(file, None, "the file", read_yaml(folder, file))
    terms = {}
    for key, value in entries.items():
        check_key(file, key, SLUG, "timed-code")
        term = build(Term, file, key, value)
        check_support(file, key, term.references, references, term.general_knowledge)
        terms[key] = term
    for key, term in terms.items():
        check_once(file, key, "confused_with", term.confused_with)
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
    top = mapping(file, None, "the file", read_yaml(folder, file))
    check_fields(file, top, set(CodeTable.model_fields))
    codes: dict[str, Code] = {}
    labels: dict[str, str] = {}
    for key, value in mapping(file, "codes", "its value", top["codes"]).items():
        check_key(file, key, CODE_NUMBER, '"97112", in quotes')
        code = build(Code, file, key, value)
        if code.timed and code.minutes_per_unit is None:
            raise SourceError(file, key, "the code is timed but minutes_per_unit is empty")
        if not code.timed and code.minutes_per_unit is not None:
            raise SourceError(file, key, "the code is untimed but minutes_per_unit is given")
        if code.label in labels:
            raise SourceError(
                file, key, f"label {code.label} is already that of {labels[code.label]}"
            )
        check_support(file, key, code.references, references, False)
        labels[code.label] = key
        codes[key] = code
    if not codes:
        raise SourceError(file, "codes", "there is no code in it")
    return build(CodeTable, file, None, {**top, "codes": codes})
