"""Measures and trials: what the two files promise, and which faults in them are refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from course.publish.build import learners_measures
from course.sources.models import SourceError, Sources, load_sources

FOLDER = Path(__file__).parent.parent / "course" / "sources"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "sources"))


def test_one_number_and_a_range_are_both_read_as_a_pair(sources: Sources) -> None:
    assert sources.measures["berg-chronic-stroke-61"].mdc == (5, 5)
    assert sources.measures["berg-acute-stroke"].mcid == (6.5, 12.5)
    assert sources.measures["berg-acute-stroke"].mdc is None


def test_one_test_has_several_thresholds(sources: Sources) -> None:
    by_test: dict[str, set[object]] = {}
    for found in sources.measures.values():
        by_test.setdefault(found.name, set()).add(found.mdc)
    assert by_test["timed up and go"] == {(8, 8), (3.2, 3.2)}


def test_no_population_of_a_test_stands_twice(sources: Sources) -> None:
    found = [(m.name, m.population) for m in sources.measures.values()]
    assert len(found) == len(set(found))


def test_what_travels_holds_every_entry(sources: Sources) -> None:
    text = learners_measures(sources)
    for key in (*sources.measures, *sources.evidence.trials, *sources.evidence.changes):
        assert f'"{key}"' in text


@pytest.mark.parametrize(
    ("file", "start", "old", "new", "entry", "fault"),
    [
        ("measures.yaml", "lefs:", "[S67]", "[S999]", "lefs", "S999 is not listed"),
        ("measures.yaml", "lefs:", "[S67]", "[]", "lefs", "it has no reference"),
        ("measures.yaml", "lefs:", "better: higher", "better: more", "lefs", "use one of higher"),
        ("measures.yaml", "lefs:", "mdc: 9", "mdc: -9", "lefs", "mdc is -9"),
        ("measures.yaml", "lefs:", "mdc: 9", "mdc: [9, 5]", "lefs", "mdc runs down"),
        ("measures.yaml", "tug-chronic-stroke-61:", "  mdc: 8\n", "", "tug-chronic-stroke-61",
         "none of sem, mdc and mcid"),
        ("measures.yaml", "lefs:", "lefs:", "LEFS:", "LEFS", "not of the form"),
        ("trials.yaml", "  bobath-task:", "low: 0.01", "low: 0.60", "bobath-task",
         "the estimate lies outside its interval"),
        ("trials.yaml", "  acl-all:", "low: 0.41", "low: -0.41", "acl-all", "lies above 0"),
        ("trials.yaml", "  acl-all:", "kind: odds ratio", "kind: ratio", "acl-all",
         "kind is 'ratio'"),
        ("trials.yaml", "  acl-all:", "[S57a]", "[S92]", "acl-all", "S92 is a bad example"),
        ("trials.yaml", "risks:", "without_one_in: 54", "without_one_in: 0.5", "acl-women",
         "one in less than one"),
        ("trials.yaml", "  registry-pain-3:", "compared: false", "compared: perhaps",
         "registry-pain-3", "write true or false"),
        ("trials.yaml", "risks:", "risks:", "odds:", "risks", "the entry is missing"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_its_file_entry_and_reason(
    copy: Path, file: str, start: str, old: str, new: str, entry: str, fault: str
) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    at = re.search("^" + re.escape(start), text, re.MULTILINE)
    assert at, start
    head, tail = text[: at.start()], text[at.start() :]
    assert old in tail
    path.write_text(head + tail.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        load_sources(copy)
    assert (raised.value.file, raised.value.entry) == (file, entry)
    assert fault in raised.value.fault
