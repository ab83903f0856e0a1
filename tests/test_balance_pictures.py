"""Pictures of standing: what they say is what the library computes, and nothing overlaps."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import IPython.display
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course import figures
from course.physiology.balance import (
    CONDITIONS,
    TOPPLING,
    critical_delay,
    expected_sway,
    is_stable,
    record,
)
from course.pictures import stability, stance, sway
from tests.legible import assert_legible

STABILITY = [(100, 1.4), (100, 3.0), (120, 2.9), (150, 1.4), (160, 0.9), (200, 2.2), (250, 1.1)]
STABILITY += [(310, 1.15), (330, 1.1), (400, 1.4)]
TRIES: list[Any] = [
    12.5,
    60.0,
    0.1,
    [14, 22, 17],
    [2, 2.1, 2.2],
    [60, 59, 71, 3, 3.5],
    [9, 9, 9, 9, 9],
]


def every_picture() -> Iterator[tuple[str, Figure]]:
    for name, seconds in zip(CONDITIONS, (60, 10, 25, 60), strict=True):
        yield f"{name}, {seconds} s", sway.sway_map(name, seconds)[0]
    yield "two centres", sway.pressure_and_mass()[0]
    for delay, stiffness in STABILITY:
        yield f"{delay} ms, {stiffness}", stability.stability_map(delay, stiffness)[0]
    for tries in TRIES:
        yield f"tries {tries}", stance.stance_line(tries)[0]


# --- How they look ------------------------------------------------------------------------------


def test_no_text_is_small_cut_off_or_on_top_of_another_and_pictures_can_travel() -> None:
    for name, fig in every_picture():
        assert_legible(fig)
        assert len(figures.png(fig)) < 120_000, name


def test_pictures_repeat_themselves() -> None:
    draws: list[Any] = [sway.sway_map, sway.pressure_and_mass, stability.stability_map]
    for draw in draws:
        assert figures.png(draw()[0]) == figures.png(draw()[0])


@pytest.mark.parametrize(
    "alt", [sway.SWAY_ALT, sway.TRACES_ALT, stability.STABILITY_ALT, stance.STANCE_ALT]
)
def test_alternative_texts_say_enough(alt: str) -> None:
    assert figures.check_alt(alt) == alt


# --- What the lesson reads aloud ----------------------------------------------------------------


def test_the_path_grows_with_the_time_and_the_speed_does_not() -> None:
    short, long = (sway.sway_measures("eyes open", seconds) for seconds in (10, 60))
    assert (round(short.path), round(long.path)) == (94, 571)
    assert (round(short.velocity, 1), round(long.velocity, 1)) == (9.4, 9.5)


def test_the_mean_becomes_certain_and_the_spread_stays() -> None:
    short, long = (sway.sway_map("eyes open", seconds)[1] for seconds in (10, 60))
    assert "prediction ellipse 469 mm², confidence ellipse of the mean 39 mm²" in short
    assert "prediction ellipse 360 mm², confidence ellipse of the mean 6 mm²" in long
    foam = sway.sway_map("foam, eyes closed")[1]
    assert "prediction ellipse 7079 mm²" in foam  # about twenty times 360


def test_the_recordings_shown_are_typical_of_their_condition() -> None:
    for name, condition in CONDITIONS.items():
        runs = [record(condition, seed).pressure[:, 0].std() for seed in range(12)]
        # One run strays by a fifth, so the mean of twelve is known to 6 %; twice that.
        assert sway.sway_measures(name).rms_ap == pytest.approx(np.mean(runs), rel=0.12)


def test_the_pressure_goes_farther_than_the_mass() -> None:
    reading = sway.pressure_and_mass()[1]
    assert "pressure went 110 mm back and forth, the centre of mass 32 mm" in reading


def test_the_best_stiffness_and_the_fall_come_sooner_with_a_longer_delay() -> None:
    found = {delay: stability.least_sway(delay / 1000) for delay in (150, 200, 250, 300)}
    assert found[150] == pytest.approx((2.34, 2.03, 2.52), abs=0.006)
    assert found[200] == pytest.approx((1.71, 3.75, 1.82), abs=0.006)
    assert found[250] == pytest.approx((1.37, 7.05, 1.43), abs=0.006)
    assert found[300] == pytest.approx((1.18, 14.5, 1.20), abs=0.03)
    assert stability.least_sway(0.4) is None


@pytest.mark.parametrize("delay", range(100, 400, 50))
def test_the_stiffness_at_which_the_body_falls_is_where_stability_ends(delay: int) -> None:
    best = stability.least_sway(delay / 1000)
    assert best is not None
    assert is_stable(best[2] * TOPPLING, stability.DAMPING, delay / 1000)
    if best[2] < stability.STIFFEST:
        assert not is_stable((best[2] + 0.01) * TOPPLING, stability.DAMPING, delay / 1000)


def test_each_place_on_the_map_is_read_aloud() -> None:
    assert "sways by 5.6 mm" in stability.stability_map(150, 1.4)[1]
    assert float(expected_sway(1.4 * TOPPLING, 300, 0.15, 1.75)) == pytest.approx(5.64, abs=0.01)
    assert "gravity is stronger than the ankles" in stability.stability_map(150, 0.95)[1]
    assert "each swing is larger" in stability.stability_map(200, 2.2)[1]
    assert "no stiffness would hold it" in stability.stability_map(400, 1.4)[1]


def test_the_title_finds_a_stiffness_that_is_best() -> None:
    titles = {d: stability.stability_map(d, 1.4)[0].get_suptitle() for d in (120, 200, 400)}
    assert titles[120] == "So quick an answer bears every stiffness that is drawn here"
    assert titles[200] == "Steadiest at 1.71 times gravity; from 1.82 on the body falls"
    assert titles[400].startswith("So late an answer cannot")


def test_where_the_body_falls_the_sway_leaves_the_picture() -> None:
    for delay in (150, 200, 250, 300):
        line = stability.stability_map(delay, 1.1)[0].axes[1].lines[0]
        assert np.asarray(line.get_ydata())[-1] > stability.TALLEST


@pytest.mark.parametrize("delay", [0.1, 0.15, 0.2, 0.3, 0.4, 0.44])
def test_the_outline_on_the_map_is_where_standing_ends(delay: float) -> None:
    stiffness, damping = stability.patch_outline(delay)
    assert len(stiffness) > 20
    assert stiffness[-1] == 1  # the left side of the patch is where gravity is just balanced
    inside = stiffness > 1.00001
    found = critical_delay(stiffness[inside] * TOPPLING, damping[inside])
    np.testing.assert_allclose(found, delay, rtol=1e-6)
    middle = (damping[0] + damping[-1]) / 2
    assert is_stable(1.00001 * TOPPLING, middle, delay)


def test_no_outline_is_left_beyond_the_longest_delay() -> None:
    assert stability.patch_outline(0.46)[0].size == 0


def test_words_on_the_map_stay_clear_of_the_mark_and_of_the_patch() -> None:
    for delay, stiffness in [(100, 0.9), (110, 3.0), (120, 2.9), (130, 2.0), (150, 0.9)]:
        fig = stability.stability_map(delay, stiffness)[0]
        canvas: Any = FigureCanvasAgg(fig)
        canvas.draw()
        ax = fig.axes[0]
        words = {t.get_text(): t.get_window_extent() for t in ax.texts if t.get_text()}
        mark = ax.transData.transform((stiffness, stability.DAMPING))
        for text, box in words.items():
            if text == "stands":
                continue
            assert not box.padded(8).contains(*mark), (delay, text)
            x, y = ax.transData.inverted().transform((box.x0, box.y0))
            assert not is_stable(x * TOPPLING, y, delay / 1000), (delay, text)


def test_what_was_not_recorded_is_refused() -> None:
    with pytest.raises(ValueError, match="blindfold is not among the conditions"):
        sway.sway_map("blindfold")
    with pytest.raises(ValueError, match="5 s were not recorded"):
        sway.sway_map("eyes open", 5)


@pytest.mark.parametrize(
    "show", [sway.explore_sway, sway.show_pressure_and_mass, stability.explore_stability]
)
def test_each_picture_is_displayed_with_its_words(
    show: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    show()
    assert "<figcaption>" in bundles[0]["text/html"]
    assert len(bundles[0]["text/plain"]) > 100


# --- The stopwatch ------------------------------------------------------------------------------


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def timed(watch: stance.Stopwatch, clock: Clock, seconds: float) -> None:
    watch.press()
    clock.now += seconds
    watch.press()


def test_three_tries_are_timed_and_drawn(clock: Clock) -> None:
    watch = stance.Stopwatch(clock)
    assert "These are invented; yours take their place." in watch.reading
    before = watch._picture.value
    for seconds in (14, 22, 17):
        timed(watch, clock, seconds)
    assert watch.tries == [14, 22, 17]
    assert watch.reading.startswith("Your tries: 14.0, 22.0, 17.0 s. Mean 17.7 s")
    assert watch._picture.value != before
    assert watch.reading.split(".")[0] in watch._sentence.value


def test_the_button_says_what_it_will_do(clock: Clock) -> None:
    watch = stance.Stopwatch(clock)
    said, shown = [watch._button.description], []
    for _ in range(2):
        watch._button.click()
        clock.now += 5
        said.append(watch._button.description)
        shown.append("animation" in watch._sentence.value)
    assert said == ["Start", "Stop", "Start the next try"]
    assert shown == [True, False]  # a bar fills while the time runs
    watch._clear.click()
    assert (watch._button.description, watch.tries) == ("Start", [])


def test_a_forgotten_stopwatch_counts_sixty_seconds(clock: Clock) -> None:
    watch = stance.Stopwatch(clock)
    timed(watch, clock, 3600)
    assert watch.tries == [60]
    timed(watch, clock, 20)
    assert "could have been longer" in watch.reading


def test_a_double_click_is_a_short_try_and_no_fault(clock: Clock) -> None:
    watch = stance.Stopwatch(clock)
    timed(watch, clock, 0)
    assert watch.tries == [0.1]


def test_forgetting_while_the_time_runs_leaves_no_try(clock: Clock) -> None:
    watch = stance.Stopwatch(clock)
    watch.press()
    watch.clear()
    assert watch.tries == []
    assert watch.started is None


def test_the_first_tries_make_room_for_new_ones(clock: Clock) -> None:
    watch = stance.Stopwatch(clock)
    for seconds in range(1, 8):
        timed(watch, clock, seconds)
    assert watch.tries == [3, 4, 5, 6, 7]


def test_safety_stands_with_the_button_and_without_it(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = stance.Stopwatch(clock).bundle()
    assert "application/vnd.jupyter.widget-view+json" in full

    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    bare = stance.Stopwatch(clock)
    assert bare.box is None
    timed(bare, clock, 12)
    assert bare.tries == [12]
    for bundle in (full, bare.bundle()):
        for words in ("Beside a wall", "at 60 seconds", "fall easily", "Nobody is diagnosed"):
            assert words in bundle["text/html"]
            assert words in bundle["text/plain"]


def test_times_from_a_watch_are_drawn_too(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    stance.show_stance(seconds=12.5)
    stance.time_stance()
    assert "Your try: 12.5 s" in bundles[0]["text/html"]
    assert "14.0, 22.0, 17.0" in bundles[1]["text/html"]


@pytest.mark.parametrize(
    ("tries", "words"),
    [
        ([], "0 tries: give one to 5"),
        ([1] * 6, "6 tries"),
        (0, "a time is a number of seconds above 0"),
        (float("nan"), "nan: a time"),
        ("12", "'12': a time"),
        ([12, True], "True: a time"),
    ],
)
def test_times_that_cannot_be_say_why(tries: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        stance.stance_line(tries)


def test_times_of_numpy_are_read(clock: Clock) -> None:
    assert "12.5" in stance.stance_line(list(np.array([12.5, 14])))[1]
