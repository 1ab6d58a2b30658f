"""Cases of every kind in one table; what only one kind has stands in a table of that kind (``CaseDetails``)."""

from __future__ import annotations

from django.db import models

from luodi.kernel.files.models import KeptFile
from luodi.kernel.ids import CASE
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.privacy.sealed_field import SealedTextField
from luodi.kernel.register.models import Place, Post, Unit


class Case(LedgerRow):
    """Something being done: an owner, a clock and an end. ``state`` is a state or, once closed, an end of its playbook.

    ``unit`` and ``post`` do the work, ``office_unit`` runs the mechanism, ``verifier_unit`` checks. ``planned_due`` is the
    earliest day on which a running clock ends, ``latest_due`` the same with every extension; both empty while none runs.
    ``level`` is how high it was lifted, from 1. ``outcome`` says as what a closed case counts; ``merged_into`` is the one that
    goes on in its place. Only its course is public.
    """

    LETTER = CASE
    PRIVACY = Privacy(
        public=("id", "number", "kind", "version", "state", "opened_on", "closed_at", "outcome"),
        internal=(
            "title", "unit", "post", "office_unit", "verifier_unit", "place", "point", "planned_due", "latest_due", "level",
            "parent", "root", "channel", "merged_into",
        ),
        personal=("title",),
    )  # fmt: skip

    number = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=40)
    version = models.IntegerField()
    state = models.CharField(max_length=40)
    title = models.CharField(max_length=300, null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="cases")
    office_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    verifier_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="cases")
    point = models.CharField(max_length=40, blank=True)  # lon,lat in CGCS2000
    opened_on = models.DateField()
    planned_due = models.DateField(null=True)
    latest_due = models.DateField(null=True)
    level = models.IntegerField(default=1)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    root = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="taken_in")

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_case"
        indexes = [
            models.Index(fields=["kind", "state", "planned_due"], name="luodi_case_kind_state"),
            models.Index(fields=["unit", "closed_at", "planned_due"], name="luodi_case_unit"),
            # what is kept of a person, the longest closed first: read by whatever forgets by rule
            models.Index(
                fields=["kind", "closed_at"],
                condition=models.Q(closed_at__isnull=False, title__isnull=False),
                name="luodi_case_kept",
            ),
            # pages of long lists: by the day that is due, then those without one
            models.Index(
                fields=["planned_due", "id"],
                condition=models.Q(planned_due__isnull=False),
                name="luodi_case_due",
            ),
            models.Index(
                fields=["kind", "planned_due", "id"],
                condition=models.Q(planned_due__isnull=False),
                name="luodi_case_kind_due",
            ),
            models.Index(
                fields=["id"],
                condition=models.Q(planned_due__isnull=True, closed_at__isnull=True),
                name="luodi_case_no_clock",
            ),
            models.Index(
                fields=["outcome", "id"], condition=models.Q(closed_at__isnull=False), name="luodi_case_ended"
            ),
            models.Index(
                fields=["opened_on", "planned_due", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="luodi_case_opened",
            ),
            models.Index(
                fields=["id"], condition=models.Q(closed_at__isnull=False), name="luodi_case_closed"
            ),
        ]


class CaseDetails(LedgerRow):
    """The base of what only one kind of case has: one row a case. Its area names the fields."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Step(LedgerRow):
    """One move of a case: the line of its history. ``note`` is the free text given, ``day`` and ``choice`` what else it asked.

    A move that needs a second signature stands here with ``signed_at`` empty until it has it; only then it takes effect.
    """

    PRIVACY = Privacy(
        public=("id", "case", "move", "at"),
        internal=(
            "from_state", "to_state", "post", "unit_of", "note", "day", "choice", "needs_signature", "signed_at", "signed_by",
            "taken_back",
        ),
        personal=("note",),
    )  # fmt: skip

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=40)
    at = models.DateTimeField()
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    unit_of = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    note = models.TextField(null=True)
    day = models.DateField(null=True)
    choice = models.CharField(max_length=30, blank=True)
    needs_signature = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    taken_back = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_step"
        indexes = [models.Index(fields=["move", "case"], name="luodi_step_move")]


class StepFile(LedgerRow):
    """A file given with a move as evidence."""

    PRIVACY = Privacy(internal=("id", "step", "file"))

    step = models.ForeignKey(Step, models.PROTECT, related_name="files")
    file = models.ForeignKey(KeptFile, models.PROTECT, related_name="+")

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_step_file"


class CaseClock(LedgerRow):
    """One limit on a case: by which rule, since when, until when. The rule is the one of the day it started, and stays.

    ``limit`` and ``extension`` are in days or hours of ``clock``; empty where the day was written on the case. ``granted``: how
    much of the extension was approved. ``due_at`` is the instant at which the time is up (of a day limit: 24:00 of ``due_on``).
    """

    PRIVACY = Privacy(
        internal=(
            "id", "case", "name", "rule", "citation", "clock", "limit", "extension", "granted", "extend_on_holiday", "started_at",
            "stopped_at", "due_on", "due_at", "latest_on", "latest_at", "is_provisional",
        ),
    )  # fmt: skip

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    name = models.CharField(max_length=40)
    rule = models.CharField(max_length=80)
    citation = models.CharField(max_length=300)
    clock = models.CharField(max_length=20, blank=True)
    limit = models.IntegerField(null=True)
    extension = models.IntegerField(default=0)
    granted = models.IntegerField(default=0)
    extend_on_holiday = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    due_on = models.DateField()
    due_at = models.DateTimeField()
    latest_on = models.DateField()
    latest_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_clock"
        unique_together = (("case", "name"),)


class Pause(LedgerRow):
    """A span in which the clocks of a case stand still: why, until when it is expected to last, which state was left."""

    PRIVACY = Privacy(
        internal=("id", "case", "state_left", "from_at", "until_at", "expected_until", "reason"),
        personal=("reason",),
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    state_left = models.CharField(max_length=40)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    expected_until = models.DateField(null=True)
    reason = models.TextField(null=True)

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_pause"


class Duty(LedgerRow):
    """What an agreement or a decision binds somebody to do by a day. ``amount`` is money in 分.

    ``open`` until somebody finds it ``kept`` or ``broken``, ``void`` where it was agreed anew; ``found_on`` is the day on which
    it was kept, or found not to be.
    """

    PRIVACY = Privacy(
        internal=("id", "case", "amount", "due_on", "state", "found_on", "step"),
        sensitive=("who", "does"),
        personal=("who", "does"),
    )
    STATES = (("open", "未到或未核"), ("kept", "已履行"), ("broken", "未履行"), ("void", "另行约定"))

    case = models.ForeignKey(Case, models.PROTECT, related_name="duties")
    who = SealedTextField(null=True)
    does = SealedTextField(null=True)
    amount = models.BigIntegerField(null=True)
    due_on = models.DateField()
    state = models.CharField(max_length=6, choices=STATES, default="open")
    found_on = models.DateField(null=True)
    step = models.ForeignKey(Step, models.PROTECT, related_name="duties")

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_duty"


class DueItem(models.Model):
    """What somebody has to do by when: DERIVED, written in the same transaction by whoever owns the clock.

    Inbox, tick and the leader's screen read only this. ``subject`` is the id of a case or a commitment, ``name`` its clock.
    ``turns_at`` is the next instant at which the light changes or, of a red one, the case is lifted by rule; empty where neither
    will come by itself. Of a case, ``owner`` is the unit that does it, whoever it waits for, and one item ``is_first``: of those
    whose time runs the one that is due first, so that each open case is counted under one light.
    """

    PRIVACY = Privacy(
        internal=(
            "id", "subject", "name", "kind", "label", "title", "unit", "post", "level", "started_at", "due_on", "due_at", "light",
            "rule", "turns_at", "is_provisional", "owner", "is_first",
        ),
    )  # fmt: skip
    LIGHTS = (("red", "红灯"), ("amber", "黄灯"), ("green", "绿灯"), ("paused", "停表"))

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=14)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    title = models.CharField(max_length=300, null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    level = models.IntegerField(default=1)
    started_at = models.DateTimeField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    light = models.CharField(max_length=6, choices=LIGHTS)
    rule = models.CharField(max_length=80)
    turns_at = models.DateTimeField(null=True)
    is_provisional = models.BooleanField(default=False)
    owner = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    is_first = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_due_item"
        unique_together = (("subject", "name"),)
        indexes = [
            models.Index(fields=["unit", "due_at"], name="luodi_due_unit"),
            models.Index(fields=["post", "due_at"], name="luodi_due_post"),
            models.Index(fields=["due_at"], name="luodi_due_at"),
            models.Index(fields=["light", "due_at"], name="luodi_due_light"),
            models.Index(
                fields=["turns_at"], condition=models.Q(turns_at__isnull=False), name="luodi_due_turns"
            ),
        ]


class Serial(models.Model):
    """The last number given to a case on a day; operational, so that two openings at once never share one."""

    PRIVACY = Privacy(internal=("day", "last"))

    day = models.DateField(primary_key=True)
    last = models.IntegerField()

    class Meta:
        app_label = "luodi_cases"
        db_table = "luodi_cases_serial"


from luodi.kernel.cases.rate_models import Reckoned  # noqa: E402, F401 (Django looks for models here)
from luodi.kernel.cases.saved_models import SavedChoice  # noqa: E402, F401 (Django looks for models here)
