"""The signs of a line made plain one for one, so that every place in the plain line is a place in the line as given.

Full-width letters, digits and marks become half-width, traditional forms of the words that stand about numbers and times
become simplified. It is for those who read one line on request; a document is repaired by recorded edits instead.
"""

from __future__ import annotations

_WIDE = {chr(sign + 0xFEE0): chr(sign) for sign in range(0x21, 0x7F) if chr(sign) not in ",;:!?()[]"}
_TRADITIONAL = (
    "兩两萬万億亿個个點点負负餘余幾几雙双對对貳贰參叁陸陆倆两俩两時时鐘钟鍾钟週周禮礼後后這这號号節节勞劳動动國国兒儿婦妇聖圣"
    "誕诞軍军間间從从幣币塊块裏里裡里歲岁噸吨畝亩頃顷華华氣气溫温來来內内舊旧曆历農农陽阳紀纪銭钱錢钱臺台灣湾龍龙慶庆總总"
    "產产業业學学開开關关長长會会當当實实約约達达過过將将為为與与"
)
_PLAIN = str.maketrans(
    _WIDE
    | dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True))
    | {"％": "%", "﹪": "%", "－": "-", "−": "-", "．": ".", "／": "/", "：": ":", "∶": ":"}
)


def plain(text: str) -> str:
    """The line with plain signs, as long as it was.

    >>> plain("２．５萬畝")
    '2.5万亩'
    """
    return text.translate(_PLAIN)
