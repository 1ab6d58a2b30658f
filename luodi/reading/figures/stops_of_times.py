"""Refusals asked of lengths of time: years and months, lengths that only frame, and circles named after minutes."""

from __future__ import annotations

import re

from luodi.reading.figures import stop_words as words
from luodi.reading.figures.candidates import Candidate
from luodi.reading.figures.labels import Labels
from luodi.reading.figures.stop import Stop, before, entering

_CIRCLE = re.compile("[^，,。；;、]{0,8}(?:圈|经济带)")
_SPAN_MEASURED = re.compile("(?:压缩|缩短|延长|减少|增加|提前|平均|控制在)[到至为了]?(?:近|前|后)?$")
_TERM_MEASURED = re.compile("(?:压缩|缩短|延长|年限|工期|寿命)(?:了|至|到|为|达到|达|提高到)?$")
_FRAMES_BEFORE = re.compile(f"(?:{words.FRAMES_BEFORE})$")
_FRAMES_AFTER = re.compile(words.FRAMES_AFTER)

TIME_STOPS: list[Stop] = []
_stop = entering(TIME_STOPS)


@_stop("年份、年数、月数只表示时期", "前10个月")
def period(c: Candidate, _: Labels) -> bool:
    """Kept only where a length of time is itself the thing measured: 11.5年, 压缩至3个月."""
    if c.unit.base not in ("年", "月"):
        return False
    if c.unit.base == "年" and c.value < 100 and c.value.as_tuple().exponent == -1:
        return False
    return _TERM_MEASURED.search(c.left) is None


@_stop("“7×24小时”式的全天候说法", "实行7×24小时值守")
def round_the_clock(c: Candidate, _: Labels) -> bool:
    return before(c, 1) in ("×", "x", "X", "*", "·")


@_stop("“生活圈”“经济圈”等名称里的时长", "打造15分钟便民生活圈")
def life_circle(c: Candidate, _: Labels) -> bool:
    return _CIRCLE.match(c.right) is not None


@_stop("“24小时”指全天，不是数量", "提供24小时自助服务")
def all_day(c: Candidate, _: Labels) -> bool:
    if c.unit.base != "小时" or c.value != 24:
        return False
    return not (c.right.startswith(("以内", "之内", "内")) or _SPAN_MEASURED.search(c.left))


@_stop("只作背景的时长：连续几天、为期几天", "连续30天无事故")
def framing_span(c: Candidate, _: Labels) -> bool:
    if c.unit.base in ("课时", "学时"):
        return False
    if _SPAN_MEASURED.search(c.left):
        return False
    return _FRAMES_BEFORE.search(c.left) is not None or _FRAMES_AFTER.match(c.right) is not None
