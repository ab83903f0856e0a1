"""The list of codes: found by number or label, kind to typing, honest about what is missing."""

import copy
import json
from typing import Any

import pytest

from course.billing import codes
from course.billing.codes import CodeList, read_codes

PARSED: dict[str, Any] = {
    "as_of": "2026-11-01",
    "payer": "US Medicare Part B",
    "notice": "Descriptions are the authors' paraphrase.",
    "codes": {
        "97112": {
            "label": "NMR",
            "name": "neuromuscular re-education",
            "paraphrase": "Retraining of movement and balance.",
            "timed": True,
            "minutes_per_unit": 15,
            "contact": "one-on-one",
            "intent": "neural control",
        },
        "97110": {
            "label": "THEREX",
            "name": "therapeutic exercise",
            "paraphrase": "Exercise for strength or range.",
            "timed": True,
            "minutes_per_unit": 15,
            "contact": "one-on-one",
            "intent": "one impairment",
        },
        "G0283": {
            "label": "ESTIM-G",
            "name": "electrical stimulation",
            "paraphrase": "Stimulation without somebody beside it.",
            "timed": False,
            "minutes_per_unit": None,
            "contact": None,
            "intent": "a modality",
            "references": ["S8c"],  # entries the library does not use may stand in the file
        },
    },
}


@pytest.fixture
def listed() -> CodeList:
    """Read the small list above."""
    return read_codes(PARSED)


@pytest.mark.parametrize("name", ["97112", 97112, "NMR", "nmr", " Nmr ", " 97112\n"])
def test_code_is_found_by_number_or_label_however_it_is_typed(
    listed: CodeList, name: str | int
) -> None:
    found = listed.find(name)
    assert (found.code, found.label, found.timed, found.minutes_per_unit) == (
        "97112", "NMR", True, 15,
    )  # fmt: skip


def test_untimed_code_has_no_minutes_per_unit(listed: CodeList) -> None:
    found = listed.find("g0283")
    assert (found.timed, found.minutes_per_unit, found.contact) == (False, None, "")


def test_list_carries_its_date_its_payer_and_the_notice(listed: CodeList) -> None:
    assert (listed.as_of, listed.payer) == ("2026-11-01", "US Medicare Part B")
    assert "paraphrase" in listed.notice


def test_mistyped_code_is_refused_with_the_nearest(listed: CodeList) -> None:
    with pytest.raises(ValueError, match=r"no code '97121' .* near it are: 97112 \(NMR\)") as no:
        listed.find("97121")
    assert "ESTIM-G" not in str(no.value)


def test_code_unlike_any_is_refused_with_all(listed: CodeList) -> None:
    with pytest.raises(ValueError, match=r"there are: .*NMR.*THEREX.*ESTIM-G"):
        listed.find("massage")


def test_entry_that_is_missing_is_named() -> None:
    parsed = copy.deepcopy(PARSED)
    del parsed["codes"]["97110"]["paraphrase"]
    with pytest.raises(ValueError, match="97110: the entry 'paraphrase' is missing"):
        read_codes(parsed)


@pytest.mark.parametrize(("number", "minutes"), [("97112", None), ("G0283", 15)])
def test_timed_and_minutes_per_unit_must_agree(number: str, minutes: int | None) -> None:
    parsed = copy.deepcopy(PARSED)
    parsed["codes"][number]["minutes_per_unit"] = minutes
    with pytest.raises(ValueError, match=f"{number}: a timed code has minutes per unit"):
        read_codes(parsed)


@pytest.mark.parametrize("label", ["nmr", "97112"])
def test_label_that_belongs_to_two_codes_is_refused(label: str) -> None:
    parsed = copy.deepcopy(PARSED)
    parsed["codes"]["97110"]["label"] = label
    with pytest.raises(ValueError, match="also belongs to another code"):
        read_codes(parsed)


def test_module_functions_read_the_file_beside_the_module(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    (tmp_path / "codes.json").write_text(json.dumps(PARSED), encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda package: tmp_path)
    codes.code_list.cache_clear()
    try:
        assert codes.code("NMR").code == "97112"
        assert codes.is_timed("97112")
        assert not codes.is_timed("ESTIM-G")
    finally:
        codes.code_list.cache_clear()
