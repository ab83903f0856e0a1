"""What a learner's notebook imports: ``check`` one answer, or ask what is ``ready`` to hand in."""

from course.questions.notebook import check, ready

__all__ = ["check", "ready"]
