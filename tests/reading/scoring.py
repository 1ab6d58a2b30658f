"""Scores of read pages against labelled ones: the product's own, as ``bin/luodi report`` prints them."""

from __future__ import annotations

from luodi.reading.scoring import Scores, dice, match, same_owner, score_page

__all__ = ["Scores", "dice", "match", "same_owner", "score_page"]
