"""The repository keeps its promises: README, licences, secrecy of class data, one-way arrows."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from course.publish.assemble import Lesson

ARROWS = {
    "billing": set(),
    "figures.py": set(),
    "keyboard.py": set(),
    "physiology": set(),
    "pictures": {"figures", "billing", "keyboard", "physiology"},
    "questions": {"keyboard"},
    "sources": set(),
    "publish": {"questions", "sources"},
    "grading": {"questions", "sources", "publish"},
    "start.py": {"publish"},
}


def tracked(root: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, cwd=root, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("this copy is no git checkout")
    return [name for name in listed.stdout.splitlines() if (root / name).exists()]


def imported(file: Path) -> set[str]:
    """Parts of ``course`` that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("course"):
            part = node.module.split(".")[1:2]
            names |= set(part) or {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("part", ARROWS)
def test_arrows_between_the_parts_point_one_way(root: Path, part: str) -> None:
    place = root / "course" / part
    files = [place] if place.suffix == ".py" else sorted(place.rglob("*.py"))
    for file in files:
        assert imported(file) - {part.removesuffix(".py")} <= ARROWS[part], file


def test_nobody_imports_the_command_line(root: Path) -> None:
    for file in (root / "course").rglob("*.py"):
        assert "__main__" not in imported(file)


def test_class_data_is_never_tracked(root: Path) -> None:
    for name in tracked(root):
        assert not re.match(r"(work|submitted|autograded|feedback|demo|marks)/|gradebook\.db", name)


def test_every_command_in_the_readme_exists(root: Path) -> None:
    from typer.testing import CliRunner

    from course.__main__ import app

    readme = (root / "README.md").read_text(encoding="utf-8")
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:`|^    )make ([a-z]+)", readme, re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    guide = (root / "docs" / "instructors.md").read_text(encoding="utf-8")
    verbs = set(re.findall(r"-m course ([a-z]+)", readme + guide))
    assert len(verbs) >= 5
    for verb in verbs:
        assert CliRunner().invoke(app, [verb, "--help"]).exit_code == 0, verb


def test_every_link_and_picture_of_the_readme_is_there(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", readme)
    assert any(link.endswith(".png") for link in links)
    for link in links:
        if not link.startswith("http"):
            assert (root / link).exists(), link


def test_every_derived_file_has_its_row(root: Path) -> None:
    table = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for derived in ("source_notebooks/", "release/", "course/billing/codes.json",
                    "course/questions/bank/", "course/questions/claims.json",
                    "course/physiology/measures.json",
                    "requirements.txt"):  # fmt: skip
        assert derived in table


def test_code_and_content_have_their_licences(root: Path) -> None:
    assert "BSD 3-Clause" in (root / "LICENSE").read_text(encoding="utf-8")
    assert "Attribution 4.0 International" in (root / "LICENSE-content").read_text(encoding="utf-8")


def test_no_path_of_a_machine_stands_in_the_repository(root: Path) -> None:
    home = re.compile(r"/(root|home/[a-z]+|work/(main|shared))/")
    for name in tracked(root):
        if not name.endswith((".png", ".pdf")):
            assert not home.search((root / name).read_text(encoding="utf-8", errors="ignore")), name


def test_the_readme_names_every_lesson_with_its_minutes(root: Path, lessons: list[Lesson]) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    for lesson in lessons:
        number = lesson.slug[:2]
        assert re.search(rf"\| {number} [^|]+\| {lesson.text.about.minutes} minutes \|", readme)
