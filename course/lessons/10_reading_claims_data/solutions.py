"""Code answers of lesson 10: reference, other right answers, and wrong ones with their belief."""

from fractions import Fraction

from course.publish.solutions import alternative, reference, wrong

FLAGS = "share-of-true-flags"


@reference(FLAGS)
def true_share(wrong, caught, others):
    true = wrong * caught
    false = (100 - wrong) * others
    return 100 * true / (true + false)


@alternative(FLAGS)
def among_a_million(wrong, caught, others):
    guilty = 10_000 * wrong
    true = guilty * caught // 100
    false = (1_000_000 - guilty) * others // 100
    return true / (true + false) * 100


@alternative(FLAGS)
def with_odds(wrong, caught, others):
    if others == 0 or wrong == 100:
        return 100
    odds = Fraction(wrong, 100 - wrong) * Fraction(caught, others)
    return float(100 * odds / (1 + odds))


@wrong(FLAGS, belief="sensitivity", earns=0)
def the_sensitivity(wrong, caught, others):
    return caught


@wrong(FLAGS, belief="specificity", earns=0.1)
def the_specificity(wrong, caught, others):
    return 100 - others


@wrong(FLAGS, belief="prevalence", earns=0.2)
def the_prevalence(wrong, caught, others):
    return wrong


@wrong(FLAGS, belief="unweighted", earns=0.2)
def shares_compared(wrong, caught, others):
    return 100 * caught / (caught + others)


@wrong(FLAGS, belief="of-everyone", earns=0)
def of_all_providers(wrong, caught, others):
    return wrong * caught / 100
