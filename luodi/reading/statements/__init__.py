"""Checkable promises, results and states, each with its span and the rule that found it."""
