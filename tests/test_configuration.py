"""grader_config.py is read: by the command line, by Formgrader, by the build."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader.apps import AutogradeApp
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
from traitlets import import_item

from course.publish.release import nbgrader_settings

EXPECTED = {
    ("Autograde", "exporter_class"): "course.grading.nbg.SubmissionExporter",
    ("GenerateFeedback", "exporter_class"): "course.grading.feedback.FeedbackExporter",
    ("Autograde", "force"): True,
    ("CourseDirectory", "source_directory"): "source_notebooks",
}


def test_the_command_line_reads_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    command = AutogradeApp()
    command.initialize(["06_counting_units"])
    for (section, name), value in EXPECTED.items():
        assert command.config[section][name] == value


def test_formgrader_reads_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    extension = FormgradeExtension(parent=None)
    extension.load_cwd_config = True
    config = extension.load_config()
    for (section, name), value in EXPECTED.items():
        assert config[section][name] == value


def test_the_build_reads_it(root: Path) -> None:
    assert nbgrader_settings(root).ClearSolutions.code_stub == {"python": ""}


def test_every_class_it_names_exists(root: Path) -> None:
    config = nbgrader_settings(root)
    named = [
        config.Autograde.exporter_class,
        config.GenerateFeedback.exporter_class,
        *config.Autograde.sanitize_preprocessors,
        *config.Autograde.autograde_preprocessors,
        *config.GenerateFeedback.preprocessors,
    ]
    for name in named:
        assert isinstance(import_item(name), type)


def test_no_secret_file_is_ever_copied_into_a_release(root: Path) -> None:
    ignored = nbgrader_settings(root).CourseDirectory.ignore
    assert {"answers.yaml", "solutions.py", "lesson.md", "*.pyc", ".ipynb_checkpoints"} <= set(
        ignored
    )
