"""Who may read which project files. The list is public; amounts, bottlenecks and returns of single firms are not."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from luodi.areas.projects.models import ConfidenceReview, Explanation, FileCorrection, ProjectFile, Visit
from luodi.areas.projects.report_models import MonthlyReport, ReportingLink, ReportPhoto, StatisticalFigure
from luodi.kernel.accounts.access import post_of, units_within
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import descendants, on_day

_Row = TypeVar("_Row", bound=Model)


def public() -> QuerySet[ProjectFile]:
    """Files of projects on a published list, with what is public of them; ideas not yet on one stay inside."""
    found = ProjectFile.objects.exclude(levels="").exclude(stage__in=("conceived", "reserved"))
    # the band of total investment is shown and lights are reckoned from the others, so these are fetched; no page tells them
    hidden = set(ProjectFile.PRIVACY.internal) - {"total_investment", "is_eligible", "done_before"}
    return found.select_related(
        "project__place", "project__owner_unit", "lead_unit", "responsible_unit"
    ).defer(*hidden)


def visible_to(actor: Actor) -> QuerySet[ProjectFile]:
    """The files that the actor's post runs, leads, does or checks; for the office and leaders of the district all of them."""
    found = ProjectFile.objects.select_related(
        "project__place", "project__owner_unit", "lead_unit", "responsible_unit"
    )
    post = post_of(actor)
    if post is None or post.closed_on is not None:
        return found.none()
    reached = units_within(actor, ("office", "leader", "verifier"))
    if reached is None:
        return found
    units = {post.unit_id, *descendants(post.unit_id), *reached}
    does = Q(lead_unit__in=units) | Q(responsible_unit__in=units) | Q(project__owner_unit__in=units)
    led = ProjectFile.objects.filter(pk__in=post.led_projects.filter(on_day(today())).values("file"))
    return found.filter(does | Q(pk__in=led.values("pk")))


def sees_all(actor: Actor) -> bool:
    """Whether ``visible_to`` gives the actor every file there is."""
    post = post_of(actor)
    is_open = post is not None and post.closed_on is None
    return is_open and units_within(actor, ("office", "leader", "verifier")) is None


def reports_for(actor: Actor) -> QuerySet[MonthlyReport]:
    """The reports of the files that the actor may read, oldest first."""
    found = _of_visible(MonthlyReport.objects.all(), actor)
    return found.select_related("file__project", "filler_post", "head_post").order_by("month", "version")


def statistics_for(actor: Actor) -> QuerySet[StatisticalFigure]:
    """Figures of statistics by project: for the office alone, since a single firm's return is confidential by law."""
    units = units_within(actor, ("office",))
    found = StatisticalFigure.objects.select_related("file__project").order_by("month", "id")
    return found if units is None else found.filter(file__lead_unit__in=units)


def links_for(actor: Actor) -> QuerySet[ReportingLink]:
    """The links to fill in that the office gave out, the newest first; never their tokens."""
    units = units_within(actor, ("office",))
    found = (
        ReportingLink.objects.select_related("file__project").defer("token_hash").order_by("-made_at", "-id")
    )
    return found if units is None else found.filter(file__lead_unit__in=units)


def link_named(ident: str) -> ReportingLink | None:
    """The link of an id, for whoever has shown its token before; whether it is still good is asked apart (``opened``)."""
    return ReportingLink.objects.filter(pk=ident).first()


def photos_of(report: MonthlyReport) -> QuerySet[ReportPhoto]:
    """The photos given with a report that somebody may read."""
    return ReportPhoto.objects.filter(report=report).select_related("kept").order_by("id")


def confidence_for(actor: Actor) -> QuerySet[ConfidenceReview]:
    """Judgements about the files that the actor may read, the newest first."""
    found = _of_visible(ConfidenceReview.objects.all(), actor)
    return found.select_related("unit_of", "post").order_by("-on", "-id")


def explanations_for(actor: Actor) -> QuerySet[Explanation]:
    """What was explained of the files that the actor may read, the newest month first."""
    found = _of_visible(Explanation.objects.all(), actor)
    return found.select_related("post__unit", "judged_by__unit").order_by("-month", "-id")


def corrections_for(actor: Actor) -> QuerySet[FileCorrection]:
    """What was put right of the files that the actor may read, the newest first."""
    found = _of_visible(FileCorrection.objects.all(), actor)
    return found.select_related("post__unit", "kept").order_by("-at", "-id")


def visits_for(actor: Actor) -> QuerySet[Visit]:
    """Visits to the files that the actor may read, the newest first."""
    found = _of_visible(Visit.objects.all(), actor)
    return found.select_related("post", "file__project").order_by("-made_on", "-id")


def _of_visible(found: QuerySet[_Row], actor: Actor) -> QuerySet[_Row]:
    """Those whose file the actor may read. Whoever reads every file asks nothing of the files."""
    files = visible_to(actor)
    return found.filter(file__in=files.values("pk")) if files.query.has_filters() else found
