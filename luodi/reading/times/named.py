"""Times that go by a name: festivals, seasons, 汛期, the lunar calendar, decades, years of other counts."""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.periods.calendar import a_day, days_of_month, months, number_of, years
from luodi.reading.periods.festivals import EARLY, FIXED, MOVING, festival_day
from luodi.reading.periods.words import DAY_DIGITS, DAY_HAN, MONTH_DIGITS, MONTH_HAN
from luodi.reading.times.shape import Relation, Time, TimeRule, moved

_MORE_FIXED = {
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "青年节": (5, 4),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "情人节": (2, 14),
    "愚人节": (4, 1),
    "圣诞": (12, 25),
    "平安夜": (12, 24),
    "护士节": (5, 12),
    "记者节": (11, 8),
    "消费者权益日": (3, 15),
    "环境日": (6, 5),
    "宪法日": (12, 4),
    "烈士纪念日": (9, 30),
}
_BY_SUNDAY = {"母亲节": (5, 2), "父亲节": (6, 3)}
_NAMES = "|".join(sorted({*_MORE_FIXED, *_BY_SUNDAY, *FIXED, *MOVING} - {"十一"}, key=len, reverse=True))
_YEAR = r"(?:(?<![0-9])(?P<y>(?:19|20)[0-9]{2})年|(?P<r>[去今明])年?)?"
_BOUND = r"(?P<b>[之以]?前(?![后夕来往列])|[之以]?后(?!续)|期间|以来)?"
_RELATION: dict[str, Relation] = {"前": "by", "后": "from", "间": "within", "来": "since"}
_QUARTER = {"春": "SP", "夏": "SU", "秋": "FA", "冬": "WI"}
_STEP = {"去": -1, "今": 0, "明": 1}
_EVENTS = (
    "主汛期|汛期|防汛|入汛|出汛|雨季|伏季|入伏|供暖季|采暖季|采暖期|供暖期|入冬|入夏|入秋|开春|封冻|上冻|冰冻期|春耕|三夏|三秋|麦收|秋收|夏收|高考|中考"
    "|寒假|暑假|开学|农闲|防火期|禁渔期|休渔期|春运|黄金周|“?两会”?"
)
_FULL_NAME = "(?:劳动节|儿童节|妇女节|建军节|建党节|佳节|节)?"
_NEEDS_BOUND = frozenset(("防汛", "开学", "高考", "中考", "春运", "三秋", "三夏", "入伏", "两会", "“两会”"))
_LUNAR_DAY = (
    "初[一二三四五六七八九十]|十[一二三四五六七八九]?|廿[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十"
)
_ONE_DATE = (
    r"(?<![0-9])(?P<y@>(?:19|20)[0-9]{2})[-/.](?P<m@>1[0-2]|0?[1-9])[-/.](?P<d@>[12][0-9]|3[01]|0?[1-9])"
)
_LUNAR_FIRST = re.compile("正月|大年")


def _year_of(match: re.Match[str], on: dt.date | None) -> int | None:
    if match["y"]:
        return int(match["y"])
    return None if on is None else on.year + _STEP.get(match["r"] or "今", 0)


def festival(match: re.Match[str], on: dt.date | None) -> Time | None:
    """春节, 今年圣诞节: the day itself; a year beyond the table of lunar days is not guessed."""
    name, year = match["f"], _year_of(match, on)
    this = (
        festival_day(name, year)
        if year is not None and name in EARLY and not (match["y"] or match["r"])
        else None
    )
    if year is not None and this is not None and on is not None and this < on:
        year += 1
    day = None if year is None else _festival_day(name, year)
    relation = _RELATION.get((match["b"] or "间")[-1], "within")
    if day is None:
        return Time(match.start(), match.end(), "named", None, None, "day", relation, "festival")
    since, until = (
        (None, day) if relation == "by" else (day, None) if relation in ("from", "since") else (day, day)
    )
    return Time(match.start(), match.end(), "stretch", since, until, "day", relation, "festival")


def _festival_day(name: str, year: int) -> dt.date | None:
    if name in _MORE_FIXED:
        return a_day(year, *_MORE_FIXED[name])
    if name in _BY_SUNDAY:
        month, nth = _BY_SUNDAY[name]
        first = a_day(year, month, 1)
        return moved(first, (6 - first.weekday()) % 7 + 7 * (nth - 1)) if first else None
    return festival_day(name, year)


