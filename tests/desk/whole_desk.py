"""A small district with one of everything that the desk shows, somebody for each role, a name as long as names get, and words
that would run in a browser wherever a person may write some."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luodi.kernel.accounts import access
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.cases import actions as cases
from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments import actions as promises
from luodi.kernel.commitments.actions import Goal, Upload
from luodi.kernel.commitments.models import Commitment, Objection, Report
from luodi.kernel.documents import actions as documents
from luodi.kernel.documents.models import StatementKey
from luodi.kernel.jobs.models import Job
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.sealing import seal
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Appointment, Person, Post, Unit
from luodi.kernel.sheets.actions import keep_sheet
from tests.desk.intake_desk import work
from tests.desk.review_world import ROADS
from tests.garbler.profiles import SHORT
from tests.journeys.desk_pictures import photo
from tests.kernel.sheets import workbook
from tests.portal.town import TODAY, Town, on, with_promises

PASSWORD = "松湾路上的第三棵老树"
DAY = TODAY.date()
LONG = "青岚区岚江两岸老旧片区城市更新与海绵城市示范工程建设暨历史文化街区保护利用工作领导小组办公室综合协调及督导检查专班办公室"
PLANT = "\"'><plant-x onerror=plant()><script>plant()</script>"
RUN = "javascript:plant()"
# log-in: role, unit, title of the post
STAFF = {
    "guanli": ("administrator", "区政府督查室", "系统管理员"),
    "ducha": ("office", "区政府督查室", "督查科科长"),
    "fuhe": ("reviewer", "区政府督查室", "信息科复核员"),
    "zhujian": ("reporter", "区住房城乡建设局", "工程科填报员"),
    "shenji": ("verifier", "区审计局", "投资科科长"),
    "quzhang": ("leader", "区人民政府", "副区长"),
}
OF_ROLE = {role: login for login, (role, _, _) in STAFF.items()}
PROMISE_ROWS: Sequence[Sequence[Any]] = [
    ("青岚区2026年重点任务分解表", None, None, None, None, None),
    ("序号", "任务", "责任", None, "完成时限", "备注"),
    (None, None, "牵头单位", "配合单位", None, None),
    (1, f"建10所幼儿园{PLANT}", "区教育局", "区住建局、各镇街", "12月底", PLANT),
    (2, "修通环城路", f"没有的局{PLANT}", None, 2026.3, None),
    (3, "栽树", "区教育局", None, f"尽快{PLANT}", None),
]
MONTH_ROWS: Sequence[Sequence[Any]] = [
    ("任务", "责任单位", "目前完成", "进展情况"),
    ("8月底前完成城区12条背街小巷、18.6公里排水管网改造。", "住建局", 18, PLANT),
    (f"没有的事{PLANT}", "住建局", f"八{PLANT}", None),
]


@dataclass
class Desk:
    """The town, the accounts by log-in, a browser for each, and what there is one of, by name: ids and addresses."""

    town: Town
    accounts: dict[str, Account] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)

    def inside(self, login: str) -> Client:
        """A browser in which somebody has come in."""
        if login not in self.browsers:
            self.browsers[login] = Client()
            self.browsers[login].force_login(
                self.accounts[login], backend="django.contrib.auth.backends.ModelBackend"
            )
        return self.browsers[login]

    def of_role(self, role: str) -> Client:
        """A browser of somebody with this role alone."""
        return self.inside(OF_ROLE[role])


def furnished() -> Desk:
    """The district on 22 September 2026."""
    desk = Desk(with_promises())
    with held_at(on(3, 10)):
        _staff(desk)
    with held_at(on(9, 19)):
        _reading(desk)
    with held_at(on(9, 21)):
        _fates(desk)
        _directory(desk)
    with held_at(on(9, 21)):
        _cases(desk)
    with held_at(TODAY):
        _links(desk)
        _sheets(desk)
        _batch(desk)
        promises.tick()
        seal()
    desk.browsers.clear()  # whoever looks comes in anew
    return desk


def _staff(desk: Desk) -> None:
    town = desk.town
    for login, (role, unit, title) in STAFF.items():
        post = register.create_post(title=title, unit=town.units[unit], by=SYSTEM)
        person = register.enter_person(name=f"某{login}", phone="13800001234", by=SYSTEM)
        register.appoint(person, post, since=dt.date(2026, 1, 5), by=SYSTEM)
        account = accounts.create_account(person, login=login, by=SYSTEM)
        accounts.set_password(account, PASSWORD, by=SYSTEM)
        accounts.grant(post, role, scope=town.units[unit] if role == "reporter" else None, by=SYSTEM)
        accounts.choose_post(account, post)
        desk.accounts[login] = account
        desk.made[f"account of {login}"] = account.id
        desk.made[f"post of {login}"], desk.made[f"person {login}"] = post.id, person.id
    waiting = accounts.create_account(
        register.enter_person(name="某新来", by=SYSTEM), login="xinlai", by=SYSTEM
    )
    desk.made["account"] = waiting.id
    # a name that most pages show: of the unit that leads, reports and has its own desk
    unit = town.units["区住房城乡建设局"]
    register.rename_unit(unit, name=LONG, on=dt.date(2026, 3, 10), by=SYSTEM)
    register.add_alias(unit, name=f"住建{PLANT}", by=SYSTEM)
    unit.refresh_from_db()


def _reading(desk: Desk) -> None:
    """Papers to be reviewed, one of them damaged; one sentence refused."""
    paper = documents.intake(
        SHORT.garble(ROADS, 3).text.encode(), address="https://news.yunchuan.example/1.htm", by=SYSTEM
    )
    # long enough that the reader takes it for running text
    hostile = (
        f"2026年青岚区重点工作{PLANT}\n\n2026-01-20  来源：青岚区人民政府\n\n"
        "各单位要按照年初计划，逐项抓好落实，确保完成，每个季度向区政府报告一次，年底前集中核实。"
        f"年内建成口袋公园6个{PLANT}。年内修缮社区书屋9家。上半年新增停车泊位300个，方便群众出行。\n"
    )
    other = documents.intake(hostile.encode(), address="https://news.yunchuan.example/2.htm", by=SYSTEM)
    waiting = StatementKey.objects.filter(source=paper).order_by("start")
    desk.made["statement"] = waiting[0].id
    desk.made["paper"], desk.made["roads paper"] = other.id, paper.id
    second = list(StatementKey.objects.filter(source=other).order_by("start"))
    desk.made["hostile statement"] = next(each.id for each in second if "plant-x" in each.quote)
    judged = second[-1]
    documents.judge(judged, "refuse", by=desk.town.by("区政府督查室"), reason=f"不是承诺{PLANT}")
    desk.made["judged statement"] = judged.id


def _fates(desk: Desk) -> None:
    """Promises in every state that a form begins from, each with words that would run."""
    town, by = desk.town, desk.town.by("区政府督查室")
    file = keep_sheet(workbook(PROMISE_ROWS), f"任务{PLANT}.xlsx", by=by)
    goal = Goal(number="10", unit="所", due_until=dt.date(2026, 12, 31), due_precision="year")

    def entered(name: str, cell: str) -> Commitment:
        return promises.enter_from_sheet(
            by=by, file=file, cell=cell, title=f"{name}{PLANT}", wording=f"原文{PLANT}",
            lead_unit=town.units["区住房城乡建设局"], goal=goal, topic="教育", year=2026, number=f"N{PLANT[:20]}",
        )  # fmt: skip

    names = ("并入", "不办", "结转", "新进", "不提")
    rows = {name: entered(name, f"任务分解表!A{at}:E{at}") for at, name in enumerate(names, 4)}
    lane = town.promises["背街小巷"]
    promises.merge(rows["并入"], into=lane, by=by, reason=f"同一件{PLANT}")
    promises.drop(rows["不办"], by=by, reason=f"不办了{PLANT}")
    later = Goal(number="4", unit="所", due_until=dt.date(2027, 6, 30), due_precision="month")
    promises.carry_over(rows["结转"], by=by, year=2027, goal=later, reason=f"明年{PLANT}")
    assert town.later is not None
    promises.note_silence(rows["不提"], town.later, by=by)
    desk.made |= {name: row.id for name, row in rows.items()}
    reporter = town.by("区住房城乡建设局")
    taken = Upload(photo(), f"现场{PLANT}.jpg")
    shown = promises.report_progress(
        lane, by=reporter, as_of=DAY - dt.timedelta(days=1), number="18", unit="公里", note=f"收尾{PLANT}", evidence=taken
    )  # fmt: skip
    desk.made["evidence"] = str(shown.evidence_id)  # type: ignore[attr-defined]
    claimed = entered("报完", "任务分解表!A9:E9")
    words = Upload("验收合格".encode(), f"验收{PLANT}.txt")
    told = {"by": reporter, "as_of": DAY - dt.timedelta(days=1), "unit": "所", "note": PLANT}
    promises.report_done(claimed, number="10", evidence=words, **told)
    back = entered("退回", "任务分解表!A10:E10")
    promises.report_progress(back, number="3", **told)
    promises.send_back(back, by=town.by("区审计局"), reason=f"重拍{PLANT}")
    desk.made |= {
        "报完": claimed.id,
        "退回": back.id,
        "背街小巷": lane.id,
        "办成": town.promises["东湖中学"].id,
    }
    promises.object_to(lane.id, f"枫桥街还在挖{PLANT}")
    promises.object_to(town.promises["环湖绿道"].id, "没有贯通。")
    asked = Objection.objects.order_by("id")
    desk.made["objection"] = asked[0].id
    promises.answer_objection(asked[1], f"已核对{PLANT}", by=by)


def _directory(desk: Desk) -> None:
    """A unit entered twice, one whose name would run, a hand-over that waits for two signatures."""
    town = desk.town
    twin = register.create_unit(name="青岚区教育局", parent=town.units["区人民政府"], by=SYSTEM)
    hostile = register.create_unit(name=f"怪局{PLANT}", short_name=f"怪{PLANT[:20]}", by=SYSTEM)
    post = register.create_post(title=f"怪岗{PLANT}", unit=hostile, by=SYSTEM)
    person = register.enter_person(name=f"怪人{PLANT[:40]}", by=SYSTEM)
    appointment = register.appoint(person, post, since=dt.date(2026, 2, 2), by=SYSTEM)
    other = Person.objects.get(pk=desk.made["person zhujian"])
    later = register.hand_over(appointment, to=other, on=DAY - dt.timedelta(days=1), by=SYSTEM)
    register.judge_same(
        town.units["区民政局"].id,
        town.units["区商务局"].id,
        "negative",
        by=SYSTEM,
        reason=f"不是一个{PLANT}",
    )
    pair = sorted((twin.id, town.units["区教育局"].id), key=lambda key: key[1:])
    desk.made |= {
        "unit": town.units["区住房城乡建设局"].id,
        "hostile unit": hostile.id,
        "hostile post": post.id,
        "post": town.posts["区住房城乡建设局"].id,
        "person": person.id,
        "hand over": later.id,
        "pair": "/".join(pair),
    }


def _cases(desk: Desk) -> None:
    """A slip that its unit is to answer, one to be checked, one ended, one that waits for a signature; and a dispute."""
    town = desk.town
    by = {login: access.actor_for(account) for login, account in desk.accounts.items()}
    given = {
        "ordered_by": town.posts["区人民政府"].id,
        "order_paper": f"区政府第12次常务会议纪要{PLANT}",
        "matter": f"管网改造逾期{PLANT}",
        "answer_by": "2026-09-30",
    }
    subjects = {"slip": "背街小巷", "reported slip": "退回", "ended slip": "报完", "waiting slip": "不办"}
    for name, subject in subjects.items():
        case = cases.open_case(
            "supervision",
            by=by["ducha"],
            title=f"督办{PLANT}",
            unit=town.units["区住房城乡建设局"],
            post=Post.objects.get(pk=desk.made["post of zhujian"]),
            verifier_unit=town.units["区审计局"],
            answers={**given, "subject": desk.made[subject]},
        )
        cases.move(case, "assign", by=by["ducha"], answers={})
        if name == "waiting slip":
            asked = {"reason": f"等批复{PLANT}", "until": "2026-10-10"}
            desk.made["waiting step"] = cases.move(case, "suspend", by=by["ducha"], answers=asked).id
        elif name != "slip":
            cases.move(case, "report", by=by["zhujian"], answers={"answer": f"改了{PLANT}"})
        if name == "ended slip":
            cases.move(case, "check", by=by["shenji"], answers={"finding": f"属实{PLANT}"})
            cases.move(case, "conclude", by=by["ducha"], answers={"conclusion": f"办结{PLANT}"})
            cases.move(case, "accept", by=by["zhujian"], answers={})
            cases.move(case, "evaluate", by=by["ducha"], answers={"grade": "good"})
        desk.made[name] = case.id
    desk.made["dispute"] = cases.open_case(
        "mediation",
        by=by["ducha"],
        move="apply",
        title=f"漏水{PLANT}",
        unit=town.units["区住房城乡建设局"],
        post=Post.objects.get(pk=desk.made["post of zhujian"]),
        verifier_unit=town.units["区审计局"],
        answers={"parties": f"甲方住户{PLANT}", "sort": "邻里", "risk": "low"},
    ).id


def _links(desk: Desk) -> None:
    """Two addresses that open once."""
    waiting = Account.objects.get(pk=desk.made["account"])
    desk.made["link"] = accounts.invite(waiting, by=SYSTEM)
    desk.made["binding"] = accounts.issue_binding(desk.accounts["quzhang"], by=SYSTEM)


def _sheets(desk: Desk) -> None:
    """A month's sheet, a list of promises and a list of people, each laid by with its columns chosen."""
    reporter, office, keeper = (desk.of_role(role) for role in ("reporter", "office", "administrator"))
    month = _confirmed(
        reporter,
        "/desk/promises/month/send",
        workbook([("表", None, None, None), *MONTH_ROWS], title="进展"),
    )
    people = workbook(
        [("单位名称", "岗位", "姓名"), (f"区园林局{PLANT}", "局长", f"某园{PLANT[:30]}"), ("", "", "")]
    )
    desk.made |= {
        "month": month,
        "list": _confirmed(
            office, "/desk/first-hour/send/promises", workbook(PROMISE_ROWS, merges=["C2:D2"])
        ),
        "people": _confirmed(keeper, "/desk/first-hour/send/register", people),
    }


