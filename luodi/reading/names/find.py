"""Named things in a clause: projects, works, institutions, mechanisms; told from generic classes of work."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

# what a project or a built thing ends in, longest first where one holds another
_SUFFIX = (
    "保健院|档案馆|规划馆|青少年宫|少年宫|殡仪馆|消防站|养护院|法庭|派出所|"
    "项目|工程|产业园区|产业园|工业园|科技园|物流园|创业园|示范园|园区|开发区|高新区|新区|社区|小镇|综合体|"
    "总部|基地|中心|医院|卫生院|学院|大学|中学|小学|高中|初中|学校|幼儿园|实验校|校区|院区|敬老院|福利院|养老院|图书馆|博物馆|文化馆|体育馆|"
    "体育场|体育公园|科技馆|展览馆|纪念馆|美术馆|剧院|公园|广场|湿地|水库|灌区|泵站|水厂|污水处理厂|电厂|电站|变电站|换电站|"
    "加氢站|客运站|枢纽|车站|火车站|高铁站|机场|码头|港区|港口|大桥|桥|隧道|立交|大道|快速路|高速公路|高速|铁路|公路|环线|干线|"
    "专线|里程|酒店|商场|市场|冷库|粮库|生产线|厂房|大厦|花园|花海|茶园|果园|牧场|合作社|研究院|实验室|平台|系统|"
    "驿站|书房|书院|食堂|展馆|片区|组团|综合楼|门诊楼|住院楼|实验楼|教学楼"
)
# one character that ends a name only behind two others
_SHORT_SUFFIX = "路|街|城|港|谷"
_WORK, _THING, _LATE_WORK = (
    "主体|扩建|迁建|改造|建设|前期|除险加固|加固|整治|修复|清淤",
    "工程|项目|工作|规划",
    "建设|前期工作|前期",
)
_SUFFIX_END = re.compile(
    rf"(?:{_SUFFIX}|(?<=[^\W\d]{{2}})(?:{_SHORT_SUFFIX}))"
    rf"(?:[一二三四五六七八九十\d]+期)?(?:{_WORK})?(?:{_THING})?(?:{_LATE_WORK})?$"
)
# what the pattern may end in: looking at one character first is ten times faster
_LAST_SIGNS = frozenset(
    word[-1] for word in f"{_SUFFIX}|{_SHORT_SUFFIX}|期|{_WORK}|{_THING}|{_LATE_WORK}".split("|")
)
# words a name can not run across
_CUT = re.compile(
    r"(?:着力|大力|全力|加快|积极|扎实|重点|持续|继续|稳步|有序|全面|深入|统筹|协调|抓好|做好|启动|实施|推进|推动|促进|加强|强化|"
    r"建设完成|开工建设|规划建设|建设|建成|开工|完成|打造|创建|争创|新建|改建|扩建|迁建|改造|提升|完善|投资|引进|签约|落户|落地|支持|保障|确保|力争|"
    r"争取|计划|正在|已经|目前|预计|顺利|先后|全部|基本|做强|做优|做大|做精|办好|建强|用好|抓好|掃除|扫除|将|把|由|在|对|以|从|向|等|及|以及|与|和|的|了|是|为|到|、|，|,|;|；|:|：|今年|年内|\d+(?:\.\d+)?[万亿]?元)"
)
# an enumeration runs across 、 and 和, and ends at the rest
_LIST_CUT = re.compile(_CUT.pattern.replace("等|及|以及|与|和|的|了", "以及|的|了").replace("|、|", "|"))
_QUOTED = re.compile(r"[“‘「](?P<name>[^”’」，。；]{2,24})[”’」]|《(?P<title>[^》]{2,60})》")
_LIST_TAIL = re.compile(
    r"(?:等)?(?:\d+|[一二两三四五六七八九十]+)?(?:个|项|处|条|座|家|所)?(?:一批)?(?:重点|重大|省级|市级|民生|产业|标志性|龙头|工业|基础设施)*(?:项目|工程)"
)


class Name(NamedTuple):
    """A named thing at ``text[start:stop]``; ``proper`` is what sets it apart from its class."""

    start: int
    stop: int
    proper: str


def _matcher(*names: str) -> AhoCorasick:
    folder = Path(__file__).parent
    lines = [line for name in names for line in (folder / name).read_text("utf-8").splitlines()]
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


@cache
def _class_words() -> AhoCorasick:
    return _matcher("generic_words.txt")


@cache
def _everyday_words() -> AhoCorasick:
    return _matcher("generic_words.txt", "common_words.txt")


_NO_LETTER = re.compile(r"[^\u4e00-\u9fffA-Za-z]")


def _without(words: AhoCorasick, name: str) -> str:
    left = []
    at = 0
    for _, start, stop in words.find_matches_as_indexes(name):
        left.append(name[at:start])
        at = stop
    left.append(name[at:])
    return _NO_LETTER.sub("", "".join(left))


def proper_part(name: str) -> str:
    """What is left of ``name`` without everyday words, digits and signs.

    >>> proper_part("清沅湖大桥"), proper_part("老旧小区改造工程")
    ('清沅', '')
    """
    return _without(_everyday_words(), name)


# an institution of which a place has one, or a numbered one, is as good as named
_ONLY_ONE = re.compile(
    r"(?:区|县|市|镇)(?:人民医院|中医|妇幼|疾控|档案|图书|博物|文化馆|体育|职[业教]|党校|福利|看守|殡仪|第[一二三四五六七八九十])|"
    r"第[一二三四五六七八九十\d]+(?:初级|高级|实验)?(?:中学|小学|幼儿园|医院|污水|水厂|高中)"
)


# things that a place seldom has without a name: everyday words before them are one (青石桥)
_NAMED_AS_A_RULE = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{2,5})(?:特大桥|大桥|水库|大道|隧道|立交桥?|快速路|高速公路|高速|机场|书院|古镇|古城|老街|水厂|湿地公园)"
)


def is_proper(name: str) -> bool:
    """Whether ``name`` is one thing's and not a class of work's."""
    if len(proper_part(name)) >= 2 or _ONLY_ONE.search(name):
        return True
    match = _NAMED_AS_A_RULE.match(name)
    return match is not None and len(_without(_class_words(), match["name"])) >= 2


def find_names(text: str, start: int, stop: int) -> list[Name]:
    """Named projects and built things in ``text[start:stop]``, in order; generic classes of work are left out."""
    found: list[Name] = []
    if _LAST_SIGNS.isdisjoint(text[start:stop]):
        return found
    at = start
    pieces = []
    for cut in _CUT.finditer(text, start, stop):
        pieces.append((at, cut.start()))
        at = cut.end()
    pieces.append((at, stop))
    for low, high in pieces:
        piece = text[low:high]
        if len(piece) < 3 or piece[-1] not in _LAST_SIGNS or not _SUFFIX_END.search(piece):
            continue
        if is_proper(piece):
            found.append(Name(low, high, proper_part(piece)))
    return found


def find_quoted(text: str, start: int, stop: int) -> list[Name]:
    """Names in quotation marks or title marks in ``text[start:stop]``."""
    found = []
    for match in _QUOTED.finditer(text, start, stop):
        group = "name" if match["name"] else "title"
        found.append(Name(match.start(group), match.end(group), match[group]))
    return found


def list_of_works(text: str, start: int, stop: int) -> Name | None:
    """A、B、C等项目: the enumeration, where at least one part is a proper name."""
    words = text[start:stop]
    if ("项目" not in words and "工程" not in words) or ("、" not in words and "等" not in words):
        return None
    for tail in _LIST_TAIL.finditer(text, start, stop):
        low = start
        for cut in _LIST_CUT.finditer(text, start, tail.start()):
            low = cut.end()
        listed = text[low : tail.start()]
        if "、" not in listed and not tail[0].startswith("等"):
            continue
        if any(is_proper(part) for part in re.split("[、和及与]", listed)):
            return Name(low, tail.end(), proper_part(listed))
    return None
