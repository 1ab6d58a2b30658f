"""What names a time and is none: labels, recurring days, bases of comparison, titles, dates with a lost sign."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.reading.periods.words import (
    BASE_AFTER,
    BASE_BEFORE,
    COUNT,
    DAY_DIGITS,
    DIGIT,
    GAP,
    HAN_NUMERAL,
    LABELS,
    LOST,
    MONTH_DIGITS,
    MONTH_HAN,
    TO,
    YEAR_DIGITS,
    YEAR_HAN,
)


@dataclass(frozen=True)
class StopRule:
    """Words from which no period is read; ``words`` is what they are, at the place where a period would begin or end."""

    name: str
    meaning: str
    example: str
    words: str


MONTH = f"(?:{MONTH_DIGITS}|{MONTH_HAN})"

AT_START: tuple[StopRule, ...] = (
    StopRule(
        "recurring",
        "每年、每月、每季度：反复发生，不是一段时间",
        "每年3月植树",
        rf"每(?:隔)?(?:{COUNT})?(?:个)?(?:年|季度?|月|半年|旬|周)(?:的)?(?:年?[底末初])?"
        rf"(?:{MONTH}(?:月份?)?(?:{TO}{MONTH})?月?份?)?(?:[底末初]|[上中下]旬|末月)?(?:{DAY_DIGITS}[日号])?"
        rf"(?:第?[{HAN_NUMERAL}1-4]季度末?|[上下]半年)?[之以]?前?",
    ),
    StopRule(
        "label",
        "名称里的年份，不说何时办成",
        "二〇三五年远景展望",
        rf"(?:{YEAR_DIGITS}|{YEAR_HAN}){GAP}年{LABELS}",
    ),
    StopRule(
        "slogan_turn",
        "一季度一调度之类",
        "一季度一调度",
        "一季度一(?:次|调度|通报|评|考|督|会商|报告|更新|排名|点评|主题|拉练|观摩|研判|小结|盘点|分析|检查|推进)",
    ),
)

BASE = StopRule("base", "比较的基数，不是所说之事的时间", "比上年增长5%", BASE_BEFORE)
BASE_BEFORE_PATTERN = re.compile(BASE_BEFORE + GAP + "$")
BASE_AFTER_PATTERN = re.compile(BASE_AFTER)

TITLE = StopRule("title", "书名号里的文件名", "《三年行动方案（2021—2023年）》", "《[^《》\n]{1,80}》")
TITLE_PATTERN = re.compile(TITLE.words)

LOST_SIGN = StopRule(
    "lost_sign",
    "旁边的数字已经损坏，宁可不读",
    "2025年?月底前完成",
    rf"{GAP}(?:{DIGIT}|[{LOST}]){{1,4}}{GAP}[月日号季旬年]",
)
LOST_SIGN_PATTERN = re.compile(LOST_SIGN.words)

QUALIFIER = StopRule(
    "qualifier",
    "已过的时限作定语，说的是哪些东西",
    "2000年前建成的小区",
    "(?<=前)(?:建成|竣工|建设|投用|投产|出生|参加|登记|注册|成立|开工|签约|入住){0,2}(?:投用|工作)?的",
)
QUALIFIER_PATTERN = re.compile(QUALIFIER.words)

STOP_RULES: tuple[StopRule, ...] = (*AT_START, BASE, TITLE, LOST_SIGN, QUALIFIER)