def _confirmed(client: Client, where: str, raw: bytes) -> str:
    """Send a sheet and accept what is proposed for its columns; its token."""
    answer = client.post(
        where, {"sheet": SimpleUploadedFile(f"表{PLANT}.xlsx", raw), "as_of": DAY.isoformat()}
    )
    place = str(answer["Location"]).removesuffix("/columns")
    page = client.get(f"{place}/columns")
    chosen = {f"column-{one.column.index}": name for one, name in page.context["columns"]}
    answer = client.post(f"{place}/columns", {**chosen, "year": "2026", "as_of": DAY.isoformat()})
    assert answer.status_code == 302, answer.content.decode()
    return place.rsplit("/", 1)[-1]


def _batch(desk: Desk) -> None:
    """A batch of files, one refused, and one that waits."""
    reviewer = desk.of_role("reviewer")
    files = [
        SimpleUploadedFile(f"一{PLANT.replace('/', '')}.txt", "区水利局\n\n年内整治河道7条。".encode()),
        SimpleUploadedFile("坏.exe", b"MZ\0\0"),
    ]
    answer = reviewer.post("/desk/intake", {"files": files, "note": f"一月{PLANT}", "address": ""})
    desk.made["batch"] = str(answer["Location"]).rsplit("/", 1)[-1]
    work()
    answer = reviewer.post(
        "/desk/intake", {"text": f"区水利局\n\n年内再整治河道8条。{PLANT}", "address": RUN}
    )
    if answer.status_code == 302:
        desk.made["second batch"] = str(answer["Location"]).rsplit("/", 1)[-1]
    assert Job.objects.exists()
    assert Report.objects.exists()
    assert Appointment.objects.exists()
    assert Post.objects.exists()
    assert Unit.objects.filter(name=LONG).exists()
