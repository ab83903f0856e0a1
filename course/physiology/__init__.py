"""What the lessons simulate and measure: nerve to muscle, balance, practice, outcomes."""
