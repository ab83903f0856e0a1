"""Pictures of records: the sentence agrees with the log, and every position can be read."""

from collections.abc import Callable
from typing import Any

import IPython.display
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course import figures
from course.billing.timeline import contested_spans
from course.pictures import timeline
from course.pictures.timeline import HATCH, OVERLAP_ALT, PLAN_ALT, ROLES_ALT
from tests.legible import assert_legible

PICTURES: dict[str, Callable[[], tuple[Figure, str]]] = {
    **{f"overlap {n}": lambda n=n: timeline.overlap(n) for n in (0, 10, 20, 25, 31, 40, 60)},  # type: ignore[misc]
    "whose minutes": timeline.whose_minutes,
    **{
        f"plan {s} {w} {n}": lambda s=s, w=w, n=n: timeline.plan_dates(s, w, n)  # type: ignore[misc]
        for s, w, n in [(24, 12, 2), (45, 16, 3), (5, 4, 1), (0, 2, 1), (60, 13, 3), (31, 16, 1)]
    },
}
every_picture = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES.keys())


def hatched_width(fig: Figure, lane: int) -> float:
    """Return the minutes that are hatched in one lane, counted from the top."""
    bars = [b for b in fig.axes[0].findobj(Rectangle) if isinstance(b, Rectangle)]
    return sum(
        b.get_width()
        for b in bars
        if b.get_hatch() == HATCH and abs(b.get_y() + b.get_height() / 2 - lane) < 0.01
    )


# --- What they say -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (20, "Bea 9:20 to 9:40: 70 minutes are claimed, and they fill 60 on Mara's clock; 10 "
             "are contested. One-on-one for sure: Ana 20, Bea 10, Cem 20."),
        (30, "Bea 9:30 to 9:50: 70 minutes are claimed, and they fill 60 on Mara's clock; 10 "
             "are contested. One-on-one for sure: Ana 30, Bea 10, Cem 10."),
        (60, "Bea 10:00 to 10:20: 70 minutes are claimed, and they fill 70 on Mara's clock; 0 "
             "are contested. One-on-one as claimed: Ana 30, Bea 20, Cem 20."),
    ],
)  # fmt: skip
def test_the_morning_is_read_aloud(start: int, words: str) -> None:
    assert timeline.overlap(start)[1].startswith(words)


@pytest.mark.parametrize("start", range(0, 61, 5))
def test_as_many_minutes_are_hatched_on_the_clock_as_are_contested(start: int) -> None:
    contested = contested_spans([("Ana", 0, 30), ("Bea", start, start + 20), ("Cem", 40, 60)])
    fig, reading = timeline.overlap(start)
    assert hatched_width(fig, 3) == contested
    assert f"; {contested} " in reading
    assert (
        fig.axes[0].get_title(loc="left").startswith(str(contested) if contested else "No minute")
    )


def test_a_bar_that_ends_at_the_last_hour_keeps_its_right_edge() -> None:
    bars = [p for p in timeline.overlap(60)[0].axes[0].patches if isinstance(p, Rectangle)]
    assert bars
    assert not any(bar.get_clip_on() for bar in bars)


@pytest.mark.parametrize("signed", [24, 40, 60])
def test_a_late_signature_is_not_drawn_as_a_certified_plan(signed: int) -> None:
    fig, reading = timeline.plan_dates(signed)
    assert "may be\ncertified" in [t.get_text() for t in fig.axes[0].get_yticklabels()]
    assert "The plan may be certified" in reading


def test_one_contested_minute_is_spoken_of_as_one() -> None:
    fig, reading = timeline.overlap(59)
    assert "; 1 is contested" in reading
    assert "The contested minute is one patient's" in reading
    assert fig.axes[0].get_title(loc="left") == "1 minute is claimed for two patients at once"


def test_whose_minutes_count_is_said_and_hatched() -> None:
    fig, reading = timeline.whose_minutes()
    assert reading.startswith(
        "Therapist 40 minutes, assistant without her 15, together 55 that count; 25 minutes"
    )
    assert [hatched_width(fig, lane) for lane in range(4)] == [0, 0, 10, 15]


@pytest.mark.parametrize(
    ("signed", "weeks", "per_week", "words"),
    [
        (24, 12, 2, "The signature on day 24 is in time. The plan may be certified as long as it "
                    "lasts, until day 84. 24 treatment days, so reporting periods end on day 31, "
                    "day 66 at the latest."),
        (45, 16, 3, "The signature on day 45 comes 15 days late. The 16 weeks are cut off at 90 "
                    "days: recertify by day 90."),
        (30, 4, 1, "The signature on day 30 is in time. The plan may be certified as long as it "
                   "lasts, until day 28. 4 treatment days, fewer than 10"),
        (31, 4, 1, "The signature on day 31 comes 1 day late."),
    ],
)  # fmt: skip
def test_the_plan_is_read_aloud(signed: int, weeks: int, per_week: int, words: str) -> None:
    assert timeline.plan_dates(signed, weeks, per_week)[1].startswith(words)


@pytest.mark.parametrize("start", [-1, 61])
def test_a_session_outside_the_picture_is_refused(start: int) -> None:
    with pytest.raises(ValueError, match="outside the picture"):
        timeline.overlap(start)


@pytest.mark.parametrize("values", [(61, 12, 2), (24, 1, 2), (24, 12, 4)])
def test_a_plan_outside_the_picture_is_refused(values: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="outside the picture"):
        timeline.plan_dates(*values)


@pytest.mark.parametrize("alt", [OVERLAP_ALT, PLAN_ALT, ROLES_ALT])
def test_alternative_texts_are_accepted(alt: str) -> None:
    assert figures.check_alt(alt) == alt


@pytest.mark.parametrize(
    ("explore", "alt", "words"),
    [
        (timeline.explore_overlap, OVERLAP_ALT, "10 are contested"),
        (timeline.explore_plan, PLAN_ALT, "The signature on day 24 is in time"),
        (timeline.show_whose_minutes, ROLES_ALT, "together 55 that count"),
    ],
)
def test_each_is_displayed_with_its_words(
    explore: Callable[[], None], alt: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    explore()
    assert bundles[0]["text/plain"].startswith(alt)
    assert words in bundles[0]["text/html"].replace("&#x27;", "'")


# --- How they look -----------------------------------------------------------------------------


@every_picture
def test_no_text_is_small_cut_off_or_on_top_of_another(
    draw: Callable[[], tuple[Figure, str]],
) -> None:
    assert_legible(draw()[0])


@every_picture
def test_each_is_repeatable_and_small_enough_to_travel(
    draw: Callable[[], tuple[Figure, str]],
) -> None:
    data = figures.png(draw()[0])
    assert data == figures.png(draw()[0])
    assert len(data) < 120_000
