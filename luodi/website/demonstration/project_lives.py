"""What the people of the invented district do in key projects: they file, plan, report, sign and visit, by everyday acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from luodi.areas.projects import actions
from luodi.areas.projects.acts.filing import Shown
from luodi.areas.projects.acts.reporting import Filled, PhotoGiven
from luodi.areas.projects.models import Explanation, LeaderAssignment, ProjectFile
from luodi.areas.projects.report_models import MonthlyReport
from luodi.areas.projects.stages import STAGE
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Unit
from luodi.website.demonstration.pictures import site_picture
from luodi.website.demonstration.project_months import MonthDone
from luodi.website.demonstration.project_script import OwnerTold, ProjectTold, ProjectTurn
from luodi.website.demonstration.world import World

_WAN = 1_000_000  # 分
OFFICE = "reform"
# what is shown at a gate: the number of a paper, by year and by a number of its own
_PAPERS = {
    "idea": "项目建议〔{year}〕{number}号",
    "owner": "项目单位确认函〔{year}〕{number}号",
    "site": "选址意见〔{year}〕{number}号",
    "screened": "筛选评估会议纪要〔{year}〕{number}号",
    "code": "项目代码{code}",
    "filed": "青岚发改备〔{year}〕{number}号",
    "land": "青岚自然资规地〔{year}〕{number}号",
    "planning": "青岚规建字〔{year}〕{number}号",
    "environment": "青岚环审〔{year}〕{number}号",
    "energy": "青岚节能审〔{year}〕{number}号",
    "permit": "青岚施许〔{year}〕{number}号",
    "works": "监理日志第{number}页，桩基开打",
    "acceptance": "竣工验收记录〔{year}〕{number}号",
    "output": "首批产品出库单〔{year}〕{number}号",
    "reached": "履约考核表〔{year}〕{number}号",
    "decision": "区政府专题会议纪要〔{year}〕{number}号",
}


@dataclass
class ProjectLives:
    """The projects of a world by their names, and the firms that own them."""

    world: World
    owners: Mapping[str, OwnerTold] = field(default_factory=dict)
    files: dict[str, ProjectFile] = field(default_factory=dict)
    filled: dict[str, MonthlyReport] = field(
        default_factory=dict
    )  # by project, what waits for its head's signature

    def act(self, turn: ProjectTurn) -> bool:
        """Do it; ``False`` where the promise or the sentence it is tied to was never found. Raises ``Refusal``."""
        return _ACTS[turn.act](self, turn)

    @property
    def office(self) -> Actor:
        """Whoever keeps the ledger."""
        return self.world.cast.actor(OFFICE)

    def file(self, turn: ProjectTurn) -> ProjectFile:
        """The project's file."""
        return self.files[turn.told.name]

    def unit(self, key: str) -> Unit:
        """The unit of a key; a firm comes into the register with its first project."""
        cast = self.world.cast
        if key not in cast.units:
            told = self.owners[key]
            unit = cast.units[key] = register.create_unit(
                name=told.name, short_name=told.short, kind="company", by=SYSTEM
            )
            cast.leaders[key] = register.create_post(
                title=f"{told.short}总经理", unit=unit, is_leader=True, by=SYSTEM
            )
            cast.posts[key] = register.create_post(title=f"{told.short}项目部统计员", unit=unit, by=SYSTEM)
        return cast.units[key]

    def filler(self, told: ProjectTold) -> Actor:
        """Who fills in the owner's months."""
        return Actor(post=self.world.cast.posts[told.owner].id)

    def head(self, told: ProjectTold) -> Actor:
        """Who signs them."""
        return Actor(post=self.world.cast.leaders[told.owner].id)


