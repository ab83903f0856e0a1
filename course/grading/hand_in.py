"""Filing a notebook where nbgrader looks for it. Nothing that was handed in is ever lost."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course.grading.released import read_release
from course.grading.submission import UnreadableSubmission, lesson_of, read_submission
from course.publish.release import ROOT
from course.publish.whole_files import write_whole

NAME = re.compile(r"\w(?:[\w.@-]{0,62}[\w@-])?")


class HandInRefused(Exception):
    """Nothing was handed in; the text is one sentence that says why."""


@dataclass(frozen=True)
class HandedIn:
    """Where the notebook stands now, and where the one before it went."""

    place: Path
    earlier: Path | None = None


def hand_in(file: Path, lesson: str, learner: str, course_folder: Path = ROOT) -> HandedIn:
    """Copy ``file`` into ``submitted/<learner>/<lesson>/``, with the time; keep an earlier one.

    Earlier ones stand under ``submitted/.earlier/``: nbgrader copies whatever lies beside a
    notebook, and passes over names with a dot in front.

    Raises:
        HandInRefused: the name or the file will not do; nothing was changed.
        NoRelease: there is no such lesson.
    """
    check_name(learner)
    read_release(course_folder, lesson)
    data = _readable(file, lesson)
    folder = course_folder / "submitted" / learner / lesson
    if folder.is_symlink() or folder.parent.is_symlink():
        raise HandInRefused(f"The folder of {learner} is a link; nothing was handed in.")
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{lesson}.ipynb"
    earlier = _set_aside(place, course_folder, learner, lesson)
    write_whole(place, data)
    write_whole(folder / "timestamp.txt", _now().encode())
    if not (folder / "submission_secret.txt").exists():
        # nbgrader's release_feedback names each learner's page after it.
        write_whole(folder / "submission_secret.txt", secrets.token_hex(32).encode())
    return HandedIn(place, earlier)


def hand_in_all(
    folder: Path, lesson: str, course_folder: Path = ROOT
) -> tuple[list[str], list[str]]:
    """Hand in every notebook of a folder: ``maria.ipynb``, or one in a folder ``maria``.

    Returns:
        Who handed in, and one sentence for each file that was refused.
    """
    done, refused = [], []
    files = sorted([*folder.glob("*.ipynb"), *folder.glob("*/*.ipynb")])
    if not files:
        raise HandInRefused(f"There is no notebook in {folder}.")
    names = [f.stem if f.parent == folder else f.parent.name for f in files]
    for file, name in zip(files, names, strict=True):
        try:
            if names.count(name) > 1:
                raise HandInRefused(f"{file} was not handed in: {name} has several notebooks.")
            hand_in(file, lesson, name, course_folder)
            done.append(name)
        except HandInRefused as fault:
            refused.append(str(fault))
    return done, refused


def check_name(learner: str) -> None:
    """Refuse a name that cannot be a folder on every machine.

    Raises:
        HandInRefused: with what a name may consist of.
    """
    if not NAME.fullmatch(learner):
        raise HandInRefused(
            f"{learner[:64]!r} cannot be used as a name: use letters, digits, and . _ - @, "
            "beginning with a letter or a digit and without blanks."
        )


def _readable(file: Path, lesson: str) -> bytes:
    try:
        book = read_submission(file)
        data = file.read_bytes()
    except UnreadableSubmission as fault:
        raise HandInRefused(f"{file} was not handed in. {fault}") from None
    other = lesson_of(book)
    if other not in ("", lesson):
        raise HandInRefused(
            f"{file.name} was not handed in: it is the notebook of {other}, not of {lesson}."
        )
    return data


def _set_aside(place: Path, course_folder: Path, learner: str, lesson: str) -> Path | None:
    if not place.is_file() or place.is_symlink():
        return None
    moment = datetime.fromtimestamp(place.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H-%M-%S-%f")
    folder = course_folder / "submitted" / ".earlier" / learner / lesson
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{moment}.ipynb"
    write_whole(kept, place.read_bytes())
    return kept


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f UTC")
