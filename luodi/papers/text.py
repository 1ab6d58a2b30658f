"""Text as a file can hold it: what it can not hold is named in its place, never dropped."""

from __future__ import annotations

import re

# what XML 1.0 has no way to write: control signs but tab and line feed, halves of pairs, the two that are no characters
_NOT_HELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")


def held(text: str) -> str:
    """The text with every line ended the same way and every sign that XML refuses named by its number.

    >>> held("一\\r\\n二\\x07")
    '一\\n二〔U+0007〕'
    """
    return _NOT_HELD.sub(lambda found: named(found[0]), _LINE_ENDS.sub("\n", text))


def named(character: str) -> str:
    """A character by its number.

    >>> named("\\x07")
    '〔U+0007〕'
    """
    return f"〔U+{ord(character):04X}〕"


def one_line(text: str) -> str:
    """Held, with line breaks and tabs as spaces: for titles, names of sheets, the foot.

    >>> one_line(" 甲\\n乙 ")
    '甲 乙'
    """
    return " ".join(held(text).split())
