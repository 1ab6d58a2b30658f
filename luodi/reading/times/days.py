"""Days and weeks told from today or by their weekday: 大后天, 下下周三, 上一个周五, 周三, 29日, 十月第一个星期一."""

from __future__ import annotations

import datetime as dt
import re

from luodi.reading.periods.calendar import a_day, last_day, number_of
from luodi.reading.periods.words import DAY_DIGITS, DAY_HAN, MONTH_DIGITS, MONTH_HAN
from luodi.reading.times.again import WEEKDAYS
from luodi.reading.times.clock import NOTATION, clock_at
from luodi.reading.times.shape import Relation, Time, TimeRule, moved

_STEPS = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3, "当": 0,
}  # fmt: skip
_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "今": 0, "下": 1, "下下": 2}
_WEEK = "(?:周|星期|礼拜)"
_WEEKDAY = "[一二三四五六日天]"
_MONTH = rf"(?:{MONTH_DIGITS}|{MONTH_HAN})"
_DAY = f"(?:{DAY_DIGITS}|{DAY_HAN})"
_NOT_A_DAY = "(?!头条|之星|之子|才|气|报|说|新闻|资讯|年|均)"


def _day(match: re.Match[str], day: dt.date | None, rule: str, *, notation: str | None = None) -> Time:
    return Time(match.start(), match.end(), "stretch", day, day, "day", "within", rule, None, None, notation)


def _named(match: re.Match[str], rule: str, notation: str, relation: Relation = "within") -> Time:
    return Time(match.start(), match.end(), "named", None, None, "day", relation, rule, None, None, notation)


def day_from_today(match: re.Match[str], on: dt.date | None) -> Time | None:
    """大前天, 明天; 当天 is no day by itself."""
    return _day(match, moved(on, _STEPS[match["w"]]), "day_from_today")


def part_of_a_day(match: re.Match[str], on: dt.date | None) -> Time | None:
    """今晚, 昨夜, 明早: a day and the part of it."""
    clock = clock_at(match.string, match.start("p"))
    if clock is not None:
        return _day(match, moved(on, _STEPS[match["w"]]), "part_of_a_day+clock")._replace(
            stop=clock.stop, time_from=clock.time_from, time_to=clock.time_to, notation=clock.notation
        )
    part = {"晚": "晚上", "夜": "深夜", "早": "早上", "晨": "早上"}[match["p"]]
    return _day(match, moved(on, _STEPS[match["w"]]), "part_of_a_day", notation=NOTATION[part])


def week_from_today(match: re.Match[str], on: dt.date | None) -> Time | None:
    """下下周, 上周一, 这个周末: weeks run from Monday to Sunday."""
    if match["d"] and match["one"]:
        return None
    monday = moved(on, 7 * _WEEKS[match["w"]] - (on.weekday() if on else 0))
    if match["d"] and match["d"] != "末":
        return _day(match, moved(monday, WEEKDAYS[match["d"]] - 1), "week_from_today")
    since, until = moved(monday, 5) if match["d"] else monday, moved(monday, 6)
    return Time(match.start(), match.end(), "stretch", since, until, "day", "within", "week_from_today")


def nearest_weekday(match: re.Match[str], on: dt.date | None) -> Time | None:
    """上一个周三: the last one before today; 下一个 the next."""
    if on is None:
        return _day(match, None, "nearest_weekday")
    wanted = WEEKDAYS[match["d"]] - 1
    gone = (on.weekday() - wanted) % 7 or 7
    ahead = (wanted - on.weekday()) % 7 or 7
    return _day(match, moved(on, -gone if match["w"] == "上" else ahead), "nearest_weekday")


