"""Every reference that is cited and every term that is linked to is listed; check counts them."""

from __future__ import annotations

import pytest

from course.publish.assemble import LEVELS, Lesson
from course.publish.citations import cited, linked
from course.publish.counts import by_kind, by_level
from course.publish.inspection import inspect
from course.sources.models import Sources


def test_each_place_of_a_list_of_citations_is_found(
    sources: Sources, lessons: list[Lesson]
) -> None:
    found = set(cited(sources, lessons))
    assert {("06_counting_units/lesson.md", id_) for id_ in ("S2", "S3", "S7b")} <= found
    assert ("D0-07", "S7b") in found
    assert ("timed-code", "S2") in found
    assert ("97112", "S7") in found


@pytest.mark.parametrize(
    ("listed", "lost", "says"),
    [("references", "S7b", "which is not in references.yaml"),
     ("glossary", "timed-code", "which is not in glossary.yaml")],
)  # fmt: skip
def test_what_is_named_and_not_listed_is_a_fault(
    listed: str, lost: str, says: str, sources: Sources, lessons: list[Lesson]
) -> None:
    rest = {name: entry for name, entry in getattr(sources, listed).items() if name != lost}
    one = [lesson for lesson in lessons if lesson.slug == "06_counting_units"]
    found = inspect(sources.model_copy(update={listed: rest, "misconceptions": {}}), one)
    assert any(f"06_counting_units/lesson.md names {lost}, {says}" in f for f in found.faults)
    what = "references" if listed == "references" else "terms"
    assert dict(found.lines)[f"{what} resolved"].endswith("1 not listed")


def test_links_to_terms_are_those_of_the_lessons(lessons: list[Lesson]) -> None:
    assert ("06_counting_units/lesson.md", "timed-code") in set(linked(lessons))


def test_each_question_is_counted_once_by_kind_and_by_level(lessons: list[Lesson]) -> None:
    asked = sum(len(lesson.asked) for lesson in lessons)
    for table in (by_kind(lessons), by_level(lessons)):
        assert len(table.rows) == len(lessons) + 1
        *_, last = table.rows
        counts = [entry.split("+") for entry in last[1:] if entry != "-"]
        assert sum(int(n) for pair in counts for n in pair) == asked
    assert by_level(lessons).columns == ("lesson", *LEVELS)
