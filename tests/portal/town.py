"""青岚区, small: units, posts, three papers and eleven promises in every state, made by the actions that people use."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.commitments import actions as promises
from luodi.kernel.commitments.actions import Goal, Upload
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Place, Post, Unit
from tests.portal.papers import LATER, REPORT, damaged_interview

TODAY = dt.datetime(2026, 9, 22, 8, 0, tzinfo=SHANGHAI)
UNITS = (
    ("区人民政府", ""),
    ("区政府督查室", "区人民政府"),
    ("区住房城乡建设局", "区人民政府"),
    ("区商务局", "区人民政府"),
    ("区教育局", "区人民政府"),
    ("区城市管理局", "区人民政府"),
    ("区民政局", "区人民政府"),
    ("区交通运输局", "区人民政府"),
    ("区审计局", ""),
)
# where to find it in the papers, title, unit, topic, number, unit of it, due, precision
PROMISES = (
    ("背街小巷", "8月底前完成城区12条背街小巷、18.6公里排水管网改造。",
     "区住房城乡建设局", "住房与城建", "18.6", "公里", (8, 31), "month"),
    ("快递服务点", "6月底前，全区173个行政村快递服务点全部覆盖。",
     "区商务局", "农业农村", "173", "个", (6, 30), "month"),
    ("幼儿园学位", "秋季开学前新增公办幼儿园学位1800个。",
     "区教育局", "教育", "1800", "个", (9, 1), "day"),
    ("东湖中学", "东湖中学新校区9月投用。",
     "区教育局", "教育", "", "", (9, 30), "month"),
    ("环湖绿道", "年内贯通环湖绿道32公里。",
     "区城市管理局", "住房与城建", "32", "公里", (12, 31), "year"),
    ("停车泊位3000", "年内建成智慧停车泊位3000个。",
     "区城市管理局", "交通出行", "3000", "个", (12, 31), "year"),
    ("社区食堂", "年内在枫桥、松湾两个街道办起社区食堂5家。",
     "区民政局", "医疗养老", "5", "家", (12, 31), "year"),
    ("夜班公交", "上半年开通青石镇、竹溪镇到城区的夜班公交2条。",
     "区交通运输局", "交通出行", "2", "条", (6, 30), "half"),
    ("区领导牵头", "每个重点项目都有一位区领导牵头。",
     "区政府督查室", "产业项目", "", "", None, ""),
)  # fmt: skip


@dataclass
class Town:
    """Rows by name."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    promises: dict[str, Commitment] = field(default_factory=dict)
    report: Source | None = None
    interview: Source | None = None
    later: Source | None = None
    place: Place | None = None
    sentence: str = ""  # the id of a statement to be marked

    def by(self, unit: str) -> Actor:
        """Somebody acting as the post of ``unit``."""
        return Actor(account="", post=self.posts[unit].id)


def on(month: int, day: int, hour: int = 9) -> dt.datetime:
    """An instant of 2026."""
    return dt.datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def founded(*, kind: str = "demonstration") -> Town:
    """A district with its units and posts, and no paper yet."""
    town = Town()
    with held_at(on(1, 5)):
        register.found_district(
            name="青岚区", code="990102", shape="urban_district", kind=kind, city="云川市", by=SYSTEM
        )
        district = register.create_place(name="青岚区", level="district", by=SYSTEM)
        town.place = register.create_place(name="枫桥街道", level="township", parent=district, by=SYSTEM)
        for name, above in UNITS:
            town.units[name] = register.create_unit(name=name, by=SYSTEM, parent=town.units.get(above))
            title = "区长" if name == "区人民政府" else f"{name}{'主任' if name.endswith('室') else '局长'}"
            town.posts[name] = register.create_post(
                title=title, unit=town.units[name], is_leader=True, by=SYSTEM
            )
    return town


def with_promises() -> Town:
    """The district with papers, promises, reports and findings up to 22 September 2026."""
    town = founded()
    with held_at(on(1, 23, 21)):
        town.report = documents.intake(
            REPORT.encode(), address="https://qinglan.example/report-2026.htm", by=SYSTEM
        )
    with held_at(on(3, 6, 21)):
        town.interview = documents.intake(
            damaged_interview(), address="https://news.yunchuan.example/5511.htm", by=SYSTEM
        )
    with held_at(on(3, 9)):
        _adopt(town)
    _live(town)
    with held_at(on(9, 20)):
        town.later = documents.intake(
            LATER.encode(), address="https://news.yunchuan.example/6120.htm", by=SYSTEM
        )
        _link(town, "环湖绿道", town.later, "环湖绿道", "changes")
    with held_at(TODAY):
        promises.tick()
    return town


