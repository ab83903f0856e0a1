"""A course in notebooks on neuromuscular re-education: its lessons and its machinery."""
