"""The month's report: filled in by one, signed by the head of the unit, and from then on only followed by another version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Max

from luodi.areas.projects import due_items, standing_rows
from luodi.areas.projects.acts.ground import (
    acting_post,
    day_of_act,
    doers_of,
    is_of,
    locked,
    needed,
    not_after,
    point,
    require_office,
    with_project,
)
from luodi.areas.projects.lookups import in_statistics
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.months import last_day_of
from luodi.areas.projects.report_models import MonthlyReport, ReportingLink, ReportPhoto, StatisticalFigure
from luodi.areas.projects.stages import STARTED
from luodi.kernel.accounts.access import may
from luodi.kernel.clocks.now import day_of
from luodi.kernel.evidence.taking import take
from luodi.kernel.files.models import KeptFile, Photo
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.ledger.prepared import Prepared
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post

# asked for every month of every project, so built once
_OF_MONTH = Prepared(
    lambda file, month: MonthlyReport.objects.filter(file=file, month=month).order_by("version"), str, dt.date
)
_HELD = Prepared(lambda key: MonthlyReport.objects.select_for_update(no_key=True).filter(pk=key), str)
_FILE = Prepared(lambda key: ProjectFile.objects.filter(pk=key), str)
_POST = Prepared(lambda key: Post.objects.filter(pk=key), str)
LARGEST = 10**15  # 分: ten billion yuan a month is no month of a district's project


@dataclass(frozen=True, slots=True)
class PhotoGiven:
    """A photo; ``taken_on`` and ``point`` are written by hand where the camera did not tell.

    ``is_public``: anybody may see its copy, which holds nothing but what is seen; only where whoever gives it says so.
    """

    raw: bytes
    name: str
    caption: str = ""
    taken_on: dt.date | None = None
    point: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """What is filled in for a month: money in 分, of the month alone; ``paid`` is empty where nobody knows."""

    done: int
    physical_percent: int
    as_of: dt.date
    paid: int | None = None
    physical_text: str = ""
    photos: Sequence[PhotoGiven] = ()
    reason: str = ""

    def with_photos(self, photos: Sequence[PhotoGiven]) -> Filled:
        """The same with photos."""
        return replace(self, photos=tuple(photos))


def fill(file: ProjectFile | str, month: dt.date, filled: Filled, *, by: Actor) -> MonthlyReport:
    """The doing unit fills in a month. Raises ``Refusal``: ``not-the-doer``, ``no-post`` and those of ``written``."""
    with action("project.month_filled", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post = acting_post(by, day_of_act(act))
        if not is_of(post, doers_of(row)):
            raise Refusal(
                "not-the-doer", f"{post.unit.name}不是这个项目的业主、责任单位或行业主管，不能填月报。"
            )
        return written(act, row, month, filled, post, None)


def written(
    act: Action,
    row: ProjectFile,
    month: dt.date,
    filled: Filled,
    post: Post | None,
    link: ReportingLink | None,
) -> MonthlyReport:
    """Enter a filled month into an open act.

    Raises ``Refusal``: ``no-month``, ``day-to-come``, ``money-wrong``, ``percent-wrong``, ``not-reporting``, ``waits-already``,
    ``words-missing`` (a version after a signed one says why), ``photo-untold``.
    """
    _require_month(month, filled.as_of, day_of_act(act))
    if row.stage not in STARTED | {"suspended"}:
        raise Refusal("not-reporting", f"项目还在“{row.get_stage_display()}”，开工以后才报月报。请先办开工。")
    held = _OF_MONTH.rows(row.id, month)
    if held and held[-1].state == "filled":
        raise Refusal("waits-already", "这个月已经填过，正等单位负责人签字。要改，请负责人先退回。")
    is_again = any(each.state == "signed" for each in held)
    made = MonthlyReport(
        file=row, month=month, version=len(held) + 1, state="filled", as_of=filled.as_of, filled_at=act.at,
        filler_post=post, filler_link=link, physical_text=filled.physical_text.strip()[:2_000] or None,
        reason=needed(filled.reason, "改报的原因") if is_again else None, **_numbers(filled),
    )  # fmt: skip
    act.create(made)
    for each in filled.photos:
        _keep_photo(act, made, each)
    act.shown |= {"report": made.id, "month": month, "version": made.version}
    due_items.write(act, row, due_items.REPORT)
    standing_rows.write(act, row, since=month)
    return made


def sign(report: MonthlyReport | str, *, by: Actor, agrees: bool = True) -> MonthlyReport:
    """The head of the unit signs a filled month, or sends it back. Raises ``Refusal``: ``nothing-to-sign``, ``same-hand``,
    ``not-the-head``."""
    key = report if isinstance(report, str) else report.id
    with action("project.month_signed" if agrees else "project.month_sent_back", by=by, subject=key) as act:
        found = waiting(key)
        post = acting_post(by, day_of_act(act))
        if found.filler_post_id == post.id:
            raise Refusal("same-hand", "填报的岗位不能自己签，请由单位负责人来签。")
        row = found.file
        unit = found.filler_post.unit_id if found.filler_post is not None else row.project.owner_unit_id
        if not (post.is_leader and unit is not None and post.unit_id == unit):
            raise Refusal("not-the-head", "月报由填报单位的负责人签字，您现在的岗位不是。")
        return signed(act, found, agrees, head_post=post)


def waiting(report: str) -> MonthlyReport:
    """The report, held, where it waits for its head's signature. Raises ``Refusal`` (``nothing-to-sign``)."""
    found = _HELD.first(report)
    if found is None or found.state != "filled":
        raise Refusal("nothing-to-sign", "这份月报不用签，或已经签过、退回。请刷新再看。")
    file, post = _FILE.first(found.file_id), _POST.first(found.filler_post_id or "")
    if file is not None:
        found.file = with_project(file)
    if post is not None:
        found.filler_post = post
    return found


