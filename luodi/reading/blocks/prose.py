"""Running text, and what is left when every other pass has decided."""

from __future__ import annotations

import re

from luodi.reading.blocks.lines import Line

_END = re.compile(r"[。！？!?；;…:：][”\"’）)」』]?$")
_MARK = re.compile(r"[,，、；;。:：]")
_AMOUNT = re.compile(r"\d")
_YEAR = re.compile(
    r"20\d\d年(?=(?:度|政府|主要|全年)*工作(?:回顾|总结|情况|安排|打算|计划|思路|要点|目标|任务|重点))"
)
_SHORT_LINE = 30
BODY_KINDS = frozenset({"paragraph", "question", "answer", "list_item", "table_row", "heading"})


def is_running_text(line: Line) -> bool:
    """A sentence at least: it ends like one, or is long and has commas."""
    if len(line.text) >= 12 and _END.search(line.text):
        return True
    return len(line.text) >= 40 and len(_MARK.findall(line.plain)) >= 2


def mark(lines: list[Line]) -> None:
    """Undecided running text becomes a paragraph; short lines stay open."""
    for line in lines:
        if line.kind is None and is_running_text(line):
            line.decide("paragraph", "running_text")


def mark_rest(lines: list[Line]) -> None:
    """Short lines inside the article: one before a paragraph is a heading without a number, others are text."""
    for at, line in enumerate(lines):
        if line.kind is not None:
            continue
        following = next((other for other in lines[at + 1 : at + 4] if other.kind != "furniture"), None)
        if (
            len(line.text) <= _SHORT_LINE
            and not _AMOUNT.search(_YEAR.sub("", line.text))
            and not _END.search(line.text)
            and following is not None
            and following.kind in ("paragraph", "list_item", "answer", "heading")
            and len(following.text) > len(line.text)
        ):
            line.decide("heading", "heading_bare", 1)
        else:
            line.decide("paragraph", "short_line")
