"""``/desk/directory/{units,posts,appointments}.{csv,xlsx}``: the register as files. Telephone and identity numbers stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from luodi.desk.directory.holders import known_people
from luodi.desk.directory.reach import ROLES
from luodi.desk.directory.tree import counts_by_unit
from luodi.desk.doors import role_door
from luodi.desk.presence import presence_of
from luodi.kernel.accounts.models import Grant
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.board import Tally
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.finding import other_names
from luodi.kernel.register.lookups import appointments_on, on_day
from luodi.kernel.register.models import Appointment, Post, Unit
from luodi.pages.sheets_out import csv_answer, xlsx_answer

Row = list[str]


@role_door(*ROLES)
@require_safe
def sheet(request: HttpRequest, what: str, kind: str) -> HttpResponseBase:
    """One of the three tables in one of the two forms."""
    presence = presence_of(request)
    tables = {"units": _units, "posts": _posts, "appointments": _appointments}
    if what not in tables or kind not in ("csv", "xlsx"):
        raise Http404(gettext("有单位、岗位、任职三张表，各有CSV、XLSX两种。"))
    rows = tables[what](presence.actor)
    header = next(rows)
    name = f"{what}-{today().isoformat()}.{kind}"
    if kind == "csv":
        return csv_answer(name, header, rows)
    titles = {"units": gettext("单位"), "posts": gettext("岗位"), "appointments": gettext("任职")}
    return xlsx_answer(name, titles[what], header, rows)


def _units(_: Actor) -> Iterator[Row]:
    yield [
        gettext("编号"),
        gettext("名称"),
        gettext("简称"),
        gettext("曾用名和别称"),
        gettext("类别"),
        gettext("上级"),
        gettext("地点"),
        gettext("统一社会信用代码"),
        gettext("撤销日"),
        gettext("牵头的承诺"),
        gettext("其中逾期"),
    ]
    had, counts = other_names(), counts_by_unit()
    for unit in Unit.objects.select_related("parent", "place").order_by("id"):
        told = counts.get(unit.id, Tally())
        yield [
            unit.id,
            unit.name,
            unit.short_name,
            "、".join(name.name for name in had.get(unit.id, [])),
            gettext(dict(Unit.KINDS)[unit.kind]),
            unit.parent.name if unit.parent else "",
            unit.place.name if unit.place else "",
            unit.credit_code,
            unit.closed_on.isoformat() if unit.closed_on else "",
            str(told.total),
            str(told.overdue),
        ]


def _posts(actor: Actor) -> Iterator[Row]:
    yield [
        gettext("编号"),
        gettext("单位"),
        gettext("岗位"),
        gettext("领导岗位"),
        gettext("一岗一人"),
        gettext("今天在岗"),
        gettext("角色"),
        gettext("撤销日"),
    ]
    held: dict[str, list[Appointment]] = defaultdict(list)
    rows = list(appointments_on().select_related("person").order_by("since", "id"))
    known = known_people(actor, (row.person_id for row in rows))
    for row in rows:
        held[row.post_id].append(row)
    roles: dict[str, list[str]] = defaultdict(list)
    for grant in Grant.objects.filter(on_day(today())).select_related("scope").order_by("id"):
        where = grant.scope.name if grant.scope else gettext("全区")
        roles[grant.post_id].append(f"{gettext(dict(Grant.ROLES)[grant.role])}（{where}）")
    for post in Post.objects.select_related("unit").order_by("unit_id", "-is_leader", "id"):
        yield [
            post.id,
            post.unit.name,
            post.title,
            gettext("是") if post.is_leader else "",
            gettext("是") if post.is_sole else "",
            "、".join(_name(row, known) for row in held[post.id]),
            "、".join(roles[post.id]),
            post.closed_on.isoformat() if post.closed_on else "",
        ]


def _appointments(actor: Actor) -> Iterator[Row]:
    yield [
        gettext("编号"),
        gettext("单位"),
        gettext("岗位"),
        gettext("姓名"),
        gettext("从"),
        gettext("到"),
        gettext("接自"),
        gettext("交出方签字"),
        gettext("接收方签字"),
    ]
    related = ("post__unit", "person", "after__person")
    rows = list(
        Appointment.objects.select_related(*related).order_by("post__unit_id", "post_id", "since", "id")
    )
    known = known_people(actor, (row.person_id for row in rows))
    for row in rows:
        earlier = row.after
        yield [
            row.id,
            row.post.unit.name,
            row.post.title,
            _name(row, known),
            row.since.isoformat(),
            row.until.isoformat() if row.until else "",
            _name(earlier, known) if earlier else "",
            earlier.given_on.isoformat() if earlier and earlier.given_on else "",
            row.taken_on.isoformat() if row.taken_on else "",
        ]


def _name(row: Appointment, known: set[str]) -> str:
    """The name of whoever holds a post, where the reader may know it."""
    return (row.person.name or "") if row.person_id in known else gettext("（不在您管理的单位内）")
