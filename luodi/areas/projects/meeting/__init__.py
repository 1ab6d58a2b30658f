"""The dispatch meeting: what it is to speak of, in which order and why, and what it decided."""