def weekday(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """周三 alone may be the last or the next."""
    notation = "XXXX-WXX-WE" if match["d"] == "末" else f"XXXX-WXX-{WEEKDAYS[match['d']]}"
    return _named(match, "weekday", notation)


def nth_weekday(match: re.Match[str], on: dt.date | None) -> Time | None:
    """十月的第一个星期一; the year is that of the day spoken of. 第几周 has no agreed beginning."""
    month, nth = number_of(match["m"]), number_of(match["n"])
    if month is None or nth is None or not 1 <= month <= 12 or not 1 <= nth <= 5:
        return None
    if match["d"] is None:
        return _named(match, "nth_weekday", f"XXXX-{month:02}-W{nth:02}")
    first = a_day(on.year, month, 1) if on else None
    if first is None:
        return _day(match, None, "nth_weekday")
    day = moved(first, (WEEKDAYS[match["d"]] - 1 - first.weekday()) % 7 + 7 * (nth - 1))
    return _day(match, day, "nth_weekday") if day and day.month == month else None


def day_of_month(match: re.Match[str], _on: dt.date | None) -> Time | None:
    """29日 alone: its month is not said."""
    day = number_of(match["d"])
    if day is None or not 1 <= day <= 31:
        return None
    return _named(match, "day_of_month", f"XXXX-XX-{day:02}", "by" if match["b"] else "within")


def month_beside_day(match: re.Match[str], on: dt.date | None) -> Time | None:
    """本月十日, 去年本月十日."""
    day = number_of(match["d"])
    if day is None:
        return None
    if on is None:
        return _day(match, None, "month_beside_day")
    step = {"上": -1, "下": 1}.get(match["w"][0], 0)
    year, index = divmod(on.year * 12 + on.month - 1 + step, 12)
    found = a_day(year + {"去": -1, "明": 1}.get(match["y"] or "", 0), index + 1, day)
    return None if found is None else _day(match, found, "month_beside_day")


def month_alone(match: re.Match[str], on: dt.date | None) -> Time | None:
    """三月, 三月至五月, 8月和10月之间: the year is that of the day, the next one where it runs over."""
    first = number_of(match["a"])
    last = number_of(match["b"]) if match["b"] else first
    if first is None or last is None or not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    if on is None:
        return Time(match.start(), match.end(), "stretch", None, None, "month", "within", "month_alone")
    year = on.year + (1 if last < first else 0)
    return Time(
        match.start(), match.end(), "stretch", a_day(on.year, first, 1), last_day(year, last), "month", "within", "month_alone"
    )  # fmt: skip


_NOT_A_WEEK = "(?![年岁报刊转边围长密])"
_JOINED = r" ?(?:至|到|[-—–~～]|和(?=\S{1,3}月之?间)) ?"

DAY_RULES: tuple[TimeRule, ...] = (
    TimeRule(
        "month_beside_day",
        "本月、上月、下月的某日，日写作汉字",
        "本月十日报到",
        rf"(?:(?P<y>[去今明])年)?(?P<w>本|这个|上个?|下个?)月(?P<d>{_DAY})[日号]",
        month_beside_day,
    ),
    TimeRule(
        "nearest_weekday",
        "上一个、下一个星期几：离说话之日最近的",
        "上一个周三例会",
        rf"(?P<w>[上下])一?个{_WEEK}(?P<d>{_WEEKDAY})",
        nearest_weekday,
    ),
    TimeRule(
        "week_from_today",
        "上上周到下下周，可带星期几；一周从星期一起",
        "下下周三验收",
        r"(?<![以之线网马晚早身路日资基])(?P<w>上上|下下|[上本这下今])(?P<one>一|这)?个?"
        rf"{_WEEK}(?P<d>[一二三四五六日天末](?!年))?{_NOT_A_WEEK}",
        week_from_today,
    ),
    TimeRule(
        "nth_weekday",
        "几月的第几个星期几；第几周从哪天起没有一定，只记名",
        "十月第一个星期一开课",
        rf"(?P<m>{_MONTH})月的?第(?P<n>[一二三四五1-5])个?(?:{_WEEK}(?P<d>{_WEEKDAY})|{_WEEK}(?!{_WEEKDAY}))",
        nth_weekday,
    ),
    TimeRule(
        "part_of_a_day",
        "今晚、昨夜、明早，可带时刻",
        "今晚停水",
        "(?P<w>[昨今明])(?P<p>[晚夜早晨])(?!报|会|安|餐|饭|点名|年)",
        part_of_a_day,
    ),
    TimeRule(
        "day_from_today",
        "大前天到大后天",
        "大后天可以取件",
        r"(?<![如而截文光证声说发黎透聪大])(?P<w>大前|大后|[前昨今明后])[天日](?<!前日)(?<!后日)"
        rf"{_NOT_A_DAY}",
        day_from_today,
    ),
    TimeRule(
        "weekday",
        "没说哪一周的星期几",
        "周三例会",
        r"(?<![上下本这每个单双逢市县乡四年月两一])(?:周|星期|礼拜)"
        r"(?P<d>[一二三四五六日天末])(?![年岁期个家庄村的是])",
        weekday,
    ),
    TimeRule(
        "month_alone",
        "单说的汉字月份，月份的起止",
        "三月和九月之间的数据",
        rf"(?<![0-9第个年十一二三四五六七八九./-])(?:从)?(?P<a>{_MONTH})月"
        rf"(?:{_JOINED}(?P<b>{_MONTH})月(?:之?间)?|(?=(?:的|[，,。；;]|$)))(?![革花])",
        month_alone,
    ),
    TimeRule(
        "day_of_month",
        "没说哪个月的几日",
        "29日开会",
        rf"(?<![0-9月年第/.\-一二三四五六七八九十每近前后这几])(?P<d>{DAY_DIGITS})日"
        r"(?![均产报常用游元本以内之后记程班])(?P<b>前(?!后|来))?",
        day_of_month,
    ),
)
