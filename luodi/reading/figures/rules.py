"""The rules that name how a figure was read, in the order they are asked; the last takes whatever is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from luodi.reading.figures.candidates import Candidate

Reads = Callable[[Candidate], bool]


class Rule(NamedTuple):
    """How a figure can be written: name, meaning, a text that shows it, and the question asked."""

    name: str
    meaning: str
    example: str
    reads: Reads


RULES: list[Rule] = []


def _rule(meaning: str, example: str) -> Callable[[Reads], Reads]:
    def enter(reads: Reads) -> Reads:
        RULES.append(Rule(reads.__name__, meaning, example, reads))
        return reads

    return enter


def rule_of(candidate: Candidate) -> str:
    """The name of the first rule that reads ``candidate``."""
    for rule in RULES:
        if rule.reads(candidate):
            return rule.name
    raise LookupError(
        f"no rule reads {candidate.text[candidate.start : candidate.stop]!r}; the last one reads anything"
    )


@_rule("比例“几比一”读作几倍", "投入产出比达到8:1")
def ratio_to_one(c: Candidate) -> bool:
    return c.shape == "ratio"


@_rule("“百分之几”“千分之几”", "占比为百分之三十五")
def share_in_words(c: Candidate) -> bool:
    return c.shape == "words"


@_rule("分数：除得尽的折成百分数，除不尽的以“个几分之一”为单位", "建成区四分之三以上达到要求")
def fraction(c: Candidate) -> bool:
    return c.shape == "fraction"


@_rule("几元几角几分合成一数", "每立方米3元5角")
def coins(c: Candidate) -> bool:
    return c.shape == "coins"


@_rule("范围的两端共用后面的单位和量级，各成一数", "每年培育30—50家")
def range_end(c: Candidate) -> bool:
    return c.place in ("low", "high")


@_rule("并列的几个数共用后面的单位和量级", "三年分别完成12、15和18个")
def shared_unit(c: Candidate) -> bool:
    return c.place == "listed"


@_rule("“几大类”以后面的名词为单位", "产品覆盖10大类")
def kind_after_big(c: Candidate) -> bool:
    return c.shape == "big"


@_rule("“几个半小时”", "车程缩短至2个半小时")
def half_more(c: Candidate) -> bool:
    return c.shape == "half"


@_rule("“九成五”读作95%", "满意度达九成五")
def tenths_and_hundredths(c: Candidate) -> bool:
    return c.shape == "tenths"


@_rule("亿、万后未写“元”或“人”，由前面的投资、产值、人口等词补出", "总投资60亿，分两期建设")
def unit_understood(c: Candidate) -> bool:
    return c.shape == "understood"


@_rule("行首序号与数量连写，序号不算", "1.58个项目开工")
def after_outline_number(c: Candidate) -> bool:
    return c.shape == "outline"


@_rule("只有量级而有界限词：近百家、百余家", "吸引商户百余家")
def bounded_scale(c: Candidate) -> bool:
    return c.numeral.bare


@_rule("没有量词，以名词为单位", "惠及周边5镇")
def noun_as_unit(c: Candidate) -> bool:
    return c.unit.kind == "noun"


@_rule("建成、引进等动词后的“一”是数量", "新建一所小学")
def one_delivered(c: Candidate) -> bool:
    return c.written == "一"


@_rule("中文数字", "植树三万五千株")
def chinese_numeral(c: Candidate) -> bool:
    return c.numeral.chinese


@_rule("百分比、千分比、百分点、倍，“四成”读作40%", "满意率98.5%")
def share(c: Candidate) -> bool:
    return c.unit.kind == "share"


@_rule("阿拉伯数字加万、亿等量级", "到位资金6.04亿元")
def scaled_digits(c: Candidate) -> bool:
    return c.numeral.scaled


@_rule("阿拉伯数字加单位", "新建口袋公园15个")
def plain_digits(_: Candidate) -> bool:
    return True
