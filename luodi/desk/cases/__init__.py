"""Cases of every kind at the desk: one by one, and many at a time."""
