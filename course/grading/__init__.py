"""From a handed-in notebook to marks and feedback, through nbgrader's gradebook.

``hand_in`` files a notebook, ``register`` puts a lesson into the gradebook, ``submission`` and
``repair`` make any file gradable, ``nbg`` holds the seams that nbgrader calls, ``batch`` grades a
class, ``outcome`` reads back what somebody got and why, ``feedback``, ``explain`` and ``export``
tell it to the learner, the instructor and the spreadsheet. ``demo`` is a class that shows it all.

A learner's cells run in an ordinary kernel here, with the rights of whoever grades.
"""
