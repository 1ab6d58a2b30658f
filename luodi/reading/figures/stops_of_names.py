"""Refusals asked of every numeral: ranks, labels, models, bases, and numerals that belong to a name."""

from __future__ import annotations

import re

from luodi.reading.figures import stop_words as words
from luodi.reading.figures.bounds import approx_of
from luodi.reading.figures.candidates import Candidate
from luodi.reading.figures.labels import Labels
from luodi.reading.figures.stop import Stop, before, entering

_RANKED = frozenset(("名", "位", "家", "个", "%"))
_FOREMOST = re.compile(r"(?:^|[^目此之以提当年日月午天期底末事生面眼])前$|倒数$")
_RANKS = re.compile(words.RANKS_BEFORE + "$")
_OF_FILES = ("字节", "千字节", "兆字节", "吉字节")
_REACHED = re.compile(
    r"(?:达到?|[提升增降减压扩]\w{0,2}[到至]|完成|下降|减少|降低|增长|增加|压缩|占比?|占到|超)了?(?:将?近|接近|约)?$"
)
_SESSION = re.compile(r"届[^，,。；;|]{0,8}\|(?:全会|会议|全体|大会)")
_DEEDS = re.compile(words.DEEDS)
_ROOM = re.compile("[0-9]*(?:单元|室|号)")

NAME_STOPS: list[Stop] = []
_stop = entering(NAME_STOPS)


@_stop("书名号内的数字是文件名的一部分", "《关于推进30项改革的意见》")
def title(c: Candidate, labels: Labels) -> bool:
    label = labels.around(c.start)
    return label is not None and label[2] == "title"


@_stop("引号内的口号、名称里的数字不是数量", "落实“三个一批”")
def quoted_label(c: Candidate, labels: Labels) -> bool:
    """Money, shares and scaled digits behind other words are let through: “总投资5亿元”."""
    label = labels.around(c.start)
    if label is None or label[2] != "quote":
        return False
    leads = c.start == label[0] + 1
    stated = c.unit.kind in ("money", "share", "measure") or c.numeral.scaled
    return c.numeral.chinese or leads or not stated


@_stop("没有界限、也不说达到的分数，多是打比方", "用三分之一的时间")
def loose_fraction(c: Candidate, _: Labels) -> bool:
    return c.shape == "fraction" and approx_of(c) in (None, "about") and _REACHED.search(c.left) is None


@_stop("附件的大小", "规划纲要.pdf（3.42MB）", of=_OF_FILES)
def file_size(c: Candidate, _: Labels) -> bool:
    return c.left.endswith(("（", "("))


@_stop("序数：第几", "第3条河流")
def ordinal(c: Candidate, _: Labels) -> bool:
    """A session is an ordinal even without 第: 三届二次会议."""
    if c.left.rstrip(" ").endswith("第"):
        return True
    return c.unit.base == "次" and (
        c.left.endswith(("届", "番")) or bool(_SESSION.search(c.left + "|" + c.right))
    )


@_stop("名次：排在前几、位居第几", "进入全市前10名", of=_RANKED)
def rank(c: Candidate, _: Labels) -> bool:
    if _FOREMOST.search(c.left):
        return True
    return c.unit.base in ("名", "位") and (_RANKS.search(c.left) is not None or c.left.endswith("最后"))


@_stop("型号、编号：紧跟在字母后的数字", "维生素B6片")
def model_name(c: Candidate, _: Labels) -> bool:
    letter = before(c, 2) if before(c, 1) in ("-", "－") else before(c, 1)
    stated = c.numeral.scaled or c.unit.kind in ("share", "money")
    return letter.isascii() and letter.isalpha() and not stated


@_stop("“1+3”式的组合名称", "组建1+3个专班")
def sum_label(c: Candidate, _: Labels) -> bool:
    return before(c, 1) in ("+", "＋") and before(c, 2).isalnum()


@_stop("日期、时刻或比例的一部分", "上午9时30分")
def part_of_date(c: Candidate, _: Labels) -> bool:
    joint = before(c, 1)
    if joint in ("/", ":", "：", "-"):
        return before(c, 2).isdigit()
    return c.unit.base == "分" and joint in ("时", "点")


@_stop("“每多少”的计量基准，不是数量", "每3个村设一个站")
def denominator(c: Candidate, _: Labels) -> bool:
    return c.left.endswith(("每", "每满", "每隔"))


@_stop("“一村一品”式的成对说法", "推行一村一品")
def paired_ones(c: Candidate, _: Labels) -> bool:
    """新建一所一流学校 is not one: 一流, 一贯, 一体 are words of their own."""
    if c.written not in ("一", "1"):
        return False
    after, word = c.text[c.start + 2 : c.start + 3], c.text[c.start + 3 : c.start + 4]
    before = c.text[c.start - 2 : c.start - 1] if c.start > 1 else ""
    return (after == c.written and word not in tuple("流贯体般站级类个")) or before == c.written


@_stop("年度实事的名称：十件民生实事", "办好十件民生实事", of="件项")
def livelihood_deeds(c: Candidate, _: Labels) -> bool:
    return _DEEDS.match(c.right) is not None


@_stop("“几大”加名词是名称，不是数量", "实施六大工程")
def big_label(c: Candidate, _: Labels) -> bool:
    """Only digits before a bare classifier count (10大类); 五大类 stays a label."""
    return c.shape == "big" and (
        c.numeral.chinese or c.unit.base not in ("类", "项", "种", "件", "片区", "品类")
    )


@_stop("门牌地址里的楼栋", "人民路12号3栋", of="栋幢")
def address(c: Candidate, _: Labels) -> bool:
    return c.left.endswith("号") or _ROOM.match(c.right) is not None


@_stop("名词前没有量词时只认阿拉伯数字", "三镇联动")
def noun_needs_digits(c: Candidate, _: Labels) -> bool:
    year = not c.numeral.scaled and 1900 <= c.value <= 2100
    return c.unit.kind == "noun" and c.shape != "big" and (c.numeral.chinese or year)
