"""Everything that is built: notebooks, question banks, the learner's data. And whether it is fresh.

``build`` writes into a temporary name and renames, so that a killed build leaves whole files.
``stale`` builds into memory and compares.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat

from course.publish.assemble import Lesson, assemble
from course.publish.execute import PICTURE, executed
from course.publish.faults import LessonFault
from course.publish.lessons_page import PAGE, lessons_page, run_times, told
from course.publish.notebook import instructors_notebook
from course.publish.release import ROOT, learners_notebook
from course.publish.whole_files import write_whole
from course.sources.models import Sources, load_sources

LESSONS = ROOT / "course" / "lessons"
AT_A_TIME = 2
"""Lessons that are run side by side."""


def lesson_folders(root: Path = LESSONS) -> list[Path]:
    """Folders of all lessons, in order."""
    return sorted(p.parent for p in root.glob("*/lesson.md"))


def read_course(root: Path = LESSONS) -> tuple[Sources, list[Lesson]]:
    """The sources and every lesson, checked, question names unique across lessons.

    Raises:
        LessonFault, SourceError: for the first mistake met.
    """
    sources = load_sources()
    lessons = [assemble(folder, sources) for folder in lesson_folders(root)]
    home: dict[str, str] = {}
    known = {lesson.slug for lesson in lessons}
    for lesson in lessons:
        for id_, asked in lesson.asked.items():
            if id_ in home:
                raise LessonFault(
                    lesson.text.file,
                    asked.block.line,
                    f"Question {id_} also stands in {home[id_]}.",
                    "Give one of them another name.",
                )
            home[id_] = lesson.slug
        for needed in lesson.text.about.needs:
            if needed not in known:
                raise LessonFault(
                    lesson.text.file, 1, f"It needs {needed}, which does not exist.", "Correct it."
                )
    return sources, lessons


def learners_bank_page(lesson: Lesson) -> str:
    """The questions of a lesson as a learner may hold them: practice whole, graded keyless."""
    questions = [
        (a.question if a.question.use == "practice" else a.question.without_key()).to_json()
        for a in lesson.asked.values()
    ]
    page = {"lesson": lesson.slug, "title": lesson.text.title, "questions": questions}
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def learners_codes(sources: Sources) -> str:
    """The billing codes as JSON for the learner's wheel."""
    table = sources.codes
    codes = {
        number: {
            "label": code.label,
            "name": code.name,
            "paraphrase": code.paraphrase,
            "timed": code.timed,
            "minutes_per_unit": code.minutes_per_unit,
            "contact": code.contact,
            "intent": code.intent,
        }
        for number, code in table.codes.items()
    }
    page = {
        "as_of": table.as_of.isoformat(),
        "payer": table.payer,
        "notice": table.notice,
        "codes": codes,
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def learners_fees(sources: Sources) -> str:
    """Fees, daily limits and yearly thresholds as JSON for the learner's wheel."""
    table = sources.fees
    codes = {
        number: {
            "work": float(fee.work),
            "practice_expense": float(fee.practice_expense),
            "malpractice": float(fee.malpractice),
            "units_per_day": fee.units_per_day,
            "adjudication_indicator": fee.adjudication_indicator,
        }
        for number, fee in table.codes.items()
    }
    thresholds = {
        year: {"amount": of.amount, "cited": bool(of.references)}
        for year, of in table.thresholds.items()
    }
    page = {
        "as_of": table.as_of.isoformat(),
        "payer": table.payer,
        "conversion_factor": float(table.conversion_factor),
        "codes": codes,
        "review_from": table.review_from,
        "thresholds": thresholds,
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def learners_edits(sources: Sources) -> str:
    """The rows about pairs of codes as JSON for the learner's wheel."""
    page = sources.edits.model_dump(mode="json", exclude={"references"})
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def learners_claims(sources: Sources) -> str:
    """What the two pages claim, by id, as JSON for the learner's wheel."""
    claims = {name: claim.claim for name, claim in sources.claims.items()}
    return json.dumps({"claims": claims}, ensure_ascii=False, indent=1) + "\n"


def learners_measures(sources: Sources) -> str:
    """Outcome measures, trials, changes and risks as JSON for the learner's wheel."""
    page = {
        "measures": {key: m.model_dump() for key, m in sources.measures.items()},
        **sources.evidence.model_dump(),
    }
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def light_files(sources: Sources, lessons: list[Lesson]) -> dict[Path, str]:
    """Built files that need no kernel, by path from the project's folder.

    They are written first, because the notebooks' cells import what reads them.
    """
    files = {
        Path("course/billing/codes.json"): learners_codes(sources),
        Path("course/billing/fees.json"): learners_fees(sources),
        Path("course/billing/edits.json"): learners_edits(sources),
        Path("course/questions/claims.json"): learners_claims(sources),
        Path("course/physiology/measures.json"): learners_measures(sources),
    }
    for lesson in lessons:
        files[Path(f"course/questions/bank/{lesson.slug}.json")] = learners_bank_page(lesson)
    return files


@dataclass(frozen=True)
class Notebooks:
    """Source notebook and release of one lesson, by path from the project's folder.

    ``seconds`` is how long the source's cells computed, the start of their kernel included.
    """

    files: dict[Path, str]
    seconds: float


def notebooks_of(lesson: Lesson, sources: Sources) -> Notebooks:
    """Make both notebooks of a lesson, each run once."""
    began = _computing()
    source = executed(instructors_notebook(lesson, sources), lesson.slug)
    seconds = _computing() - began
    text = nbformat.writes(source) + "\n"
    release = nbformat.writes(learners_notebook(nbformat.reads(text, 4), lesson.slug)) + "\n"
    slug = lesson.slug
    files = {
        Path(f"source_notebooks/{slug}/{slug}.ipynb"): text,
        Path(f"release/{slug}/{slug}.ipynb"): release,
    }
    return Notebooks(files, seconds)


def _built_in_turn(
    lessons: list[Lesson], sources: Sources
) -> Iterator[tuple[Lesson, Callable[[], Notebooks]]]:
    """Each lesson with a function that waits for its notebooks; of several, two run at a time."""
    if len(lessons) == 1:
        yield lessons[0], lambda: notebooks_of(lessons[0], sources)
        return
    pool = ProcessPoolExecutor(AT_A_TIME, multiprocessing.get_context("spawn"))
    try:
        made = [pool.submit(_built_apart, lesson.slug) for lesson in lessons]
        yield from ((lesson, future.result) for lesson, future in zip(lessons, made, strict=True))
    finally:
        pool.shutdown(cancel_futures=True)


def _built_apart(slug: str) -> Notebooks:
    """The notebooks of one lesson, in a process that has read the course for itself."""
    sources, lessons = _course()
    return notebooks_of(chosen(lessons, slug)[0], sources)


@cache
def _course() -> tuple[Sources, list[Lesson]]:
    return read_course()


def _computing() -> float:
    """Seconds that programs started from here have computed, up to the last that has ended.

    Unlike the clock's, they are nearly the same on a machine that is busy with something else.
    Windows does not count them; there it is the clock.
    """
    if os.name == "nt":
        return time.perf_counter()
    spent = os.times()
    return spent.children_user + spent.children_system


def lessons_table(lessons: list[Lesson], seconds: Mapping[str, float]) -> str:
    """The page of all lessons; run times not among ``seconds`` are kept as the page has them."""
    there = ROOT / PAGE
    known = run_times(there.read_text(encoding="utf-8")) if there.exists() else {}
    for slug, measured in seconds.items():
        known[slug[:2]] = told(measured, known.get(slug[:2], ""))
    return lessons_page(lessons, known)


def build(only: str | None = None, say: Callable[[str], None] = print) -> int:
    """Build one lesson or all; return how many files changed.

    Raises:
        LessonFault, SourceError, CellStopped, ReleaseFailed: nothing is written for that lesson.
    """
    sources, lessons = read_course()
    changed = sum(_write(ROOT / path, text) for path, text in light_files(sources, lessons).items())
    seconds: dict[str, float] = {}
    for lesson, wait in _built_in_turn(chosen(lessons, only), sources):
        say(f"building {lesson.slug}")
        made = wait()
        seconds[lesson.slug] = made.seconds
        for path, text in made.files.items():
            changed += _write(ROOT / path, text)
    changed += _write(ROOT / PAGE, lessons_table(lessons, seconds))
    if only is None:
        for path in _left_over(lessons):
            say(f"removing {path}, which belongs to no lesson")
            (ROOT / path).unlink()
            with contextlib.suppress(OSError):
                (ROOT / path).parent.rmdir()
            changed += 1
    return changed


def _left_over(lessons: list[Lesson]) -> list[Path]:
    """Built files whose lesson is gone, from the project's folder."""
    known = {lesson.slug for lesson in lessons}
    return [path for path, slug in _built(notebooks=True) if slug not in known]


def chosen(lessons: list[Lesson], only: str | None) -> list[Lesson]:
    """All lessons, or the one called ``only``.

    Raises:
        KeyError: when there is no such lesson; its text is one sentence.
    """
    if only is None:
        return lessons
    found = [lesson for lesson in lessons if lesson.slug == only]
    if not found:
        names = ", ".join(lesson.slug for lesson in lessons)
        raise KeyError(f"There is no lesson called {only}. The lessons are: {names}.")
    return found


@dataclass
class Freshness:
    """What a comparison of built files found; paths from the project's folder."""

    compared: int = 0
    stale: list[Path] = field(default_factory=list)
    pictures_differ: list[Path] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    """How long the cells of each lesson that was rebuilt computed, by its folder's name."""


def freshness(sources: Sources, lessons: list[Lesson], *, notebooks: bool = True) -> Freshness:
    """Rebuild into memory and compare with what is in the repository, byte by byte.

    A notebook that differs in nothing but pictures is named apart: other machines draw a pixel
    otherwise.
    """
    found = Freshness()
    fresh = light_files(sources, lessons)
    if len(lessons) == len(lesson_folders()):
        fresh[PAGE] = lessons_table(lessons, {})
    if notebooks:
        for lesson, wait in _built_in_turn(lessons, sources):
            made = wait()
            found.seconds[lesson.slug] = made.seconds
            fresh.update(made.files)
    for path, text in fresh.items():
        found.compared += 1
        there = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).exists() else ""
        if there == text:
            continue
        if PICTURE.sub("picture", there) == PICTURE.sub("picture", text):
            found.pictures_differ.append(path)
        else:
            found.stale.append(path)
    not_asked = {folder.name for folder in lesson_folders()} - {x.slug for x in lessons}
    found.stale += [
        path for path, slug in _built(notebooks) if path not in fresh and slug not in not_asked
    ]
    return found


def _built(notebooks: bool) -> Iterator[tuple[Path, str]]:
    """Built files that are there, from the project's folder, each with the lesson it is of."""
    for page in sorted(ROOT.glob("course/questions/bank/*.json")):
        yield page.relative_to(ROOT), page.stem
    for book in sorted([*ROOT.glob("source_notebooks/*/*"), *ROOT.glob("release/*/*")]):
        if notebooks:
            yield book.relative_to(ROOT), book.parent.name


def _write(path: Path, text: str) -> int:
    """Write whole or not at all; 1 when the file changed."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return 0
    write_whole(path, text.encode())
    return 1
