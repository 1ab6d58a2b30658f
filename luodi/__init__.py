"""Luodi 落地: what a district said it would do becomes a row with a source, an owner and a date."""