def _file(lives: ProjectLives, turn: ProjectTurn) -> bool:
    told, cast = turn.told, lives.world.cast
    row = register.create_project(
        name=told.name,
        code=told.code,
        by=lives.office,
        place=cast.places[told.place],
        owner_unit=lives.unit(told.owner),
    )
    mix: dict[str, Any] = {name: amount * _WAN for name, amount in told.mix.items()}
    lives.files[told.name] = actions.open_file(
        row,
        by=lives.office,
        lead_unit=cast.units[told.lead],
        responsible_unit=cast.units[told.town],
        levels=told.levels.split(),
        stage=told.stages[0][1],
        goal=told.goal,
        industry_code=told.industry,
        total_investment=told.total * _WAN,
        site=told.site,
        start_planned=told.start,
        start_actual=told.begun,
        completion_planned=told.end,
        done_before=told.before * _WAN,
        paid_before=told.before * told.paid // 100 * _WAN,
        **mix,
    )
    return True


def _lead(lives: ProjectLives, turn: ProjectTurn) -> bool:
    """The post is tied to it; where it takes over from another both sign at once."""
    post = lives.world.cast.leaders[turn.given["post"]]
    made = actions.assign_leader(lives.file(turn), post, by=lives.office, since=today())
    if made.after_id is not None:
        before = LeaderAssignment.objects.get(pk=made.after_id)
        for signer in (before.post_id, post.id):
            actions.sign_hand_over(made, by=Actor(post=signer))
    return True


def _stage(lives: ProjectLives, turn: ProjectTurn) -> bool:
    to, told = turn.given["to"], turn.told
    gates = STAGE[to].gates if to != "suspended" or turn.given["reason"] else ()
    number = Random(f"{told.name}{to}").randint(11, 399)  # noqa: S311
    shown = {
        gate.name: Shown(_PAPERS[gate.name].format(year=today().year, number=number, code=told.code))
        for gate in gates
    }
    actions.move_stage(
        lives.file(turn), to, by=lives.office, on=today(), shown=shown, reason=turn.given["reason"]
    )
    return True


def _plan(lives: ProjectLives, turn: ProjectTurn) -> bool:
    year = turn.given["year"]
    months = [amount * _WAN for amount in turn.told.monthly(year)]
    actions.set_plan(
        lives.file(turn), year, months, by=lives.office, annual=turn.told.plans[year] * _WAN,
        paper=f"青岚区{year}年重点项目计划",
    )  # fmt: skip
    return True


