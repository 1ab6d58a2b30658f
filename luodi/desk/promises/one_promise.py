"""One promise as the desk works on it: its rows, who helps, what was registered last, and the reach of whoever looks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from luodi.desk.presence import presence_of
from luodi.desk.promises.choosing import BASE
from luodi.desk.promises.reach import Reach, reach_of
from luodi.kernel.clocks.now import today
from luodi.kernel.commitments.access import visible_to
from luodi.kernel.commitments.acts.ground import doers_of
from luodi.kernel.commitments.gather import Material, material_of
from luodi.kernel.commitments.independence import in_line_with, is_within
from luodi.kernel.commitments.models import Commitment, Report, Standing, Target, Verification
from luodi.kernel.ledger.models import Event
from luodi.kernel.register.models import Unit

ABOUT_IT = "commitment."  # the kinds of event that change it; an objection from outside does not


@dataclass(frozen=True)
class OnePromise:
    """``version`` is the event that changed it last: what a form was filled by."""

    standing: Standing
    material: Material
    helpers: tuple[Unit, ...]
    version: str
    reach: Reach
    day: dt.date

    @property
    def row(self) -> Commitment:
        """The commitment itself, with unit, post, place and project at hand."""
        return self.standing.commitment

    @property
    def href(self) -> str:
        """Its page at the desk."""
        return f"{BASE}/{self.row.id}"

    @property
    def target(self) -> Target:
        """The version in force."""
        return self.material.targets[-1]

    @cached_property
    def last_report(self) -> Report | None:
        """What was reported last, by when it was said."""
        return max(self.material.reports, key=lambda report: report.id, default=None)

    @cached_property
    def last_finding(self) -> Verification | None:
        """What was found of that, if anything."""
        found = self.material.findings.get(self.last_report.id, []) if self.last_report else []
        return found[-1] if found else None

    @cached_property
    def is_ours(self) -> bool:
        """Whether the unit acted for leads it or helps with it, as the acts themselves ask."""
        units = [self.row.lead_unit_id, *(unit.id for unit in self.helpers)]
        return is_within(self.reach.unit.id, units)

    @cached_property
    def clash(self) -> str | None:
        """The doer with which the unit acted for stands in one line; ``None`` where it is independent."""
        return in_line_with(self.reach.unit.id, sorted(doers_of(self.row)))


def one_promise(request: HttpRequest, ident: str) -> OnePromise:
    """The promise of an address. Raises ``Http404`` where there is none that the post may see."""
    presence = presence_of(request)
    reach = reach_of(presence)
    seen = visible_to(reach.actor).filter(pk=ident).order_by().values("pk")
    standing = (
        Standing.objects.filter(commitment__in=seen)
        .select_related(
            "commitment__lead_unit",
            "commitment__leader_post__unit",
            "commitment__place",
            "commitment__project",
            "commitment__merged_into",
            "commitment__carried_to",
        )
        .first()
    )
    if standing is None:
        raise Http404(gettext("没有编号为“%(id)s”的承诺。") % {"id": ident[:14]})
    helping = standing.commitment.co_units.filter(until__isnull=True).select_related("unit")
    return OnePromise(
        standing=standing,
        material=material_of([ident])[ident],
        helpers=tuple(each.unit for each in helping),
        version=version_of(ident),
        reach=reach,
        day=today(),
    )


def version_of(ident: str) -> str:
    """The id of the event that changed a promise last."""
    found = Event.objects.filter(subject=ident, kind__startswith=ABOUT_IT).order_by("-id")
    return found.values_list("id", flat=True).first() or ""
