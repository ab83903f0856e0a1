"""A map of the words that are taken for neuromuscular re-education.

Nine words in three columns: what is done, what changes, nerve and muscle. A solid arrow says
in words how two things are related; a dashed line joins two words that are mixed up. The map is
the authors' own; what each word means is in the course's glossary.
"""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from course import figures

ALL = "all nine words"

MAP_ALT = (
    "Map of nine words in three columns. Left, what is done: neuromuscular therapy, which is not "
    "neuromuscular re-education; re-education, which retrains neuromuscular control and works "
    "through motor learning; NEMEX, which is narrower than re-education and also trains control. "
    "Middle, what changes: repatterning, a loose word near motor learning and not recruitment; "
    "motor learning, which is not activation; neuromuscular control. Right, nerve and "
    "muscle: recruitment, which is part of activation; activation, which serves control when it "
    "is well timed; the neuromuscular junction, which hands on the command for activation and "
    "is not control. Solid arrows are links, dashed lines are confusions."
)
CAPTION = (
    "The words of this lesson and how they hang together: our own map. "
    "Choose a word to see what it is linked with."
)


@dataclass(frozen=True)
class Word:
    """One box of the map: what stands in it, its place, and what is said of it when chosen."""

    lines: str
    kind: str
    column: int
    row: int
    reading: str


@dataclass(frozen=True)
class Link:
    """A line from one word to another, with the relation in words; dashed if it says 'is not'."""

    start: str
    end: str
    words: str

    @property
    def denies(self) -> bool:
        """Whether the two words are mixed up, rather than linked."""
        return self.words.startswith("is not")


WORDS = {
    "neuromuscular therapy": Word(
        "neuromuscular\ntherapy", "a massage method", 0, 0,
        "Neuromuscular therapy is a massage method that a practitioner applies by hand. It is "
        "confused with re-education because the names sound alike, but in re-education the "
        "patient does the work.",
    ),
    "neuromuscular re-education": Word(
        "neuromuscular\nre-education", "a family of treatments", 0, 1,
        "Neuromuscular re-education is a family of treatments: it retrains control, and it works "
        "through motor learning. It is confused with therapy, which is massage. NEMEX, "
        "which is narrower, and control, the ability that it trains, are easily confused with it "
        "too.",
    ),
    "NEMEX": Word(
        "NEMEX", "exercise programmes", 0, 2,
        "NEMEX is a group of named exercise programmes, which also train control. It is easily "
        "confused with exercise of every sort and with re-education, and is narrower than both.",
    ),
    "repatterning": Word(
        "repatterning", "a trade word", 1, 0,
        "Repatterning is a trade word for changing how movements are coordinated, without an "
        "agreed measure. It is confused with recruitment, which is measured in motor units, and "
        "lies nearer to motor learning.",
    ),
    "motor learning": Word(
        "motor learning", "a change that lasts", 1, 1,
        "Motor learning is a change in the ability to move that comes from practice and lasts. "
        "It is confused with activation, which comes and goes with every effort.",
    ),
    "neuromuscular control": Word(
        "neuromuscular\ncontrol", "an ability", 1, 2,
        "Neuromuscular control is an ability: muscles are readied and answer, unasked, so that a "
        "joint stays stable. It is confused with the junction, which is a place. "
        "Re-education, the treatment that retrains it, is easily confused with it too.",
    ),
    "recruitment": Word(
        "recruitment", "a process", 2, 0,
        "Recruitment is the switching on of motor units, small ones first; it is part of "
        "activation. It is confused with repatterning, which has no agreed measure.",
    ),
    "activation": Word(
        "activation", "a state of a muscle", 2, 1,
        "Activation is how far the motor units of a muscle are switched on and firing at this "
        "moment; well timed, it serves control. It is confused with motor learning, which lasts.",
    ),
    "neuromuscular junction": Word(
        "neuromuscular\njunction", "a place", 2, 2,
        "The neuromuscular junction is a place: there a nerve ending drives one muscle fibre, and "
        "so the command for activation is handed on. It is confused with control, which is an "
        "ability.",
    ),
}  # fmt: skip

LINKS = (
    Link("neuromuscular therapy", "neuromuscular re-education", "is not"),
    Link("NEMEX", "neuromuscular re-education", "is narrower\nthan"),
    Link("neuromuscular re-education", "motor learning", "works\nthrough"),
    Link("neuromuscular re-education", "neuromuscular control", "retrains"),
    Link("NEMEX", "neuromuscular control", "also\ntrains"),
    Link("repatterning", "motor learning", "is a loose\nword near"),
    Link("repatterning", "recruitment", "is not"),
    Link("motor learning", "activation", "is not"),
    Link("recruitment", "activation", "is part of"),
    Link("activation", "neuromuscular control", "when well timed,\nserves"),
    Link("neuromuscular junction", "activation", "hands on the\ncommand for"),
    Link("neuromuscular junction", "neuromuscular control", "is not"),
)

COLUMNS = ("What is done", "What changes", "Nerve and muscle")
FILLS = ("#FBE3B5", "#D6EEDF", "#CFE6F5")  # pale orange, green and blue; the columns say the same

# Places in units of a hundredth of the picture's width; the y axis points up.
WIDTH, HEIGHT = 100.0, 80.0
CENTRES_X = (13.5, 50.0, 86.5)
CENTRES_Y = (64.0, 37.5, 8.5)
HALF_WIDTH, HALF_HEIGHT = 11.8, 7.0


