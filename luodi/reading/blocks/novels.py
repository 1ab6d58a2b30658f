"""Pages of novels and of advertising: text, but no district's; none of it is an article."""

from __future__ import annotations

import re

from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.prose import BODY_KINDS

_NOVEL = re.compile(
    r"上一章|下一章|章节(?:目录|列表|报错)|加入书[架签]|最新章节|小说|书架|全文阅读|无弹窗|本章(?:完|字数|未完)|"
    r"手机阅读|错缺断章|站内短信|小说站|投推荐票|推荐票|月票|"
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
# what a tale without quotation marks shows: a chapter's name, how people talk and laugh
_CHAPTER = re.compile(r"^第[零〇一二三四五六七八九十百千\d]+[章回节]\s*\S")
_TELLS = re.compile(
    r"[说问喊叫笑喝骂][道着][:：]|[说问喊笑答]道|笑了[笑起出]|哈哈|呵呵|[点摇]了[点摇]头|叹了口气|心[想里]|皮笑|"
    r"语气|眼神|嘴角|皱眉|好奇的|惊讶的|愣了|冷笑|淡淡一|脸色|煞白|心里一紧|揶揄|霍然|瞥见|指尖|咯噔|沉声|低声|似笑非笑|嘟囔|挥挥手|不由得|茶香|抽屉"
)
_OFFICIAL = re.compile(r"(?:发布|成文)(?:时间|日期)|来源[:：]|索引号|通讯员|记者从|[讯(（]\s*记者|印发")
_SPOKEN = re.compile(r"^[(（\\]?[“\"「『]")
_FEWEST_GESTURES, _FEWEST_LINES = 3, 6
_SPOKEN_SHARE, _GESTURE_SHARE = 0.35, 0.25
_FEWEST_SIGNS = 2
_DIALOGUE_SHARE = 0.2


def mark(lines: list[Line]) -> None:
    """Where a page has a reader's controls for chapters and its text is talk, or tells a tale, nothing on it is an article."""
    signs = {found for line in lines if len(line.text) <= 200 for found in _NOVEL.findall(line.plain)}
    body = [line for line in lines if line.kind in BODY_KINDS or line.kind is None]
    if _is_tale(body) or _has_controls(signs, body) or _is_told(body):
        for line in body:
            line.decide("furniture", "novel")


def _has_controls(signs: set[str], body: list[Line]) -> bool:
    """Whether a reader's controls stand on the page, enough of them or beside enough talk."""
    if len(signs) < _FEWEST_SIGNS:
        return False
    talk = sum(1 for line in body if _DIALOGUE.search(line.text[:400]))
    return not body or talk >= _DIALOGUE_SHARE * len(body) or len(signs) > _FEWEST_SIGNS


def _is_told(body: list[Line]) -> bool:
    """Whether line after line tells how people talk, as no report does; below a chapter's name fewer will do."""
    told = sum(1 for line in body if _TELLS.search(line.plain[:400]))
    if any(_OFFICIAL.search(line.plain[:200]) for line in body):
        return False
    spoken = sum(1 for line in body if _SPOKEN.match(line.plain))
    chapters = {line.plain for line in body if _CHAPTER.match(line.plain)}
    if len(chapters) == 1 and body[0].plain in chapters:
        return told + spoken >= _FEWEST_SIGNS
    enough = max(_FEWEST_GESTURES, _GESTURE_SHARE * len(body))
    return len(body) >= _FEWEST_LINES and told >= _FEWEST_SIGNS and told + spoken / 2 >= enough


def _is_tale(body: list[Line]) -> bool:
    """Whether people speak and gesture in line after line, with none of a site's controls left on the page."""
    if len(body) < _FEWEST_LINES:
        return False
    spoken = sum(1 for line in body if _SPOKEN.match(line.plain))
    if spoken < _SPOKEN_SHARE * len(body):
        return False
    gestures = sum(1 for line in body if _GESTURE.search(line.plain[:400]))
    return gestures >= max(_FEWEST_GESTURES, _GESTURE_SHARE * len(body))
