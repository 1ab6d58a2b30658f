"""Where a page's lines begin and end; over-long lines are cut where their layout was lost.

Some pages come as one enormous line. What was a line break there is now a run of spaces, or nothing: they are cut
behind a full stop where a numbered heading, a speaker or the site's own furniture begins. Cutting never loses a
character other than white space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.reading.blocks.kinds import BlockKind

_LONG = 200
_BREAK = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_SPACE = "[ \t\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff]"
_SOFT_BREAK = re.compile(
    rf"(?<=[。！？!?；;”）]){_SPACE}+"
    rf"|{_SPACE}{{2,}}"
    r"|(?<=[。！？!?；;”])(?=(?:问|答|记者|主持人)[：:])"
    r"|(?<=[。！？!?；;：:])(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
    rf"|{_SPACE}+(?=(?:问|答|主持人)[：:])|(?<=[。！？!?.…])(?=(?:问|答)[：:])"
    rf"|{_SPACE}+(?=上一[篇条]|下一[篇条]|相关(?:新闻|阅读|文章|链接)|友情链接|版权所有|主办单位[：:](?!.{{0,80}}(?:时限|时间|期限))|扫一扫|分享到)"
    r"|(?<=[。！？!?”])(?=[（(]?责任编辑|[（(]?责编|[（(](?:记者|通讯员)|上一篇|下一篇|相关新闻|版权所有)"
)
# beside what str.strip takes: signs that show nothing
_BLANK = (
    " "
    "\t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
# one to one, so that positions hold
_NARROW = str.maketrans(
    "：（）｜／＞＜！？，；．－０１２３４５６７８９\u3000\u00a0\t", ":()|/><!?,;.-0123456789   "
)
_WIDE = re.compile("[：（）｜／＞＜！？，；．－０-９\u3000\u00a0\t]")
_PLAIN = 240


def _narrow(text: str) -> str:
    return text.translate(_NARROW) if _WIDE.search(text) else text


@dataclass(slots=True, eq=False)
class Line:
    """A line at ``[start, stop)`` of the page, white space around it left out, and what the passes made of it.

    ``text`` is as on the page; ``plain`` its first 240 characters with narrow punctuation, of equal length;
    ``gap`` is whether an empty line stands before it. ``kind`` is ``None`` until a pass decides.
    """

    start: int
    stop: int
    text: str
    plain: str
    gap: bool
    kind: BlockKind | None = None
    rule: str = ""
    level: int = 0
    columns: tuple[str, ...] = ()
    _squeezed: str | None = None

    @property
    def squeezed(self) -> str:
        """``plain`` without its white space."""
        if self._squeezed is None:
            self._squeezed = "".join(self.plain.split())
        return self._squeezed

    @classmethod
    def at(cls, start: int, text: str) -> Line:
        """The line ``text`` that begins at ``start`` of the page."""
        return cls(start, start + len(text), text, _narrow(text[:_PLAIN]), False)

    def decide(self, kind: BlockKind, rule: str, level: int = 0) -> None:
        """Give the line its kind; a later pass may not change it."""
        self.kind, self.rule, self.level = kind, rule, level


def read_lines(text: str) -> list[Line]:
    """The non-empty lines of ``text`` in order; long ones cut at what is left of their layout."""
    lines: list[Line] = []
    at = 0
    gap = False
    for stop, after in _breaks(text):
        found = len(lines)
        if stop - at > _LONG and text.count("\t", at, stop) < 3 and text.count("|", at, stop) < 3:
            low = at
            for cut in _SOFT_BREAK.finditer(text, at, stop):
                _add(lines, text, low, cut.start(), gap)
                low = cut.end()
            _add(lines, text, low, stop, gap)
        else:
            _add(lines, text, at, stop, gap)
        gap = len(lines) == found or (after - stop > 1 and text[stop:after] != "\r\n")
        at = after
    return lines


def _breaks(text: str) -> list[tuple[int, int]]:
    return [*(found.span() for found in _BREAK.finditer(text)), (len(text), len(text))]


def _add(lines: list[Line], text: str, start: int, stop: int, gap: bool) -> None:
    piece = text[start:stop]
    bare = piece.lstrip(_BLANK)
    start += len(piece) - len(bare)
    bare = bare.rstrip(_BLANK)
    if bare:
        lines.append(Line(start, start + len(bare), bare, _narrow(bare[:_PLAIN]), gap))