def _adopt(town: Town) -> None:
    for words, title, unit, topic, number, measure, due, precision in PROMISES:
        paper = town.report if statement_in(town.report, words) else town.interview
        statement = statement_in(paper, words)
        assert statement is not None, f"the reader found no statement with {words!r}"
        until = dt.date(2026, *due) if due else None
        town.promises[words] = promises.adopt(
            statement,
            by=town.by("区政府督查室"),
            title=title,
            lead_unit=town.units[unit],
            leader_post=town.posts[unit],
            goal=Goal(number=number, unit=measure, due_until=until, due_precision=precision if due else ""),
            topic=topic,
            year=2026,
            place=town.place if words == "社区食堂" else None,
            adopted_by=town.units["区人民政府"],
            co_units=[town.units["区城市管理局"]] if words == "背街小巷" else [],
            confirmed=True,
        )
    for words, role in (("背街小巷", "repeats"), ("停车泊位3000", "repeats"), ("幼儿园学位", "repeats")):
        _link(town, words, town.interview, words, role)


def statement_in(paper: Source | None, words: str) -> StatementKey | None:
    """The statement of ``paper`` that says ``words``, one that nobody judged yet first."""
    found = StatementKey.objects.filter(source=paper, readings__text__contains=words).order_by("start")
    return found.filter(state="unread").first() or found.first()


def _link(town: Town, promise: str, paper: Source | None, words: str, role: str) -> None:
    statement = statement_in(paper, words)
    if statement is not None:
        promises.link_statement(town.promises[promise], statement, role=role, by=town.by("区政府督查室"))


def _report(
    town: Town, words: str, unit: str, month: int, day: int, number: str, measure: str, *, done: bool = False
) -> None:
    act = promises.report_done if done else promises.report_progress
    more = {"evidence": Upload(f"{words}{number}".encode(), "月报.txt", "text/plain", False)} if done else {}
    with held_at(on(month, day, 17)):
        as_of = dt.date(2026, month, day)
        act(town.promises[words], by=town.by(unit), as_of=as_of, number=number or None, unit=measure, **more)


def _verify(town: Town, words: str, month: int, day: int, number: str) -> None:
    with held_at(on(month, day, 18)):
        promises.verify(
            town.promises[words],
            by=town.by("区审计局"),
            number=number or None,
            as_of=dt.date(2026, month, day),
        )


def _live(town: Town) -> None:
    """Half a year of reports and findings, some of them wanting."""
    for month, day, told, found in (
        (3, 31, "3.2", "3.0"),
        (4, 30, "6.0", ""),
        (5, 31, "9.1", "8.2"),
        (6, 30, "12.2", ""),
    ):
        _report(town, "背街小巷", "区住房城乡建设局", month, day, told, "公里")
        if found:
            _verify(town, "背街小巷", month, day, found)
    _report(town, "停车泊位3000", "区城市管理局", 6, 30, "600", "个")
    _report(town, "夜班公交", "区交通运输局", 6, 18, "1", "条")
    _report(town, "背街小巷", "区住房城乡建设局", 7, 20, "14.8", "公里")
    _verify(town, "背街小巷", 7, 20, "13.4")
    _report(town, "快递服务点", "区商务局", 8, 22, "173", "个")
    _verify(town, "快递服务点", 8, 22, "151")
    _report(town, "背街小巷", "区住房城乡建设局", 8, 31, "17.9", "公里")
    _report(town, "幼儿园学位", "区教育局", 9, 2, "1860", "个", done=True)
    _report(town, "东湖中学", "区教育局", 9, 1, "", "", done=True)
    _verify(town, "东湖中学", 9, 3, "")
    _report(town, "环湖绿道", "区城市管理局", 9, 10, "17.0", "公里")
    _verify(town, "环湖绿道", 9, 10, "13.0")
    _report(town, "停车泊位3000", "区城市管理局", 9, 13, "1020", "个")
    _verify(town, "停车泊位3000", 9, 13, "1020")
    with held_at(on(9, 18)):
        documents.withdraw(town.interview, by=SYSTEM)
    _report(town, "社区食堂", "区民政局", 9, 21, "3", "家")
    _verify(town, "社区食堂", 9, 21, "3")
