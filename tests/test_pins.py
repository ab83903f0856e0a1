"""The pinned requirements satisfy pyproject.toml, and name versions only."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def pins(path: Path) -> dict[str, Requirement]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = [Requirement(line) for line in lines if not line.startswith("#")]
    return {canonicalize_name(r.name): r for r in found if r.marker is None or r.marker.evaluate()}


@pytest.mark.parametrize(
    ("file", "group"), [("requirements.txt", None), ("requirements-dev.txt", "dev")]
)
def test_every_dependency_has_a_pin_that_satisfies_it(
    root: Path, file: str, group: str | None
) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + (project["optional-dependencies"][group] if group else [])
    pinned = pins(root / file)
    for text in wanted:
        requirement = Requirement(text)
        pin = pinned[canonicalize_name(requirement.name)]
        version = str(pin.specifier).removeprefix("==")
        assert requirement.specifier.contains(version), f"{text} is pinned to {version}"


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_every_line_pins_one_version_and_names_no_host(root: Path, file: str) -> None:
    for line in (root / file).read_text(encoding="utf-8").splitlines():
        assert re.match(r"^[A-Za-z0-9._-]+==[0-9][^ ]*( ;.*)?$", line), line


def test_both_files_pin_the_same_versions(root: Path) -> None:
    plain, dev = pins(root / "requirements.txt"), pins(root / "requirements-dev.txt")
    assert {n: str(r.specifier) for n, r in plain.items()} == {
        n: str(r.specifier) for n, r in dev.items() if n in plain
    }
