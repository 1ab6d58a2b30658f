"""Lines about the article: when, from where, by whom, how often read, under what number."""

from __future__ import annotations

import itertools
import re

from luodi.reading.blocks.lines import Line
from luodi.reading.names.surnames import is_person

_LABEL = re.compile(
    r"(?:^|[\s|(\[【/·])(?:(?:发布|发表|发稿|更新|编辑|公开|发文|成文|印发|生成|上载|录入|报道|刊发|上传|文章|信息|"
    r"稿件|审核|公布|实施|颁布|添加)?(?:时间|日期)|日期|来源|出处|稿源|信息来源|文章来源|稿件来源|新闻来源|消息来源|"
    r"供稿|供稿单位|"
    r"作者|撰稿|文字|文|记者|通讯员|特约记者|摄影|编辑|责编|责任编辑|网络编辑|编审|主编|总编|监制|审核|审签|初审|"
    r"复审|终审|一审|二审|三审|校对|值班编辑|值班主任|值班总编|编辑整理|录入|责任校对|发布人|发布者|上传|投稿人|"
    r"浏览|浏览量|浏览次数|点击|点击量|点击数|点击次数|阅读|阅读量|阅读数|阅读次数|访问|访问量|访问次数|人气|热度|"
    r"评论数?|字号|字体|"
    r"文号|发文字号|文件编号|发文文号|索引号|信息索引|文件名称|名称|标题|发布机构|发布单位|发文机关|发文单位|"
    r"发文机构|公开责任部门|公开形式|公开方式|公开范围|公开目录|公开类别|公开时限|主题分类|体裁分类|组配分类|"
    r"服务对象|信息类别|信息分类|所属主题|有效性|效力状态|有效期|时效性|主题词|内容概述|文章编号|原标题|归档时间|征集时间|征求意见时间|公示时间|公示期|起止时间|"
    r"访谈嘉宾|访谈主题|访谈时间|访谈单位|受访嘉宾|本期嘉宾|特邀嘉宾|对话嘉宾|直播时间|受访者|签发人|信息名称|索取号|发布地点|题)"
    r"\s*[:】\]|]",
)
_META_LABEL = re.compile(
    r"^(?:索引号|主题分类|来源|信息来源|发文机构|发文机关|发布机构|发文字号|文号|发文日期|成文日期|有效性|效力状态|"
    r"发布日期|发布时间|公开日期|公开时间|生成日期|内容概述|名称|标题|主题词|关键词|体裁分类|公开形式|公开方式|"
    r"公开范围|公开目录|公开责任部门|责任编辑|作者|组配分类|有效性|时效|统一编号|信息分类|浏览次数|阅读次数|点击数|"
    r"时效性|分类|实施日期|失效日期|制发机关|文件类型|文件编号|发布单位)[:：]?\s*[|｜]?$"
)
# the box that describes a paper, flattened to a line without colons: 索引号 990102/2023-00112 主题分类 综合政务
_BOX = re.compile(
    r"^(?:索\s*引\s*号[\s|]*[0-9A-Z]|"
    r"(?:主题分类|体裁分类|组配分类|发文(?:机关|机构|单位|字号)|制发机关|成文日期|信息分类|有效性|效力状态|"
    r"公开(?:形式|方式|范围|目录|类别|时限))[\s|]+\S)"
)
# labels whose value is not waited for: what follows them may as well be the title
_NO_VALUE = re.compile(r"来源|作者|责任编辑|内容概述|名称|标题|次数|点击数")
# 实施时间：3月至10月 says of a task when it is done; of a paper it gives a whole day
_WHEN_DONE = re.compile(r"^[(（\[【]?实施(?:时间|日期)\s*:")
_BULLET = re.compile(r"^[•·●\-*\s]+")
_CLOCK = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?\s*(?:星期.)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?"
)
_DAY_LINE = re.compile(
    r"^[(（]?\s*(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?|"
    r"[二一][〇○ＯO0零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\s*(?:印发|"
    r"发布)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?[)）]?$"
)
_SESSION = re.compile(
    r"^[(（—\-\s]*(?:(?:19|20)\d\d|[二一][〇○零一二三四五六七八九]{3})年.{2,8}日.{0,30}(?:会议|大会|全会|"
    r"次会)(?:第.{1,4}次会议)?(?:上|通过|批准|审议|$)"
)
_SESSION_START = re.compile(r"^[(（—\-\s]*(?:(?:19|20)\d\d|[二一][〇○零一二三四五六七八九]{3})年.{2,8}日在?")
_SESSION_PLACE = re.compile(
    r"^[(（—\-\s]*在?.{2,24}第?.{1,6}届.{0,16}(?:代表大会|委员会|人大|政协).{0,16}(?:会议|全会)(?:上)?[)）]?$"
)
_WHO = re.compile(
    r"^[(（【\[□■○●◎\s]*(?:本报|本网|本台|本刊|全媒体|融媒体?|见习|特约|首席|实习|通讯|[\u4e00-\u9fff]{2,8}(?:日报|"
    r"晚报|网|台|社|融媒体?中心?))*\s*(?:记者|通讯员|编辑|文字|作者|图文|采写|撰文|文/图|文图|文)\s*[/／:：|]?\s*[\u4e00-\u9fff·\s、/,，]{2,40}(?:文/图|"
    r"摄影报道|摄|报道)?[)）\]】]?$"
)
_HOLDER = re.compile(
    r"^[—\-\s]*(?!访|专访|对话|记|本报|与)(?:[\u4e00-\u9fff]{2,24}(?:人民政府|管委会|管理委员会|委员会|局|政府|工委|"
    r"委)?)?(?:代)?(?:区长|县长|市长|旗长|镇长|乡长|主任|局长|"
    r"书记)\s*(?P<name>[\u4e00-\u9fff·]{1,3}\s?[\u4e00-\u9fff]{1,2})$"
)
_SOURCE_BRACKET = re.compile(
    r"^[(（【\[](?:来源|稿源|据|责任编辑|责编|编辑|记者|通讯员|作者|文|供稿|原载|转自|本报记者|图文).{1,60}[)）】\]]$"
)
_ISSUER_LINE = re.compile(
    r"^(?:中共)?[\u4e00-\u9fff（）()\d]{2,30}(?:人民政府|人民政府办公室|人民政府办公厅|管理委员会|管委会|委员会|"
    r"办公室|局|领导小组|指挥部|人大常委会)(?:办公室)?$"
)
_NO_BUREAU = re.compile(r"[新布开大格全结破棋变危定时终出僵战]局$")
_DOCUMENT_NUMBER = re.compile(
    r"^[\u4e00-\u9fff]{1,14}[〔\[(（【]?(?:19|20)\d\d[〕\])）】]?(?:第)?\s?\d{1,4}\s?号$"
)
# 记者：请问…？ is a question, not a byline
_SPOKEN = re.compile(r"[。?!][”\"）)]?$")
_MASTHEAD = re.compile(r"星期[一二三四五六日天]|周[一二三四五六日]|第?\s?[A-Z]?\d{1,3}\s?版|农历")
_LONGEST = 160


