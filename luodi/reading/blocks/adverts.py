"""Pages of tradesmen: prices, hotlines and praise of oneself, with place names to be found by; none of it is an article."""

from __future__ import annotations

import re

from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.prose import BODY_KINDS

_ADVERT = re.compile(
    r"微信同号|免费上门|快速上门|上门服务|均可上门|价格优惠|全城最低|不[通修成]不收费|好评率|返现|立减\d|满\d+[单元件]|优惠活动|"
    r"专业师傅|老店|哪家好|多少钱|厂家直销|加盟热线|欢迎(?:来电|致电|新老)|本页关键词|质保\d|\d+天质保|\d+元起|批发价|"
    r"明码标价|正规发票|先到先得|限时优惠|成功案例|量大从优|包教包会|报价单"
)
# who writes so writes no advertisement, whatever it quotes
_OFFICE = re.compile(
    r"人民政府|[区县市]委|管委会|党工委|本报讯|办公室关于|实施方案|[区县市][\u4e00-\u9fff]{2,6}局"
)
_FEWEST_SIGNS = 4
_READ = 400


def mark(lines: list[Line]) -> None:
    """Where a page shows several signs of trade and none of an office, nothing on it is an article."""
    signs: set[str] = set()
    for line in lines[:_READ]:
        if _OFFICE.search(line.plain):
            return
        signs.update(re.sub(r"\d+", "", found) for found in _ADVERT.findall(line.plain))
    if len(signs) < _FEWEST_SIGNS:
        return
    for line in lines:
        if line.kind in BODY_KINDS or line.kind is None:
            line.decide("furniture", "advert")
