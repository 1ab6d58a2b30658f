"""Who is to do it, or did it: the clause's subject, the unit in brackets behind, the speaker's unit, the place."""

from __future__ import annotations

import re

from luodi.reading.blocks.find import Block
from luodi.reading.bodies import Body, resolve
from luodi.reading.frame.find import Frame
from luodi.reading.statements.model import Kind, Statement

_IN_BRACKETS = re.compile(
    r"[（(【\[［〔]\s*(?:责任单位|牵头单位|责任部门|牵头部门|责任领导|主办单位|承办单位|牵头|责任|负责单位|实施单位|主要责任单位|牵头责任单位)[:：]?\s*(?P<units>(?:[^）)】\]］〕（(]|[（(][^）)]{1,8}[）)]){2,200})[）)】\]］〕]|"
    r"(?:^|\n|[。；])\s*(?:责任单位|牵头单位|责任部门|牵头部门|主办单位|承办单位|负责单位|实施单位)[:：]\s*(?P<line>[^\n。；]{2,120})"
)
_LED_BY = re.compile(
    r"[（(](?:由)?(?P<units>[^（()）]{2,80}?)(?:等)?(?:牵头|负责|按职责分工负责|分别负责)[^（()）]{0,40}[）)]"
)
_FIRST_UNIT = re.compile(r"[、，,；;：:。\s]|(?:配合|按职责|等|牵头|负责|\(|（)")


def unit_behind(text: str, start: int, stop: int) -> tuple[str, int, int] | None:
    """The first unit of a （责任单位：…） that stands in ``text[start:stop]``, with where the note stands."""
    match = _IN_BRACKETS.search(text, start, stop) or _LED_BY.search(text, start, stop)
    if match is None:
        return None
    group = "units" if match["units"] else "line"
    units = re.sub(r"^(?:责任单位|牵头单位|牵头)[:：]", "", match[group].strip())
    first = next((part for part in _FIRST_UNIT.split(units) if len(part) >= 2), None)
    return (first, match.start(), match.end()) if first else None


_INVESTS = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{3,8}?)(?:公司|集团)?(?:计划|拟|将)?投资\d|[^，,。]{2,30}由(?P<by>[\u4e00-\u9fff]{3,20}?)(?:公司)?(?:投资|承建|开发建设)"
)
_NO_INVESTOR = re.compile(
    r"资产|社会|民间|工业|技改|农业|服务业|制造业|设施|房地产|有效|财政性?|中央|对外|境外|外商|其中|本年|今年|去年|项目|工程|计划|累计|年度|完成|总投|协议|预计|基地|园|中心|全[区县市]|[区县市镇]级|总$|学校|医院|中学|小学|大桥|[路厂]$|财政|政府|平均|[的将以个期站]$|片区|改造|小区|[的将以个]"
)


def investor(text: str, start: int, stop: int) -> Body | None:
    """某某风电计划投资16.5亿元建设…, 项目由某某公司投资建设: the firm, where it opens the clause."""
    match = _INVESTS.match(text, start, stop)
    if match is None:
        return None
    group = "body" if match["body"] else "by"
    if _NO_INVESTOR.search(match[group]):
        return None
    return Body(match.start(group), match.end(group), match[group], "investor")


def owner_of(
    kind: Kind, subject: Body | None, speaker: Body | None, frame: Frame, own_words: str | None
) -> tuple[str | None, str | None]:
    """The owner and the rule that chose it.

    Results and states have one only where the doer is the subject; ``own_words`` (我县, 全区) stand in where the page
    never names its place.
    """
    if subject is not None:
        if kind != "commitment" and subject.whole:
            return None, None
        if subject.rule == "own_region" and speaker is not None and subject.name == frame.region:
            return speaker.name, "speakers_unit"
        return subject.name, subject.rule
    if kind != "commitment":
        return None, None
    if speaker is not None:
        return resolve(speaker.name, frame), "speakers_unit"
    if frame.region:
        return frame.region, "page_region"
    return (own_words, "own_words") if own_words else (None, None)


def give_to_units(text: str, block: Block, statements: list[Statement], since: int) -> int:
    """A （责任单位：…） in ``block`` holds for the commitments from index ``since`` on that stand before it.

    Returns the index from which a later note holds. A statement that ran into the note ends where it begins.
    """
    at = block.start
    while (found := unit_behind(text, at, block.stop)) is not None:
        name, start, at = found
        while since < len(statements) and statements[since].start < start:
            statement = statements[since]
            if statement.kind == "commitment" and statement.owner_rule == "asked_body":
                statements[since] = statement._replace(stop=min(statement.stop, start))
            elif statement.kind == "commitment":
                statements[since] = statement._replace(
                    owner=name, owner_rule="unit_in_brackets", stop=min(statement.stop, start)
                )
            since += 1
    return since
