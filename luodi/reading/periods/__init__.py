"""Stretches of time named in running text, as closed intervals of days."""
