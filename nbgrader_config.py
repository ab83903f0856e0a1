"""nbgrader reads only this file; the settings stand in grader_config.py."""

c = get_config()  # noqa: F821
load_subconfig("grader_config.py")  # noqa: F821
