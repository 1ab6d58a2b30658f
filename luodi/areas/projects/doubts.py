"""What in the reports does not go together, as a question to the office: never a verdict, never a number on a page. Pure.

Each finding says what was seen, in figures, of which project. The kinds are the abuses of domain reference §1; how well each is
found, and how many honest projects it disturbs, is measured on invented districts (docs/why/gaming.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction

from luodi.areas.projects.indicators import Against
from luodi.areas.projects.money import wan
from luodi.areas.projects.months import month_of
from luodi.areas.projects.observed import Month, Observed
from luodi.areas.projects.plan import Plan
from luodi.kernel.files.likeness import THRESHOLD, Likeness
from luodi.kernel.rules.book import RuleBook

RULE = "projects.doubts"
KINDS: Mapping[str, str] = {
    "plan_lowered": "秋后调低计划",
    "after_stop": "工地停了还在报完成",
    "photo_reused": "照片重复使用",
    "packaged_twice": "同一工程报了两次",
    "registered_anew": "老项目改名重报",
    "completed_early": "没有建完就报竣工",
    "land_counted": "地价算进了工程投资",
    "total_inflated": "总投资或完成数偏大",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of every kind; percents are whole numbers. They come from the rule ``projects.doubts``."""

    autumn: int = 8  # a plan lowered from this month on
    cut_percent: int = 15  # by at least so much
    behind_percent: int = 85  # and done by the last report less than that of what the first plan asked for
    still_months: int = 4  # so many months with money and without progress
    still_percent: int = 6  # money of that time, of total investment
    still_paid_percent: int = 10  # unless so much of it was paid from its fourth month on
    photo_days: int = 60  # taken so long before the month it is shown for
    near_metres: int = 400  # two projects on one site
    same_months: int = 5  # months compared at least
    same_percent: int = 60  # of these months tell the same amount
    same_within: int = 20  # the same: within so many percent
    silent_months: int = 6  # from the last report of the old to the first of the new
    unfinished_percent: int = 92  # what the old one had reached at most
    complete_percent: int = 95  # physical progress that a completion needs
    after_percent: int = 6  # money told after it, of total investment
    early_percent: int = 25  # money of the first three months, of total investment
    early_physical: int = 5  # with no more physical progress than that
    built_percent: int = 85  # physical progress from which money can be compared
    paid_percent: int = 58  # paid of done, at least
    spent_percent: int = 68  # done of total investment, in proportion to physical progress, at least

    @classmethod
    def from_rules(cls, book: RuleBook, day: dt.date) -> Limits:
        """As the rule in force on a day sets them. Raises ``Refusal`` (``no-rule``)."""
        rule = book.choose(RULE, on=day)
        return cls(**{f.name: int(rule.values[f.name]) for f in fields(cls) if f.name in rule.values})


@dataclass(frozen=True, slots=True)
class Doubt:
    """``project`` is asked about it; ``other`` is the second one of a pair. ``since`` is the first month concerned."""

    kind: str
    project: str
    since: dt.date
    words: str
    other: str = ""


def doubts(projects: Sequence[Observed], limits: Limits | None = None) -> list[Doubt]:
    """Every question about these projects, kind by kind, in the projects' order."""
    given = limits or Limits()
    found: list[Doubt] = []
    for look in (_plan_lowered, _after_stop, _completed_early, _land_counted, _total_inflated):
        for project in projects:
            found += look(project, given)
    return [*found, *_photos_reused(projects, given), *_pairs(projects, given)]


def _plan_lowered(project: Observed, limits: Limits) -> Iterator[Doubt]:
    """Lowered late in the year, and only thereby on plan."""
    for plan in project.plans:
        late = [cut for cut in plan.lowerings() if cut.after.from_day.month >= limits.autumn]
        if not late or not plan.original.annual:
            continue
        cut = Fraction(plan.original.annual - plan.current.annual, plan.original.annual) * 100
        at = _against(project, plan)
        if at is None or cut < limits.cut_percent:
            continue
        first, now = at
        if _percent(first) < limits.behind_percent <= _percent(now):
            words = (
                f"{plan.year}年计划从{wan(plan.original.annual)}万元调到{wan(plan.current.annual)}万元，"
                f"按年初计划完成到时序的{_percent(first):.1f}%，按现行计划{_percent(now):.1f}%"
            )
            yield Doubt("plan_lowered", project.id, month_of(late[0].after.from_day), words)


def _against(project: Observed, plan: Plan) -> tuple[Against, Against] | None:
    """The year against its first and its present plan, at its last report."""
    told = [each for each in project.months if each.month.year == plan.year]
    if not told:
        return None
    last, done = told[-1].month.month, sum(each.done for each in told)
    return Against(plan.original, last, done), Against(plan.current, last, done)


def _percent(against: Against) -> float:
    return float((against.ratio or Fraction(0)) * 100)


