"""The command that audits a file which somebody downloaded."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from course.__main__ import app
from course.billing.claims import write_claims


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["audit", *words])


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("claims") / "claims.csv"
    write_claims(place, 20_000, seed=2, therapy_share=0.5, planted=0.05)
    return place


def test_it_prints_flags_rows_seconds_and_memory(file: Path) -> None:
    result = run(str(file))
    assert result.exit_code == 0
    assert "Flags, 97112" in result.stdout
    assert "20,000 rows read" in result.stdout
    assert " kept, " in result.stdout
    assert " s, " in result.stdout
    assert "MB at most" in result.stdout
    assert "A flag opens a review." in result.stdout


def test_every_figure_of_a_flag_fits_a_narrow_terminal(file: Path) -> None:
    lines = run(str(file), "--show", "3").stdout.splitlines()
    assert sum(line.startswith("19") for line in lines) == 3
    assert "…" not in "".join(lines)
    assert any(line.startswith("group 1: ") and line.endswith(" peers") for line in lines)
    assert "3 shown" in "".join(lines)


def test_another_code_may_be_asked_for(file: Path) -> None:
    assert "Flags, 97110" in run(str(file), "--code", "97110").stdout


@pytest.mark.parametrize("words", [("nothing.csv",), ("{file}", "--code", "12345")])
def test_what_cannot_be_audited_is_said_in_a_sentence(file: Path, words: tuple[str, ...]) -> None:
    result = run(*(word.format(file=file) for word in words))
    assert result.exit_code == 1
    assert "There is no file" in result.stderr or "No row has the code 12345" in result.stderr
    assert "Traceback" not in result.output
