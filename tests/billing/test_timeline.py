"""A day's log: interval arithmetic against a count minute by minute, and the faults it names."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from course.billing.timeline import (
    KINDS,
    MINUTES_IN_A_DAY,
    ROLES,
    DayLog,
    Minutes,
    clock,
    contested_spans,
    read_clock,
    read_log,
)

LESSON = Path(__file__).parents[2] / "course" / "lessons" / "07_records_and_roles"
KEYS = yaml.safe_load((LESSON / "answers.yaml").read_text(encoding="utf-8"))
unhurried = settings(deadline=None)  # a slow machine is not a wrong count

# Short days with few people, so that touching ends and triple claims are common.
span = st.tuples(st.integers(0, 30), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1]))
claims = st.lists(st.tuples(st.sampled_from("ABCD"), span).map(lambda c: (c[0], *c[1])), max_size=7)
PEOPLE = {
    "Mara": "therapist",
    "Jo": "therapist",
    "Lu": "assistant",
    "Kit": "aide",
    "Sam": "student",
}


@st.composite
def logs(draw: Any) -> list[tuple[Any, ...]]:
    """Rows of a day in which no patient has two rows at once with the same clinician."""
    rows: list[tuple[Any, ...]] = []
    for _ in range(draw(st.integers(1, 8))):
        patient, who = draw(st.sampled_from("ABC")), draw(st.sampled_from(list(PEOPLE)))
        (start, end), kind = draw(span), draw(st.sampled_from(KINDS))
        if all(r[:2] != (patient, who) or r[4] <= start or end <= r[3] for r in rows):
            rows.append((patient, who, PEOPLE[who], start, end, kind))
    return rows


# --- A second implementation, minute by minute -----------------------------------------------


def contested_minute_by_minute(spans: list[tuple[str, int, int]]) -> int:
    """Ask of each minute who claims it."""
    return sum(len({p for p, a, b in spans if a <= minute < b}) > 1 for minute in range(60))


def state_of_a_minute(rows: list[tuple[Any, ...]], patient: str, minute: int) -> str | None:
    """Say what one minute is for one patient, by asking everybody who claims it."""
    now = [r for r in rows if r[3] <= minute < r[4]]
    answers = set()
    for who, clinician, role, _, _, kind in now:
        if who != patient:
            continue
        busy = {r[0] for r in now if r[1] == clinician and r[5] != "unattended"}
        if role in ("student", "aide") or kind == "unattended":
            answers.add("left_out")
        elif kind == "group":
            answers.add("group")
        else:
            answers.add("contested" if busy - {patient} else role)
    for answer in ("therapist", "assistant", "contested", "group", "left_out"):
        if answer in answers:
            return answer
    return None


@unhurried
@given(claims)
def test_contested_minutes_are_those_that_a_minute_by_minute_count_finds(
    spans: list[tuple[str, int, int]],
) -> None:
    assert contested_spans(spans) == contested_minute_by_minute(spans)


@unhurried
@given(logs())
def test_each_patients_minutes_are_those_that_a_minute_by_minute_count_finds(
    rows: list[tuple[Any, ...]],
) -> None:
    log = read_log(rows)
    for patient in log.patients:
        states = [state_of_a_minute(rows, patient, m) for m in range(60)]
        names = ("therapist", "assistant", "contested", "group", "left_out")
        assert log.minutes(patient) == Minutes(**{name: states.count(name) for name in names})


@unhurried
@given(logs())
def test_what_one_clinician_may_bill_for_sure_never_exceeds_the_clock(
    rows: list[tuple[Any, ...]],
) -> None:
    alone = [r for r in rows if r[1] == "Mara"]
    if alone:
        log = read_log(alone)
        sure = sum(log.minutes(p).timed for p in log.patients)
        assert sure <= log.on_the_clock("Mara") <= log.claimed("Mara")
        assert sure + log.contested_minutes("Mara") == log.on_the_clock("Mara")


@unhurried
@given(claims, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    spans: list[tuple[str, int, int]], random: Any
) -> None:
    shuffled = list(spans)
    random.shuffle(shuffled)
    assert contested_spans(shuffled) == contested_spans(spans)


# --- Examples ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([("A", 0, 30), ("B", 10, 20), ("C", 15, 25)], 15),  # counted once: not 10 + 10 + 5
        ([("A", 0, 30), ("B", 30, 60)], 0),  # ends touch
        ([("A", 0, 30), ("A", 10, 20)], 0),  # one patient is nobody's rival
        ([("A", 0, 20), ("B", 0, 20), ("C", 0, 20)], 20),  # three at once
        ([("A", 0, 40), ("B", 10, 20)], 10),  # one inside the other
        ([("A", "9:00", "9:30"), ("B", "9:29", "10:00")], 1),
        ([], 0),
    ],
)
def test_contested_minutes_of_a_day(spans: list[tuple[Any, ...]], minutes: int) -> None:
    assert contested_spans(spans) == minutes


@pytest.fixture
def morning() -> DayLog:
    return read_log(
        [
            ("Ana", "Mara", "therapist", "9:00", "9:30"),
            ("Bea", "Mara", "therapist", "9:20", "9:40"),
            ("Bea", "Kit", "aide", "9:40", "9:55"),
            ("Cem", "Lu", "assistant", "9:00", "9:20"),
            ("Cem", "Lu", "assistant", "9:25", "9:40", "unattended"),
            ("Ana", "Lu", "assistant", "9:25", "9:45"),
        ]
    )


def test_a_total_within_the_clock_can_hide_an_overlap(morning: DayLog) -> None:
    assert morning.claimed("Mara") == 50
    assert not morning.exceeds("Mara", 60)
    assert morning.contested_minutes("Mara") == 10
    assert morning.exceeds("Mara", 49)


def test_a_contested_stretch_names_its_patients_and_its_time(morning: DayLog) -> None:
    [stretch] = morning.contested("Mara")
    assert (clock(stretch.start), clock(stretch.end), stretch.patients) == (
        "9:20", "9:30", ("Ana", "Bea")
    )  # fmt: skip


def test_minutes_of_each_patient(morning: DayLog) -> None:
    # Mara's claim on 9:20 to 9:30 is contested; from 9:25 Ana has the assistant's minutes anyway.
    assert morning.minutes("Ana") == Minutes(therapist=20, assistant=20, contested=5)
    assert morning.minutes("Bea") == Minutes(therapist=10, contested=10, left_out=15)
    assert morning.minutes("Cem") == Minutes(assistant=20, left_out=15)


def test_unattended_time_keeps_nobody_busy(morning: DayLog) -> None:
    assert morning.contested_minutes("Lu") == 0


def test_minutes_claimed_by_patient_and_clinician(morning: DayLog) -> None:
    assert morning.one_on_one()["Bea", "Mara"] == 20
    assert ("Cem", "Lu") in morning.one_on_one()
    assert morning.one_on_one()["Cem", "Lu"] == 20


def test_therapist_and_assistant_together_are_the_therapists_minutes() -> None:
    log = read_log([("A", "Mara", "therapist", 0, 20), ("A", "Lu", "assistant", 10, 30)])
    assert log.minutes("A") == Minutes(therapist=20, assistant=10)


def test_a_student_counts_where_the_therapist_directs_and_treats_nobody_else() -> None:
    rows = [("A", "Sam", "student", 0, 30), ("A", "Mara", "therapist", 10, 30)]
    assert read_log(rows).minutes("A") == Minutes(therapist=20, left_out=10)
    rows.append(("B", "Mara", "therapist", 20, 30))
    assert read_log(rows).minutes("A") == Minutes(therapist=10, contested=10, left_out=10)


def test_who_leads_a_group_has_no_one_on_one_minute() -> None:
    log = read_log(
        [("A", "M", "therapist", 0, 30, "group"), ("B", "M", "therapist", 0, 30, "group"),
         ("C", "M", "therapist", 20, 40)]
    )  # fmt: skip
    assert log.minutes("A") == Minutes(group=30)
    assert log.minutes("C") == Minutes(therapist=10, contested=10)
    assert log.contested_minutes("M") == 10


# --- Clock times and faults -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "minutes"), [("09:05", 545), ("9:05", 545), ("0:00", 0), ("24:00", 1440), (545, 545)]
)
def test_clock_times_are_read(time: str | int, minutes: int) -> None:
    assert read_clock(time) == minutes


@given(st.integers(0, MINUTES_IN_A_DAY))
def test_a_written_clock_time_is_read_back(minutes: int) -> None:
    assert read_clock(clock(minutes)) == minutes


@pytest.mark.parametrize(
    "time", ["9", "9:5", "9:60", "24:01", "nine", "", -1, 1441, 9.5, True, None]
)
def test_what_is_no_clock_time_is_refused(time: Any) -> None:
    with pytest.raises(ValueError, match=r"clock time"):
        read_clock(time)


GOOD = ("A", "Mara", "therapist", "9:00", "9:30")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("A", "Mara", "therapist", "9:30", "9:00")], "Row 1: A's time ends at 9:00, not after"),
        ([("A", "Mara", "therapist", "9:00", "9:00")], "Row 1: A's time ends at 9:00, not after"),
        ([GOOD, ("B", "Kit", "tech", "9:00", "9:10")], "Row 2: the role 'tech' is unknown"),
        ([(*GOOD, "alone")], "Row 1: the kind 'alone' is unknown"),
        (
            [GOOD, ("A", "Mara", "therapist", "9:20", "9:40")],
            "A has two rows with Mara that overlap",
        ),
        ([GOOD, ("B", "Mara", "aide", "9:40", "9:50")], "Mara is therapist in one row and aide"),
        ([("A", "Mara", "therapist", "9 o'clock", "9:40")], "Row 1: .* not a clock time"),
        ([("A", "Mara")], "Row 1 needs patient, clinician, role, start and end"),
        (["A"], "Row 1 needs patient"),
    ],
)
def test_a_fault_in_the_log_is_named_in_one_sentence(rows: list[Any], words: str) -> None:
    with pytest.raises(ValueError, match=words) as problem:
        read_log(rows)
    assert str(problem.value).endswith(".")


def test_rows_of_one_patient_may_touch() -> None:
    log = read_log([GOOD, ("A", "Mara", "therapist", "9:30", "9:45")])
    assert log.minutes("A").timed == 45


def test_somebody_who_is_not_in_the_log_is_named(morning: DayLog) -> None:
    with pytest.raises(ValueError, match="Dora is not in this log"):
        morning.minutes("Dora")
    for ask in (morning.claimed, morning.contested, morning.on_the_clock):
        with pytest.raises(ValueError, match="Jo is not in this log"):
            ask("Jo")
    with pytest.raises(ValueError, match="The time on duty"):
        morning.exceeds("Mara", -5)


def test_every_role_is_known() -> None:
    assert set(PEOPLE.values()) == set(ROLES)


# --- What lesson 07 says ----------------------------------------------------------------------


def test_the_log_of_the_lessons_case_holds_what_its_key_says() -> None:
    log = read_log(
        [
            ("Hana", "Mara", "therapist", "8:00", "8:25"),
            ("Ivan", "Mara", "therapist", "8:20", "8:40"),
            ("Hana", "Lu", "assistant", "8:25", "8:45"),
            ("Ivan", "Kit", "aide", "8:40", "9:00"),
            ("Jun", "Sam", "student", "9:00", "9:20"),
            ("Jun", "Mara", "therapist", "9:05", "9:20"),
            ("Jun", "Mara", "therapist", "9:20", "9:40", "group"),
            ("Noa", "Mara", "therapist", "9:20", "9:40", "group"),
        ]
    )
    found = {p: [log.minutes(p).timed, log.minutes(p).contested] for p in log.patients}
    assert found == KEYS["sure-and-contested"]["key"]


def test_the_practice_question_of_the_lesson_has_twelve_contested_minutes() -> None:
    claims = [("Eli", "10:00", "10:25"), ("Fay", "10:17", "10:40"), ("Gus", "10:36", "10:50")]
    assert contested_spans(claims) == 12