def signed(act: Action, found: MonthlyReport, agrees: bool, **head: Any) -> MonthlyReport:
    """Enter the head's signature, or that it was sent back, into an open act."""
    act.shown |= {"month": found.month, "agrees": agrees}
    act.change(found, state="signed" if agrees else "sent_back", signed_at=act.at, **head)
    due_items.write(act, found.file, due_items.REPORT)
    standing_rows.write(act, found.file_id, since=found.month)
    return found


def import_statistics(
    file: ProjectFile | str,
    month: dt.date,
    amount: int,
    *,
    by: Actor,
    as_of: dt.date,
    paper: str,
    source: KeptFile | None = None,
) -> StatisticalFigure:
    """Quote what the statistics bureau gave for a month; never computed. ``source``: the kept sheet or document it stands in.

    A later quotation of a month stands beside the earlier and counts. Raises ``Refusal``: ``words-missing``,
    ``not-in-statistics``, ``not-the-office``, ``quoted-already`` (the newest of the month is the same).
    """
    words = needed(paper, "出自哪份统计材料")[:200]
    with action(
        "project.statistics_quoted", by=by, subject=file if isinstance(file, str) else file.id
    ) as act:
        row = locked(file)
        post = require_office(by, row.lead_unit_id, "引用统计数", day_of_act(act))
        _require_month(month, as_of, day_of_act(act))
        if not row.libraries.filter(in_statistics(month)).exists():
            raise Refusal(
                "not-in-statistics",
                f"这个项目还没有纳统，或{month:%Y年%m月}以前退了库，不会有统计口径的数。先进库，再有数。",
            )
        last = StatisticalFigure.objects.filter(file=row, month=month).order_by("id").last()
        if last is not None and (last.amount, last.as_of) == (amount, as_of):
            raise Refusal("quoted-already", f"{month:%Y年%m月}的统计数已经引用过，和这个一样，没有再记。")
        made = StatisticalFigure(
            file=row,
            month=month,
            amount=amount,
            as_of=as_of,
            paper=words,
            source=source,
            post=post,
            at=act.at,
        )
        return act.create(made)


def _require_month(month: dt.date, as_of: dt.date, today: dt.date) -> None:
    if month.day != 1:
        raise Refusal("no-month", f"月份得到{month}，应是那个月的第一天。请重新选月份。")
    not_after(as_of, today, "截至日")
    if not month <= as_of <= last_day_of(month) + dt.timedelta(days=10):
        raise Refusal("no-month", f"报的是{month:%Y年%m月}，截至日却是{as_of}。请改月份或截至日。")


def _numbers(filled: Filled) -> dict[str, Any]:
    for words, fen in (("完成投资", filled.done), ("支付", filled.paid)):
        if fen is not None and not 0 <= fen < LARGEST:
            raise Refusal(
                "money-wrong", f"本月{words}不能是负数，也不会有这么大。冲减以前的数，请改报那个月。"
            )
    if not 0 <= filled.physical_percent <= 100:
        raise Refusal("percent-wrong", f"形象进度得到{filled.physical_percent}%，应在0到100之间。")
    return {"done": filled.done, "paid": filled.paid, "physical_percent": filled.physical_percent}


def _keep_photo(act: Action, report: MonthlyReport, given: PhotoGiven) -> None:
    kept = take(act, given.raw, given.name, is_public=given.is_public)
    camera = Photo.objects.filter(file=kept).first()
    taken_on, place = given.taken_on, point(given.point)
    if camera is not None:
        taken_on = day_of(camera.taken_at) if camera.taken_at is not None else taken_on
        if camera.east is not None and camera.north is not None:
            place = f"{camera.east / 1000:.3f},{camera.north / 1000:.3f}"
    if taken_on is None or not place:
        raise Refusal("photo-untold", "照片上没有拍摄的时间或地点。请用现场拍的原图，或写上哪天在哪里拍的。")
    by_hand = camera is None or camera.taken_at is None or camera.east is None
    act.create(
        ReportPhoto(
            report=report,
            kept=kept,
            caption=given.caption.strip()[:100] or None,
            taken_on=taken_on,
            point=place,
            by_hand=by_hand,
        )
    )


def reporter_may(by: Actor, file: ProjectFile) -> bool:
    """Whether the one who acts may fill in a project's months: for screens that show the form."""
    return any(may(by, "reporter", unit) for unit in doers_of(file))


def newest_version(file: ProjectFile, month: dt.date) -> int:
    """How many versions a month has."""
    found = MonthlyReport.objects.filter(file=file, month=month).aggregate(newest=Max("version"))["newest"]
    return found or 0
