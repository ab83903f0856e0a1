"""Reading a handed-in file, whatever it is: a notebook, or one plain sentence why it is none."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

LARGEST = 50_000_000
"""Bytes of a submission that are looked at; outputs make files large, answers do not."""

LONGEST_CELL = 200_000
"""Characters of one cell that are kept."""


class UnreadableSubmission(Exception):
    """A file that is no notebook; the text is one plain sentence."""


def read_submission(path: Path) -> NotebookNode:
    """The notebook in ``path`` as format 4, without outputs; any text encoding, formats 1 to 4.

    A link is never followed.

    Raises:
        UnreadableSubmission: with one plain sentence.
    """
    return notebook_from_bytes(_bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        about = os.lstat(path)
    except OSError:
        raise UnreadableSubmission("There is no file.") from None
    if stat.S_ISLNK(about.st_mode):
        raise UnreadableSubmission(
            "The file is a link to another file, and links are not followed."
        )
    if not stat.S_ISREG(about.st_mode):
        raise UnreadableSubmission("This is not an ordinary file.")
    if about.st_size > LARGEST:
        raise UnreadableSubmission(
            f"The file has {about.st_size / 1e6:.0f} MB; files up to {LARGEST / 1e6:.0f} MB are "
            "read. Clearing all outputs makes it small."
        )
    try:
        # A link put there since the look above is not followed either.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        raise UnreadableSubmission("The file cannot be opened.") from None
    with os.fdopen(handle, "rb") as file:
        return file.read(LARGEST + 1)


def notebook_from_bytes(data: bytes) -> NotebookNode:
    """The notebook in ``data``; see :func:`read_submission`."""
    page = _json(_text(data))
    if not isinstance(page, dict) or not ("cells" in page or "worksheets" in page):
        raise UnreadableSubmission("The file holds data, but it is not a notebook.")
    return _upgraded(page)


def _text(data: bytes) -> str:
    if not data.strip():
        raise UnreadableSubmission("The file is empty.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Every byte is some letter in Latin-1; whether it was a notebook, the JSON will tell.
        return data.decode("latin-1")


def _json(text: str) -> Any:
    start = text.lstrip()[:1]
    if start == "<":
        raise UnreadableSubmission("The file is a web page, not a notebook.")
    try:
        return json.loads(text, parse_constant=lambda _: None, parse_int=_whole_number)
    except RecursionError:
        raise UnreadableSubmission("The file is nested too deeply to be a notebook.") from None
    except ValueError:
        kind = "The file is damaged: it breaks off or was changed outside Jupyter."
        raise UnreadableSubmission(
            kind if start == "{" else "The file is not a notebook."
        ) from None


def _whole_number(digits: str) -> int:
    return int(digits) if len(digits) < 20 else 0


def _upgraded(page: dict[str, Any]) -> NotebookNode:
    version = page.get("nbformat", 4 if "cells" in page else 3)
    if not isinstance(version, int) or version < 1:
        raise UnreadableSubmission("The file does not say which notebook format it has.")
    if version > 4:
        raise UnreadableSubmission(
            f"The notebook has format {version}, which is newer than this program can read."
        )
    if version < 4:
        page = _converted(page, version)
    cells = page.get("cells")
    if not isinstance(cells, list):
        raise UnreadableSubmission("The notebook has no cells that can be read.")
    book: NotebookNode = nbformat.v4.new_notebook(metadata=_metadata(page))
    book.cells = [_cell(cell) for cell in cells if isinstance(cell, dict)]
    return book


def _converted(page: dict[str, Any], version: int) -> dict[str, Any]:
    try:
        for sheet in page.get("worksheets") or [page]:
            for cell in sheet["cells"]:
                if "outputs" in cell:
                    cell["outputs"] = []
        old = nbformat.versions[version].to_notebook_json(page, minor=page.get("nbformat_minor", 0))
        book = nbformat.convert(old, 4)
    except Exception:
        raise UnreadableSubmission(
            "The notebook has an old format and cannot be converted."
        ) from None
    for cell in book.cells:
        cell["id"] = ""  # drawn by chance during the conversion
    return dict(book)


def _metadata(node: dict[str, Any]) -> dict[str, Any]:
    found = node.get("metadata")
    return found if isinstance(found, dict) else {}


def _cell(cell: dict[str, Any]) -> NotebookNode:
    """Only text, type and names of a cell; outputs are what its author's machine said."""
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = _clean(source[:LONGEST_CELL]) if isinstance(source, str) else ""
    metadata = {
        name: value
        for name, value in _metadata(cell).items()
        if name in ("nbgrader", "course") and isinstance(value, dict)
    }
    kind = cell.get("cell_type")
    made = {
        "code": nbformat.v4.new_code_cell,
        "raw": nbformat.v4.new_raw_cell,
    }.get(kind if isinstance(kind, str) else "", nbformat.v4.new_markdown_cell)
    node: NotebookNode = made(text, metadata=nbformat.from_dict(metadata))  # type: ignore[no-untyped-call]
    node.id = cell["id"] if isinstance(cell.get("id"), str) else ""
    return node


def _clean(text: str) -> str:
    """Half characters, which no file can hold, replaced; line ends as everywhere here."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lesson_of(book: NotebookNode) -> str:
    """The lesson a notebook says it is, cut to size; empty where it says nothing."""
    about = book.metadata.get("course")
    lesson = about.get("lesson") if isinstance(about, dict) else None
    return lesson[:60] if isinstance(lesson, str) else ""
