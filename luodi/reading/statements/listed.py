"""A bare list of projects: each point is the name of one and nothing else, so that the list itself says what is to be built."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.reading.blocks.find import Block

_LONGEST = 60
_FEWEST = 3
_SENTENCE = re.compile(r"[。；;：:](?=.)")
_PROJECT = re.compile(
    r"(?:建设|改造|扩建|新建|迁建|续建|整治|提升|治理|修复|完善|硬化|配套|示范|铺设|拓宽|加固|更新|安装|绿化|亮化|桥梁|道路|管网)"
    r"[^，,。；;]{0,12}(?:项目|工程)(?:[（(][^（()）]{1,20}[）)])?[。；;]?$"
)


def bare_lists(text: str, blocks: Sequence[Block]) -> frozenset[int]:
    """Where the points begin of every list of three or more that are names and no sentences."""
    found: set[int] = set()
    run: list[int] = []
    for block in [*blocks, None]:
        if block is not None and block.kind == "list_item" and _is_name(text, block):
            run.append(block.start)
            continue
        if len(run) >= _FEWEST:
            found.update(run)
        run = []
    return frozenset(found)


def is_project(words: str) -> bool:
    """Whether ``words`` name a work to be done: 城东污水管网改造工程."""
    return _PROJECT.search(words) is not None


def _is_name(text: str, block: Block) -> bool:
    return block.stop - block.start <= _LONGEST and _SENTENCE.search(text, block.start, block.stop) is None
