import numpy as np

from course.publish.solutions import alternative, reference, wrong

DOUBLE = "small-function"


@reference(DOUBLE)
def double(number):
    return number + number


@alternative(DOUBLE)
def times_two(number):
    return np.float64(2 * number)


@alternative(DOUBLE)
def shifted(number):
    return number << 1


@wrong(DOUBLE, belief="squared", earns=0.4)
def squared(number):
    return number * number


@wrong(DOUBLE, belief="same", earns=0.2)
def unchanged(number):
    return number


@wrong(DOUBLE, belief="plus-two", earns=0.2)
def plus_two(number):
    return number + 2
