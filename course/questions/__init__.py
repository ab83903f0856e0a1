"""What a learner's notebook imports: ``check`` one answer, ask what is ``ready`` to hand in, or how
many claims were judged."""

from course.questions.notebook import check, claims_judged, ready

__all__ = ["check", "claims_judged", "ready"]
