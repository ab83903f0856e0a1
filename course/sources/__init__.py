"""What the course says, on whose word, how sure it is, and as of when."""