def mark(lines: list[Line]) -> None:
    """Name the undecided lines that speak of the article instead of being part of it."""
    _mark_session_lines(lines)
    value_due = False
    for line in lines:
        if (
            value_due
            and line.rule in _VALUE_LIKE
            and len(line.text) <= 40
            and not line.text.endswith(("。", ":", "："))
        ):
            line.decide("byline", "byline_value")
            value_due = False
            continue
        value_due = False
        if line.kind is not None and line.rule not in _OVERRULED:
            continue
        rule = byline_rule(line)
        value_due = _awaits_value(line, rule)
        if rule:
            line.decide("byline", rule)


def _awaits_value(line: Line, rule: str | None) -> bool:
    """Whether a label stands alone, so that its value stands on the next line."""
    if rule not in ("byline_label", "byline_labelled") or not line.text.endswith((":", "：")):
        return False
    label = _BULLET.sub("", line.squeezed)
    return bool(_META_LABEL.match(label)) and not _NO_VALUE.search(label)


def _mark_session_lines(lines: list[Line]) -> None:
    """（2024年1月10日在…第 / 四次会议上）: the place of a report broken over two lines."""
    for line, following in itertools.pairwise(lines):
        if line.kind is not None or following.kind is not None or len(line.text) + len(following.text) > 90:
            continue
        if _SESSION.match(line.plain) or not _SESSION_START.match(line.plain):
            continue  # whole already, or none
        if _SESSION.match(line.plain + following.plain):
            line.decide("byline", "byline_session")
            following.decide("byline", "byline_session")


