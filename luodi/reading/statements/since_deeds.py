"""Stretches counted from a deed to the day of speaking: 2022年5月投入使用以来, 自“百日攻坚”开展以来."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from luodi.reading.periods.find import Period

_SINCE_THEN = re.compile(r"[^，,。；;\d]{0,14}?以来")
# without a day: the beginning is not known, the end is
_SINCE_DEED = re.compile(
    r"(?:(?<=[，,。；;：:\n“”])|^)自?(?!.{0,2}(?:近|多年|长期|历年|一直|有史|建国|建党|改革开放))[^，,。；;\d\n]{2,20}?"
    r"(?:开工|动工|启动|开展|实施|运行|运营|成立|组建|设立|开通|投用|投运|投产|投入使用|上线|推行|创建|召开|换届|到任|履新)"
    r"(?:建设|工作|活动|行动)?以来(?=[，,])"
)


def since_then(text: str, period: Period, on: dt.date | None) -> Period:
    """2014年10月底动工以来, 自去年9月投运以来: from then to the day of speaking."""
    if on is None or _SINCE_THEN.match(text, period.stop) is None:
        return period
    begun = period.since if period.relation == "from" else period.until
    if begun is None or begun > on:
        return period
    return period._replace(until=on, relation="since", rule=period.rule + "+since")


def since_deeds(
    text: str, start: int, stop: int, found: Sequence[Period], on: dt.date | None
) -> list[Period]:
    """The stretches of ``text[start:stop]`` that begin with a deed whose day is not told; none where ``found`` has one."""
    if on is None or text.find("以来", start, stop) < 0:
        return []
    deeds = [match.span() for match in _SINCE_DEED.finditer(text, start, stop)]
    return [
        Period(low, high, None, on, "day", "since", "since_deed")
        for low, high in deeds
        if not any(period.start < high and low < period.stop for period in found)
    ]
