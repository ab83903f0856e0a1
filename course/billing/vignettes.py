"""Cases that branch: scenes, acts, what follows from an act, and what rule or code speaks to it.

Plain data. Every case, person and clinic is invented. A rating is the authors' own judgement;
`rests_on` says what it rests on, with the ids of the course's references in round brackets, or says
that it is the authors' own model. Rules are those of US Medicare Part B; nothing here is legal
advice. `course.pictures.vignettes` plays a case; `faults` says what is wrong with one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

Rating = Literal["good", "acceptable", "wrong"]

RATINGS: Mapping[Rating, str] = {
    "good": "is true to the record, and mends the cause",
    "acceptable": "deceives nobody and harms nobody, and leaves something undone",
    "wrong": "says or keeps something false, or harms somebody",
}
"""What the three ratings mean: the authors' own model."""

OWN = "authors' own model"


@dataclass(frozen=True)
class Act:
    """Something one can do in a scene; `leads_to` names the scene that follows."""

    words: str
    rating: Rating
    why: str
    rests_on: str
    leads_to: str


@dataclass(frozen=True)
class Scene:
    """What has happened. A scene without acts is an ending."""

    text: str
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True)
class Vignette:
    """A tree of scenes; the first of `scenes` is where it begins."""

    title: str
    scenes: Mapping[str, Scene]

    @property
    def start(self) -> str:
        """The name of the first scene."""
        return next(iter(self.scenes))


def ways_through(vignette: Vignette, scene: str | None = None) -> Iterator[tuple[Act, ...]]:
    """Every sequence of acts from a scene (the first, if none is named) to an ending."""
    acts = vignette.scenes[scene or vignette.start].acts
    if not acts:
        yield ()
    for act in acts:
        for rest in ways_through(vignette, act.leads_to):
            yield (act, *rest)


def faults(vignette: Vignette) -> list[str]:
    """What is wrong with a vignette, one sentence each: dead ends, loops, scenes nobody reaches."""
    scenes, found = vignette.scenes, []
    reached = {vignette.start}
    open_paths: list[tuple[str, ...]] = [(vignette.start,)]
    while open_paths:
        path = open_paths.pop()
        for act in scenes[path[-1]].acts:
            if act.leads_to not in scenes:
                found.append(f"“{act.words}” leads to {act.leads_to}, which is no scene.")
            elif act.leads_to in path:
                found.append(f"“{act.words}” leads back to {act.leads_to}, so it never ends.")
            else:
                reached.add(act.leads_to)
                open_paths.append((*path, act.leads_to))
    found += [f"Nothing leads to the scene {name}." for name in scenes if name not in reached]
    for name, scene in scenes.items():
        if scene.acts and "good" not in {act.rating for act in scene.acts}:
            found.append(f"The scene {name} offers no good act.")
        if len(scene.acts) == 1:
            found.append(f"The scene {name} offers no choice.")
    return found


# --- Three patients, one therapist -----------------------------------------------------------

