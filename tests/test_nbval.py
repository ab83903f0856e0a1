"""nbval means something here: a printed number that changes makes it fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat


def nbval(book: Path, root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax",
         "--nbval-sanitize-with", str(root / "tests" / "nbval_sanitize.cfg"), str(book)],
        capture_output=True, text=True, cwd=book.parent, check=False,
    )  # fmt: skip


def test_a_changed_number_under_the_mark_fails_and_an_unchanged_one_passes(
    tmp_path: Path, root: Path
) -> None:
    slug = "06_counting_units"
    book = nbformat.read(root / "source_notebooks" / slug / f"{slug}.ipynb", as_version=4)
    # The cell with the shares that the prose quotes, and the one before it that draws the map.
    marked = [c for c in book.cells if "difference_shares(8, 45)" in c.source]
    assert len(marked) == 1
    assert "25.2%" in marked[0].outputs[0].text
    book.cells = marked
    book.metadata.pop("widgets", None)
    path = tmp_path / "marked.ipynb"

    nbformat.write(book, path)
    assert nbval(path, root).returncode == 0

    marked[0].outputs[0].text = marked[0].outputs[0].text.replace("25.2%", "25.3%")
    nbformat.write(book, path)
    changed = nbval(path, root)
    assert changed.returncode == 1
    assert "25.3%" in changed.stdout
