"""Pictures of claims data: what they say is what was counted, and nothing is cut or hidden."""

from itertools import product
from typing import Any

import IPython.display
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from course import figures
from course.pictures import claims
from course.pictures.claims import flag_worth, funnel, shrinkage
from tests.legible import assert_legible, drawn_texts

FUNNELS = list(product(claims.NAMED, claims.PEERS, (False, True)))
SCREENS = [(2, 80, 5), (0, 80, 5), (2, 80, 0), (0, 0, 0), (50, 100, 30), (1, 100, 1)]


def markers(fig: Figure) -> list[Any]:
    """Return the places of each kind of marker in the first axes, in the order of drawing."""
    found: Any = fig.axes[0].findobj(PathCollection)
    return [points.get_offsets() for points in found]


@pytest.mark.parametrize(("code", "peers", "chance"), FUNNELS)
def test_the_funnel_counts_its_triangles(code: str, peers: str, chance: bool) -> None:
    fig, reading = funnel(code, peers, chance)
    inside, above, below = map(len, markers(fig))
    assert reading.startswith(f"{inside + above + below} simulated providers")
    assert f"{above} lie" in reading
    assert f"{below} lie" in reading
    assert fig.axes[0].get_title(loc="left").startswith(f"{above} of {inside + above + below} ")
    assert_legible(fig)


def test_chance_alone_puts_more_providers_beyond_the_limits() -> None:
    for code, peers in product(claims.NAMED, claims.PEERS):
        wide, narrow = (funnel(code, peers, chance)[0].axes[0] for chance in (False, True))
        counts = [int(ax.get_title(loc="left").split()[0]) for ax in (wide, narrow)]
        assert counts[0] < counts[1]


def test_the_funnel_of_everybody_is_as_the_lesson_tells_it() -> None:
    fig, _ = funnel(peers="everybody")
    assert fig.axes[0].get_title(loc="left").startswith("4 of 347 ")
    assert "mean 1.25" in [text.get_text() for text in drawn_texts(fig)]


def test_what_is_not_in_the_menus_is_refused() -> None:
    with pytest.raises(ValueError, match="no funnel for 97140"):
        funnel("97140")
    with pytest.raises(ValueError, match="no peers 'mine'"):
        funnel(peers="mine")


def test_every_shrunk_rate_lies_between_the_raw_one_and_the_mean() -> None:
    fig, reading = shrinkage()
    squares, circles = (places[:, 0] for places in markers(fig))
    assert (squares < circles).all()
    assert (squares > 1.29).all()
    assert "13 patients: 3.63 units a day, shrunk 2.42, place 5" in reading
    rows = [label.get_text() for label in fig.axes[0].get_yticklabels()]
    assert (rows[1], rows[4]) == ("2. 74 patients", "5. 249 patients")
    assert_legible(fig)


@pytest.mark.parametrize("shares", SCREENS)
def test_every_provider_stands_in_the_grid_once(shares: tuple[int, int, int]) -> None:
    fig, reading = flag_worth(*shares)
    counts = [len(places) for places in markers(fig)]
    assert sum(counts[:4]) == 1000
    assert counts[4:] == [counts[0], counts[2]]  # a dot or a cross for each flag
    assert f"{counts[0] + counts[2]} in all" in reading
    assert_legible(fig)


def test_the_example_of_the_lesson_is_drawn_as_told() -> None:
    fig, reading = flag_worth(2, 80, 5)
    assert fig.axes[0].get_title(loc="left") == "16 of 65 flags are true: 25%"
    assert "flags 16 of the first and 49 of the others, 65 in all" in reading
    assert flag_worth(0, 0, 0)[0].axes[0].get_title(loc="left") == "Nobody is flagged"


def test_the_share_in_the_title_is_not_spoilt_by_whole_providers() -> None:
    # 22.5 of 30 are caught and 97 others flagged: 22 of 119 would read 18 %, the share is 19 %.
    assert flag_worth(3, 75, 10)[0].axes[0].get_title(loc="left").endswith("true: 19%")


def test_counts_that_do_not_make_the_share_are_said_to_be_about_so() -> None:
    # 5 of 14.9 are 34 %, and the 5 of 15 that are drawn would be 33 %.
    fig, reading = flag_worth(1, 50, 1)
    assert fig.axes[0].get_title(loc="left") == "About 5 of 15 flags are true: 34%"
    assert "flags about 5 of the first" in reading


def test_alternative_texts_say_enough() -> None:
    for alt in (claims.FUNNEL_ALT, claims.SHRINK_ALT, claims.WORTH_ALT):
        assert figures.check_alt(alt) == alt


def test_what_lessons_call_shows_a_picture_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, raw: bundles.append(bundle))
    for shown in (claims.explore_funnel, claims.show_shrinkage, claims.explore_flag):
        shown()
    for bundle, alt in zip(
        bundles, (claims.FUNNEL_ALT, claims.SHRINK_ALT, claims.WORTH_ALT), strict=True
    ):
        assert bundle["text/plain"].startswith(alt)
        assert "<figure" in bundle["text/html"]


def test_pictures_are_repeatable_and_small_enough_to_travel() -> None:
    draws: list[Any] = [funnel, shrinkage, flag_worth]
    for draw in draws:
        data = figures.png(draw()[0])
        assert data == figures.png(draw()[0])
        assert len(data) < 120_000
