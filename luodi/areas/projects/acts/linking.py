"""Links to fill in: one project, one month, one contact, 30 days, revocable. The token is shown once and only its hash kept."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from luodi.areas.projects.acts.ground import day_of_act, locked, needed, require_office
from luodi.areas.projects.acts.reporting import Filled, signed, waiting, written
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.report_models import MonthlyReport, ReportingLink
from luodi.kernel.accounts.tokens import hash_of, new_token
from luodi.kernel.clocks.now import now, today
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.lookups import rulebook

Key = str | ReportingLink  # a token, or the link whose token somebody has shown before


def issue_link(
    file: ProjectFile | str, month: dt.date, side: str, *, by: Actor, contact: str
) -> tuple[ReportingLink, str]:
    """A link for one contact of one side; an earlier one of that side is revoked by it. Gives the row and its token.

    Raises ``Refusal``: ``not-the-office``, ``choice-unknown``, ``no-month``, ``same-contact``, ``words-missing``.
    """
    if side not in dict(ReportingLink.SIDES):
        raise Refusal("choice-unknown", "链接给填报人，或给单位负责人。请选一个。")
    if month.day != 1 or month > today():
        raise Refusal("no-month", f"月份得到{month}，应是已经开始的月份的第一天。请重新选月份。")
    name, token = needed(contact, "联系人")[:60], new_token()
    days = int(rulebook().choose("projects.link", on=today()).value("days"))
    with action("project.link_issued", by=by, subject=file if isinstance(file, str) else file.id) as act:
        row = locked(file)
        post = require_office(by, row.lead_unit_id, "发填报链接", day_of_act(act))
        open_ones = list(ReportingLink.objects.filter(file=row, month=month, revoked_at=None))
        if any(each.contact == name and each.side != side for each in open_ones):
            raise Refusal("same-contact", "填报人和单位负责人不能是同一个联系人。请另写一位。")
        for earlier in (each for each in open_ones if each.side == side):
            act.change(earlier, revoked_at=act.at)
        made = ReportingLink(
            file=row, month=month, side=side, contact=name, token_hash=hash_of(token), made_at=act.at,
            expires_at=act.at + dt.timedelta(days=days), post=post,
        )  # fmt: skip
        return act.create(made), token


def revoke_link(link: ReportingLink | str, *, by: Actor) -> ReportingLink:
    """Close a link at once. Raises ``Refusal``: ``not-the-office``, ``link-closed``."""
    found = ReportingLink.objects.select_related("file").get(pk=link if isinstance(link, str) else link.id)
    with action("project.link_revoked", by=by, subject=found.file_id) as act:
        require_office(by, found.file.lead_unit_id, "收回填报链接", day_of_act(act))
        found = ReportingLink.objects.select_for_update(no_key=True).get(pk=found.pk)
        if found.revoked_at is not None:
            raise Refusal("link-closed", "这个链接已经收回。")
        return act.change(found, revoked_at=act.at)


def opened(key: Key, side: str = "") -> ReportingLink:
    """The link of a token, where it is open; the same words whether it never was, is over, or was taken back.

    Raises ``Refusal`` (``link-closed``).
    """
    found = (
        ReportingLink.objects.select_related("file__project")
        .filter(token_hash=key.token_hash if isinstance(key, ReportingLink) else hash_of(key))
        .filter(Q(side=side) if side else Q(), revoked_at=None, expires_at__gt=now())
        .first()
    )
    if found is None:
        raise Refusal("link-closed", "这个链接打不开：过了30天、已经收回，或没有抄全。请找项目办重新要一个。")
    return found


def fill_by_link(key: Key, filled: Filled) -> MonthlyReport:
    """The contact fills in the one month of the link. Raises ``Refusal``: ``link-closed`` and those of ``reporting.written``."""
    link = opened(key, "filler")
    with action("project.month_filled", by=SYSTEM, subject=link.file_id) as act:
        row = locked(link.file_id)
        link = _held(link)
        act.change(link, used_at=act.at)
        return written(act, row, link.month, filled, None, link)


def sign_by_link(key: Key, *, agrees: bool = True, seen: str = "") -> MonthlyReport:
    """The head of the unit signs the one month of the link, or sends it back. ``seen``: the version that was read.

    Raises ``Refusal``: ``link-closed``, ``nothing-to-sign``, ``changed-meanwhile``.
    """
    link = opened(key, "head")
    newest = MonthlyReport.objects.filter(file=link.file_id, month=link.month).order_by("version").last()
    if newest is None:
        raise Refusal("nothing-to-sign", "这个月还没有填，没有可签的。请让填报人先填。")
    if seen and seen != newest.id:
        raise Refusal("changed-meanwhile", "您看的那一版之后又报了新的一版，没有签。请看过新的再签。")
    kind = "project.month_signed" if agrees else "project.month_sent_back"
    with action(kind, by=SYSTEM, subject=newest.id) as act:
        found = waiting(newest.id)
        link = _held(link)
        act.change(link, used_at=act.at)
        return signed(act, found, agrees, head_link=link)


def _held(link: ReportingLink) -> ReportingLink:
    """The link under lock, still open. Raises ``Refusal`` (``link-closed``)."""
    found = ReportingLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    if found.revoked_at is not None:
        raise Refusal("link-closed", "这个链接刚被收回。请找项目办重新要一个。")
    return found
