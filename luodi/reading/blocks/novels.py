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
# how people in tales behave while they speak; those who are interviewed seldom do
_GESTURE = re.compile(
    r"笑着道|笑道|笑了笑|苦笑|打着哈哈|问道|心[想里头中]|目光|神情|眼[神中睛]|嘴角|眉头|皱眉|语气|脸上|脸色|[点摇]了?点?头|叹了?口?气|"
    r"顿了顿|愣了|沉默|抬起头|转过身|看向|转向|声音"
)
_SPOKEN = re.compile(r"^[(（]?[“\"「『]")
_FEWEST_GESTURES, _FEWEST_LINES = 3, 6
_SPOKEN_SHARE, _GESTURE_SHARE = 0.35, 0.25
_FEWEST_SIGNS = 2
_DIALOGUE_SHARE = 0.2


def mark(lines: list[Line]) -> None:
    """Where a page has a reader's controls for chapters and its text is talk, or tells a tale, nothing on it is an article."""
    signs = {found for line in lines if len(line.text) <= 200 for found in _NOVEL.findall(line.plain)}
    body = [line for line in lines if line.kind in BODY_KINDS or line.kind is None]
    if _is_tale(body) or _has_controls(signs, body):
        for line in body:
            line.decide("furniture", "novel")


def _has_controls(signs: set[str], body: list[Line]) -> bool:
    """Whether a reader's controls stand on the page, enough of them or beside enough talk."""
    if len(signs) < _FEWEST_SIGNS:
        return False
    talk = sum(1 for line in body if _DIALOGUE.search(line.text[:400]))
    return not body or talk >= _DIALOGUE_SHARE * len(body) or len(signs) > _FEWEST_SIGNS


def _is_tale(body: list[Line]) -> bool:
    """Whether people speak and gesture in line after line, with none of a site's controls left on the page."""
    if len(body) < _FEWEST_LINES:
        return False
    spoken = sum(1 for line in body if _SPOKEN.match(line.plain))
    if spoken < _SPOKEN_SHARE * len(body):
        return False
    gestures = sum(1 for line in body if _GESTURE.search(line.plain[:400]))
    return gestures >= max(_FEWEST_GESTURES, _GESTURE_SHARE * len(body))
