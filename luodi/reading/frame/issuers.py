"""Who issued a notice or a report: in its byline, its title, or its signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.reading.blocks.kinds import Block

_ORGAN = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|人民代表大会常务委员会|人大常委会|管理委员会|管委会|委员会办公室|"
    r"委员会|办公室|工作领导小组办公室|领导小组办公室|领导小组|指挥部|局|中心)"
)
_LABEL = re.compile(
    r"(?:发布机构|发布单位|发文机关|发文单位|发文机构|制发机关|公开责任部门|"
    r"印发机关)\s*[:：]\s*(?P<name>[\u4e00-\u9fff]{3,30})(?![\u4e00-\u9fff]|\s*[:：])"
)
_TITLE = re.compile(
    rf"^[《【\s]*(?P<name>(?:中共)?[\u4e00-\u9fff、]{{2,30}}?{_ORGAN})\s*(?=关于|20\d\d年|印发|转发|公告|通告|"
    rf"[\u4e00-\u9fff]{{0,4}}工作报告)"
)
_LINE = re.compile(rf"^(?:中共)?[\u4e00-\u9fff]{{2,28}}{_ORGAN}$")


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuing body, where it is named and the rule that found it."""

    name: str
    rule: str
    start: int
    stop: int


def find_issuer(text: str, blocks: Sequence[Block]) -> Issuer | None:
    """The body a page is issued by, or ``None`` (news and interviews have none)."""
    for kind, pattern, rule in (("title", _TITLE, "issuer_title"), ("byline", _LABEL, "issuer_label")):
        for block in blocks:
            if block.kind == kind and (found := pattern.search(text[block.start : block.stop])):
                low, high = found.span("name")
                return Issuer(found["name"], rule, block.start + low, block.start + high)
    for block in reversed(blocks):
        line = text[block.start : block.stop]
        if block.kind == "byline" and len(line) <= 40 and _LINE.match(re.sub(r"\s", "", line)):
            return Issuer(re.sub(r"\s", "", line), "issuer_signature", block.start, block.stop)
    return None
