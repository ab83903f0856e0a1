"""From a lesson's text to the notebooks that learners and instructors open."""
