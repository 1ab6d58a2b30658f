"""The head of the page: the title among menus and headlines, up to the first paragraph of the article."""

from __future__ import annotations

import re

from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.prose import BODY_KINDS

_TITLE_WORD = re.compile(
    r"报告|通知|通告|公告|规划|方案|意见|纲要|计划|决定|讲话|办法|措施|清单|通报|要点|批复|细则|情况|总结|名单|公示|"
    r"解读|专访|访谈|对话|实录|致辞|述职"
)
_END = re.compile(r"[。；;，,、]$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SHORTEST, _LONGEST = 7, 90
_FEWEST = 4  # characters of a short title, where there is no other
_MOST_TITLES = 4
_SALUTATION = re.compile(r"^(?:各位|同志们|尊敬的|各[\u4e00-\u9fff]{1,6})[^。]{0,60}:$")
_SUBTITLE = re.compile(r"^\s*(?:[—–―]|--)")


def mark(lines: list[Line]) -> None:
    """Decide the open lines before the first paragraph: title or furniture."""
    first = next(
        (i for i, line in enumerate(lines) if line.kind in BODY_KINDS and line.kind != "heading"), None
    )
    if first is None:
        _mark_without_body(lines)
        return
    while first > 0 and lines[first - 1].kind == "heading" and lines[first - 1].rule != "heading_bare":
        first -= 1
    opened = [i for i in range(first) if lines[i].kind is None]
    named = [i for i in opened if _may_be_title(lines[i])]
    if not named:
        named = [i for i in opened if len(_HAN.findall(lines[i].text)) >= _FEWEST][-1:]
    chosen = _near(lines, _behind_breadcrumb(lines, named, first), first)
    for i in opened:
        if _SALUTATION.match(lines[i].plain):
            lines[i].decide("paragraph", "salutation")
        elif i in chosen:
            lines[i].decide("title", "subtitle" if _SUBTITLE.match(lines[i].text) else "title")
        else:
            lines[i].decide("furniture", "before_article")


def _behind_breadcrumb(lines: list[Line], named: list[int], first: int) -> list[int]:
    """The names behind the last breadcrumb, if there are any; before it stands the site's own."""
    crumb = max((i for i in range(first) if lines[i].rule == "breadcrumb"), default=-1)
    return [n for n in named if n > crumb] or named


def _may_be_title(line: Line) -> bool:
    if _SUBTITLE.match(line.text) and len(line.text) <= _LONGEST:
        return True
    enough = _SHORTEST <= len(line.squeezed) <= _LONGEST or (
        len(line.squeezed) >= 4 and bool(_TITLE_WORD.search(line.text))
    )
    return enough and not _END.search(line.text) and bool(re.search(r"[\u4e00-\u9fff]{4}", line.squeezed))


def _near(lines: list[Line], named: list[int], first: int) -> set[int]:
    """Up to four: the page's first line if it comes again, and the last ones before byline and text."""
    if len(named) <= _MOST_TITLES:
        return set(named)
    anchor = next((i for i in range(first) if lines[i].kind == "byline" and any(n < i for n in named)), first)
    before = [n for n in named if n < anchor]
    chosen = set(before[-2:]) | {n for n in named if n > anchor and first - n <= 3}
    text = "".join(line.squeezed for line in lines[named[0] + 1 : first + 3])
    chosen |= {n for n in named[:2] if lines[n].squeezed[:12] in text}
    return chosen


def _mark_without_body(lines: list[Line]) -> None:
    """A page with no article: its longest name is the title, the rest furniture."""
    opened = [line for line in lines if line.kind in (None, "heading")]
    title = next((line for line in opened if _may_be_title(line)), None)
    for line in opened:
        if line is title:
            line.decide("title", "title")
        else:
            line.decide("furniture", "no_article")
