"""Starting copies what is missing and never overwrites a learner's work."""

from __future__ import annotations

import json
from pathlib import Path

from course.start import copy_lessons, environment, first_page


def test_missing_lessons_are_copied_and_a_learners_own_is_never_touched(
    tmp_path: Path, root: Path
) -> None:
    first = copy_lessons(tmp_path)
    assert first.copied == sorted(p.name for p in (root / "release").iterdir())
    mine = tmp_path / "00_start_here" / "00_start_here.ipynb"
    book = json.loads(mine.read_text(encoding="utf-8"))
    book["cells"][0]["source"] = "my own words"
    mine.write_text(json.dumps(book), encoding="utf-8")
    (tmp_path / "06_counting_units" / "06_counting_units.ipynb").unlink()

    again = copy_lessons(tmp_path)
    assert again.copied == ["06_counting_units"]
    assert again.kept == [slug for slug in first.copied if slug != "06_counting_units"]
    assert json.loads(mine.read_text(encoding="utf-8"))["cells"][0]["source"] == "my own words"


def test_an_older_version_is_kept_and_named(tmp_path: Path) -> None:
    copy_lessons(tmp_path)
    mine = tmp_path / "00_start_here" / "00_start_here.ipynb"
    mine.write_text(mine.read_text(encoding="utf-8").replace('"version": "', '"version": "old'))
    assert copy_lessons(tmp_path).older == ["00_start_here"]


def test_a_broken_notebook_of_the_learner_stays_as_it_is(tmp_path: Path) -> None:
    copy_lessons(tmp_path)
    mine = tmp_path / "00_start_here" / "00_start_here.ipynb"
    mine.write_text("half a file", encoding="utf-8")
    assert copy_lessons(tmp_path).older == ["00_start_here"]
    assert mine.read_text(encoding="utf-8") == "half a file"


def test_the_first_page_lists_every_lesson_with_a_link_that_leads_there(
    tmp_path: Path, root: Path
) -> None:
    copy_lessons(tmp_path)
    page = first_page()
    for folder in (root / "release").iterdir():
        link = f"{folder.name}/{folder.name}.ipynb"
        assert f"({link})" in page
        assert (tmp_path / link).exists()


def test_jupyter_keeps_everything_inside_the_given_folder(tmp_path: Path) -> None:
    kept = {k: v for k, v in environment(tmp_path).items() if k.startswith(("JUPYTER", "IPYTHON"))}
    assert len(kept) >= 6
    assert all(Path(v).is_relative_to(tmp_path) for v in kept.values() if "/" in v or "\\" in v)
