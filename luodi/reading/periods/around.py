"""Rules for times counted from the day spoken of: 本月, 季末, 近三年, 三年内, 截至目前."""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.periods.calendar import (
    DECADES,
    Stretch,
    a_day,
    days_of_month,
    last_day,
    months,
    next_day,
    number_of,
    quarters,
    years,
    years_earlier,
)
from luodi.reading.periods.shape import PeriodRule, ReadStretch, Setting
from luodi.reading.periods.words import (
    COUNT,
    DAY_DIGITS,
    GAP,
    HAN_NUMERAL,
    LOST,
    MONTH_DIGITS,
    MONTH_HAN,
    NOT_BOTTOM,
    NOT_FIRST,
    TO,
)

LONGEST_COUNT = 10
"""Beyond ten years (五十年来) is rhetoric, not a stretch anyone counted."""

NOT_A_NAME = "(?![级制期龄行计规])"
PURPOSE = "(?:(?<![^争取保划要将拟用，,；;。：:！!\\n 　])|(?<=[要将拟划]在))"
"""力争, 争取, 确保, 计划, 要, 将, 拟, 用: without one, 三年内 is the clock of a rule (取得证书三年内), not a plan."""

FREE_COUNT = rf"(?<![0-9０-９.{HAN_NUMERAL}第百千两几多余数{LOST}续])"
EACH_TURN = r"(?:年?[底末]|(?P<m>{month}){gap}月{gap}[底末]?)".format(
    month=f"(?:{MONTH_DIGITS}|{MONTH_HAN})", gap=GAP
)


def years_back(match: re.Match[str], setting: Setting) -> Stretch | None:
    """近三年, 过去五年, 五年来: so many years up to the day.

    Said in the first three months it reviews whole calendar years, the last of them just ended; said in the last two, the
    years up to the one that ends.
    """
    count = number_of(match["n"])
    if count is None or not 1 <= count <= LONGEST_COUNT:
        return None
    on = setting.on
    if on is None:
        return Stretch(None, None, "year")
    if on.month <= 3:
        return years(on.year - count, on.year - 1)
    is_year_end = on.month >= 11
    since = a_day(on.year - count + 1, 1, 1) if is_year_end else next_day(years_earlier(on, count))
    return Stretch(since, on if since else None, "year")


def years_ahead(match: re.Match[str], setting: Setting) -> Stretch | None:
    """未来三年, 三年内: so many calendar years, this one among them in its first half; of 三到五年 the longer."""
    count = number_of(match["k"] or match["n"])
    if count is None or not 1 <= count <= LONGEST_COUNT:
        return None
    on = setting.on
    if on is None:
        return Stretch(None, None, "year")
    if on.month <= 6:
        return years(on.year, on.year + count - 1)
    until = a_day(on.year + count, 12, 31)
    return Stretch(on if until else None, until, "year")


def years_joined(match: re.Match[str], setting: Setting) -> Stretch | None:
    """今明两年."""
    first, last = {"今明两年": (0, 1), "今明后三年": (0, 2), "明后两年": (1, 2), "去今两年": (-1, 0)}[
        match.group().replace("、", "")
    ]
    on = setting.on
    return years(None, None) if on is None else years(on.year + first, on.year + last)


def _month_beside(on: dt.date, word: str) -> tuple[int, int]:
    step = {"上": -1, "下": 1}.get(word[0], 0)
    year, index = divmod(on.year * 12 + on.month - 1 + step, 12)
    return year, index + 1


def month_beside(match: re.Match[str], setting: Setting) -> Stretch | None:
    """本月, 上月, 下个月, with a day or a third of it."""
    year, which = (None, 1) if setting.on is None else _month_beside(setting.on, match["w"])
    if match["d"]:
        day = number_of(match["d"])
        return None if day is None else days_of_month(year, which, day, day, "day")
    if match["x"] or match["i"]:
        return days_of_month(year, which, *DECADES[match["x"] or "上"], "decade")
    return months(year, which, which)


def month_end(_match: re.Match[str], setting: Setting) -> Stretch | None:
    """月底: the last day of the month spoken in."""
    on = setting.on
    if on is None:
        return Stretch(None, None, "month", "by")
    return Stretch(None, last_day(on.year, on.month), "month", "by")


