"""Rules for the words round a time that say how it binds: 底前, 以来, 起, 到, 截至."""

from __future__ import annotations

import re

from luodi.reading.periods.calendar import Stretch, years_earlier
from luodi.reading.periods.shape import Bind, PeriodRule, Setting
from luodi.reading.periods.words import DASH, GAP, HAN_NUMERAL, NOT_BOTTOM, NOT_INNER

WEEKDAY = "(?:[(（](?:周|星期)[一二三四五六日天][)）]|[(（]含(?:当[日天])?[)）])?"
CLOCK = rf"(?:{GAP}(?:上午|下午|晚上?)?[0-9]{{1,2}}(?:[时点](?:[0-9]{{1,2}}分)?|[:：][0-9]{{2}}))?"
"""6月30日（周五）17时前: the hour is not kept, the day is."""

NOT_START = "(?![来步草点诉源到重飞义底码航跑伏居名])"


def bound_by_end(stretch: Stretch, _setting: Setting, _own_year: bool) -> Stretch | None:
    """6月底前, 到2025年, 12月31日前: up to the last day, that day included.

    前 after a bare year or month is ambiguous (2025年前: before it begins, or by its end?). It is read as offices count
    12月31日前, last day included, for day, month and year alike: the latest reading never calls a promise late too soon.
    """
    return stretch.by_its_end() if stretch.relation in ("within", "by") else None


def before(stretch: Stretch, setting: Setting, own_year: bool) -> Stretch | None:
    """前, 之前, 以前."""
    return bound_by_end(stretch, setting, own_year)


def since_then(stretch: Stretch, setting: Setting, own_year: bool) -> Stretch | None:
    """今年以来, 2020年至今: up to the day spoken of. A month without a year is the last one begun by that day."""
    since, on = stretch.since, setting.on
    if stretch.relation != "within":
        return None
    if since is not None and on is not None and since > on and not own_year:
        since = years_earlier(since, 1)
    until = on if since is not None and on is not None and since <= on else None
    if stretch.precision == "plan" and until is not None and stretch.until is not None:
        until = min(until, stretch.until)  # “十四五”以来, said in 2026: the years of that plan
    return Stretch(since, until, stretch.precision, "since")


def from_then(stretch: Stretch, _setting: Setting, _own_year: bool) -> Stretch | None:
    """自2021年起, 3月开始: open at the end. 以后 is read from the beginning of what it follows."""
    return Stretch(stretch.since, None, stretch.precision, "from") if stretch.relation == "within" else None


def inside(stretch: Stretch, _setting: Setting, _own_year: bool) -> Stretch | None:
    """今年内, 2022年期间: says no more than the year."""
    return stretch if stretch.relation == "within" else None


def as_of(stretch: Stretch, setting: Setting, own_year: bool) -> Stretch | None:
    """截至9月底: a state as of that day, without a beginning. A day still to come is a deadline (报名截止6月10日)."""
    until, on = stretch.until, setting.on
    if stretch.relation not in ("within", "by"):
        return None
    if (
        until is not None
        and on is not None
        and until > on
        and not own_year
        and on.month <= 2
        and until.month >= 10
    ):
        until = years_earlier(until, 1)
    is_deadline = until is not None and on is not None and until > on
    return Stretch(None, until, stretch.precision, "by" if is_deadline else "within")


def starting(stretch: Stretch, setting: Setting, own_year: bool) -> Stretch | None:
    """自, 从 before a time that nothing else binds: open at the end."""
    if stretch.relation in ("since", "from"):
        return stretch
    return from_then(stretch, setting, own_year)


def up_to(stretch: Stretch, setting: Setting, own_year: bool) -> Stretch | None:
    """到2025年."""
    return bound_by_end(stretch, setting, own_year)


BINDING_RULES: tuple[PeriodRule[Bind], ...] = (
    PeriodRule(
        "since",
        "以来、至今：到说话之日止",
        "今年以来新开工26个",
        r"以来|起?至今(?![年后日天晨冬春夏秋])|来(?=[,，、]|$)",
        since_then,
    ),
    PeriodRule(
        "end",
        "底、末：到最后一天止",
        "6月底前完成招标",
        rf"[底末]{NOT_BOTTOM}(?:[之以]?前(?![后夕]))?",
        bound_by_end,
    ),
    PeriodRule(
        "before",
        "前、之前、以前：含所说的最后一天",
        "12月31日前报送",
        rf"{WEEKDAY}{CLOCK}[之以]?前(?![后夕期往来列端言途景沿所置半]|提(?![交供出升高前报]))",
        before,
    ),
    PeriodRule(
        "from", "起、开始、以后", "自2021年起评估", rf"起{NOT_START}|开始|以后|之后|后(?=[,，])", from_then
    ),
    PeriodRule("inside", "内、期间", "今年内全部开工", rf"[之以]?内{NOT_INNER}|期间", inside),
)

PREFIX_RULES: tuple[PeriodRule[Bind], ...] = (
    PeriodRule(
        "as_of",
        "截至某时的状况；还没到的，是截止日期",
        "截至9月底完成70%",
        rf"截[至止](?:时间|日期)?(?:为|[:：])?(?:到|至|于)?{GAP}$",
        as_of,
    ),
    PeriodRule(
        "up_to",
        "到、至：到最后一天止",
        "到2025年达到35%",
        rf"(?:到|(?<![甚乃以冬夏])至){GAP}$",
        up_to,
        "(?<![达看得受收接拿遇想感谈回来])",
    ),
    PeriodRule(
        "starting", "自、从：从第一天起", "自去年10月实行", rf"(?:自从|(?<![来各源亲])自|从){GAP}$", starting
    ),
)

COUNTED_NOT_BOUND = re.compile(rf"前{GAP}[0-9０-９{HAN_NUMERAL}两]")
"""2025年前10位: 前 counts what follows, it does not bind the year."""

RANGE = re.compile(rf"{WEEKDAY}{GAP}(?:起|开始)?{GAP}(?:{DASH}|至|到){GAP}")