THREE_AT_NINE = Vignette(
    "Three at nine",
    {
        "draft": Scene(
            "9:00 to 9:45, three Medicare patients, and you are the only therapist. Your sheet "
            "says: 20 minutes alone with Ada, then 25 minutes with Ben and Cal side by side. The "
            "draft claim has 3 units of NMR for each of the three.",
            (
                Act(
                    "Send the draft: each of them had a task of their own",
                    "wrong",
                    "A minute can be one-on-one with one patient. Three units take 38 minutes "
                    "each, 114 in all, and the clock gave you 45.",
                    "one-on-one minutes (S14); the table of units (S3)",
                    "letter",
                ),
                Act(
                    "Split the time fairly: 15 minutes, 1 unit, for each",
                    "wrong",
                    "It fits the clock, and it is invented. Nobody had 15 minutes alone.",
                    "one-on-one minutes (S14); group treatment (S15)",
                    "wife",
                ),
                Act(
                    "Bill Ada 1 unit of NMR, Ben and Cal one group each",
                    "good",
                    "20 minutes alone are 1 unit. Two patients in the same minutes are a group, "
                    "billed once for each.",
                    "the table of units (S3); group treatment (S15)",
                    "owner",
                ),
                Act(
                    "Hold the claim and ask the compliance officer",
                    "acceptable",
                    "Nothing false goes out. But your sheet already holds the answer: Ada 1 unit, "
                    "Ben and Cal a group each. That is how it is billed next day.",
                    OWN,
                    "owner",
                ),
            ),
        ),
        "owner": Scene(
            "The owner looks at it. “Group pays little. Bill Ben and Cal as NMR too, with modifier "
            "59 behind it. Then it goes through.”",
            (
                Act(
                    "Add it: if the payer objects, it will not pay",
                    "wrong",
                    "A claim that is paid is not thereby true. What does 59 state about the two "
                    "services, and what does your sheet say?",
                    "modifier 59 (S22, S24b)",
                    "paid",
                ),
                Act(
                    "Decline, and propose a plan for nine o'clock",
                    "good",
                    "The claim stays true. Whoever needs one-on-one work gets a time for it, so "
                    "the question does not come back.",
                    "group treatment (S15); the plan is the authors' own model",
                    "planned",
                ),
                Act(
                    "Decline, and leave the timetable as it is",
                    "acceptable",
                    "The claim is right. The three still meet at nine; you will be asked again.",
                    OWN,
                    "again",
                ),
            ),
        ),
        "letter": Scene(
            "Four months later a reviewer asks for that day's records. The claims hold 9 units for "
            "45 minutes of one therapist.",
            (
                Act(
                    "Write new sheets whose minutes fit the claim",
                    "wrong",
                    "Now the falsehood is knowing, whatever it was before.",
                    "what the law calls knowing (S33c)",
                    "worse",
                ),
                Act(
                    "Send the true sheets, and have the other days checked",
                    "good",
                    "The reviewer sees what happened, and the clinic finds what else it owes "
                    "before it is asked.",
                    "the duty to repay is general knowledge, not cited",
                    "repaid",
                ),
                Act(
                    "Send the true sheets, and wait for the answer",
                    "acceptable",
                    "That day is answered truly. Whether other days look the same is left to the "
                    "reviewer.",
                    OWN,
                    "asked",
                ),
            ),
        ),
        "wife": Scene(
            "Cal's wife holds his notice. “One unit of one-on-one treatment, it says. He says "
            "that you were never alone with him.”",
            (
                Act(
                    "Explain that splitting the time is customary",
                    "wrong",
                    "A custom does not make a record true, and she has just told you that it is "
                    "false.",
                    "what the law calls knowing (S33c)",
                    "worse",
                ),
                Act(
                    "Say that he is right, and have the claims corrected",
                    "good",
                    "It began as a false split. You end it as soon as you are told.",
                    "the duty to repay is general knowledge, not cited",
                    "repaid",
                ),
                Act(
                    "Thank her, and send her to the billing office",
                    "wrong",
                    "The one who knows what happened is you. Until you say it, the false claims "
                    "stand.",
                    "what the law calls knowing (S33c)",
                    "asked",
                ),
            ),
        ),
        "paid": Scene(
            "It goes through, and becomes the clinic's habit. A year of such claims is a year of "
            "false statements with your name under each."
        ),
        "planned": Scene(
            "From next week Ben comes at half past nine. Ada and Cal share an hour as a group, "
            "because practising together suits them, and that is what is billed."
        ),
        "again": Scene(
            "The claim is paid as billed. The week after, the same draft lies on your desk."
        ),
        "worse": Scene(
            "Next to the sign-in list, the door's clock and what patients remember, the paper does "
            "not hold. What might have passed for a mistake now looks like a plan."
        ),
        "repaid": Scene(
            "The clinic corrects the claims and pays back what was not due. It is an unpleasant "
            "month. Nothing is left to hide."
        ),
        "asked": Scene(
            "The question comes back, from somebody with more power to ask. Now they also want to "
            "know why you waited."
        ),
    },
)

# --- The leg press ---------------------------------------------------------------------------

