"""``/desk/projects/<id>/fill``: the doing unit fills in a month; what was typed stays, faults stand at their fields."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from luodi.areas.projects.acts.ground import doers_of, is_of
from luodi.areas.projects.acts.reporting import Filled, fill
from luodi.areas.projects.desk.asking import BASE, usual_month
from luodi.areas.projects.desk.one_file import file_of
from luodi.areas.projects.models import ProjectFile
from luodi.areas.projects.money import fen_of
from luodi.areas.projects.months import last_day_of, month_of, plus_months
from luodi.areas.projects.stages import STARTED
from luodi.desk.doors import post_door
from luodi.desk.presence import presence_of
from luodi.desk.rendering import page
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post

MONTHS_OFFERED = 12
NAMES = ("month", "done", "paid", "percent", "as_of", "text", "reason")
# at which field the act's refusals belong
PLACES = {
    "money-wrong": "done", "percent-wrong": "percent", "no-month": "month", "day-to-come": "as_of", "words-missing": "reason",
    "waits-already": "month",
}  # fmt: skip


@dataclass
class Typed:
    """What somebody typed, and what is wrong with it by field."""

    given: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def day(self, name: str, form: str, words: str) -> dt.date:
        """A day or month of a field."""
        text = self.given[name]
        try:
            return dt.date.fromisoformat(form % text)
        except ValueError:
            self.faults[name] = words
            return dt.date.min

    def amount(self, name: str) -> int | None:
        """Money of a field in 分; a bare number is 万元."""
        text = self.given[name]
        try:
            return fen_of(text, "万元")[0] if text else None
        except ValueError as fault:
            self.faults[name] = str(fault)
            return None

    def filled(self) -> tuple[dt.date, Filled] | None:
        """The month and what was filled in; ``None`` where a field is wrong."""
        month = self.day("month", "%s-01", gettext("月份没有选。请选报的是哪个月。"))
        as_of = self.day("as_of", "%s", gettext("截至日没有填。请填数字截至哪一天，如2026-08-31。"))
        done, paid = self.amount("done"), self.amount("paid")
        if not self.given["done"]:
            self.faults["done"] = gettext("本月完成投资没有填。没有完成的写0。")
        percent = self.given["percent"].rstrip("%％")
        if not re.fullmatch(r"[0-9]{1,3}", percent):
            self.faults["percent"] = gettext("形象进度要填0到100的整数。")
        if self.faults:
            return None
        return month, Filled(
            done or 0, int(percent), as_of, paid, self.given["text"], reason=self.given["reason"]
        )


@post_door
@require_http_methods(["GET", "HEAD", "POST"])
def filling_form(request: HttpRequest, ident: str) -> HttpResponse:
    """The form, and what it sends. A month sent twice waits already, and the form says so."""
    presence = presence_of(request)
    file = file_of(ident, presence.actor)
    if not may_fill(file, presence.post):
        raise Refusal(
            "not-the-doer", gettext("月报由项目的业主、责任单位或行业主管在开工以后填，您现在的岗位不能填。")
        )
    if request.method != "POST":
        usual = usual_month()
        first = {"month": f"{usual:%Y-%m}", "as_of": last_day_of(usual).isoformat()}
        return _form(request, file, Typed({name: first.get(name, "") for name in NAMES}))
    typed = Typed({name: request.POST.get(name, "").replace("\0", "").strip() for name in NAMES})
    found = typed.filled()
    if found is None:
        return _form(request, file, typed, 422)
    try:
        fill(file, found[0], found[1], by=presence.actor)
    except Refusal as refusal:
        typed.faults[PLACES.get(refusal.code, "")] = refusal.message
        return _form(request, file, typed, 409)
    messages.success(request, gettext("已填报，单位负责人签字以后算数。"))
    return HttpResponseRedirect(f"{BASE}/{file.id}#reports")


def may_fill(file: ProjectFile, post: Post | None) -> bool:
    """Whether a post may fill in months of a project: for pages that show the way; the act asks again."""
    return post is not None and file.stage in STARTED | {"suspended"} and is_of(post, doers_of(file))


def _form(request: HttpRequest, file: ProjectFile, typed: Typed, status: int = 200) -> HttpResponse:
    this = month_of(today())
    return page(
        request,
        "projects/fill.html",
        status=status,
        here="projects",
        file=file,
        base=BASE,
        given=typed.given,
        faults=typed.faults,
        error=typed.faults.get("", ""),
        months=[f"{plus_months(this, -back):%Y-%m}" for back in range(MONTHS_OFFERED)],
    )
