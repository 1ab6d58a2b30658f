"""One case as the desk works on it: its rows, its playbook, what was done with it, and how whoever looks stands to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from luodi.desk.presence import presence_of
from luodi.kernel.cases.access import may_read_sensitive, visible_to
from luodi.kernel.cases.acts.ground import standing_of
from luodi.kernel.cases.models import Case, CaseClock, CaseDetails, DueItem, Duty, Pause, Step
from luodi.kernel.cases.playbook import MERGED, End, Playbook, State
from luodi.kernel.cases.possible import Standing
from luodi.kernel.cases.registry import kind_of, playbook_of
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import Actor
from luodi.kernel.ledger.models import Event
from luodi.kernel.register.models import Post
from luodi.kernel.rules.book import RuleBook
from luodi.kernel.rules.lookups import rulebook

BASE = "/desk/cases"
ABOUT_IT = "case."  # the kinds of event that change it


@dataclass(frozen=True)
class OneCase:
    """``version`` is the event that changed it last: what a form was filled by. ``post`` is the post of whoever looks, ``seen``
    are all the cases that it may see."""

    row: Case
    seen: QuerySet[Case]
    playbook: Playbook
    standing: Standing
    actor: Actor
    post: Post
    day: dt.date
    version: str

    @property
    def href(self) -> str:
        """Its page at the desk."""
        return f"{BASE}/{self.row.id}"

    @property
    def state(self) -> State | None:
        """Where it waits; ``None`` once it has ended."""
        return self.playbook.state_named.get(self.row.state)

    @property
    def end(self) -> End | None:
        """As what it ended; ``None`` while it is open."""
        if self.row.state == MERGED.name:
            return MERGED
        return self.playbook.end_named.get(self.row.state)

    @property
    def place_words(self) -> str:
        """The words for where it stands, in its playbook."""
        return self.playbook.label_of(self.row.state)

    @property
    def is_paused(self) -> bool:
        """Whether its clocks stand still."""
        return self.row.state in self.playbook.suspended()

    @cached_property
    def reads_sensitive(self) -> bool:
        """Whether what is sensitive stands open before whoever looks; else each field is asked for, with a reason."""
        return may_read_sensitive(self.actor, self.row)

    @cached_property
    def steps(self) -> list[Step]:
        """What was done, the newest first, with posts and files at hand."""
        found = Step.objects.filter(case=self.row).select_related("post__unit", "unit_of", "signed_by__unit")
        return list(found.prefetch_related("files__file").order_by("-at", "-id"))

    @property
    def waiting(self) -> list[Step]:
        """The steps that lack the second party's signature."""
        return [
            step
            for step in self.steps
            if step.needs_signature and step.signed_at is None and not step.taken_back
        ]

    @cached_property
    def clocks(self) -> list[CaseClock]:
        """Its clocks, in the order in which they were started."""
        return list(CaseClock.objects.filter(case=self.row).order_by("id"))

    @cached_property
    def pauses(self) -> list[Pause]:
        """When its clocks stood still, the first first."""
        return list(Pause.objects.filter(case=self.row).order_by("from_at", "id"))

    @cached_property
    def duties(self) -> list[Duty]:
        """What somebody is bound to do, by day."""
        return list(Duty.objects.filter(case=self.row).order_by("due_on", "id"))

    @cached_property
    def due(self) -> DueItem | None:
        """What is due first."""
        return DueItem.objects.filter(subject=self.row.id).order_by("due_at", "id").first()

    @cached_property
    def rules(self) -> RuleBook:
        """Every rule, of every time."""
        return rulebook()

    @cached_property
    def details(self) -> CaseDetails | None:
        """What only its kind has."""
        model = kind_of(self.row.kind).details
        return model._default_manager.filter(case=self.row).first() if model is not None else None


def one_case(request: HttpRequest, ident: str) -> OneCase:
    """The case of an address. Raises ``Http404`` where there is none that the post may see, ``Refusal`` for a closed post."""
    presence = presence_of(request)
    seen = visible_to(presence.actor)
    found = seen.filter(pk=ident).select_related(
        "unit", "post__unit", "office_unit", "verifier_unit", "place", "merged_into"
    )
    row = found.first()
    if row is None or presence.post is None:
        raise Http404(gettext("没有编号为“%(id)s”的事项，或者您的岗位看不到它。") % {"id": ident[:14]})
    return OneCase(
        row=row,
        seen=seen,
        playbook=playbook_of(row.kind, row.version),
        standing=standing_of(row, presence.actor),
        actor=presence.actor,
        post=presence.post,
        day=today(),
        version=version_of(row.id),
    )


def version_of(ident: str) -> str:
    """The id of the event that changed a case last."""
    found = Event.objects.filter(subject=ident, kind__startswith=ABOUT_IT).order_by("-id")
    return found.values_list("id", flat=True).first() or ""