def quarter_beside(match: re.Match[str], setting: Setting) -> Stretch | None:
    """本季度, 上季度, 下季度."""
    if setting.on is None:
        return quarters(None, 1, 1)
    step = {"上": -1, "下": 1}.get(match.group()[0], 0)
    year, index = divmod(setting.on.year * 4 + (setting.on.month - 1) // 3 + step, 4)
    return quarters(year, index + 1, index + 1)


def quarter_end(_match: re.Match[str], setting: Setting) -> Stretch | None:
    """季末: the last day of the quarter spoken in."""
    year, which = (None, 1) if setting.on is None else (setting.on.year, (setting.on.month + 2) // 3)
    whole = quarters(year, which, which)
    return None if whole is None else whole.by_its_end()


def from_today(_match: re.Match[str], setting: Setting) -> Stretch:
    """即日起."""
    return Stretch(setting.on, None, "day", "from")


def so_far(_match: re.Match[str], setting: Setting) -> Stretch:
    """截至目前: everything up to the day, from no stated beginning. 目前 alone names no stretch and has no rule."""
    return Stretch(None, setting.on, "day")


def each_year_by(match: re.Match[str], setting: Setting) -> Stretch | None:
    """每年12月底前: this year's turn of it."""
    year = None if setting.on is None else setting.on.year
    if not match["m"]:
        return years(year, year).by_its_end()
    which = number_of(match["m"])
    turn = None if which is None else months(year, which, which)
    return None if turn is None else turn.by_its_end()


AROUND_RULES: tuple[PeriodRule[ReadStretch], ...] = (
    PeriodRule(
        "so_far",
        "截至说话之日",
        "截至目前，已建成5座",
        r"截[至止]到?(?:目前|当前|发稿|今[天日]|今(?=[,，、]))(?:为止|[时前])?|到目前为止|迄今为止",
        so_far,
    ),
    PeriodRule("from_today", "从说话之日起", "即日起接受报名", "即日起", from_today),
    PeriodRule(
        "each_year_by",
        "每年某时之前：取说话之年的这一次",
        "每年12月底前公布",
        rf"每年{EACH_TURN}[之以]?前(?![后夕])",
        each_year_by,
    ),
    PeriodRule(
        "years_back",
        "近几年、过去几年：到说话之日止；一至三月里说，指已满的整年；年末两月里说，从整年头算起",
        "近三年投入4亿元",
        rf"(?:最近|近|刚刚过去的?|过去的?|这)(?P<n>{COUNT}){GAP}年(?:以?来|间|里)?{NOT_A_NAME}",
        years_back,
        "(?<![将接附临靠])",
    ),
    PeriodRule(
        "years_since",
        "几年来",
        "五年来修建道路80公里",
        rf"(?P<n>{COUNT}){GAP}年以?来(?![之自源访])",
        years_back,
        FREE_COUNT,
    ),
    PeriodRule(
        "years_ahead",
        "未来几年、今后几年：按整年算，上半年说的含当年",
        "未来三年新增学位9000个",
        rf"(?:未来|今后|接下来的?)(?P<n>{COUNT})(?:{TO}(?P<k>{COUNT}))?{GAP}年(?:之?内|间|里|时间)?{NOT_A_NAME}",
        years_ahead,
    ),
    PeriodRule(
        "years_within",
        "力争、计划等字后的几年内",
        "力争三年内改造完毕",
        rf"(?P<n>{COUNT})(?:{TO}(?P<k>{COUNT}))?{GAP}年[之以]?内{NOT_A_NAME}",
        years_ahead,
        PURPOSE,
    ),
    PeriodRule(
        "years_of_work",
        "用几年时间",
        "用3年左右时间改造完毕",
        rf"用(?P<n>{COUNT})(?:{TO}(?P<k>{COUNT}))?{GAP}年(?:左右)?的?时间",
        years_ahead,
    ),
    PeriodRule(
        "years_joined",
        "今明两年之类",
        "今明两年改造36个小区",
        "今、?明两年|今、?明、?后三年|明、?后两年|去、?今两年",
        years_joined,
    ),
    PeriodRule(
        "month_beside",
        "本月、上月、下月，可带日或旬",
        "下月15日前报名",
        rf"(?P<w>本月|这个月|上个?月|下个?月)份?(?![球亮])"
        rf"(?:{GAP}(?P<d>{DAY_DIGITS}){GAP}[日号]|(?P<x>上|中|下)旬|(?P<i>初){NOT_FIRST}|)",
        month_beside,
        "(?<![日资样基版标以之线网马晚早岁身路地])",
    ),
    PeriodRule(
        "month_end",
        "月底、月末：到说话当月最后一天止",
        "月底前全部拆除",
        rf"月[底末]{NOT_BOTTOM}",
        month_end,
        rf"(?<![每个几当次同半满正腊各逐0-9０-９{HAN_NUMERAL}{LOST}年])",
    ),
    PeriodRule(
        "quarter_beside",
        "本季度、上季度、下季度",
        "本季度完成征迁",
        "(?:本|上一?个?|下一?个?)季度",
        quarter_beside,
        "(?<![以之])",
    ),
    PeriodRule(
        "quarter_end",
        "季末：到说话当季最后一天止",
        "季末考核一次",
        rf"季度?末(?!月){NOT_BOTTOM}",
        quarter_end,
        rf"(?<![每个各当冬春夏秋0-9０-９{HAN_NUMERAL}{LOST}])",
    ),
)
