"""Code answers: for each function question a reference, two alternatives, three wrong ones."""

import numpy as np

from course.publish.solutions import alternative, reference, wrong

LENGTHS = "do-the-lengths-pass"
CONSTANT = "same-word-in-every-row"


# The reference gives the expected values, and stands in the instructor's notebook.
@reference(LENGTHS)
def verdict(lengths):
    most = 1.6 * min(lengths) + 8
    return "passes" if max(lengths) <= most else "stopped"


# Alternatives must earn everything: another way, other types, other spelling.
@alternative(LENGTHS)
def one_by_one(lengths):
    shortest = sorted(lengths)[0]
    return "Passes " if all(5 * n <= 8 * shortest + 40 for n in lengths) else "STOPPED"


@alternative(LENGTHS)
def with_numpy(lengths):
    counted = np.array(lengths)
    return np.where(counted.max() - 1.6 * counted.min() > 8, "stopped", "passes")[()]


# A wrong answer names a belief of its key, and states the share of the cases it gets right.
@wrong(LENGTHS, belief="margin-alone", earns=0.625)
def eight_more(lengths):
    return "passes" if max(lengths) <= min(lengths) + 8 else "stopped"


@wrong(LENGTHS, belief="factor-alone", earns=0.75)
def no_margin(lengths):
    return "passes" if max(lengths) <= 1.6 * min(lengths) else "stopped"


@wrong(LENGTHS, belief="from-the-mean", earns=0.5)
def against_the_mean(lengths):
    most = 1.6 * sum(lengths) / len(lengths) + 8
    return "passes" if max(lengths) <= most else "stopped"


@reference(CONSTANT)
def best_constant(key):
    return max(key.count(word) for word in key)


@alternative(CONSTANT)
def by_runs(key):
    best = run = 0
    before = None
    for word in sorted(key):
        run = run + 1 if word == before else 1
        best, before = max(best, run), word
    return best


@alternative(CONSTANT)
def counted_with_numpy(key):
    return np.unique(key, return_counts=True)[1].max()


@wrong(CONSTANT, belief="first-word", earns=0.5)
def of_the_first(key):
    return key.count(key[0])


@wrong(CONSTANT, belief="different-words", earns=0.17)
def how_many_words(key):
    return len(set(key))


@wrong(CONSTANT, belief="half-of-them", earns=0.33)
def half(key):
    return len(key) // 2
