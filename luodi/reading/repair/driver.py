"""Repair in order: is it damaged, by what process, and what do the bytes determine."""

from __future__ import annotations

from luodi.reading.edits import EditedText


def repair(source: str) -> EditedText:
    """The repaired text of ``source`` with every edit recorded; clean text comes back with no edits."""
    raise NotImplementedError
