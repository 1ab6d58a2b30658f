"""Pages of novels and of advertising: text, but no district's; none of it is an article."""

from __future__ import annotations

import re

from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.prose import BODY_KINDS

_NOVEL = re.compile(
    r"上一章|下一章|章节(?:目录|列表|报错)|加入书[架签]|最新章节|小说|书架|全文阅读|无弹窗|本章(?:完|字数|未完)|"
    r"手机阅读|投推荐票|推荐票|月票|"
    r"第[一二三四五六七八九十百千\d]+章\s*\S{0,12}\(\d+\s*/\s*\d+\)|阅读模式|返回书页|第\d+/\d+页|连载"
)
_DIALOGUE = re.compile(
    r"^[“\"「].{2,}[”\"」]$|[道说问]\s*[:：]\s*[“\"]|笑道|问道|心想|心中|点了点头|摇了摇头|皱了皱眉|叹了口气|眼神|嘴角"
)
_FEWEST_SIGNS = 2
_DIALOGUE_SHARE = 0.2


def mark(lines: list[Line]) -> None:
    """Where a page has a reader's controls for chapters and its text is talk, nothing on it is an article."""
    signs = {found for line in lines if len(line.text) <= 200 for found in _NOVEL.findall(line.plain)}
    if len(signs) < _FEWEST_SIGNS:
        return
    body = [line for line in lines if line.kind in BODY_KINDS or line.kind is None]
    talk = sum(1 for line in body if _DIALOGUE.search(line.text[:400]))
    if body and talk < _DIALOGUE_SHARE * len(body) and len(signs) < _FEWEST_SIGNS + 1:
        return
    for line in body:
        line.decide("furniture", "novel")
