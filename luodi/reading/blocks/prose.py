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
# 续建项目31个, one of several lines that tell a number and no more
_COUNTS = re.compile(
    r"[\u4e00-\u9fff“”\"（()）\d、—-]*[\u4e00-\u9fff]{3,}(?:约|近|超|达)?\d[\d,.]*(?:余|多)?[万亿]?(?:余|多)?"
    r"(?:元|个|公里|千米|家|所|座|%|项|套|户|名|人次?|亩|平方米|吨|辆|处|条|部|张)(?:以上)?"
)
_FEWEST_COUNTS = 3
_SENTENCE, _SHORT_SENTENCE = 12, 6
BODY_KINDS = frozenset({"paragraph", "question", "answer", "list_item", "table_row", "heading"})


def is_running_text(line: Line) -> bool:
    """A sentence at least: it ends like one, or is long and has commas."""
    if len(line.text) >= _SENTENCE and _END.search(line.text):
        return True
    if len(line.text) >= _SHORT_SENTENCE and line.text[-1] in "。；;" and _AMOUNT.search(line.text):
        return True  # 改造公厕20座。
    return len(line.text) >= 40 and len(_MARK.findall(line.plain)) >= 2


def mark(lines: list[Line]) -> None:
    """Undecided running text becomes a paragraph, and so do lines that tell a number, where there are several."""
    counts: list[Line] = []
    for line in lines:
        if line.kind is None and is_running_text(line):
            line.decide("paragraph", "running_text")
        elif line.kind is None and len(line.text) <= _SHORT_LINE and _COUNTS.fullmatch(line.plain):
            counts.append(line)
    if len(counts) >= _FEWEST_COUNTS:
        for line in counts:
            line.decide("paragraph", "short_line")


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