def season(match: re.Match[str], on: dt.date | None) -> Time | None:
    """今年夏天, 今冬: nobody says on which day it begins."""
    year = _year_of(match, on) if match["y"] or match["r"] else None
    notation = f"{year:04}-{_QUARTER[match['s']]}" if year else f"XXXX-{_QUARTER[match['s']]}"
    relation = _RELATION.get((match["b"] or "间")[-1], "within")
    return Time(
        match.start(), match.end(), "named", None, None, "season", relation, "season", None, None, notation
    )


def event(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """汛期前, 入冬前, 高考前: bound to something whose day the words do not give."""
    if match["e"] in _NEEDS_BOUND and not match["b"]:
        return None
    relation = _RELATION.get((match["b"] or "间")[-1], "within")
    return Time(match.start(), match.end(), "named", None, None, "season", relation, "event")


def lunar_day(match: re.Match[str], on: dt.date | None) -> Time | None:
    """大年初一, 正月十五 are counted from the Spring Festival; other lunar days are named and not reckoned."""
    year = number_of(match["y"]) if match["y"] else on.year if on else None
    spring = festival_day("春节", year) if year else None
    if match["m"] in ("大年", "正月") and spring is not None:
        day = match["d"].removeprefix("初")
        count = number_of(day.replace("廿", "二十"))
        if match["m"] == "大年" and match["d"] == "三十":
            count = 0
        if count is not None and count < 30:
            found = moved(spring, count - 1)
            return Time(match.start(), match.end(), "stretch", found, found, "day", "within", "lunar_day")
    return Time(match.start(), match.end(), "named", None, None, "day", "within", "lunar_day")


def decade(match: re.Match[str], on: dt.date | None) -> Time | None:
    """20世纪90年代, 上世纪80年代; 九十年代 alone is of the century gone by."""
    tens = number_of(match["d"])
    century = number_of(match["c"]) if match["c"] else None
    if match["w"]:
        century = (on.year // 100 + 1 if on else 21) - (1 if match["w"] == "上" else 0)
    if tens is None or tens % 10 or (century is None and tens < 30):
        return None
    first = ((century or 20) - 1) * 100 + tens
    stretch = years(first, first + 9)
    return Time(
        match.start(), match.end(), "stretch", stretch.since, stretch.until, "year", "within", "decade"
    )


def other_year(match: re.Match[str], on: dt.date | None) -> Time | None:
    """08年, 零八年, 民国三年, 两千年: years not written in four digits."""
    if match["mg"]:
        count = number_of(match["mg"])
        year = None if count is None else 1911 + count
    elif match["yy"]:
        year = _of_century(int(match["yy"]), on)
    elif match["z"] is None:
        rest = (match["th"] or "").lstrip("零")
        low = number_of(rest) if rest else 0
        year = None if low is None else 2000 + low
    else:
        low = number_of(match["z"].replace("零", "").lstrip("0") or "零")
        year = None if low is None else 2000 + low
    if year is None:
        return None
    if match["m"]:
        return _month_of(match, year)
    stretch = years(year, year)
    since, until = stretch.since, stretch.until
    relation = _RELATION.get((match["b"] or "间")[-1], "within")
    since, until = (None if relation == "by" else since), (None if relation in ("from", "since") else until)
    return Time(match.start(), match.end(), "stretch", since, until, "year", relation, "other_year")


def _of_century(digits: int, on: dt.date | None) -> int | None:
    """91年5月 is of the hundred years that end ten years from now; without a day nobody can tell."""
    if on is None:
        return None
    year = on.year - on.year % 100 + digits
    return year - 100 if year > on.year + 10 else year


def _month_of(match: re.Match[str], year: int) -> Time | None:
    """零八年五月十二日, 两千年八月."""
    month, day = number_of(match["m"]), number_of(match["d"]) if match["d"] else None
    if month is None:
        return None
    stretch = months(year, month, month) if day is None else days_of_month(year, month, day, day, "day")
    if stretch is None:
        return None
    return Time(
        match.start(),
        match.end(),
        "stretch",
        stretch.since,
        stretch.until,
        stretch.precision,
        "within",
        "other_year",
    )


def old_day(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """1357年6月10日: a day long ago."""
    day = a_day(int(match["y"]), int(match["m"]), int(match["d"])) if int(match["y"]) else None
    return (
        None
        if day is None
        else Time(match.start(), match.end(), "stretch", day, day, "day", "within", "old_day")
    )


def years_in_digits(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """从2016到2018: years without 年."""
    stretch = years(int(match["a"]), int(match["b"]))
    return (
        Time(
            match.start(),
            match.end(),
            "stretch",
            stretch.since,
            stretch.until,
            "year",
            "within",
            "years_in_digits",
        )
        if stretch.since
        else None
    )


def dates_in_digits(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """2018/1/10-2018/7/10."""
    first, last = (a_day(int(match[f"y{x}"]), int(match[f"m{x}"]), int(match[f"d{x}"])) for x in "ab")
    if first is None or last is None or first > last:
        return None
    return Time(match.start(), match.end(), "stretch", first, last, "day", "within", "dates_in_digits")


_HAN_MONTH = "[一二三四五六七八九十]{1,2}月"
_IN_YEAR = rf"(?P<m>{MONTH_DIGITS}|{MONTH_HAN})月(?:(?P<d>{DAY_DIGITS}|{DAY_HAN})[日号])?"

NAMED_RULES: tuple[TimeRule, ...] = (
    TimeRule(
        "old_day",
        "早先的年月日",
        "1357年6月10日",
        r"(?<![0-9])(?P<y>[0-9]{3}|1[0-7][0-9]{2})年"
        r"(?P<m>1[0-2]|0?[1-9])月(?P<d>[12][0-9]|3[01]|0?[1-9])[日号]",
        old_day,
    ),
    TimeRule(
        "years_in_digits",
        "“从”字后不带“年”的起止年份",
        "从2016到2018",
        r"从(?P<a>(?:19|20)[0-9]{2})(?:到|至|[-—~～])(?P<b>(?:19|20)[0-9]{2})(?![0-9年.])",
        years_in_digits,
    ),
    TimeRule(
        "dates_in_digits",
        "全数字日期的起止",
        "2018/1/10-2018/7/10",
        _ONE_DATE.replace("@", "a") + "(?:至|到|[-—~～]{1,2})" + _ONE_DATE.replace("@", "b") + "(?![0-9])",
        dates_in_digits,
    ),
    TimeRule(
        "decade",
        "几十年代",
        "20世纪90年代建成",
        r"(?:(?:(?P<c>[0-9]{1,2}|[一二三十]{1,3}九?)|(?P<w>[上本]))世纪)?"
        r"(?P<d>[1-9]0|[一二三四五六七八九]?十)年代",
        decade,
    ),
    TimeRule(
        "other_year",
        "两位的年份（零字头的，或后有月份的）、民国纪年、两千几年",
        "08年奥运会",
        r"(?<![0-9零〇一二三四五六七八九十])(?:(?P<z>0[0-9]|零[一二三四五六七八九])|(?P<yy>[0-9]{2})(?=年[0-9一二三四五六七八九十]{1,2}月)"
        r"|民国(?P<mg>[0-9]{1,2}|[一二三四五六七八九十]{1,3})|[二两]千(?P<th>零?[一二三四五六七八九十]{0,3}))"
        rf" ?年(?![级代龄前后来])(?: ?{_IN_YEAR}|(?P<b>[之以][前后]|以来))?",
        other_year,
    ),
    TimeRule(
        "lunar_day",
        "农历的日子；正月的从春节数起，别的只记名",
        "大年初一",
        r"(?:农历|阴历|旧历)?(?:(?P<y>(?:19|20)[0-9]{2}|[一二][零〇一二三四五六七八九]{3})年)?(?:农历)?"
        rf"(?P<m>大年|正月|腊月|冬月|{_HAN_MONTH}(?=初)|(?<=农历){_HAN_MONTH})(?P<d>{_LUNAR_DAY})(?![日号月年])",
        lunar_day,
    ),
    TimeRule(
        "festival",
        "节日当天，可带“前”“后”；表外的农历年份只记名",
        "今年中秋节",
        rf"{_YEAR}(?<![一二三四五六七八九十零双第点])(?P<f>{_NAMES})(?:国际|国家)?{_FULL_NAME}"
        rf"(?![假联晚运讲精口广街路园村乡镇社普文幼厨折成点分零〇一二三四五六七八九十百千万])(?:当[天日])?{_BOUND}",
        festival,
    ),
    TimeRule(
        "season",
        "四季：没有一定的起止日",
        "今年夏天",
        rf"{_YEAR}(?P<s>[春夏秋冬])(?:(?<=[去今明].)(?![节秋耕运])|[季天](?!学期|开学|招|气|然))"
        rf"{_BOUND}",
        season,
    ),
    TimeRule(
        "event",
        "汛期、入冬、高考等：文中没有日子，不猜",
        "汛期前清淤",
        rf"(?P<e>{_EVENTS}){_BOUND}",
        event,
    ),
)
