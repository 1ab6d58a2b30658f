"""A place named only by its bare stem (…代表团, 为…发展): told by the company it keeps, and by how often.

Used where no full name decides. The suffix is read off what the text calls the place (大市, 名城, 我县, 全区); a guess
by grammar, so it is wrong where a text speaks of a famous county as 名城.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.reading.blocks.kinds import Block
from luodi.reading.names.find import proper_part

_RIGHT = re.compile(
    r"(?=(?P<stem>[\u4e00-\u9fff]{2})(?P<side>代表团|经济社会|经济|高质量|工业|农业|城市|文旅|要|将|的名片|最|发展|"
    r"实际|在全|市民|人民|儿女|大地|篇章|力量|样板|特色|段|建设|实现|湿地|全域|新篇|故事|精神|答卷|实践|路径))"
)
_LEFT = re.compile(
    r"(?=(?P<side>所在的|为|把|让|在|到|来|赴|要求|推动|建设|现代化|出彩|绘就|书写|谱写|走进|成为|助力|融入|了解|"
    r"过去一年|一年来|落户|扎根|平安|健康|美丽|幸福|魅力|’|”|是|区|"
    r"局)(?P<stem>[\u4e00-\u9fff]{2})(?![区县市镇乡旗]))"
)
_CALLED = {
    "市": re.compile(r"全市|我市|名城|大市|强市|地级市|城市|代表团"),
    "县": re.compile(r"全县|我县|县域|强县|大县|县城"),
    "区": re.compile(r"全区|我区|强区|新区"),
}
# characters that stems do not have and words often do
_WORD = re.compile(
    r"[的了是在和与及为把将被对从向到以等个这那我你他她们各每全更最也都就还又很并使让要有会能可应须已经正且或不没无多少第次条项件家所位们书记任表导干群众企]"
)
_FEWEST, _FEWEST_SIDES = 4, 4
_READ = 60_000
_BODY = ("title", "paragraph", "question", "answer", "list_item", "heading")


@dataclass(frozen=True, slots=True)
class Region:
    """A place's full name, the rule that decided and where it is named."""

    name: str
    rule: str
    start: int
    stop: int


def bare_place(text: str, blocks: Sequence[Block]) -> Region | None:
    """The bare stem that keeps most company of a place's, with the suffix the text gives it."""
    sides: defaultdict[str, set[str]] = defaultdict(set)
    hits: Counter[str] = Counter()
    called: Counter[str] = Counter()
    read = 0
    for block in blocks:
        if block.kind not in _BODY or read > _READ:
            continue
        read += block.stop - block.start
        piece = text[block.start : min(block.stop, block.start + _READ)]
        for mark, pattern in (("-", _RIGHT), ("", _LEFT)):
            for found in pattern.finditer(piece):
                sides[found["stem"]].add(mark + found["side"])
                hits[found["stem"]] += 1
        for suffix, pattern in _CALLED.items():
            called[suffix] += len(pattern.findall(piece))
    named = [
        stem
        for stem, seen in sides.items()
        if len(seen) >= _FEWEST_SIDES and text.count(stem) >= _FEWEST and _is_name(stem)
    ]
    if not named:
        return None
    stem = max(named, key=lambda s: (len(sides[s]), hits[s], s))
    suffix = max(_CALLED, key=lambda s: (called[s], s == "市"))
    at = text.find(stem)
    return Region(stem + suffix, "region_bare_name", at, at + len(stem))


def _is_name(stem: str) -> bool:
    return proper_part(stem) == stem and not _WORD.search(stem)