LEG_PRESS = Vignette(
    "The leg press",
    {
        "manager": Scene(
            "Dana, 70, has US Medicare and had a knee operation. Tests show a weak thigh and good "
            "balance. You train her on the leg press, 16 minutes, alone with her, and code it "
            "THEREX. The manager says: “NMR pays better. From now on the leg press is NMR.”",
            (
                Act(
                    "Change it: for Dana the work is the same",
                    "wrong",
                    "The code tells the payer what the work was for. Here it was force, and no "
                    "deficit in control is on record.",
                    "what 97112 requires (S7b); coding in the audit of 2018 (S32a)",
                    "paste",
                ),
                Act(
                    "Keep THEREX, and say what would make work NMR",
                    "good",
                    "The deficit and the purpose decide. The manager now has a rule to go by, too.",
                    "what 97112 requires (S7b)",
                    "statement",
                ),
                Act(
                    "Keep THEREX, and do not argue",
                    "acceptable",
                    "Your record is true. The manager's rule stands, and others will follow it.",
                    OWN,
                    "statement",
                ),
                Act(
                    "Use both codes in turn, week by week",
                    "wrong",
                    "Half of the claims would be true. Which half is not the patient's matter.",
                    "what 97112 requires (S7b)",
                    "paste",
                ),
            ),
        ),
        "paste": Scene(
            "For NMR the note needs a deficit in control. The manager sends a fine paragraph on "
            "balance, from another patient's note. “Put it under Dana's.”",
            (
                Act(
                    "Paste it: every knee is a little unsteady",
                    "wrong",
                    "It reports a test that Dana never had. A copied note is about nobody.",
                    "records in the audit of 2018 (S32a)",
                    "twins",
                ),
                Act(
                    "Take NMR off again, and have the claims corrected",
                    "good",
                    "What went out is mended, and the note stays hers.",
                    "what 97112 requires (S7b); the duty to repay is general knowledge, not cited",
                    "mended",
                ),
                Act(
                    "Put THEREX from today, and raise the rest next week",
                    "acceptable",
                    "Today is right, and the rest is not forgotten. But it waits for no reason, "
                    "and money that was not due stays.",
                    OWN,
                    "half",
                ),
            ),
        ),
        "statement": Scene(
            "A month later Dana shows you her statement. The visits stand there as NMR, none as "
            "THEREX. Your notes say THEREX: somebody has changed the claims behind you.",
            (
                Act(
                    "Leave it: my notes are right, the claim is his",
                    "wrong",
                    "You have now seen it. The care is billed on your notes, and looking away is "
                    "not ignorance.",
                    "deliberate ignorance counts as knowing (S33c)",
                    "apart",
                ),
                Act(
                    "Report it with dates to the compliance officer",
                    "good",
                    "It states what you saw, accuses nobody, and lets the clinic repay.",
                    "reporting inside first is the authors' own model",
                    "mended",
                ),
                Act(
                    "Report it to the federal hotline the same day",
                    "acceptable",
                    "It is your right at any time, and the law protects you. Here nobody inside "
                    "has yet been asked.",
                    "the protection is general knowledge, not cited; the rating authors' own model",
                    "hotline",
                ),
            ),
        ),
        "twins": Scene(
            "A reviewer lays six notes side by side and finds the same paragraph. One of them is "
            "signed by you."
        ),
        "apart": Scene(
            "A reviewer lays your notes beside the claims: THEREX here, NMR there, week after "
            "week. Dana remembers the day when she showed you."
        ),
        "mended": Scene(
            "The clinic corrects eleven claims and pays the difference back. The manager's rule is "
            "withdrawn. Dana presses on, as THEREX."
        ),
        "half": Scene(
            "The new claims are right. Next week there is much else to do, and the sixty days have "
            "been running since somebody there knew. (The sixty days: general knowledge, not "
            "cited.)"
        ),
        "hotline": Scene(
            "It is looked into, though it takes some months. Until then the claims go on as "
            "before, because nobody in the clinic was told."
        ),
    },
)

# --- No gain since May -----------------------------------------------------------------------

