"""What the source files promise, and which faults in them are refused."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

from course.sources.misconceptions import Topic
from course.sources.models import SourceError, Sources, load_sources

FOLDER = Path(__file__).parent.parent / "course" / "sources"
FILES = (
    *("claims.yaml", "references.yaml", "glossary.yaml", "codes.yaml"),
    *("fees.yaml", "edits.yaml", "measures.yaml", "trials.yaml", "misconceptions.yaml"),
)


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load_sources()


def texts(sources: Sources) -> Iterator[tuple[str, str]]:
    """Every sentence of ours that a learner may read, with the entry it stands in."""
    for key, document in sources.documents.items():
        yield key, document.described
    for key, claim in sources.claims.items():
        yield from ((key, t) for t in (claim.claim, claim.qualification, claim.correction) if t)
    for key, reference in sources.references.items():
        yield key, reference.title
    for key, term in sources.glossary.items():
        yield from ((key, t) for t in (term.term, term.definition, term.how_they_differ))
    yield "notice", sources.codes.notice
    for key, code in sources.codes.codes.items():
        yield from ((key, t) for t in (code.name, code.paraphrase, code.intent))
    for key, misconception in sources.misconceptions.items():
        yield key, misconception.says


def citations(sources: Sources) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, claim in sources.claims.items():
        yield key, claim.references
    for key, term in sources.glossary.items():
        yield key, term.references
    for key, code in sources.codes.codes.items():
        yield key, code.references


# ---------------------------------------------------------------- what is there


def test_the_first_page_makes_40_claims_and_the_second_23(sources: Sources) -> None:
    assert Counter(c.document for c in sources.claims.values()) == {"D0": 40, "D2": 23}
    assert set(sources.documents) == {"D0", "D2"}
    assert all(key == claim.id for key, claim in sources.claims.items())


def test_the_verdicts_are_those_of_the_checked_facts(sources: Sources) -> None:
    verdicts = Counter((c.document, c.verdict) for c in sources.claims.values())
    assert verdicts == {
        ("D0", "supported"): 10,
        ("D0", "imprecise"): 16,
        ("D0", "contested"): 9,
        ("D0", "wrong"): 5,
        ("D2", "supported"): 10,
        ("D2", "imprecise"): 6,
        ("D2", "contested"): 6,
        ("D2", "note"): 1,
    }


def test_a_claim_and_its_correction_are_not_the_same_sentence(sources: Sources) -> None:
    for claim in sources.claims.values():
        assert claim.claim != claim.correction
        assert claim.correction.endswith("."), claim.id


def test_every_claim_term_and_code_rests_on_something(sources: Sources) -> None:
    for claim in sources.claims.values():
        assert claim.references or claim.general_knowledge, claim.id
    for term in sources.glossary.values():
        assert term.references or term.general_knowledge, term.term
    for code in sources.codes.codes.values():
        assert code.references, code.label


def test_every_reference_resolves_and_none_is_a_bad_example(sources: Sources) -> None:
    for entry, cited in citations(sources):
        for reference in cited:
            assert sources.references[reference].standing != "bad-example", entry


def test_the_bad_examples_are_the_five_pages_kept_as_errors(sources: Sources) -> None:
    bad = [key for key, r in sources.references.items() if r.standing == "bad-example"]
    assert bad == ["S90", "S91", "S92", "S93", "S94"]


def test_an_address_leads_to_the_host_it_names(sources: Sources) -> None:
    for key, reference in sources.references.items():
        if reference.url:
            assert reference.url.startswith(f"https://{reference.host}/"), key


def test_no_two_references_share_an_address(sources: Sources) -> None:
    urls = [r.url for r in sources.references.values() if r.url]
    assert len(urls) == len(set(urls))


# ---------------------------------------------------------------- glossary and codes


def test_confusion_runs_both_ways(sources: Sources) -> None:
    assert len(sources.glossary) >= 40
    for key, term in sources.glossary.items():
        for other in term.confused_with:
            assert key in sources.glossary[other].confused_with, f"{key} and {other}"


def test_every_term_has_a_name_of_its_own(sources: Sources) -> None:
    names = [term.term for term in sources.glossary.values()]
    assert len(names) == len(set(names))


MIXED_UP = {
    "neuromuscular-junction",
    "neuromuscular-control",
    "neuromuscular-re-education",
    "neuromuscular-exercise",
    "neuromuscular-therapy",
    "motor-unit",
    "recruitment",
    "rate-coding",
    "activation",
    "repatterning",
    "end-plate-potential",
    "quantal-content",
    "safety-factor",
    "proprioception",
    "kinesthetic-sense",
    "postural-sway",
    "centre-of-pressure",
    "centre-of-mass",
    "romberg-sign",
    "romberg-ratio",
    "prediction-ellipse",
    "confidence-ellipse",
    "motor-learning",
    "performance",
    "retention",
    "transfer",
    "mdc",
    "mcid",
    "limb-symmetry-index",
    "timed-code",
    "untimed-code",
    "unit",
    "total-time-rule",
    "midpoint-rule",
    "leftover-minutes",
    "one-on-one",
    "group-therapy",
    "plan-of-care",
    "medical-necessity",
    "skilled-service",
    "maintenance-programme",
    "modifier",
    "kx-threshold",
    "procedure-to-procedure-edit",
    "medically-unlikely-edit",
    "false-claims-act",
    "overpayment",
    "medicare-summary-notice",
    "treatment-note",
    "progress-report",
    "direct-minutes",
}


def test_the_words_that_learners_mix_up_are_in_the_glossary(sources: Sources) -> None:
    assert set(sources.glossary) >= MIXED_UP


def test_codes_say_as_of_when_and_for_which_payer(sources: Sources) -> None:
    assert sources.codes.as_of.isoformat() == "2026-11-01"
    assert sources.codes.payer == "US Medicare Part B"
    assert "trademark of the American Medical Association" in sources.codes.notice


def test_a_timed_code_has_15_minute_units_and_an_untimed_one_none(sources: Sources) -> None:
    for code in sources.codes.codes.values():
        assert code.minutes_per_unit == (15 if code.timed else None), code.label


def test_the_course_names_these_codes_under_these_labels(sources: Sources) -> None:
    codes = sources.codes.codes
    assert {codes[key].label: key for key in codes if codes[key].timed} == {
        "THEREX": "97110",
        "NMR": "97112",
        "AQUATIC": "97113",
        "GAIT": "97116",
        "MANUAL": "97140",
        "THERACT": "97530",
        "ADL": "97535",
        "ULTRASOUND": "97035",
    }
    assert {key for key in codes if not codes[key].timed} == {
        *("97150", "97161", "97162", "97163", "97164"),
        *("97165", "97166", "97167", "97168"),
        *("97014", "G0283", "97012"),
    }


# ---------------------------------------------------------------- misconceptions


def test_every_topic_has_misconceptions_to_answer(sources: Sources) -> None:
    listed = Counter(m.topic for m in sources.misconceptions.values())
    assert set(listed) == set(get_args(Topic))
    assert min(listed.values()) >= 3


def test_a_misconception_is_a_clause_that_somebody_could_think(sources: Sources) -> None:
    for key, misconception in sources.misconceptions.items():
        assert not misconception.says.endswith("."), key
        assert 4 <= len(misconception.says.split()) <= 16, key


# ---------------------------------------------------------------- how it is said


def test_sentences_are_calm_and_short(sources: Sources) -> None:
    for entry, text in texts(sources):
        assert "!" not in text, entry
        assert not re.search(r"\bsimply\b", text, re.IGNORECASE), entry
        for sentence in re.split(r"(?<=[.?;])\s", text):
            assert len(sentence.split()) <= 45, f"{entry}: {sentence}"


def test_what_was_read_cannot_be_changed(sources: Sources) -> None:
    with pytest.raises(ValidationError):
        sources.claims["D0-01"].verdict = "wrong"  # type: ignore[misc]


# ---------------------------------------------------------------- what is refused


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for file in FILES:
        shutil.copy(FOLDER / file, tmp_path / file)
    return tmp_path


def refusal(folder: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load_sources(folder)
    error = caught.value
    assert "\n" not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    return error


CLAIM = "  - id: D0-07\n"
TERM = "timed-code:\n"
CODE = '  "97112":\n'
BELIEF = "one-technique:\n"
REFERENCE = "S7:\n"


@pytest.mark.parametrize(
    ("file", "start", "old", "new", "entry", "fault"),
    [
        pytest.param(
            *("claims.yaml", CLAIM, "verdict: wrong", "verdict: maybe", "D0-07"),
            "verdict is 'maybe'; use one of supported, imprecise, wrong, contested, note",
            id="verdict unknown",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "verdict: wrong", "verdict: note", "D0-07"),
            "verdict is 'note', which only D2-23 may have",
            id="note where it does not belong",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "confidence: medium", "confidence:", "D0-07"),
            "confidence is empty; use one of high, medium, low",
            id="value left out",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "    confidence: medium\n", "", "D0-07"),
            "confidence is missing",
            id="field left out",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "confidence: medium", "confidence: medium\n    sure: 1"),
            *("D0-07", "sure is not a field here; use id, claim, verdict,"),
            id="field unknown",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "verdict: wrong", "verdict: wrong\n    verdict: wrong"),
            *("D0-07", "'verdict' appears twice"),
            id="field twice",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "id: D0-07", "id: D0-06", "D0-06"),
            "the id appears twice; give each claim its own",
            id="id twice",
        ),
        pytest.param(
            *("claims.yaml", "  - id: D0-40\n", "id: D0-40", "id: D0-41", "D0-40"),
            "the claim is missing; D0 has 40 claims, D0-01 to D0-40",
            id="gap in the sequence",
        ),
        pytest.param(
            *("claims.yaml", "  - id: D2-23\n", "id: D2-23", "id: D9-01", "D9-01"),
            "verdict is 'note', which only D2-23 may have",
            id="note under another id",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "references: [S7b]", "references: [S999]", "D0-07"),
            "reference S999 is not listed in references.yaml",
            id="claim cites nothing known",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "references: [S7b]", "references: [S93]", "D0-07"),
            "reference S93 is a bad example; cite another source",
            id="claim cites a bad example",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "references: [S7b]", "references: [S7b, S7b]", "D0-07"),
            "references names S7b twice",
            id="reference twice",
        ),
        pytest.param(
            *("claims.yaml", CLAIM, "references: [S7b]", "references: S7b", "D0-07"),
            "references is 'S7b'; write a list in square brackets",
            id="reference not in a list",
        ),
        pytest.param(
            *("claims.yaml", "  - id: D0-08\n", "references: [S50, S51]", "references: []"),
            *("D0-08", "it has no reference and is not marked general_knowledge: true"),
            id="claim rests on nothing",
        ),
        pytest.param(
            *("claims.yaml", "documents:\n", "  D2:", "  D3:", "documents"),
            "it describes D0, D3; describe D0, D2",
            id="document unknown",
        ),
        pytest.param(
            *("claims.yaml", "claims:\n", "  - id: D0-01\n", "  - D0-00\n  - id: D0-01\n"),
            *("number 1 in the list", "the claim is not a set of 'name: value' lines"),
            id="claim not of the shape",
        ),
        pytest.param(
            *("glossary.yaml", TERM, "[untimed-code]", "[untimed-coed]", "timed-code"),
            "confused_with names 'untimed-coed', which is not in the glossary",
            id="confused with nothing known",
        ),
        pytest.param(
            *("glossary.yaml", TERM, "[untimed-code]", "[timed-code]", "timed-code"),
            "confused_with points at the term itself",
            id="confused with itself",
        ),
        pytest.param(
            *("glossary.yaml", TERM, "[untimed-code]", "[]", "timed-code"),
            "'untimed-code' is confused with it; name 'untimed-code' under confused_with",
            id="confused with one that is not confused with it",
        ),
        pytest.param(
            *("glossary.yaml", TERM, "references: [S2, S3]", "references: []", "timed-code"),
            "it has no reference and is not marked general_knowledge: true",
            id="term rests on nothing",
        ),
        pytest.param(
            *("glossary.yaml", TERM, "references: [S2, S3]", "references: [S92]", "timed-code"),
            "reference S92 is a bad example; cite another source",
            id="term cites a bad example",
        ),
        pytest.param(
            *("glossary.yaml", TERM, TERM, "untimed-code:\n", "untimed-code"),
            "'untimed-code' appears twice",
            id="term twice",
        ),
        pytest.param(
            *("glossary.yaml", TERM, "timed-code:", "Timed Code:", "Timed Code"),
            "the id is not of the form timed-code",
            id="term id not of the form",
        ),
        pytest.param(
            *("codes.yaml", CODE, "label: NMR", "label: THEREX", "97112"),
            "label THEREX is already that of 97110",
            id="label twice",
        ),
        pytest.param(
            *("codes.yaml", CODE, "label: NMR", "label: N M R", "97112"),
            "label is 'N M R', which is not in the form expected",
            id="label not of the form",
        ),
        pytest.param(
            *("codes.yaml", CODE, CODE, "  97112:\n", "97112"),
            'the id is not of the form "97112", in quotes',
            id="code without quotes",
        ),
        pytest.param(
            *("codes.yaml", CODE, "minutes_per_unit: 15", "minutes_per_unit: null", "97112"),
            "the code is timed but minutes_per_unit is empty",
            id="timed without minutes",
        ),
        pytest.param(
            *("codes.yaml", CODE, "timed: true", "timed: false", "97112"),
            "the code is untimed but minutes_per_unit is given",
            id="untimed with minutes",
        ),
        pytest.param(
            *("codes.yaml", CODE, "timed: true", "timed: perhaps", "97112"),
            "timed is 'perhaps'; write true or false",
            id="neither true nor false",
        ),
        pytest.param(
            *("codes.yaml", CODE, "references: [S7, S7b]", "references: [S94]", "97112"),
            "reference S94 is a bad example; cite another source",
            id="code cites a bad example",
        ),
        pytest.param(
            *("codes.yaml", "as_of", "as_of: 2026-11-01\n", "", "as_of"),
            "the entry is missing",
            id="date left out",
        ),
        pytest.param(
            *("codes.yaml", "as_of", "2026-11-01", "2026-13-01", None),
            "a value in it cannot be read: month must be in 1..12",
            id="date impossible",
        ),
        pytest.param(
            *("misconceptions.yaml", BELIEF, "topic: definitions", "topic: words", "one-technique"),
            "topic is 'words'; use one of definitions, junction, force,",
            id="topic unknown",
        ),
        pytest.param(
            *("misconceptions.yaml", BELIEF, "asked: {mend-the-definition: c}", "asked: [c]"),
            *("one-technique", "asked is ['c']; write name: value lines"),
            id="pointers in a list",
        ),
        pytest.param(
            *("misconceptions.yaml", BELIEF, "definition: c}", "definition: [c]}", "one-technique"),
            "asked is ['c']",
            id="several options of one question",
        ),
        pytest.param(
            *("misconceptions.yaml", "massage-too:\n", "is a kind of massage", "is one technique"),
            *("massage-too", "it says the same as one-technique"),
            id="misconception twice",
        ),
        pytest.param(
            *("misconceptions.yaml", BELIEF, BELIEF, "One technique:\n", "One technique"),
            "the id is not of the form one-technique",
            id="misconception's id not of the form",
        ),
        pytest.param(
            *("references.yaml", REFERENCE, "url: https://", "url: http://", "S7"),
            "which is not in the form expected",
            id="address not https",
        ),
        pytest.param(
            *("references.yaml", REFERENCE, "standing: supporting", "standing: good", "S7"),
            "standing is 'good'; use one of authority, supporting, weak, bad-example",
            id="standing unknown",
        ),
        pytest.param(
            *("references.yaml", REFERENCE, REFERENCE, "T7:\n", "T7"),
            "the id is not of the form S7 or S7b",
            id="reference id not of the form",
        ),
        pytest.param(
            *("references.yaml", REFERENCE, REFERENCE, "S7: [\n", None),
            "it is not YAML in line",
            id="not YAML",
        ),
    ],
)
def test_a_fault_is_refused_with_its_file_entry_and_reason(
    copy: Path, file: str, start: str, old: str, new: str, entry: str | None, fault: str
) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    at = re.search("^" + re.escape(start), text, re.MULTILINE)
    assert at, start
    head, tail = text[: at.start()], text[at.start() :]
    assert old in tail
    (copy / file).write_text(head + tail.replace(old, new, 1), encoding="utf-8")

    error = refusal(copy)

    assert (error.file, error.entry) == (file, entry)
    assert fault in error.fault
    where = file if entry is None else f"{file}, entry {entry}"
    assert str(error) == f"{where}: {error.fault}"


def test_a_claim_beyond_the_sequence_is_refused(copy: Path) -> None:
    extra = (
        "  - {id: D2-24, claim: One too many., verdict: wrong, correction: There is none.,\n"
        "     confidence: low, general_knowledge: true}\n"
    )
    path = copy / "claims.yaml"
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    assert str(refusal(copy)) == (
        "claims.yaml, entry D2-24: the id is outside the two sequences, "
        "D0-01 to D0-40 and D2-01 to D2-23"
    )


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "the file is missing"),
        (b"", "the file is empty"),
        (b"- one\n- two\n", "the file is not a set of 'name: value' lines"),
        (b"name: \xff\n", "the file is not UTF-8 text"),
        (b"name: \x00\n", "it is not YAML"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    copy: Path, file: str, content: bytes | None, fault: str
) -> None:
    (copy / file).unlink()
    if content is not None:
        (copy / file).write_bytes(content)
    error = refusal(copy)
    assert (error.file, error.entry) == (file, None)
    assert fault in str(error)