def _lower(lives: ProjectLives, turn: ProjectTurn) -> bool:
    """A later version of the year: every month by the same share of the first."""
    year, amount = today().year, turn.given["amount"]
    first, whole = turn.told.monthly(year), turn.told.plans[year]
    months, gone = [], 0
    for planned in first:
        months.append(amount * (gone + planned) // whole - amount * gone // whole)
        gone += planned
    actions.set_plan(
        lives.file(turn), year, [each * _WAN for each in months], by=lives.office, paper=turn.given["paper"],
        reason=turn.given["reason"],
    )  # fmt: skip
    return True


def _enter(lives: ProjectLives, turn: ProjectTurn) -> bool:
    actions.enter_library(lives.file(turn), by=lives.office, since=today(), **turn.given)
    return True


def _leave(lives: ProjectLives, turn: ProjectTurn) -> bool:
    actions.leave_library(lives.file(turn), by=lives.office, on=today(), **turn.given)
    return True


def _fill(lives: ProjectLives, turn: ProjectTurn) -> bool:
    each: MonthDone = turn.given["month"]
    photos = (_photo(turn.told, each),) if turn.given["photo"] else ()
    lives.filled[turn.told.name] = actions.fill(
        lives.file(turn), each.month, _filled(turn.told, each, photos), by=lives.filler(turn.told)
    )
    return True


def _again(lives: ProjectLives, turn: ProjectTurn) -> bool:
    """The month is told again, a tenth less: a payment had been counted twice."""
    each: MonthDone = turn.given["month"]
    less = MonthDone(each.month, each.done * 9 // 10, each.paid, each.percent)
    filled = _filled(turn.told, less, (), "一笔材料款重复计了一次，核减。")
    lives.filled[turn.told.name] = actions.fill(
        lives.file(turn), each.month, filled, by=lives.filler(turn.told)
    )
    return True


def _sign(lives: ProjectLives, turn: ProjectTurn) -> bool:
    actions.sign(lives.filled[turn.told.name], by=lives.head(turn.told))
    return True


def _quote(lives: ProjectLives, turn: ProjectTurn) -> bool:
    """Statistics come later and lower: vouchers in hand, land left out."""
    each: MonthDone = turn.given["month"]
    actions.import_statistics(
        lives.file(turn),
        each.month,
        each.done * 83 // 100 * _WAN,
        by=lives.office,
        as_of=_end_of(each.month),
        paper=f"区统计局{each.month.month}月投资统计月报",
    )
    return True


def _visit(lives: ProjectLives, turn: ProjectTurn) -> bool:
    post = next(post for day, post in reversed(turn.told.leaders) if day <= today())
    by = Actor(post=lives.world.cast.leaders[post].id)
    actions.record_visit(
        lives.file(turn), by=by, made_on=today(), is_working=turn.given["is_working"], found=turn.given["found"]
    )  # fmt: skip
    return True


def _explain(lives: ProjectLives, turn: ProjectTurn) -> bool:
    """The owner says why, of the last month that is over."""
    month = (today().replace(day=1) - dt.timedelta(days=1)).replace(day=1)
    actions.explain(lives.file(turn), month=month, by=lives.filler(turn.told), **turn.given)
    return True


def _accept(lives: ProjectLives, turn: ProjectTurn) -> bool:
    waiting = Explanation.objects.filter(file=lives.file(turn), accepted=None).get()
    actions.judge_explanation(waiting, by=lives.office, accepts=True)
    return True


def _confidence(lives: ProjectLives, turn: ProjectTurn) -> bool:
    actions.review_confidence(
        lives.file(turn), turn.given["rating"], turn.given["reason"], by=lives.world.cast.actor("audit")
    )
    return True


def _promise(lives: ProjectLives, turn: ProjectTurn) -> bool:
    row = lives.world.rows.get(turn.told.promise or ("", ""))
    if row is not None:
        register.link("delivers", lives.file(turn).project_id, row.id, by=lives.office)
    return row is not None


def _named(lives: ProjectLives, turn: ProjectTurn) -> bool:
    page = turn.given["page"]
    found = lives.world.nearest(page, turn.given["near"]) if page in lives.world.sources else None
    if found is not None:
        register.link("named_in", lives.file(turn).project_id, found.id, by=lives.office)
    return found is not None


_ACTS: dict[str, Callable[[ProjectLives, ProjectTurn], bool]] = {
    "file": _file,
    "lead": _lead,
    "stage": _stage,
    "plan": _plan,
    "lower": _lower,
    "enter": _enter,
    "leave": _leave,
    "fill": _fill,
    "again": _again,
    "sign": _sign,
    "quote": _quote,
    "visit": _visit,
    "explain": _explain,
    "accept": _accept,
    "confidence": _confidence,
    "promise": _promise,
    "named": _named,
}


def _filled(told: ProjectTold, each: MonthDone, photos: tuple[PhotoGiven, ...], reason: str = "") -> Filled:
    words = "冬季停工，留人看护。" if not each.done else f"形象进度到{each.percent}%，按计划推进。"
    if each.done and told.pace < 70:
        words = f"形象进度到{each.percent}%，人手和材料都不够，比计划慢。"
    return Filled(
        done=each.done * _WAN,
        paid=each.paid * _WAN,
        physical_percent=each.percent,
        as_of=_end_of(each.month),
        physical_text=words,
        photos=photos,
        reason=reason,
    )


def _photo(told: ProjectTold, each: MonthDone) -> PhotoGiven:
    """Taken near the site within the month, with what a camera writes."""
    random = Random(f"{told.name}{each.month}")  # noqa: S311
    day = each.month.replace(day=random.randint(18, 27))
    raw = site_picture(f"{told.name} {day}", each.percent / 100, day, at=_near(told.site, random))
    return PhotoGiven(raw, "工地照片.jpg", caption=f"{each.month.month}月底的工地", is_public=True)


def _near(site: str, random: Random) -> tuple[float, float]:
    east, north = (float(part) for part in site.split(","))
    return east + random.uniform(-0.001, 0.001), north + random.uniform(-0.001, 0.001)


def _end_of(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
