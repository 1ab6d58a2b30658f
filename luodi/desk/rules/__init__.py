"""The rules in force: what they set, by which law, how far to trust them, and the district's own."""
