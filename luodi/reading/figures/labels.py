"""Where names stand: short quotations (“6+3”) and titles in 《》, in which a numeral is part of the name.

Wrong for a quoted sentence shorter than ``LONGEST_LABEL`` that states a quantity; money, shares and scaled measures are
therefore let through elsewhere (``figure_stops.quoted_label``).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

LONGEST_LABEL = 14
LONGEST_TITLE = 60

_QUOTED = re.compile(rf"[“‘「『][^“”‘’「」『』\n。;；!！?？]{{1,{LONGEST_LABEL}}}[”’」』]")
_TITLED = re.compile(rf"[《〈][^《》〈〉\n]{{1,{LONGEST_TITLE}}}[》〉]")
_ANY = re.compile("[“‘「『《〈]")
_STRAIGHT = re.compile(r'"([^"\n]*+)"')

LabelKind = Literal["quote", "title"]


class Labels:
    """The label spans of one text, asked by position."""

    def __init__(self, text: str) -> None:
        spans: list[tuple[int, int, LabelKind]] = []
        if _ANY.search(text):
            spans += [(m.start(), m.end(), "quote") for m in _QUOTED.finditer(text)]
            spans += [(m.start(), m.end(), "title") for m in _TITLED.finditer(text)]
        if '"' in text:
            spans += [(m.start(), m.end(), "quote") for m in _STRAIGHT.finditer(text) if _short(m[1])]
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]

    def around(self, at: int) -> tuple[int, int, LabelKind] | None:
        """The innermost of the last two labels opened before ``at`` that still holds it."""
        if not self._starts:
            return None
        index = bisect_right(self._starts, at) - 1
        for start, stop, kind in self._spans[max(0, index - 1) : index + 1][::-1]:
            if start < at < stop:
                return start, stop, kind
        return None


def _short(inner: str) -> bool:
    return 0 < len(inner) <= LONGEST_LABEL and not any(mark in inner for mark in "。；;！？")
