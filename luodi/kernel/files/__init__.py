"""Kept bytes, by their hash."""
