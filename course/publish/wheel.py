"""The learner's wheel: the packages a notebook imports, named one by one, and nothing else.

It never holds lessons, answers, or grading. An ordinary wheel of ``course`` would hold them all.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from course.publish.release import ROOT

PARTS = (
    "__init__.py",
    "figures.py",
    "keyboard.py",
    "billing",
    "physiology",
    "pictures",
    "questions",
)
"""What of ``course/`` a learner receives."""

NEEDS = ("ipython", "ipywidgets", "matplotlib", "numpy", "pandas")
"""What the learner's parts import; their lower bounds come from pyproject.toml where they differ
from none."""


def learners_files() -> list[Path]:
    """Files of the wheel, by path from the project's folder."""
    found = []
    for part in PARTS:
        place = ROOT / "course" / part
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        found += [f for f in files if f.suffix in (".py", ".json") and "__pycache__" not in f.parts]
    return [f.relative_to(ROOT) for f in found]


def build_wheel(to: Path) -> Path:
    """Build the learner's wheel into the folder ``to`` and return its path.

    Raises:
        subprocess.CalledProcessError: when pip cannot build it.
    """
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name)
        packages = set()
        for file in learners_files():
            (tree / file).parent.mkdir(parents=True, exist_ok=True)
            (tree / file).write_bytes((ROOT / file).read_bytes())
            packages.add(".".join(file.parent.parts))
        (tree / "pyproject.toml").write_text(_project(about["version"], sorted(packages)))
        subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
             "--wheel-dir", str(to), str(tree)],
            check=True,
            capture_output=True,
        )  # fmt: skip
    return max(to.glob("neuromuscular_reeducation_learner-*.whl"), key=lambda p: p.stat().st_mtime)


def _project(version: str, packages: list[str]) -> str:
    quoted = ", ".join(f'"{p}"' for p in packages if not p.endswith(".bank"))
    needs = ", ".join(f'"{need}"' for need in NEEDS)
    return (
        '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
        f'[project]\nname = "neuromuscular-reeducation-learner"\nversion = "{version}"\n'
        f'requires-python = ">=3.11"\ndependencies = [{needs}]\n'
        f"[tool.setuptools]\npackages = [{quoted}]\n"
        '[tool.setuptools.package-data]\n"course.billing" = ["*.json"]\n'
        '"course.physiology" = ["*.json"]\n'
        '"course.questions" = ["*.json", "bank/*.json"]\n'
    )