# what the value of a label on the line before may have been taken for
_VALUE_LIKE = frozenset({"", "bare_number", "page_number", "page_tools", "site_name", "menu"})
# a furniture rule that yields to a dated byline: 来源 lines with a copyright mark or a share button in them
_OVERRULED = frozenset({"footer", "page_tools", "tags", "share", "comments", "picture", "site_name", "menu"})


def byline_rule(line: Line) -> str | None:
    """The name of the first byline rule that holds for ``line``."""
    if line.kind is not None:
        if not _CLOCK.search(line.plain) or len(line.text) > _LONGEST:
            return None
        return "byline_labelled" if _is_labelled(line) else "byline_masthead" if _is_masthead(line) else None
    if len(line.text) > _LONGEST:
        return None
    for name, holds in RULES:
        if holds(line):
            return name
    return None


def _is_labelled(line: Line) -> bool:
    found = _LABEL.search(line.plain[:60]) or _META_LABEL.match(line.squeezed.partition(":")[0] + ":")
    if found is None or len(line.text) > _LONGEST or "。" in line.text[:-1]:
        return False
    if _WHEN_DONE.match(line.plain) and not _CLOCK.search(line.plain):
        return False
    return not _SPOKEN.search(line.plain) or bool(_CLOCK.search(line.plain))


def _is_editor(line: Line) -> bool:
    return bool(
        re.match(
            r"^[(（【\[]?(?:责任编辑|责编|编辑|网络编辑|编审|审核|校对|初审|终审|主编|值班编辑)\s*[:：/丨|]",
            line.plain,
        )
    )


def _is_source_bracket(line: Line) -> bool:
    return bool(_SOURCE_BRACKET.match(line.text))


def _is_label(line: Line) -> bool:
    return len(line.text) <= 12 and bool(_META_LABEL.match(line.squeezed))


def _is_box(line: Line) -> bool:
    return "。" not in line.text[:-1] and bool(_BOX.match(line.plain))


def _is_day(line: Line) -> bool:
    return bool(_DAY_LINE.match(line.plain))


def _is_clock(line: Line) -> bool:
    """A printed day among a few words: 网络编辑 栏目 2022-01-21 14:03 0."""
    found = _CLOCK.search(line.plain)
    if found is None or len(line.text) > 100 or re.search("[。,，;；]", line.text):
        return False
    rest = len(line.squeezed) - len(found[0].replace(" ", ""))
    return (":" in found[0] and rest <= 60) or (rest <= 24 and "年" not in found[0]) or rest <= 4


def _is_masthead(line: Line) -> bool:
    """A newspaper's head: its name, the day, the weekday or the page."""
    return (
        len(line.text) <= 70
        and "今天" not in line.text
        and bool(_CLOCK.search(line.plain))
        and bool(_MASTHEAD.search(line.plain))
    )


def _is_session(line: Line) -> bool:
    return len(line.text) <= 90 and bool(_SESSION.match(line.plain) or _SESSION_PLACE.match(line.plain))


def _is_who(line: Line) -> bool:
    return len(line.text) <= 60 and bool(_WHO.match(line.text))


def _is_holder(line: Line) -> bool:
    if len(line.text) > 40 or (found := _HOLDER.match(line.text)) is None:
        return False
    return is_person(found["name"])


def _is_number(line: Line) -> bool:
    if re.match(r"^[(（]此件.{0,8}(?:公开|发布).{0,4}[)）]$", line.squeezed):
        return True
    return bool(_DOCUMENT_NUMBER.match(line.squeezed))


def _is_issuer(line: Line) -> bool:
    return (
        len(line.squeezed) <= 34
        and bool(_ISSUER_LINE.match(line.squeezed))
        and not _NO_BUREAU.search(line.squeezed)
    )


RULES = (
    ("byline_editor", _is_editor),
    ("byline_label", _is_label),
    ("byline_labelled", _is_labelled),
    ("byline_box", _is_box),
    ("byline_source", _is_source_bracket),
    ("byline_day", _is_day),
    ("byline_masthead", _is_masthead),
    ("byline_session", _is_session),
    ("byline_clock", _is_clock),
    ("byline_who", _is_who),
    ("byline_holder", _is_holder),
    ("byline_number", _is_number),
    ("byline_issuer", _is_issuer),
)
