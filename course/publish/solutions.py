"""The code answers of a lesson: ``solutions.py`` marks its functions with these decorators.

``reference`` gives the expected values, so they are never typed in by hand. ``alternative`` must
earn full marks, ``wrong`` must earn the share it states and shows a belief.
"""

from __future__ import annotations

import ast
import importlib.util
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Wrong:
    """A wrong function, the name of the belief behind it, and the share of cases it gets right."""

    function: Callable[..., Any]
    belief: str
    earns: float


@dataclass
class Solutions:
    """The functions of one question."""

    reference: Callable[..., Any] | None = None
    alternatives: list[Callable[..., Any]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def reference(question: str) -> Callable[[Function], Function]:
    """Mark the function whose values are the expected ones."""
    return _mark(question, "reference", "", 1.0)


def alternative(question: str) -> Callable[[Function], Function]:
    """Mark another right answer: another algorithm, other number types, rounding."""
    return _mark(question, "alternative", "", 1.0)


def wrong(question: str, *, belief: str, earns: float) -> Callable[[Function], Function]:
    """Mark a wrong answer; ``earns`` is its share of the function's cases, 0 to 1."""
    return _mark(question, "wrong", belief, earns)


def _mark(question: str, role: str, belief: str, earns: float) -> Callable[[Function], Function]:
    def decorate(function: Function) -> Function:
        vars(function)["solution"] = (question, role, belief, earns)
        return function

    return decorate


def load_solutions(file: Path) -> dict[str, Solutions]:
    """The marked functions of ``file`` by question; nothing where there is no such file."""
    if not file.exists():
        return {}
    spec = importlib.util.spec_from_file_location(f"solutions_of_{file.parent.name}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, Solutions] = {}
    for function in vars(module).values():
        if not hasattr(function, "solution"):
            continue
        question, role, belief, earns = function.solution
        entry = found.setdefault(question, Solutions())
        if role == "reference":
            entry.reference = function
        elif role == "alternative":
            entry.alternatives.append(function)
        else:
            entry.wrong.append(Wrong(function, belief, earns))
    return found


def source_of(function: Callable[..., Any]) -> str:
    """The function's text without its decorators, as it goes into the instructor's notebook."""
    text = textwrap.dedent(inspect.getsource(function))
    definition = ast.parse(text).body[0]
    assert isinstance(definition, ast.FunctionDef)
    return "\n".join(text.rstrip("\n").split("\n")[definition.lineno - 1 :])
