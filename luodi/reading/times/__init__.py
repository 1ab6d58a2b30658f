"""Every expression of time of a line: days, times of day, lengths, and what comes again and again."""
