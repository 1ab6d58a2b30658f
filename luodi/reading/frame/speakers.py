"""Who speaks on a page and as what: 访…区委书记某某, …区区长 某某, …局长某某表示."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luodi.reading.blocks.kinds import Block
from luodi.reading.names.surnames import NAME, is_person

_TITLE = (
    r"(?:党组书记|党工委书记|工委书记|党委书记|区委书记|县委书记|市委书记|省委书记|旗委书记|镇党委书记|乡党委书记|"
    r"副书记|书记|代?区长|代?县长|代?市长|代?旗长|代?镇长|代?乡长|副[区县市镇乡]长|管委会主任|主任|局长|部长|院长|"
    r"校长|主席|董事长|总经理|会长|厅长|州长|盟长|秘书长|负责人|科长|站长)"
)
_POST = rf"(?P<post>[\u4e00-\u9fff]{{0,16}}?{_TITLE}(?:[、,，]\s?[\u4e00-\u9fff]{{0,14}}{_TITLE}){{0,3}})"
_VISIT = re.compile(rf"(?:专访|访|对话|访谈|采访了?|与){_POST}\s*(?P<name>{NAME})(?=[\s:：,，。、)）]|$)")
_GUEST = re.compile(
    rf"(?:嘉宾|受访者|受访人|发言人|报告人|述职人)\s*[:：]\s*{_POST}\s*(?P<name>{NAME})(?=\s|$|[,，、。)）])"
)
_HEADLINE = re.compile(rf"(?:^|[\s「【|丨:：\]】」」)）—]){_POST}\s*(?P<name>{NAME})(?=\s*[:：丨|])")
_REPORT = re.compile(rf"^[—\-\s]*{_POST}\s*(?P<name>{NAME})\s*$")
_SAYS = re.compile(
    rf"{_POST}(?P<name>{NAME})(?=接受|表示|介绍|说|指出|强调|认为|告诉|坦言|透露|来到|主持|作|代表|在接受|率|就|出席|"
    r"参加|深入|带队|调研|同志|一行|谈)"
)
_HEAD_BODY = 3
_BODY = ("paragraph", "question", "answer")
_LEAD = re.compile(
    r"^(?:.*?(?:采访了|专访了?|日前|近日|记者|中共|由|是|访|日|午|对|据|就|为|了|向|与|对此|今天))"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """``name`` and ``post`` as written, the rule that found them and where the name stands."""

    name: str
    post: str
    rule: str
    start: int
    stop: int


def find_speaker(text: str, blocks: Sequence[Block]) -> Speaker | None:
    """The person whose words the page gives, or ``None``; of several, the one the title or byline names."""
    for block in blocks:
        if block.kind in ("title", "byline") and block.stop - block.start <= 160:
            piece = text[block.start : block.stop]
            for rule, pattern in (
                ("speaker_guest", _GUEST),
                ("speaker_visited", _VISIT),
                ("speaker_headline", _HEADLINE),
                ("speaker_report", _REPORT),
            ):
                for speaker in _matches(pattern, rule, piece, block.start):
                    return speaker
    body = [block for block in blocks if block.kind in _BODY][:_HEAD_BODY]
    for block in body:
        piece = text[block.start : min(block.stop, block.start + 600)]
        for rule, pattern in (("speaker_visited", _VISIT), ("speaker_says", _SAYS)):
            for speaker in _matches(pattern, rule, piece, block.start):
                return speaker
    return None


def _matches(pattern: re.Pattern[str], rule: str, piece: str, offset: int) -> Iterator[Speaker]:
    for found in pattern.finditer(piece):
        name = re.sub(r"\s", "", found["name"])
        start, stop = found.span("name")
        if not is_person(name) and len(name) == 3 and is_person(name[:2]):
            name, stop = name[:2], start + 2
        if is_person(name):
            yield Speaker(name, _LEAD.sub("", found["post"]), rule, offset + start, offset + stop)
