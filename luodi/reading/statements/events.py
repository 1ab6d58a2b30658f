"""The ceremony that a page reports: projects opened or signed together on one day, which is then the day of them all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from luodi.reading.cued import Cue, Words
from luodi.reading.periods.find import Period
from luodi.reading.statements.model import Kind

_CEREMONY = re.compile(
    r"(?:开工|签约|竣工|开竣工|奠基|通车|投产|揭牌|交付|启用|动工|启动|开通|落成|开园|开业|开街|开馆|授牌|封顶|并网|投运|下线|首发)”?(?:仪式|动员会|动员大会|大会|活动|现场会)|集中(?:开工|签约|竣工|开竣工|动工)|重[点大]项目[^，。]{0,8}活动|"
    r"(?:推介会|招商会|洽谈会|签约会|对接会)[^。]{0,12}(?:举行|举办|召开)|"
    r"(?:节|会|展|赛)[^。，,]{0,16}开幕|宣布[^。，,]{0,16}(?:开工|启动|投产|通车)|(?:举行|举办|召开|开展)[^。，,]{0,24}(?:推介会|招商会|洽谈会|签约会|对接会|招商活动)"
)
_TITLED = re.compile(
    "(?:集中|项目|企业|合作|正式|成功)[^，。]{0,6}(?:开工|签约|竣工|投产|通车|启动|揭牌|开业)|(?:开工|签约|竣工|推介|启动|揭牌)(?:仪式|活动|会)"
)
_NEAR_HEAD = 4  # paragraphs
_OF_IT = Cue(
    r"(?:此次|本次|这次|当天|当日|活动中|会上|仪式上|现场|集中)[^，,]{0,12}(?:开工|签约|竣工|投产|投用|签订|发布|推介|启动|达成)|^[^，,\d]{2,8}项目\d+个|"
    r"^(?:开工|签约|竣工|投产|启动)的\d+个[^，,]{0,12}项目|\d个项目(?:集中|成功|正式)?(?:签约|开工|竣工)|(?:开工|签约|竣工)的?(?:重大|重点)?项目(?:中)?(?:共|有|总|涉及|\d)"
)
_PART_OF_IT = Cue(
    r"^(?:\d+亿元以上)?[^，,\d]{0,16}(?:项目|工程)[^，,\d]{0,4}\d+个|^\d+个[^，,\d]{0,12}项目|^总投资|"
    r"^[^，,\d]{0,12}(?:超|过|达)?\d+亿元(?:以上)?[^，,\d]{0,8}\d+个|^[^，,\d]{2,12}(?:类|业|领域|方面)(?:项目)?\d+个|"
    r"^(?:协议|合同|意向|签约|授信|成交|贷款|采购|交易|捐赠)(?:引资|投资|资金)?(?:总)?(?:额|金额)|^(?:现场)?(?:发放|颁发|授予|成交)"
)


# 会上，…; 活动现场，…; 签约项目中，…: what follows happened there
_THERE = re.compile(
    r"^(?:据(?:悉|了解|介绍)[，,])?(?:会上|会议期间|活动(?:现场|当天|当日|中|上)|仪式(?:上|现场|结束后|当天)|(?:签约|开工|启动|揭牌)(?:现场|仪式上|仪式后)|(?:开幕式|发布会|推介会|大会|论坛)上|现场|当天|当日|同日|(?:本次|此次|这次)(?:活动|签约|推介会|仪式)|"
    r"(?:签约|开工|竣工|投产)的?(?:\d+个)?(?:项目|企业)中)[^，,]{0,8}[，,]"
)
_ACT = Cue(
    r"签约|签订|签署|开工|竣工|投产(?!后)|达成|发布|推介|授牌|揭牌|颁发|颁奖|授信|成交|捐赠|启动|(?:合同|协议)(?:金额|总?投资|引资)|^\d+亿元以上|^\d+个项目|^[^，,\d]{2,12}项目\d+个"
)


# 全县2020年第一季度集中签约仪式在某处举行: the quarter is the ceremony's name
_HELD = re.compile(
    r"(?:举行|举办|召开)[^，,。]{0,60}(?:仪式|活动|大会|现场会|动员会|推介会)|"
    r"(?:仪式|活动|大会|现场会|动员会|推介会)[^，,。]{0,24}(?:举行|召开|举办|启动)"
)


def is_held(text: str, start: int, stop: int) -> bool:
    """Whether a clause tells that a ceremony was held, so that a period in it is part of its name."""
    return _HELD.search(text, start, stop) is not None


def names_event(text: str, start: int, stop: int) -> bool:
    """Whether a sentence tells that such a ceremony was held."""
    return _CEREMONY.search(text, start, stop) is not None


def is_of_event(view: Words) -> bool:
    """此次集中开工项目23个."""
    return _OF_IT.search(view) is not None


def is_part_of_event(view: Words) -> bool:
    """产业项目14个, said right behind."""
    return _PART_OF_IT.search(view) is not None


class Event:
    """The ceremony that a page reports: its ``day``, once the page has told it, and whether a paragraph still lists its parts."""

    def __init__(self, text: str, title: str | None, on: dt.date | None) -> None:
        self.day: Period | None = None
        self._text = text
        self._on = on
        self._is_titled = title is not None and _TITLED.search(title) is not None
        self._dateline: Period | None = None
        self._paragraphs = 0
        self._goes_on = False

    def begin_paragraph(self) -> None:
        """What the paragraph before was listing is over; its day holds on only near the head of the page."""
        self._goes_on = False
        self._paragraphs += 1
        if self._paragraphs > _NEAR_HEAD:
            self._dateline = None

    def hear(self, start: int, stop: int, periods: Sequence[Period]) -> None:
        """4月1日，…集中开工仪式举行: the day of the ceremony, named in its sentence or before it in the paragraph."""
        if self.day is not None or self._on is None:
            return
        for period in periods:
            if period.precision == "day" and period.until and period.since == period.until <= self._on:
                self._dateline = period
                break
        if self._dateline is not None and names_event(self._text, start, stop):
            self.day = self._dateline

    def of(self, kind: Kind, start: int, view: Words) -> Period | None:
        """Its day, for a result at ``start`` that tells of it or goes on listing what was opened there."""
        if self.day is None and self._is_titled and is_of_event(view):
            self.day = (
                self._dateline
            )  # 3月19日，春和景明。…本次集中开工18个项目, below the title that names it
        if self.day is None or kind != "result":
            return None
        told = is_of_event(view) or self._is_said_there(start, view)
        self._goes_on = told or (self._goes_on and is_part_of_event(view))
        return self.day if self._goes_on else None

    def _is_said_there(self, start: int, view: Words) -> bool:
        """Whether the sentence opens with the place or the hour of the event, and the clause tells an act of it."""
        begins = 1 + max(self._text.rfind(mark, 0, start) for mark in "。！!\n")
        while begins < start and self._text[begins].isspace():
            begins += 1
        return _THERE.match(self._text[begins : start + 1]) is not None and _ACT.search(view) is not None
