"""Running a notebook so that a second run gives the same bytes."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from nbclient import NotebookClient
from nbformat import NotebookNode

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SECONDS_A_CELL = 60
PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=\\n]*")
"""A picture in the text of a notebook."""

# Widget ids are random; here they are counted instead, under the lesson's name.
_COUNTED_IDS = (
    "import comm.base_comm as _b, hashlib as _h, itertools as _i, types as _t;"
    "_n = _i.count();"
    "_b.uuid = _t.SimpleNamespace(uuid4=lambda: _t.SimpleNamespace("
    "hex=_h.sha256(f'{name}-{next(_n)}'.encode()).hexdigest()[:32]))"
)


class CellStopped(Exception):
    """A cell of a lesson stopped with an error; the text names the lesson and the cell."""


def executed(book: NotebookNode, name: str) -> NotebookNode:
    """``book`` with the outputs of one run from top to bottom in a fresh kernel.

    Raises:
        CellStopped: when a cell stops with an error.
    """
    with tempfile.TemporaryDirectory() as folder, _same_every_time():
        client = NotebookClient(
            book,
            timeout=SECONDS_A_CELL,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            store_widget_state=True,
            allow_errors=True,
            resources={"metadata": {"path": folder}},
            extra_arguments=[
                "--HistoryManager.hist_file=:memory:",
                "--IPKernelApp.exec_lines=" + _COUNTED_IDS.replace("{name}", name),
            ],
        )
        client.execute()
    for cell in book.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise CellStopped(
                    f"{name}, cell {cell.id}: it stops with {output.ename}: {output.evalue}"
                )
    book.metadata["language_info"].pop("version", None)
    return book


@contextmanager
def _same_every_time() -> Iterator[None]:
    """Environment under which hashing, threads and pictures do not vary."""
    wanted = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key)
            else:
                os.environ[key] = value


def without_widgets(book: NotebookNode) -> NotebookNode:
    """``book`` without widget state and views; the static twin of each figure stays."""
    book.metadata.pop("widgets", None)
    for cell in book.cells:
        for output in cell.get("outputs", []):
            if "data" in output:
                output.data.pop(WIDGET_VIEW, None)
    return book