# --- The map ---------------------------------------------------------------------------------


def word_map(word: str = ALL) -> tuple[Figure, str]:
    """Draw the map, with one word and its links brought out if it is named.

    Returns the figure, and in words what the chosen word is and what it is confused with.
    """
    if word != ALL and word not in WORDS:
        raise ValueError(f"{word} is not on the map. Choose one of: {', '.join(WORDS)}.")
    fig, ax = figures.figure(7.0, 5.6)
    fig.set_layout_engine("none")  # a fixed place is quicker than a computed one
    ax.set_position((0.0, 0.0, 1.0, 1.0))
    ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))
    ax.set_axis_off()
    for heading, x in zip(COLUMNS, CENTRES_X, strict=True):
        ax.text(x, HEIGHT - 3.5, heading, ha="center", va="center", weight="bold", size=11)
    near = {word} | {
        end for link in LINKS if _touches(link, word) for end in (link.start, link.end)
    }
    for link in LINKS:
        _draw_link(ax, link, chosen=_touches(link, word), whole=word == ALL)
    for name in WORDS:
        _draw_word(ax, name, chosen=name == word, faint=word != ALL and name not in near)
    return fig, _reading(word)


def explore_words() -> None:
    """Show the map with a menu of its words."""
    figures.explore(
        word_map,
        MAP_ALT,
        CAPTION,
        word=figures.Choice("Word", {name: name for name in (ALL, *WORDS)}),
    )


def _reading(word: str) -> str:
    if word != ALL:
        return WORDS[word].reading
    denied = sum(link.denies for link in LINKS)
    return (
        f"{len(WORDS)} words: {len(LINKS) - denied} solid arrows say how two things are "
        f"related, {denied} dashed lines join words that are mixed up."
    )


def _touches(link: Link, word: str) -> bool:
    return word in (link.start, link.end)


# --- Boxes and lines -------------------------------------------------------------------------


def _centre(word: str) -> tuple[float, float]:
    return CENTRES_X[WORDS[word].column], CENTRES_Y[WORDS[word].row]


def _draw_word(ax: Axes, name: str, *, chosen: bool, faint: bool) -> None:
    """Draw one box: the word in bold, and under it what sort of thing it is."""
    word, (x, y) = WORDS[name], _centre(name)
    box = FancyBboxPatch(
        (x - HALF_WIDTH, y - HALF_HEIGHT), 2 * HALF_WIDTH, 2 * HALF_HEIGHT,
        boxstyle="round,pad=0,rounding_size=1.8",
        facecolor=figures.YELLOW if chosen else "white" if faint else FILLS[word.column],
        edgecolor=figures.BLACK if not faint else figures.GREY,
        linewidth=3.5 if chosen else 0.9 if faint else 1.3, zorder=3,
    )  # fmt: skip
    ax.add_artist(box)
    colour = figures.GREY if faint else figures.BLACK
    lines = word.lines.count("\n") + 1
    ax.text(x, y + 2.3, word.lines, ha="center", va="center", linespacing=1.15, size=10.5,
            weight="normal" if faint else "bold", color=colour, zorder=4)  # fmt: skip
    ax.text(x, y - (4.2 if lines == 2 else 2.6), word.kind, ha="center", va="center", size=9.5,
            style="italic", color=colour, zorder=4)  # fmt: skip


def _draw_link(ax: Axes, link: Link, *, chosen: bool, whole: bool) -> None:
    """Draw one line between the edges of two boxes, with its words in the middle."""
    (x0, y0), (x1, y1) = _edges(link)
    strong = chosen or whole
    colour = figures.BLACK if strong else "0.62"
    arrow = FancyArrowPatch(
        (x0, y0), (x1, y1),
        arrowstyle="-" if link.denies else "-|>,head_length=5,head_width=3",
        linestyle=(0, (4, 3)) if link.denies else "-",
        linewidth=2.6 if chosen else 1.5 if whole else 1.0,
        color=colour, shrinkA=0, shrinkB=1, zorder=1,
    )  # fmt: skip
    ax.add_artist(arrow)
    flat = y0 == y1  # the words stand over a short line, and in the middle of a long one
    ax.text(
        (x0 + x1) / 2, (y0 + y1) / 2 + 0.9 * flat, link.words, ha="center",
        va="bottom" if flat else "center", size=9.5, linespacing=1.1,
        weight="bold" if chosen else "normal",
        color=figures.BLACK if strong else figures.GREY, zorder=2,
        bbox={"boxstyle": "square,pad=0.12", "facecolor": "none" if flat else "white",
              "edgecolor": "none"},
    )  # fmt: skip


def _edges(link: Link) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where a line leaves the first box and meets the second."""
    (x0, y0), (x1, y1) = _centre(link.start), _centre(link.end)
    right, up = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
    if right and up:  # a slanting line runs from the lower corner to the top of the other box
        return (x0 + right * HALF_WIDTH * 0.75, y0 + up * HALF_HEIGHT), (
            x1 - right * HALF_WIDTH * 0.45, y1 - up * HALF_HEIGHT)  # fmt: skip
    return (x0 + right * HALF_WIDTH, y0 + up * HALF_HEIGHT), (
        x1 - right * HALF_WIDTH, y1 - up * HALF_HEIGHT)  # fmt: skip
