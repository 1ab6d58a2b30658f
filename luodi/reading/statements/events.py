"""The ceremony that a page reports: projects opened or signed together on one day, which is then the day of them all."""

from __future__ import annotations

import re

from luodi.reading.cued import Cue, Words

_CEREMONY = re.compile(
    r"(?:开工|签约|竣工|开竣工|奠基|通车|投产|揭牌|交付|启用|动工)(?:仪式|动员会|动员大会|大会|活动|现场会)|集中(?:开工|签约|竣工|开竣工|动工)|重[点大]项目[^，。]{0,8}活动|"
    r"(?:推介会|招商会|洽谈会|签约会|对接会)[^。]{0,12}(?:举行|举办|召开)|"
    r"(?:举行|举办|召开|开展)[^。，,]{0,24}(?:推介会|招商会|洽谈会|签约会|对接会|招商活动)"
)
_OF_IT = Cue(
    r"(?:此次|本次|这次|当天|当日|活动中|会上|仪式上|现场|集中)[^，,]{0,12}(?:开工|签约|竣工|投产|投用|签订|发布|推介|启动|达成)|^[^，,\d]{2,8}项目\d+个|"
    r"\d个项目(?:集中|成功|正式)?(?:签约|开工|竣工)|(?:开工|签约|竣工)的?(?:重大|重点)?项目(?:中)?(?:共|有|总|涉及|\d)"
)
_PART_OF_IT = Cue(
    r"^(?:\d+亿元以上)?[^，,\d]{0,16}(?:项目|工程)[^，,\d]{0,4}\d+个|^\d+个[^，,\d]{0,12}项目|^总投资"
)


# 全县2020年第一季度集中签约仪式在某处举行: the quarter is the ceremony's name
_HELD = re.compile(r"(?:仪式|活动|大会|现场会|动员会|推介会)[^，,。]{0,24}(?:举行|召开|举办|启动)")


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