NO_GAIN_SINCE_MAY = Vignette(
    "No gain since May",
    {
        "july": Scene(
            "Mr Lind is 77, has Parkinson's disease and US Medicare. His balance score has stood "
            "still since May. At first only you could find the cues that keep him walking. Now his "
            "daughter has learned them: twice she led the session safely while you watched.",
            (
                Act(
                    "End today: without gain nothing is covered",
                    "wrong",
                    "Ending may be near, but not for that reason. Nobody has written the programme "
                    "down or set a day to check it.",
                    "maintenance under Jimmo (S31a, S31c)",
                    "fall",
                ),
                Act(
                    "Test, hand over on paper, set a day to check",
                    "good",
                    "To design a programme and teach it is skilled work. Leading it no longer is.",
                    "maintenance under Jimmo (S31a, S31c)",
                    "september",
                ),
                Act(
                    "Go on twice a week until the end of the year",
                    "wrong",
                    "She leads the visits, and you would bill them. What did the last two need "
                    "you for?",
                    "maintenance under Jimmo (S31c)",
                    "reviewer",
                ),
                Act(
                    "Hand over on paper today, and set no day to check",
                    "acceptable",
                    "What was yours to teach is taught and written down. Nobody will see when it "
                    "stops working.",
                    "maintenance under Jimmo (S31c); the rating is the authors' own model",
                    "unchecked",
                ),
            ),
        ),
        "unchecked": Scene(
            "In September his daughter calls. He has frozen at doors three times, and the cues on "
            "the paper no longer work.",
            (
                Act(
                    "Tell her to keep to what the paper says",
                    "wrong",
                    "The paper fitted him in summer. She is telling you that it no longer does.",
                    OWN,
                    "later",
                ),
                Act(
                    "Advise her now, and ask her to call in a week",
                    "acceptable",
                    "Quick, and better than nothing. But cues are found by watching him walk.",
                    OWN,
                    "late",
                ),
                Act(
                    "Evaluate him anew, and set a day to check",
                    "good",
                    "The need for skill has come back, and this time somebody will look.",
                    "maintenance under Jimmo (S31a, S31c)",
                    "walking",
                ),
            ),
        ),
        "september": Scene(
            "On the day of the check he has frozen at doors three times. His daughter's cues no "
            "longer work.",
            (
                Act(
                    "Tell her to practise the same cues more often",
                    "wrong",
                    "They have stopped working. More of them is not the skill that is missing.",
                    OWN,
                    "later",
                ),
                Act(
                    "Evaluate anew, find cues that work, hand over again",
                    "good",
                    "The need for skill has come back, and so has the ground for cover.",
                    "maintenance under Jimmo (S31a, S31c)",
                    "walking",
                ),
                Act(
                    "Change two cues today, and watch him in a week",
                    "acceptable",
                    "Quick, and better than nothing. But cues are found by watching him walk.",
                    OWN,
                    "late",
                ),
            ),
        ),
        "reviewer": Scene(
            "In October a reviewer asks: “What did a therapist do on the last ten visits that his "
            "daughter could not?”",
            (
                Act(
                    "Answer that Medicare does not ask for improvement",
                    "wrong",
                    "True, and beside the point. It defends ten visits that nobody needed you for.",
                    "maintenance under Jimmo (S31c)",
                    "refused",
                ),
                Act(
                    "Send the notes, hand over, repay unskilled visits",
                    "good",
                    "The notes answer the question. What needed no therapist was not due.",
                    "maintenance under Jimmo (S31c); the duty to repay is general knowledge, not "
                    "cited",
                    "walking",
                ),
                Act(
                    "Send the notes, and begin to hand over",
                    "acceptable",
                    "From now on it is right. Ten visits are left for others to decide on.",
                    OWN,
                    "refused",
                ),
            ),
        ),
        "fall": Scene(
            "Three weeks later he has fallen. His daughter had nothing in writing, and did what "
            "she remembered.",
            (
                Act(
                    "Say that Medicare has closed his case",
                    "wrong",
                    "No rule says so. Care can begin again when skill is needed.",
                    "maintenance under Jimmo (S31a)",
                    "later",
                ),
                Act(
                    "Evaluate, set a goal to keep, teach her on paper",
                    "good",
                    "This is what your last visit should have brought. It is not too late.",
                    "maintenance under Jimmo (S31a, S31c)",
                    "walking",
                ),
                Act(
                    "Take him back to regain what the fall took",
                    "acceptable",
                    "Fair, if it is within reach. What keeps him from the next fall is still "
                    "missing.",
                    "the two tracks (S31c); the judgement is the authors' own model",
                    "late",
                ),
            ),
        ),
        "later": Scene(
            "In November he falls in a doorway. He is bruised and afraid, and walks less. The "
            "skill that he needed came too late."
        ),
        "late": Scene(
            "Nothing happens, by luck. In November they are back for what was missing: cues that "
            "work now, on paper, and a day to check them."
        ),
        "walking": Scene(
            "His score has not risen. He walks to the shop, his daughter has the programme on the "
            "fridge, and both know when to call."
        ),
        "refused": Scene(
            "Ten visits are refused as unskilled. That is not a finding of fraud. The programme "
            "still is not on paper."
        ),
    },
)

VIGNETTES: Mapping[str, Vignette] = {
    "three-at-nine": THREE_AT_NINE,
    "leg-press": LEG_PRESS,
    "no-gain-since-may": NO_GAIN_SINCE_MAY,
}
"""The vignettes of the course, by name."""
