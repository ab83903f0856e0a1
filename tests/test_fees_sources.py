"""The dated figures: what the two files promise, and which faults in them are refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course.publish.build import learners_edits, learners_fees
from course.sources.models import SourceError, Sources, load_sources

FOLDER = Path(__file__).parent.parent / "course" / "sources"


@pytest.fixture(scope="module")
def sources() -> Sources:
    return load_sources()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for file in FOLDER.glob("*.yaml"):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path


def test_figures_say_as_of_when_for_whom_and_on_whose_word(sources: Sources) -> None:
    for table in (sources.fees, sources.edits):
        assert table.as_of.isoformat() == "2024-07-01"
        assert table.payer == "US Medicare Part B"
        assert table.references == ("S95",)
    assert sources.references["S95"].standing == "weak"
    assert "not compared" in sources.references["S95"].title


def test_a_threshold_without_a_source_is_marked(sources: Sources) -> None:
    for year, threshold in sources.fees.thresholds.items():
        assert bool(threshold.references) != threshold.general_knowledge, year


def test_what_the_copy_does_not_tell_is_empty_and_not_guessed(sources: Sources) -> None:
    assert all(row.effective is None for row in sources.edits.edits)
    assert all(row.indicator is None for row in sources.edits.edits if row.deleted)
    assert all(row.indicator is not None for row in sources.edits.edits if not row.deleted)


def test_learners_get_the_same_figures_without_our_notes(sources: Sources) -> None:
    fees, edits = json.loads(learners_fees(sources)), json.loads(learners_edits(sources))
    assert fees["codes"]["97112"]["units_per_day"] == 4
    assert fees["conversion_factor"] == 33.2875
    assert len(edits["edits"]) == len(sources.edits.edits)
    assert "references" not in edits


@pytest.mark.parametrize(
    ("file", "old", "new", "entry", "fault"),
    [
        pytest.param(
            *("fees.yaml", '  "97112": {', '  "97999": {', "97999"),
            "code 97999 is not among those of codes.yaml",
            id="fee of an unknown code",
        ),
        pytest.param(
            *("fees.yaml", "work: 0.21", "work: -0.21", "97035"),
            "work is -0.21; input should be greater than or equal to 0",
            id="weight below nothing",
        ),
        pytest.param(
            *("fees.yaml", "units_per_day: 2,", "units_per_day: 0,", "97035"),
            "units_per_day is 0",
            id="no unit a day",
        ),
        pytest.param(
            *("fees.yaml", "general_knowledge: true}", "general_knowledge: false}", "2018"),
            "it has no reference and is not marked general_knowledge: true",
            id="threshold that rests on nothing",
        ),
        pytest.param(
            *("fees.yaml", "[S20a]", "[S93]", "2021"),
            "reference S93 is a bad example",
            id="threshold from a bad example",
        ),
        pytest.param(
            *("fees.yaml", '"2018"', '"18"', "18"),
            'the id is not of the form "2024"',
            id="year not of the form",
        ),
        pytest.param(
            *("fees.yaml", "references: [S95]", "references: [S999]", "references"),
            "reference S999 is not listed",
            id="figures cite nothing known",
        ),
        pytest.param(
            *("edits.yaml", 'column_2: "97112"', 'column_2: "97150"', "number 1 in the list"),
            "it pairs 97150 with itself",
            id="code with itself",
        ),
        pytest.param(
            *("edits.yaml", 'column_2: "97112"', 'column_2: "97012"', "number 1 in the list"),
            "code 97012 is not among those of covers",
            id="code that is not covered",
        ),
        pytest.param(
            *("edits.yaml", '"97535"]', '"97999"]', "covers"),
            "code 97999 is not among those of codes.yaml",
            id="covers an unknown code",
        ),
        pytest.param(
            *("edits.yaml", "indicator: 1,", "indicator: 3,", "number 1 in the list"),
            "indicator is 3; use one of 0, 1, 9",
            id="indicator unknown",
        ),
        pytest.param(
            *("edits.yaml", "effective: null, deleted: 1996-01-01"),
            *("effective: 1997-01-01, deleted: 1996-01-01", "number 28 in the list"),
            "it was deleted before it took effect",
            id="deleted before it began",
        ),
        pytest.param(
            *("edits.yaml", 'column_1: "97150", column_2: "97110"'),
            *('column_1: "97150", column_2: "97113"', "number 3 in the list"),
            "it repeats row 2",
            id="row twice",
        ),
        pytest.param(
            *("edits.yaml", "until: 2024-09-30", "until: 2024-06-30", "until"),
            "it is before as_of",
            id="copy that ends before it begins",
        ),
        pytest.param(
            *("edits.yaml", "payer: US Medicare Part B\n", "", "payer"),
            "the entry is missing",
            id="payer left out",
        ),
    ],
)
def test_a_fault_is_refused_with_its_file_entry_and_reason(
    copy: Path, file: str, old: str, new: str, entry: str, fault: str
) -> None:
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        load_sources(copy)
    assert (caught.value.file, caught.value.entry) == (file, entry)
    assert fault in caught.value.fault
