"""Names of things and people: what sets a proper name apart from a class of work."""
