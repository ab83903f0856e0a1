"""Opening nbgrader's gradebook of a course folder."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from course.publish.release import nbgrader_settings


def gradebook_url(course_folder: Path) -> str:
    """Address of the gradebook: what the configuration says, else ``gradebook.db``."""
    configured = nbgrader_settings(course_folder).CourseDirectory.get("db_url")
    if isinstance(configured, str) and configured:
        return configured
    return f"sqlite:///{(course_folder / 'gradebook.db').resolve()}"


@contextmanager
def open_gradebook(course_folder: Path) -> Iterator[Any]:
    """The gradebook of ``course_folder``, made when it is not there; closed afterwards."""
    find_alembic()
    course = nbgrader_settings(course_folder).CourseDirectory.course_id
    with _quietly(), Gradebook(gradebook_url(course_folder), course) as book:
        yield book


def find_alembic() -> None:
    """nbgrader calls ``alembic`` by its bare name: make this environment's programs be found."""
    programs = str(Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin"))
    path = os.environ.get("PATH", "")
    if programs not in path.split(os.pathsep):
        os.environ["PATH"] = programs + os.pathsep + path


@contextmanager
def _quietly() -> Iterator[None]:
    """alembic announces itself on the screen, and nbgrader's own queries make SQLAlchemy warn of
    objects that are in no session yet; nobody here needs to know."""
    log = logging.getLogger("alembic")
    before, log.disabled = log.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SAWarning)
            yield
    finally:
        log.disabled = before
