"""The learner's wheel: complete on its own, and nothing of the instructor's in it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course.publish.wheel import build_wheel, learners_files

TRY_ALL = """
import importlib, pkgutil, course
names = [m.name for m in pkgutil.walk_packages(course.__path__, "course.")]
for name in names:
    importlib.import_module(name)
from course.questions.kinds import learners_bank
from course.billing.codes import is_timed
from course.questions import check
from course.pictures.units import explore_rules
assert len(learners_bank()) > 10 and is_timed("NMR")
check("which-row-counts")
explore_rules()
print(" ".join(names))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


def test_it_holds_the_listed_parts_and_nothing_else(wheel: Path) -> None:
    inside = {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}
    assert inside == {path.as_posix() for path in learners_files()}
    for word in ("answers", "solutions", "grading", "publish", "lessons", "sources", "yaml"):
        assert not any(word in name for name in inside)


def test_in_an_empty_environment_with_its_declared_needs_every_part_works(
    wheel: Path, tmp_path: Path
) -> None:
    environment, uv = tmp_path / "env", Path(sys.executable).parent / "uv"
    subprocess.run(
        [uv, "venv", "--quiet", "--python", sys.executable, str(environment)], check=True
    )
    python = environment / "bin" / "python"
    if not python.exists():
        python = environment / "Scripts" / "python.exe"
    subprocess.run(
        [uv, "pip", "install", "--quiet", "--python", str(python), str(wheel)], check=True
    )
    tried = subprocess.run(
        [python, "-I", "-c", TRY_ALL], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert tried.returncode == 0, tried.stderr
    assert "course.questions.score" in tried.stdout
    assert "course.grading" not in tried.stdout
