"""青岚区 with papers to review: one with a damaged number, a work report, a later one that claims results; two reviewers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.commitments import actions as promises
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import Reading, Source, StatementKey
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Post, Unit
from tests.garbler.profiles import SHORT

PASSWORD = "松湾路上的第三棵老树"
TODAY = dt.datetime(2026, 9, 22, 9, 0, tzinfo=SHANGHAI)
UNITS = {
    "青岚区人民政府": ("区政府", ""),
    "青岚区人民政府办公室": ("区政府办", "青岚区人民政府"),
    "青岚区教育局": ("区教育局", "青岚区人民政府"),
    "青岚区交通运输局": ("区交通运输局", "青岚区人民政府"),
    "青岚区住房和城乡建设局": ("区住建局", "青岚区人民政府"),
    "青岚区民政局": ("区民政局", "青岚区人民政府"),
    "青岚区城市管理局": ("区城管局", "青岚区人民政府"),
}
ROADS = """云川交通信息网 | 首页 | 公告

2026年农村公路建设计划公布

2026-02-26 08:14:02  来源：云川交通信息网

会议要求坚持建管养运并重，大家说今年的任务“一条也不能少。”126公里年内全部建成，由区交通运输局牵头。8月底前完成县道安全防护工程43公里，消除急弯陡坡隐患37处。

资金安排。农村公路按每公里58万元安排，共7308万元，市级补助占四成。2025年新改建农村公路116公里，一期工程926公里。
"""
REPORT = """青岚区政府门户网站 >> 政务公开 >> 政府工作报告

2026年青岚区政府工作报告（摘登）

2026-01-23  来源：青岚区人民政府

一、2026年重点任务

8月底前完成城区12条背街小巷、18.6公里排水管网改造（责任单位：区建设局）。

秋季开学前新增公办幼儿园学位1800个（责任单位：区教育局）。

年内建成智慧停车泊位3000个（责任单位：区建设局）。

年内办起社区食堂5家（责任单位：区建设局）。

工程总投资9300万元，年底前支付到位。
"""
LATER = """云川新闻网 | 新闻 | 县区

把好事办到家门口

2026-09-20 09:30:00  来源：云川新闻网

记者从区城市管理局获悉，环湖绿道年内贯通21公里，沿线驿站同步建设。今年以来，全区已建成环湖绿道13公里。
"""


@dataclass
class World:
    """Rows by name."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    promises: dict[str, Commitment] = field(default_factory=dict)
    roads: Source | None = None
    report: Source | None = None
    later: Source | None = None

    def actor(self, login: str) -> Actor:
        """Somebody acting as the post of a log-in."""
        return Actor(self.accounts[login].id, self.posts[login].id)

    def statement(self, words: str) -> StatementKey:
        """The statement whose reading holds these words."""
        reading = Reading.objects.filter(text__contains=words).order_by("statement__start").first()
        assert reading is not None, f"nothing was read with {words!r}"
        return reading.statement


def built() -> World:
    """The district, on 22 September 2026."""
    world = World()
    with held_at(TODAY - dt.timedelta(days=200)):
        _register(world)
        _people(world)
    with held_at(TODAY - dt.timedelta(days=190)):
        world.report = documents.intake(REPORT.encode(), by=SYSTEM)
        world.roads = documents.intake(SHORT.garble(ROADS, 3).text.encode(), by=SYSTEM)
        _green_way(world)
    with held_at(TODAY - dt.timedelta(days=1)):
        world.later = documents.intake(LATER.encode(), by=SYSTEM)
    return world


def log_in(client: Client, login: str = "fuhe") -> Client:
    """Come in through the front door."""
    answer = client.post("/desk/login", {"login": login, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def form_of(page: Any) -> dict[str, str]:
    """What the form on a review page sends when nothing is touched."""
    form = page.context["form"]
    return {"reading": page.context["reading"].id, **dict(form.fields)}


def text_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def _register(world: World) -> None:
    register.found_district(
        name="青岚区", code="990102", shape="urban_district", kind="real", city="云川市", by=SYSTEM
    )
    register.create_place(name="青岚区", level="district", by=SYSTEM)
    for name, (short, above) in UNITS.items():
        unit = register.create_unit(name=name, short_name=short, parent=world.units.get(above), by=SYSTEM)
        world.units[name] = unit
        title = f"{short}主任" if short.endswith("办") else f"{short}局长"
        register.create_post(title=title, unit=unit, is_leader=True, by=SYSTEM)


def hire(world: World, login: str, title: str, role: str, scope: Unit | None = None) -> None:
    """A post in the office, somebody who holds it, a log-in and a role."""
    post = register.create_post(title=title, unit=world.units["青岚区人民政府办公室"], by=SYSTEM)
    person = register.enter_person(name=f"{login}本人", by=SYSTEM)
    register.appoint(person, post, since=dt.date(2026, 1, 5), by=SYSTEM)
    account = accounts.create_account(person, login=login, by=SYSTEM)
    accounts.set_password(account, PASSWORD, by=SYSTEM)
    accounts.grant(post, role, scope=scope, by=SYSTEM)
    world.posts[login], world.accounts[login] = post, account


def _people(world: World) -> None:
    hire(world, "fuhe", "信息科复核员", "reviewer")
    hire(world, "ducha", "督查科科长", "office")
    hire(world, "tianbao", "综合科填报员", "reporter")


def _green_way(world: World) -> None:
    """A promise there is already, entered from a paper of January."""
    paper = documents.intake(
        "2026年青岚区重点工作\n\n2026-01-20  来源：青岚区人民政府\n\n年内贯通环湖绿道32公里。\n".encode(),
        by=SYSTEM,
    )
    statement = StatementKey.objects.filter(source=paper).get()
    world.promises["绿道"] = promises.adopt(
        statement,
        by=world.actor("ducha"),
        title="年内贯通环湖绿道32公里",
        lead_unit=world.units["青岚区城市管理局"],
        goal=Goal("32", "公里", due_until=dt.date(2026, 12, 31), due_precision="year"),
        topic="住房与城建",
        year=2026,
    )
