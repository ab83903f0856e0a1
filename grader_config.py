"""Every setting of nbgrader for this course. nbgrader_config.py loads it, for the command line and
for Formgrader alike; the build loads it too."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "neuromuscular-reeducation"
c.CourseDirectory.source_directory = "source_notebooks"
c.CourseDirectory.release_directory = "release"

# Written out whole, because nbgrader copies every other file of a lesson's folder into the release.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "answers.yaml",
    "solutions.py",
    "lesson.md",
]

# The answer cells carry their own first line, so nothing is put in place of a solution.
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = (
    "*Click this text once, press Enter, delete it and write your answer here. "
    "Press Shift+Enter when you are done.*"
)

# --- grading --------------------------------------------------------------------------------------
# The file is read by us, so that a corrupt one can be told from a blank one; it is repaired before
# nbgrader looks at its cells; then the hidden tests come back from the gradebook and it is run.
c.Autograde.exporter_class = "course.grading.nbg.SubmissionExporter"
c.Autograde.pre_convert_hook = "course.grading.nbg.drop_links"
c.Autograde.sanitize_preprocessors = [
    "course.grading.nbg.Repair",
    "course.grading.marked.RememberMarks",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
c.Autograde.autograde_preprocessors = [
    "course.grading.nbg.Execute",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "course.grading.marked.KeepMarks",
    "nbgrader.preprocessors.AssignLatePenalties",
    "course.grading.nbg.ShowRubric",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# A run that was killed left its learner at 0 and called it done; so every run grades afresh.
c.Autograde.force = True
c.Execute.timeout = 20  # seconds for one cell
c.Execute.interrupt_on_timeout = True
c.LimitOutput.max_lines = 200
c.LimitOutput.max_traceback = 20

# --- feedback: our own page, without hidden tests, rubric keys or tracebacks ----------------------
c.GenerateFeedback.exporter_class = "course.grading.feedback.FeedbackExporter"
c.GenerateFeedback.preprocessors = ["nbgrader.preprocessors.GetGrades"]
c.GenerateFeedback.force = True
