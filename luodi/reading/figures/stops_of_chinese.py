"""Refusals asked of Chinese numerals: slogans, fixed phrases, indefinite amounts, and 一 that counts nothing."""

from __future__ import annotations

import re

from luodi.reading.figures import stop_words as words
from luodi.reading.figures.candidates import Candidate
from luodi.reading.figures.labels import Labels
from luodi.reading.figures.stop import Stop, entering

_TINY_NEVER = frozenset("度里方兆安转分升克元瓦伏帕斤℃")
_STRONG_ONE = frozenset("所座处家名栋幢艘辆台间架位宗人户")
_CLASSIFIER_ONE = _STRONG_ONE | frozenset("个条项支套场件次批")
_SOME = re.compile(r"(?<![人户件次总个多套台])数$|几$")
_BOUND_OF_BARE = re.compile(f"(?:{words.BOUNDS_OF_BARE})$")
_BARE_CLASS = re.compile(words.BARE_CLASS)
_FIXED = re.compile(words.FIXED)
_SLOGAN = re.compile(words.SLOGAN)
_SO_MANY = re.compile("[二两三四五六七八九十]个$")
_STOREYS_OF = re.compile(words.STOREYS_OF)
_ABSTRACT_UNITS = frozenset("个项种条场类件")
_ABSTRACT = re.compile(
    rf"(?:大|重要|突出|主要|关键|重点|基本)?(?:{words.ABSTRACT}|(?:{words.ABSTRACT_AT_END}){words.NOUN_ENDS})"
)
_IN_PLACE_NAMES = frozenset("台元户家间所里株方门河盘")
_TOWN_AFTER = re.compile(r"子?(?:山|县|区|渠|桥|镇|乡|村|庄|屯|堡|铺|河)(?!企|卫|办|级|中|小|有|属|农|的)")
_DELIVERED = re.compile(rf"(?:{words.DELIVERS})了?[^，,。；;、的]{{0,6}}$")
_DELIVERED_WIDELY = re.compile(rf"(?:{words.DELIVERS}|{words.DELIVERS_WIDELY})了?[^，,。；;、的]{{0,4}}$")
_DELIVERED_IN_LIST = re.compile(rf"(?:{words.DELIVERS})了?[^，,。；;的]{{0,14}}、$")
_DELIVERED_AT_ONCE = re.compile(rf"(?:{words.DELIVERS})了?$")
_CLAUSE_END = re.compile(r"\s|$|[，,。；;、！!？?）)”]|和|及|以及|与")
_NOUN_BEFORE = re.compile(r"[\u4e00-\u9fff]{2}$")
_NO_COUNT_BEFORE = re.compile(r"[第每同另唯漏落少缺逐首任某各哪]$")
_MOVED = re.compile(
    r"(?:增长|提高|提升|下降|降低|增|减少|上升|上涨|超|超过|近|约|不到|不足|占|翻了|扩大)了?约?近?超?过?$"
)

CHINESE_STOPS: list[Stop] = []
_stop = entering(CHINESE_STOPS)


@_stop("前面已说过的几个，不是新的数量", "这两个片区")
def anaphor(c: Candidate, _: Labels) -> bool:
    return c.left.endswith(("这", "那", "该", "此", "上述", "前述"))


@_stop("不定数：数十、几百", "发展数百家商户")
def indefinite(c: Candidate, _: Labels) -> bool:
    return c.written[0] in "十百千万亿" and _SOME.search(c.left) is not None


@_stop("没有数字的量级只是等次：百亿企业、亿元以上项目", "亿元以上项目")
def bare_scale(c: Candidate, _: Labels) -> bool:
    """百余家 and 近百家 are quantities; 百家争鸣 and 亿元以上项目 are not."""
    if not c.numeral.bare or c.infix or c.shape == "words":
        return False
    return _BOUND_OF_BARE.search(c.left) is None or _BARE_CLASS.match(c.right) is not None


@_stop("以十亿、百亿划线的一类项目，没有数字", "十亿元以上项目")
def bare_threshold(c: Candidate, _: Labels) -> bool:
    only_scales = set(c.written) <= set("十百千万亿")
    return only_scales and c.unit.kind == "money" and _BARE_CLASS.match(c.right) is not None


@_stop("固定词组、制度名称", "坚持八项规定精神")
def fixed_phrase(c: Candidate, _: Labels) -> bool:
    return _FIXED.match(c.text, c.start) is not None


@_stop("中文数字加“个”引出的口号", "增强四个意识")
def slogan(c: Candidate, _: Labels) -> bool:
    return c.written_unit == "个" and _SLOGAN.match(c.right) is not None


@_stop("口号内部的数字：三个一万亩", "推进三个一千亩")
def within_slogan(c: Candidate, _: Labels) -> bool:
    return _SO_MANY.search(c.left) is not None


@_stop("抽象名词的个数无从核对", "从三个方面发力")
def abstract_count(c: Candidate, _: Labels) -> bool:
    if len(c.written) > 2 or c.unit.base not in _ABSTRACT_UNITS:
        return False
    return _ABSTRACT.match(c.right) is not None


@_stop("带数字的地名", "途经三台县")
def place_name(c: Candidate, _: Labels) -> bool:
    small = c.single and c.written_unit in _IN_PLACE_NAMES
    return small and _TOWN_AFTER.match(c.right) is not None


@_stop("单个中文数字与此字合成别的词：一期、二类、三元、四处", "一类公办园")
def other_word(c: Candidate, _: Labels) -> bool:
    if c.shape in ("half", "coins"):
        return False
    if c.written == "四" and c.written_unit == "处":
        return not (_DELIVERED_WIDELY.search(c.left) or _CLAUSE_END.match(c.right))
    if c.written in ("二", "三") and c.written_unit in ("次", "件"):
        return c.written == "二"
    if not c.single or c.place:
        return False
    if c.written_unit == "层":
        return _STOREYS_OF.match(c.right) is None
    return c.written_unit[0] in _TINY_NEVER or not (c.unit.small or c.written == "两")


@_stop("“一”不是计数：一件接一件、一条新路", "走出一条新路子")
def one_as_article(c: Candidate, _: Labels) -> bool:
    """One counts behind a verb that delivers (新建一所), at the end of a list (公园一座), or as a change (一倍)."""
    if c.written != "一" or c.place:
        return False
    if c.unit.base == "倍":
        return False
    if c.unit.base not in _CLASSIFIER_ONE:
        return not (_MOVED.search(c.left) or _DELIVERED_AT_ONCE.search(c.left))
    if _NO_COUNT_BEFORE.search(c.left) or c.unit.base in ("次", "批"):
        return True
    if c.unit.base in _STRONG_ONE:
        delivered = _DELIVERED_WIDELY.search(c.left) or _DELIVERED_IN_LIST.search(c.left)
    else:
        delivered = (_DELIVERED_AT_ONCE if c.unit.base == "个" else _DELIVERED).search(c.left)
    listed = _NOUN_BEFORE.search(c.left) and _CLAUSE_END.match(c.right)
    return not (delivered or (listed and c.unit.base != "人"))


@_stop("零不是要核对的数量：零距离、零次", "做到零次投诉")
def nothing_counted(c: Candidate, _: Labels) -> bool:
    return c.value == 0
