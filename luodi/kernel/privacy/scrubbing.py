"""Takes what looks like a person, or a key, out of free text before it is written to a log or an error page.

Rules, not knowledge: numbers are found by their shape, names only where the text says that one follows (姓名：…) or what
follows calls it one (…先生), or where the caller knows them. So it is the second line of defence; the first is not to log
people's words at all.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石"
    "姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_HAN = "\u3400-\u9fff"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<![0-9])", r"(?![0-9])"
_IDENTITY = r"[1-9][0-9]{5}(?:[0-9]{2})?[0-9]{2}[01][0-9][0-3][0-9]{4}[0-9Xx]?"
_CARD = r"62[0-9]{2}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?"
_MOBILE = r"(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}"
_LANDLINE = r"0[0-9]{2,3}[ -][2-9][0-9]{6,7}"
_PLATE = rf"[{_PROVINCES}][A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# 256 random bits as they stand in addresses (one-time links, calendars); names in the program are in small letters
_KEY = r"(?<![A-Za-z0-9_-])(?=[a-z0-9_-]*[A-Z])[A-Za-z0-9_-]{40,52}(?![A-Za-z0-9_-])"
_INTRODUCED = rf"((?:姓名|联系人|申请人|投诉人|反映人|户主|经办人)[:： ]\s*)[{_HAN}·]{{2,6}}"
_ADDRESSED = rf"[{_SURNAMES}][{_HAN}]{{0,2}}?(?=先生|女士|大爷|大妈|阿姨|同志|师傅)"
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(_KEY), "〔密钥〕"),
    (re.compile(_NO_DIGIT_BEFORE + _IDENTITY + _NO_DIGIT_AFTER), "〔证件号〕"),
    (re.compile(_NO_DIGIT_BEFORE + _CARD + _NO_DIGIT_AFTER), "〔卡号〕"),
    (re.compile(_NO_DIGIT_BEFORE + _MOBILE + _NO_DIGIT_AFTER), "〔电话〕"),
    (re.compile(_NO_DIGIT_BEFORE + _LANDLINE + _NO_DIGIT_AFTER), "〔电话〕"),
    (re.compile(_PLATE), "〔车牌〕"),
    (re.compile(_MAIL), "〔邮箱〕"),
    (re.compile(_INTRODUCED), r"\1〔姓名〕"),
    (re.compile(_ADDRESSED), "〔姓名〕"),
)


def scrub(text: str, known: Iterable[str] = ()) -> str:
    """``text`` without what looks like a person; ``known`` are names or numbers to be taken out wherever they stand.

    >>> scrub("姓名：张某某，电话13800001234，车牌鲁D12345")
    '姓名：〔姓名〕，电话〔电话〕，车牌〔车牌〕'
    """
    for value in sorted((value for value in known if value), key=len, reverse=True):
        text = text.replace(value, "〔略〕")
    for pattern, stand_in in _RULES:
        text = pattern.sub(stand_in, text)
    return text


class Scrubbing(logging.Filter):
    """A log filter that scrubs message, arguments and traceback; attach it to every handler."""

    def __init__(self, known: Callable[[], Iterable[str]] = tuple) -> None:
        super().__init__()
        self._known = known

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; always lets it through."""
        known = tuple(self._known())
        record.msg = scrub(record.getMessage(), known)
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = scrub(record.exc_text, known)
        return True
