"""YAML as lessons use it: a name that stands twice is a fault, not the loss of the first one."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml


class TwiceError(yaml.MarkedYAMLError):
    """A name stands twice in one mapping."""


# The parser in C where there is one: reading a lesson takes a quarter of the time.
_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Fast):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise TwiceError(problem=f"{key.value} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        found: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return found


def load(text: str) -> Any:
    """What ``text`` says.

    Raises:
        yaml.YAMLError: it is not YAML, or a name stands twice.
    """
    return yaml.load(text, Loader=_Loader)


def compose(text: str) -> yaml.Node | None:
    """The nodes of ``text``, which know their lines; None where it says nothing.

    Raises:
        yaml.YAMLError: it is not YAML.
    """
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def told(fault: yaml.YAMLError, what: str) -> tuple[int, str, str]:
    """Line counted from 0, fault and remedy of what ``load`` raised about ``what``."""
    mark = getattr(fault, "problem_mark", None)
    line = mark.line if mark else 0
    if isinstance(fault, TwiceError):
        return line, f"{fault.problem}.", "Rename one of them, or remove it."
    return (
        line,
        f"{what} is not YAML.",
        "Look for a missing quote, a colon inside an unquoted sentence, a second --- or a tab.",
    )
