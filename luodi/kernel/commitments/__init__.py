"""Promises: adopted, reported, verified, changed."""
