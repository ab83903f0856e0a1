"""A progress bar on the error stream, where nobody pipes it into a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


def bar(title: str) -> Callable[[Iterable[str]], Iterable[str]]:
    """A function that hands names on one by one and shows which one is at work."""

    def follow(names: Iterable[str]) -> Iterable[str]:
        everybody = list(names)
        with Progress(
            TextColumn(title),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
            console=Console(stderr=True),
            transient=True,
        ) as shown:
            task = shown.add_task("", total=len(everybody))
            for name in everybody:
                shown.update(task, description=name)
                yield name
                shown.advance(task)

    return follow
