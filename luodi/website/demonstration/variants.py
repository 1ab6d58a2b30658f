"""The same district once more, with other names and figures: for trying out any number of promises.

Round 0 is the district as it is written. Every later round changes each place, project and school by name and each quantity by a
few per cent, in the pages and in the decisions alike, so that the decisions still find their sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# invented names of places and projects in the pages, each of two characters, and what stands for them in other rounds
_NAMES = (
    "澄湾",
    "槐埠",
    "槐汀",
    "茶岫",
    "岚北",
    "岚东",
    "岚西",
    "岚湖",
    "霞渡",
    "石桥",
    "鹿鸣",
    "栖砚",
    "柏浦",
    "云铂",
    "禾汐",
)
_FIRST = "青溪平南北东西上下新长安永清泉石松竹兰桂梅荷柳桃杏枫"
_SECOND = "坪湾渡埠汀浦洲塘坞桥岭台口滩泽畈垄圩集店庄寨铺堡屯"
# a quantity: digits with what shows that they are no day, hour, number of a paper or name
_QUANTITY = re.compile(
    r"(?<![\d.\-:〔/第])(\d{1,6}(?:\.\d+)?)(?=\s*([万亿]?)"
    r"(?:公里|公顷|平方米|人次|[个家处所座套栋户亩场条部台张人名元吨盏只辆组米块项件艘口]))"
)


@dataclass(frozen=True, slots=True)
class Variant:
    """One round of the district."""

    round: int = 0

    def text(self, words: str) -> str:
        """Words of a page or of a decision, in this round."""
        if self.round == 0:
            return words
        for at, name in enumerate(_NAMES):
            words = words.replace(name, self._name(at))
        return _QUANTITY.sub(self._quantity, words)

    def number(self, number: str, unit: str) -> str:
        """A quantity in this round; greater stays greater, shares of a hundred stay what they are.

        >>> Variant(0).number("32", "个"), Variant(3).number("32", "个"), Variant(3).number("85", "%")
        ('32', '33', '85')
        """
        if self.round == 0 or unit == "%" or not number:
            return number
        places = len(number.partition(".")[2])
        return format(self._more(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), "f")

    def raw(self, raw: bytes) -> bytes:
        """A page's bytes in this round, which are no other round's."""
        if self.round == 0:
            return raw
        return f"{self.text(raw.decode('utf-8'))}\n（第{self.round}片区）\n".encode()

    def _name(self, at: int) -> str:
        nth = self.round * len(_NAMES) + at
        return _FIRST[nth // len(_SECOND) % len(_FIRST)] + _SECOND[nth % len(_SECOND)]

    def _quantity(self, found: re.Match[str]) -> str:
        # of 0.9万 the thousandths count: 9,000 and 0.9万 are to stay the same
        return f"{self._more(found[1]).normalize():f}" if found[2] else self.number(found[1], "")

    def _more(self, number: str) -> Decimal:
        return Decimal(number) * (1 + Decimal(self.round % 19 + 1) / 100)
