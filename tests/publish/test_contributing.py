"""The examples in CONTRIBUTING.md are true: together they are a lesson."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from course.__main__ import app
from course.publish.answers import ANSWERS
from course.publish.assemble import assemble
from course.publish.lesson_text import QUESTION_OPTIONS
from course.publish.notebook import instructors_notebook
from course.questions.score import Response, score
from course.sources.misconceptions import Misconception
from course.sources.models import Reference, Sources, Term

HEAD = """---
kernelspec: {name: python3}
course:
  minutes: 20
  summary: The examples of the guide for contributors.
  objectives: {count: Count what there is to count}
---

# Examples

"""


@pytest.fixture
def guide(root: Path) -> str:
    return (root / "CONTRIBUTING.md").read_text(encoding="utf-8")


def fenced(guide: str, opening: str) -> str:
    """All blocks that begin with the line ``opening``, one after the other."""
    fence = re.escape(re.match("`+", opening)[0])  # type: ignore[index]
    found = re.findall(rf"^{re.escape(opening)}\n(.*?)^{fence}$", guide, re.DOTALL | re.MULTILINE)
    return "\n".join(found)


def test_the_examples_are_a_lesson_with_every_kind(
    guide: str, tmp_path: Path, sources: Sources
) -> None:
    case = ":case: a-few-words\n"
    text = fenced(guide, "````")
    # The last of them show the other blocks; their case wants a question.
    questions, blocks = text.split("```{code-cell}")
    questions = questions.replace(":kind: text\n", f":kind: text\n{case}")
    folder = tmp_path / "12_examples"
    folder.mkdir()
    lesson_md = HEAD + "```{code-cell}" + blocks + "\n" + questions
    (folder / "lesson.md").write_text(lesson_md, encoding="utf-8")
    (folder / "answers.yaml").write_text(fenced(guide, "```yaml"), encoding="utf-8")
    (folder / "solutions.py").write_text(fenced(guide, "```python"), encoding="utf-8")
    lesson = assemble(folder, sources)
    assert instructors_notebook(lesson, sources).cells
    asked_for = [a.question for a in lesson.asked.values()]
    assert sorted(q.kind for q in asked_for if q.use == "graded") == sorted(ANSWERS)
    assert [q.kind for q in asked_for if q.use == "practice"] == ["match"]
    for asked in lesson.asked.values():
        assert score(asked.question, Response()).points == 0


def test_the_example_of_a_source_and_of_a_term_can_be_added(guide: str, sources: Sources) -> None:
    ((name, source),) = yaml.safe_load(fenced(guide, "```yaml references.yaml")).items()
    reference = Reference.model_validate(source)
    assert reference.url is not None
    assert reference.url.startswith(f"https://{reference.host}/")
    assert name not in sources.references
    ((id_, entry),) = yaml.safe_load(fenced(guide, "```yaml glossary.yaml")).items()
    term = Term.model_validate(entry)
    assert term.references == (name,)
    assert id_ not in sources.glossary
    assert set(term.confused_with) <= set(sources.glossary)


def test_the_example_of_a_misconception_points_at_examples(guide: str, sources: Sources) -> None:
    ((id_, entry),) = yaml.safe_load(fenced(guide, "```yaml misconceptions.yaml")).items()
    misconception = Misconception.model_validate(entry)
    assert id_ not in sources.misconceptions
    for question, place in misconception.asked.items():
        answer = yaml.safe_load(fenced(guide, "```yaml"))[question]
        told = [*answer.get("replies", ()), *(m["value"] for m in answer.get("mistakes", ()))]
        assert place in told


def test_sentences_in_braces_are_quoted(guide: str) -> None:
    inside = re.findall(r"\{[^{}\n]*?\b(?:belief|reply|shown): (.)", guide)
    assert len(inside) > 20
    assert set(inside) == {'"'}
    assert not re.search(r"\{.*\b(belief|reply|shown): [^\"]", guide)


def test_every_option_and_command_of_the_guide_exists(guide: str) -> None:
    assert set(re.findall(r"^\| `:([a-z-]+):` \|", guide, re.MULTILINE)) < set(QUESTION_OPTIONS)
    verbs = set(re.findall(r"-m course ([a-z]+)", guide))
    assert {"new", "build", "check", "start"} <= verbs
    for verb in verbs:
        assert CliRunner().invoke(app, [verb, "--help"]).exit_code == 0, verb