def _after_stop(project: Observed, limits: Limits) -> Iterator[Doubt]:
    """Months in a row in which money grew and the building did not."""
    run: list[Month] = []
    base = 0
    usual = _usual(project)
    for before, each in zip(project.months, project.months[1:], strict=False):
        is_still = each.physical - before.physical <= 1 and before.physical < 97
        if is_still and each.done >= usual * 0.25:
            base = before.physical if not run else base
            run.append(each)
            continue
        if (found := _still(project, run, base, limits)) is not None:
            yield found
            return
        run = []
    if (found := _still(project, run, base, limits)) is not None:
        yield found


def _usual(project: Observed) -> float:
    """What a month with works usually tells."""
    told = sorted(each.done for each in project.months if each.done > 0)
    return told[len(told) // 2] if told else 0


def _still(project: Observed, run: list[Month], base: int, limits: Limits) -> Doubt | None:
    money = sum(each.done for each in run)
    # a visitor who found nobody at work is worth a month
    is_seen = bool(run) and any(run[0].month <= day for day in project.standstills)
    if len(run) < limits.still_months - is_seen or money * 100 < project.total * limits.still_percent:
        return None
    risen = run[-1].physical - base
    if money * 100 < project.total * (risen + limits.still_percent):
        return None
    paid = sum(each.paid for each in run[3:])
    if paid * 100 >= money * limits.still_paid_percent:
        return None  # machines are delivered and paid while nothing is built
    words = f"{run[0].month:%Y年%m月}起{len(run)}个月报完成{wan(money)}万元，形象进度只从{base}%到{run[-1].physical}%"
    return Doubt("after_stop", project.id, run[0].month, words)


def _completed_early(project: Observed, limits: Limits) -> Iterator[Doubt]:
    """Accepted as complete, and built on afterwards."""
    day = project.entered("completed_works")
    if day is None:
        return
    until = [each for each in project.months if each.month <= day]
    later = [each for each in project.months if each.month > day]
    money = sum(each.done for each in later)
    physical = until[-1].physical if until else 0
    if physical < limits.complete_percent and until and until[-1].month == month_of(day):
        words = f"{day}报竣工，当月形象进度{physical}%"
    elif money * 100 >= project.total * limits.after_percent:
        words = f"{day}报竣工，以后又报完成{wan(money)}万元"
    else:
        return
    yield Doubt("completed_early", project.id, month_of(day), words)


def _land_counted(project: Observed, limits: Limits) -> Iterator[Doubt]:
    """Much money in the first months, and hardly anything built."""
    if project.done_before or len(project.months) < 2:
        return
    start = project.entered("newly_started")
    if start is None or project.months[0].month < month_of(start):
        return
    for count in (1, 2, 3):
        first = project.months[:count]
        money = sum(each.done for each in first)
        built = project.total * first[-1].physical / 100
        is_much = (money - built) * 100 >= project.total * limits.early_percent
        if is_much and first[0].physical <= limits.early_physical:
            share = money * 100 // project.total
            words = f"头{count}个月报完成{wan(money)}万元，是总投资的{share}%，形象进度{first[-1].physical}%"
            yield Doubt("land_counted", project.id, first[0].month, words)
            return


def _total_inflated(project: Observed, limits: Limits) -> Iterator[Doubt]:
    """Nearly built, and the money neither paid nor needed."""
    if not project.months or project.months[-1].physical < limits.built_percent or not project.done:
        return
    last = project.months[-1]
    recent = sum(each.done for each in project.months[-3:])
    settled = project.done - recent  # what was told in the last three months cannot all be paid yet
    spent = Fraction(project.done * 100, max(1, project.total)) * 100 / last.physical
    if settled > 0 and project.paid * 100 < settled * limits.paid_percent:
        words = f"形象进度{last.physical}%，报完成{wan(project.done)}万元，只支付{wan(project.paid)}万元"
    elif spent < limits.spent_percent:
        words = f"形象进度{last.physical}%，完成{wan(project.done)}万元，总投资报的是{wan(project.total)}万元"
    else:
        return
    yield Doubt("total_inflated", project.id, last.month, words)


class Album:
    """Photos of one project, to look up others among them as ``photo_reused`` does."""

    def __init__(self, photos: Iterable[Likeness]) -> None:
        self._shown: dict[tuple[int, int], list[int]] = {}
        for bits in (bits for photo in photos for bits in photo.prints):
            for key in _bands(bits):
                self._shown.setdefault(key, []).append(bits)

    @property
    def is_empty(self) -> bool:
        """Whether there is none."""
        return not self._shown

    def holds(self, photo: Likeness) -> bool:
        """Whether one of them is nearly the same picture."""
        return any(
            (bits ^ other).bit_count() <= THRESHOLD
            for bits in photo.prints
            for key in _bands(bits)
            for other in self._shown.get(key, ())
        )


def _photos_reused(projects: Sequence[Observed], limits: Limits) -> Iterator[Doubt]:
    """A photo that was shown before, for this project or another, or was taken long before its month."""
    shown: dict[tuple[int, int], list[tuple[dt.date, str, int]]] = {}
    rows = sorted(
        (
            (each.month, project.id, shot)
            for project in projects
            for each in project.months
            for shot in each.shots
        ),
        key=lambda row: (row[0], row[1]),
    )
    asked: set[str] = set()
    for month, project, shot in rows:
        earlier = _shown_before(shown, month, shot.likeness.prints)
        if project in asked:
            pass
        elif earlier is not None:
            asked.add(project)
            whose = "本项目" if earlier[1] == project else "另一个项目"
            words = f"{month:%Y年%m月}的照片和{whose}{earlier[0]:%Y年%m月}的几乎一样"
            yield Doubt("photo_reused", project, month, words, "" if earlier[1] == project else earlier[1])
        elif shot.taken_on is not None and (month - shot.taken_on).days > limits.photo_days:
            asked.add(project)
            yield Doubt("photo_reused", project, month, f"{month:%Y年%m月}的照片是{shot.taken_on}拍的")
        for bits in shot.likeness.prints:
            for key in _bands(bits):
                shown.setdefault(key, []).append((month, project, bits))


def _shown_before(
    shown: Mapping[tuple[int, int], list[tuple[dt.date, str, int]]], month: dt.date, prints: Iterable[int]
) -> tuple[dt.date, str] | None:
    for bits in prints:
        for key in _bands(bits):
            for earlier, project, other in shown.get(key, ()):
                if earlier < month and (bits ^ other).bit_count() <= THRESHOLD:
                    return earlier, project
    return None


def _bands(bits: int) -> Iterator[tuple[int, int]]:
    """Sixteen parts of eight bits: two photos that differ in few bits share at least one, nearly always."""
    for place in range(16):
        yield place, bits >> (place * 8) & 0xFF


def _pairs(projects: Sequence[Observed], limits: Limits) -> Iterator[Doubt]:
    """Two projects of one owner on one site, not openly linked."""
    owned: dict[str, list[Observed]] = {}
    for project in projects:
        owned.setdefault(project.owner, []).append(project)
    for group in owned.values():
        for one in group:
            for other in group:
                if one.id < other.id and _is_one_site(one, other, limits):
                    yield from _told_twice(one, other, group, limits)
                    yield from _begun_again(one, other, limits)
                    yield from _begun_again(other, one, limits)


def _is_one_site(one: Observed, other: Observed, limits: Limits) -> bool:
    is_kin = other.id in one.kin or one.id in other.kin
    return not is_kin and are_near(one.site, other.site, limits)


def are_near(one: tuple[int, int], other: tuple[int, int], limits: Limits) -> bool:
    """Whether two sites, east and north in metres, are so near to each other that they may be one."""
    east, north = one[0] - other[0], one[1] - other[1]
    return east * east + north * north <= limits.near_metres**2


def _told_twice(one: Observed, other: Observed, group: Sequence[Observed], limits: Limits) -> Iterator[Doubt]:
    """Month for month the same money, alone or together with a third project of the owner."""
    for whole, part in ((one, other), (other, one)):
        sums = [{each.month: each.done for each in part.months}]
        sums += [_added(part, third) for third in group if third.id not in (one.id, other.id)]
        for told in sums:
            share, months = _same_share(whole, told, limits)
            if months >= limits.same_months and share * 100 >= limits.same_percent:
                words = f"同一业主、相距不到{limits.near_metres}米，{months}个月里有{share * 100:.0f}%的月份报的完成数一样"
                yield Doubt("packaged_twice", whole.id, whole.months[0].month, words, part.id)
                return


def _added(one: Observed, other: Observed) -> dict[dt.date, int]:
    found = {each.month: each.done for each in one.months}
    for each in other.months:
        found[each.month] = found.get(each.month, 0) + each.done
    return found


def _same_share(whole: Observed, told: Mapping[dt.date, int], limits: Limits) -> tuple[float, int]:
    """Which share of the months in which either told something told the same, and how many months that were."""
    same = compared = 0
    for each in whole.months:
        other = told.get(each.month, 0)
        greater = max(each.done, other)
        if greater <= 0:
            continue
        compared += 1
        same += abs(each.done - other) * 100 <= greater * limits.same_within
    return (same / compared if compared else 0.0), compared


def _begun_again(old: Observed, new: Observed, limits: Limits) -> Iterator[Doubt]:
    """An unfinished project fell silent, and soon afterwards another was newly started on its site."""
    if not old.months or not new.months or old.entered("completed_works") or old.entered("removed"):
        return
    silent = (new.months[0].month - old.months[-1].month).days / 30.4
    if not 0 < silent <= limits.silent_months + 0.5 or old.months[-1].physical > limits.unfinished_percent:
        return
    words = (
        f"同一业主的老项目{old.months[-1].month:%Y年%m月}后不再上报，形象进度{old.months[-1].physical}%，"
        f"这个项目{new.months[0].month:%Y年%m月}在同一地点新开工"
    )
    yield Doubt("registered_anew", new.id, new.months[0].month, words, old.id)
