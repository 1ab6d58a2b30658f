"""Investment on its three bases, which never agree and are never added across (domain reference §1). Pure; whole 分.

``dispatch`` is what owners report, ``paid`` what finance and banks paid, ``statistical`` what the statistics bureau published:
that last is imported and quoted, never computed here, not even summed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from luodi.kernel.figures.display import in_ledger, in_sentence
from luodi.kernel.figures.money import YUAN_IN, to_fen, to_yuan

Basis = Literal["dispatch", "paid", "statistical"]
BASES: dict[Basis, str] = {"dispatch": "调度口径", "paid": "支付口径", "statistical": "统计口径"}
COMPUTED: frozenset[Basis] = frozenset(("dispatch", "paid"))
# what offices write for the same units, slips of the pen included
_UNITS = {
    "元": "元", "圆": "元", "千元": "千元", "万": "万元", "万元": "万元", "万圆": "万元", "萬元": "万元", "wan": "万元",
    "百万": "百万元", "百万元": "百万元", "千万": "千万元", "千万元": "千万元", "亿": "亿元", "亿元": "亿元", "億元": "亿元",
    "忆元": "亿元", "忆": "亿元", "万人民币": "万元", "亿人民币": "亿元", "万元人民币": "万元", "亿元人民币": "亿元",
}  # fmt: skip
_AMOUNT = re.compile(r"([-+]?)([0-9][0-9,]*(?:\.[0-9]+)?)\s*([^\s0-9.,，。;；（()）]*)")


class OtherBasis(ValueError):  # noqa: N818 (says what was asked for)
    """Figures on different bases were to be added, or one on the statistical basis was to be computed."""


@dataclass(frozen=True, slots=True)
class Invested:
    """Money done up to a day, on one basis. ``paper`` is what an imported figure is quoted from."""

    basis: Basis
    fen: int
    as_of: dt.date
    paper: str = ""

    def __post_init__(self) -> None:
        if self.basis == "statistical" and not self.paper:
            raise OtherBasis("统计口径的数只能引用统计部门的材料。请写明出自哪份材料。")

    def words(self) -> str:
        """As a sentence says it, with its basis."""
        return f"{in_sentence(to_yuan(self.fen), '元')}（{BASES[self.basis]}）"


def total(figures: Iterable[Invested]) -> int:
    """The sum of figures on one basis, in 分. Raises ``OtherBasis`` for a mixture and for the statistical basis."""
    given = list(figures)
    found = {figure.basis for figure in given}
    if len(found) > 1:
        named = "、".join(BASES[basis] for basis in sorted(found))
        raise OtherBasis(f"{named}不能相加。请分开列。")
    if found - COMPUTED:
        raise OtherBasis("统计口径的数只引用，不在这里相加。请引用统计部门公布的合计。")
    return sum(figure.fen for figure in given)


def unit_named(word: str) -> str:
    """The unit of money that a word means, mended where it is a usual slip; empty where it is none.

    >>> unit_named("忆元"), unit_named("万　"), unit_named("亩")
    ('亿元', '万元', '')
    """
    plain = unicodedata.normalize("NFKC", word).strip().strip("()（）").strip().lower()
    return _UNITS.get(plain, "")


@lru_cache(20_000)  # a sheet says many amounts again and again
def fen_of(text: str, unit: str) -> tuple[int, str]:
    """An amount as a cell has it, in 分, and the unit it was taken in: its own where it has one, else ``unit``.

    Raises ``ValueError`` with words in Chinese for what is no single amount and for parts of a 分.

    >>> fen_of("１.２亿", "万元"), fen_of("12,000", "万元")
    ((12000000000, '亿元'), (12000000000, '万元'))
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    match = _AMOUNT.fullmatch(plain)
    if match is None:
        raise ValueError(f"“{text[:20]}”不是一个金额。请只写一个数，需要时带上万元或亿元。")
    own = unit_named(match[3]) if match[3] else unit
    if not own:
        raise ValueError(f"“{match[3][:8]}”不是金额的单位。可以用万元或亿元。")
    number = Decimal(match[1] + match[2].replace(",", ""))
    try:
        return to_fen(number * YUAN_IN[own]), own
    except ValueError:
        raise ValueError(f"“{text[:20]}”算到元以下不止两位小数。请四舍五入到分再写。") from None


def wan(fen: int) -> str:
    """An amount as the ledger's column has it, in 万元.

    >>> wan(12_800_000_000)
    '12,800.00'
    """
    return in_ledger(to_yuan(fen), "元")


# total investment as the public sees it: never the amount of a single firm
_BANDS = (
    (5_000, "5000万元以下"),
    (10_000, "5000万元至1亿元"),
    (50_000, "1亿元至5亿元"),
    (100_000, "5亿元至10亿元"),
)
_ABOVE = "10亿元以上"
BAND_WORDS = (*(words for _, words in _BANDS), _ABOVE)


def band(fen: int | None) -> str:
    """The band of total investment that a page for everybody shows.

    >>> band(30_000_000_000), band(10**13), band(None)
    ('1亿元至5亿元', '10亿元以上', '')
    """
    if fen is None:
        return ""
    for limit, words in _BANDS:
        if fen < limit * 1_000_000:
            return words
    return _ABOVE
