"""From a piece of treatment to the category it is billed in: the authors' own teaching model.

That the deficit, the skilled purpose and the time decide, all of them written down, is how a trade
page reads US Medicare on 97112 [S7b]. The four questions, their order, and the list of which intent
answers which deficit are ours:

1. What deficit is on record?
2. What does the work intend, and does that answer the deficit?
3. Skill: who could have done it?
4. How many patients at once, and how many one-on-one minutes?

The name of an activity is kept for the reader and never looked at. That is the point.

The model takes one deficit at a time. It leaves out what a payer's contract says, the plan of care,
and whether the patient was seated or upright, which the text of 97112 asks for ([S7], [S7b]). It
counts no units: `course.billing.units` does. What it cannot read raises a `ValueError` of one
sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from course.billing.codes import code
from course.billing.units import MINUTES_IN_A_DAY

Question = Literal[1, 2, 3, 4]

QUESTIONS = (
    "Deficit: what is on record?",
    "Intent: what is to get better?",
    "Skill: who could have done it?",
    "Patients at once, one-on-one minutes",
)
"""The four questions by the names they have in the text and in every picture."""

DEFICITS: Mapping[str, str] = {
    "control": "balance, coordination or sense of movement",
    "force": "too little force or endurance",
    "stiffness": "a stiff joint or tight tissue",
    "task": "an everyday task that fails",
    "walking": "unsafe or laboured walking",
    "self-care": "not able to look after oneself",
    "none": "none on record",
}
"""What a test has shown, by the short name that `Activity` takes."""


@dataclass(frozen=True)
class Intent:
    """What a piece of work is for, and the category it leads to."""

    words: str
    answers: tuple[str, ...]  # the deficits it can answer
    category: str
    label: str  # in the course's list of codes, "NMR"


INTENTS: Mapping[str, Intent] = {
    "retrain": Intent("to retrain control", ("control",), "re-education", "NMR"),
    "build": Intent("to build one capacity", ("force", "stiffness"), "exercise", "THEREX"),
    "practise": Intent(
        "to practise a whole task", ("task", "force", "control"), "activities", "THERACT"
    ),
    "walk": Intent("to train walking itself", ("walking", "control", "force"), "gait", "GAIT"),
    "hands": Intent("to free tissue by hand", ("stiffness",), "manual", "MANUAL"),
    "teach": Intent("to teach self-care", ("self-care", "task", "control"), "self-care", "ADL"),
}
"""What the work may intend, by the short name that `Activity` takes."""


@dataclass(frozen=True)
class Activity:
    """One piece of treatment, as a day sheet would have to describe it.

    `deficit` is a key of `DEFICITS`, `intent` a key of `INTENTS`. `skilled` says whether a
    therapist's skill was needed and used. `minutes` are whole; `patients` counts everyone whom
    the therapist treated in these minutes.
    """

    name: str
    deficit: str
    intent: str
    skilled: bool
    minutes: int
    patients: int = 1

    def __post_init__(self) -> None:
        """Refuse what the model cannot read."""
        _known("deficit", self.deficit, DEFICITS)
        _known("intent", self.intent, INTENTS)
        _whole("minutes", self.minutes, MINUTES_IN_A_DAY)
        _whole("patients", self.patients, 100)

    @property
    def one_on_one_minutes(self) -> int:
        """The minutes in which the therapist treated this patient and nobody else."""
        return self.minutes if self.patients == 1 else 0


@dataclass(frozen=True)
class Category:
    """Where an activity belongs, and at which of the four questions that was settled.

    `label` is None where no code follows: nothing is decided yet, or no skill was needed.
    """

    name: str
    label: str | None
    activity: Activity
    settled_at: Question

    @property
    def minutes(self) -> int:
        """The one-on-one minutes that count for this category's code; 0 for an untimed code."""
        if self.label is None or not code(self.label).timed:
            return 0
        return self.activity.one_on_one_minutes

    @property
    def steps(self) -> tuple[str, ...]:
        """What each question was answered, as far as they were asked, one sentence each."""
        act, intent = self.activity, INTENTS[self.activity.intent]
        answers = act.deficit in intent.answers
        fits = "which answers it" if answers else "which does not answer this deficit"
        who = "only someone qualified" if act.skilled else "an aide or a relative"
        said = (
            f"Deficit: {DEFICITS[act.deficit]}.",
            f"Intent: {intent.words}, {fits}.",
            f"Skill: {who} could have done it.",
            f"Patients at once: {act.patients}; one-on-one minutes: {act.one_on_one_minutes}.",
        )
        return said[: self.settled_at]

    @property
    def result(self) -> str:
        """The category in one sentence."""
        if self.label is None:
            return f"So: {self.name}."
        minutes = f"{self.minutes} minutes" if self.minutes else "no one-on-one minutes"
        return f"So: {self.name} ({self.label}), {minutes}."

    def explain(self) -> str:
        """Say the questions with this activity's answers, one line each, to be printed."""
        asked = (f"{n}. {step}" for n, step in enumerate(self.steps, start=1))
        return "\n".join((self.activity.name, *asked, self.result))


def classify(activity: Activity) -> Category:
    """Ask the four questions in order and stop where one of them settles the matter.

    Without a deficit on record, or with an intent that does not answer it, nothing is decided.
    Work that an aide or a relative could do is not skilled therapy, whatever it is called. With
    two or more patients at once it is group therapy ([S15]). Otherwise the intent names the
    category.
    """
    intent = INTENTS[activity.intent]
    if activity.deficit == "none":
        return Category("not decided, test first", None, activity, 1)
    if activity.deficit not in intent.answers:
        return Category("not decided, intent and deficit do not fit", None, activity, 2)
    if not activity.skilled:
        return Category("not skilled therapy", None, activity, 3)
    if activity.patients > 1:
        return Category("group", "GROUP", activity, 4)
    return Category(intent.category, intent.label, activity, 4)


def _known(what: str, name: str, names: Mapping[str, object]) -> None:
    if name not in names:
        raise ValueError(f"There is no {what} {name!r} here; there are: {', '.join(names)}.")


def _whole(what: str, number: int, most: int) -> None:
    # True is a whole number to Python, but nobody means minutes by it.
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= most:
        raise ValueError(f"{number!r} cannot be the number of {what}: it is whole, 1 to {most}.")
