"""Pictures that lessons share: each is drawn from a library function and read aloud in words.

A picture's function returns the figure and a sentence or two that say what it shows for the values
given, so that `figures.show` and `figures.explore` can use either.
"""
