"""Commitments as staff see them: my unit's, worst first; reporting, verifying, changing."""
