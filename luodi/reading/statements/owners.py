"""Who is to do it, or did it: the clause's subject, the unit in brackets behind, the speaker's unit, the place."""

from __future__ import annotations

import re

from luodi.reading.blocks.find import Block
from luodi.reading.bodies import Body, resolve
from luodi.reading.frame.find import Frame
from luodi.reading.names.find import proper_part
from luodi.reading.statements.model import Kind, Statement
from luodi.reading.statements.units import unit_behind

_NUMBER = 4  # characters of a point's number
_SHORTEST_NAME = 2
_INVESTS = re.compile(
    r"(?P<body>(?:(?!由)[\u4e00-\u9fff]){3,8}?)(?:公司|集团)?(?:计划|拟|将)?投资\d|"
    r"(?:[^，,。]{2,30})?由(?P<by>[\u4e00-\u9fff]{3,20}?)(?:公司)?(?:投资|承建|开发建设)(?!的[^，,。]{0,4}(?:企业|单位|公司))"
)
_NO_INVESTOR = re.compile(
    r"资产|社会|民间|工业|技改|农业|服务业|制造业|设施|房地产|有效|财政性?|中央|对外|境外|外商|其中|本年|今年|去年|项目|工程|计划|累计|年度|完成|总投|协议|预计|基地|园|中心|全[区县市]|[区县市镇]级|总$|学校|医院|中学|小学|大桥|[路厂]$|财政|政府|平均|[的将以个期站]$|片区|改造|小区|[的将以个]"
)


def investor(text: str, start: int, stop: int) -> Body | None:
    """某某风电计划投资16.5亿元建设…, 项目由某某公司投资建设: the firm, where it opens the clause."""
    if not any(text.find(word, start, stop) >= 0 for word in ("投资", "承建", "开发建设")):
        return None
    match = _INVESTS.match(text, start, stop)
    if match is None:
        return None
    group = "body" if match["body"] else "by"
    if _NO_INVESTOR.search(match[group]):
        return None
    return Body(match.start(group), match.end(group), match[group], "investor")


_WINS = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{3,10}?)(?:成功|再次|顺利)?(?:获评|获批|荣获|获认定|创成|被(?:评|认定|命名)为)"
)


def winner(text: str, start: int, stop: int) -> Body | None:
    """云铂新材获评…: who won it, where it is one thing's own name and not 3家企业."""
    match = _WINS.match(text, start, stop)
    if match is None or len(proper_part(match["who"])) < _SHORTEST_NAME:
        return None
    return Body(match.start("who"), match.end("who"), match["who"], "winner")


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


def give_to_units(text: str, block: Block, statements: list[Statement], since: int, begun: int) -> int:
    """A （责任单位：…） in ``block`` holds for the commitments from index ``since`` on that stand before it.

    Within a point of a list it holds for that point alone, whose statements begin at ``begun``; in a line of its own, for
    those above, too. Returns the index from which a later note holds. A statement that ran into the note ends where it
    begins, unless it goes on behind it.
    """
    at = block.start
    while (found := unit_behind(text, at, block.stop)) is not None:
        name, start, at = found
        if block.kind == "list_item" and start > block.start + _NUMBER:
            since = max(since, begun)
        while since < len(statements) and statements[since].start < start:
            statement = statements[since]
            if statement.kind == "commitment":
                stop = statement.stop if statement.stop > at else min(statement.stop, start)
                statements[since] = statement = statement._replace(stop=stop)
                if statement.owner_rule not in ("asked_body", "unit_column"):
                    statements[since] = statement._replace(owner=name, owner_rule="unit_in_brackets")
            since += 1
    return since
