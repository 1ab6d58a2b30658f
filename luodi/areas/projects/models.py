"""What the project office keeps of a project beside its bare row in the register; the months stand in ``report_models``."""

from __future__ import annotations

import datetime as dt

from django.db import models

from luodi.areas.projects.plan import Version
from luodi.areas.projects.stages import LIBRARIES, STAGES
from luodi.kernel.cases.models import CaseDetails
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Post, Project, Unit

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class ProjectFile(LedgerRow):
    """The office's file on a project: one row a project of the register. Money is whole 分.

    ``levels`` are codes with blanks between, of the lists it stands on in ``year``; ``stage_left`` is the stage that a suspended
    project left. The public sees the band of total investment, never the amount, and where the site lies.
    """

    LETTER = "p"
    PRIVACY = Privacy(
        public=(
            "id", "project", "levels", "goal", "industry_code", "stage", "stage_since", "lead_unit", "responsible_unit",
            "start_planned", "start_actual", "completion_planned", "completion_actual", "opened_on", "site",
        ),
        internal=(
            "total_investment", "land_cost", "fiscal", "bond", "loan", "own", "foreign_money", "stage_left", "entered_as",
            "is_eligible", "done_before", "paid_before", "origin_file", "origin_cell",
        ),
    )  # fmt: skip
    STAGE_CHOICES = tuple((stage.name, stage.label) for stage in STAGES)

    project = models.OneToOneField(Project, models.PROTECT, related_name="file")
    levels = models.CharField(max_length=60, blank=True)
    goal = models.CharField(max_length=300, blank=True)
    industry_code = models.CharField(max_length=10, blank=True)
    stage = models.CharField(max_length=20, choices=STAGE_CHOICES)
    stage_since = models.DateField()
    stage_left = models.CharField(max_length=20, blank=True)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the bureau of its industry
    responsible_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the town or park
    total_investment = models.BigIntegerField(null=True)
    land_cost = models.BigIntegerField(null=True)
    fiscal = models.BigIntegerField(null=True)
    bond = models.BigIntegerField(null=True)
    loan = models.BigIntegerField(null=True)
    own = models.BigIntegerField(null=True)
    foreign_money = models.BigIntegerField(null=True)
    site = models.CharField(max_length=40, blank=True)  # lon,lat in CGCS2000
    start_planned = models.DateField(null=True)
    start_actual = models.DateField(null=True)
    completion_planned = models.DateField(null=True)
    completion_actual = models.DateField(null=True)
    is_eligible = models.BooleanField(
        default=True
    )  # for statistics: not a farmer's own house, 500万元 or more
    done_before = models.BigIntegerField(default=0)  # on the dispatch basis, before its first report here
    paid_before = models.BigIntegerField(default=0)
    opened_on = models.DateField()
    entered_as = models.CharField(max_length=30, blank=True)  # the office's own number in its list
    origin_file = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    origin_cell = models.CharField(max_length=80, blank=True)

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_file"
        indexes = [models.Index(fields=["stage"], name="luodi_project_stage")]


class FileCorrection(LedgerRow):
    """That facts of a file were put right, by whom, why and by which paper; what stood there before is in the act's event.

    ``kept`` is the paper itself, where somebody attached it.
    """

    PRIVACY = Privacy(internal=("id", "file", "at", "post", "reason", "paper", "kept"), personal=("reason",))

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reason = models.TextField(null=True)
    paper = models.CharField(max_length=200, blank=True)
    kept = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_correction"


class StageMove(LedgerRow):
    """From stage to stage, on a day, with what was shown. A correction waits in ``needs_signature`` until another post signs."""

    PRIVACY = Privacy(
        public=("id", "file", "from_stage", "to_stage", "kind", "on"),
        internal=("post", "at", "reason", "needs_signature", "signed_at", "signed_by"),
        personal=("reason",),
    )

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="moves")
    from_stage = models.CharField(max_length=20)
    to_stage = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    on = models.DateField()
    at = models.DateTimeField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reason = models.TextField(null=True)
    needs_signature = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_stage_move"


class GateEvidence(LedgerRow):
    """One thing that a gate asked and got: a file, or the number of a paper kept elsewhere."""

    PRIVACY = Privacy(public=("id", "move", "gate"), internal=("file", "paper"))

    move = models.ForeignKey(StageMove, models.PROTECT, related_name="evidence")
    gate = models.CharField(max_length=20)
    file = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    paper = models.CharField(max_length=200, blank=True)

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_gate_evidence"


class LibraryEntry(LedgerRow):
    """入库 in one of its three meanings, from a day on, by a paper.

    ``until`` is the last day on which it was in; whoever took it out gave a reason and a paper. Coming back is another entry.
    """

    PRIVACY = Privacy(
        public=("id", "file", "meaning", "since", "until"),
        internal=("paper", "post", "left_reason", "left_paper", "left_by"),
        personal=("left_reason",),
    )
    MEANINGS = tuple(LIBRARIES.items())

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="libraries")
    meaning = models.CharField(max_length=12, choices=MEANINGS)
    since = models.DateField()
    until = models.DateField(null=True)
    paper = models.CharField(max_length=200)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    left_reason = models.TextField(null=True)
    left_paper = models.CharField(max_length=200, blank=True)
    left_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_library_entry"

    @property
    def left_on(self) -> dt.date | None:
        """The first day on which it was no longer in; ``None`` while it is. The day of entry itself: it never was."""
        return self.until + dt.timedelta(days=1) if self.until is not None else None


class PlanVersion(LedgerRow):
    """One version of the plan of one year, month by month in 分. Versions are added and never changed.

    That there is another version, and since when, is public; what it asks for is not.
    """

    PRIVACY = Privacy(
        public=("id", "file", "year", "version", "from_day"),
        internal=(
            "annual",
            *MONTH_NAMES,
            "paper",
            "post",
            "at",
            "reason",
        ),
        personal=("reason",),
    )

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="plans")
    year = models.IntegerField()
    version = models.IntegerField()
    annual = models.BigIntegerField()
    january = models.BigIntegerField()
    february = models.BigIntegerField()
    march = models.BigIntegerField()
    april = models.BigIntegerField()
    may = models.BigIntegerField()
    june = models.BigIntegerField()
    july = models.BigIntegerField()
    august = models.BigIntegerField()
    september = models.BigIntegerField()
    october = models.BigIntegerField()
    november = models.BigIntegerField()
    december = models.BigIntegerField()
    from_day = models.DateField()
    paper = models.CharField(max_length=200, blank=True)
    reason = models.TextField(null=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_plan_version"
        unique_together = (("file", "year", "version"),)

    def as_version(self) -> Version:
        """As the arithmetic takes it."""
        months = tuple(getattr(self, name) for name in MONTH_NAMES)
        return Version(self.version, self.from_day, months, self.reason or "")

    def as_numbers(self) -> Version:
        """The same without the reason, which nobody asks who only reckons."""
        return Version(self.version, self.from_day, tuple(getattr(self, name) for name in MONTH_NAMES))


class LeaderAssignment(LedgerRow):
    """A leader's post is tied to a project, from a day to a day. ``after``: the assignment it takes over from, signed by both."""

    PRIVACY = Privacy(
        public=("id", "file", "post", "since", "until"), internal=("after", "given_on", "taken_on")
    )

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="leaders")
    post = models.ForeignKey(Post, models.PROTECT, related_name="led_projects")
    since = models.DateField()
    until = models.DateField(null=True)
    after = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    given_on = models.DateField(null=True)
    taken_on = models.DateField(null=True)

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_leader"


class Visit(LedgerRow):
    """A leader's visit to the site: when it was made, and whether somebody was at work there. A meeting is no visit."""

    PRIVACY = Privacy(
        public=("id", "file", "post", "made_on"),
        internal=("is_working", "found", "photo", "at"),
        personal=("found",),
    )

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="visits")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_on = models.DateField()
    is_working = models.BooleanField()
    found = models.TextField(null=True)
    photo = models.ForeignKey(KeptFile, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_visit"


class ConfidenceReview(LedgerRow):
    """How sure a unit that does not do the project is that it will be there in time, and why."""

    PRIVACY = Privacy(
        internal=("id", "file", "rating", "reason", "on", "post", "unit_of"), personal=("reason",)
    )

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="confidence")
    rating = models.CharField(max_length=10)
    reason = models.TextField(null=True)
    on = models.DateField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    unit_of = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_confidence"


class Explanation(LedgerRow):
    """Why a project is late or its figures strange, from the doing side; it excuses once another unit has accepted it.

    ``remedy`` is what the doing side does about it, ``until`` the day by which it says that will be done, ``remedied_on`` the day
    on which the office said that it is.
    """

    PRIVACY = Privacy(
        internal=(
            "id", "file", "matter", "month", "text", "remedy", "until", "post", "at", "accepted", "judged_by", "judged_at",
            "remedied_on", "remedied_by",
        ),
        personal=("text", "remedy"),
    )  # fmt: skip
    MATTERS = (("start", "没有按期开工"), ("statistics", "没有纳统"), ("figures", "数字超出常理"))

    file = models.ForeignKey(ProjectFile, models.PROTECT, related_name="explanations")
    matter = models.CharField(max_length=12, choices=MATTERS)
    month = models.DateField()
    text = models.TextField(null=True)
    remedy = models.TextField(null=True)
    until = models.DateField(null=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    accepted = models.BooleanField(null=True)
    judged_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    remedied_on = models.DateField(null=True)
    remedied_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_explanation"

    @property
    def remedy_words(self) -> str:
        """What is to be done, without the stop it was typed with: its day follows in the same sentence."""
        return (self.remedy or "").rstrip("。；;，,. \n")


class Bottleneck(CaseDetails):
    """What only a bottleneck has: which project (``subject``), what is asked of whom, what it holds up, what the owner said."""

    PRIVACY = Privacy(
        internal=(
            "id", "case", "subject", "found_on", "blocking", "sort", "asked_unit", "asked_act", "impact_wan", "impact_days",
            "impact_people", "higher_authority", "review_on", "owner_says",
        ),
    )  # fmt: skip

    subject = models.CharField(max_length=14, db_index=True)
    found_on = models.DateField()
    blocking = models.CharField(max_length=12)
    sort = models.CharField(max_length=12, blank=True)
    asked_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    asked_act = models.CharField(max_length=300, blank=True)
    impact_wan = models.CharField(max_length=24, blank=True, null=True)
    impact_days = models.CharField(max_length=12, blank=True, null=True)
    impact_people = models.CharField(max_length=12, blank=True, null=True)
    higher_authority = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True)
    owner_says = models.CharField(max_length=12, blank=True)

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_bottleneck"


class MeetingDecision(CaseDetails):
    """What only a decision of a dispatch meeting has: of which meeting, about which project and, if any, which bottleneck."""

    PRIVACY = Privacy(internal=("id", "case", "subject", "bottleneck", "meeting", "held_on", "due_by"))

    subject = models.CharField(max_length=14, db_index=True)
    bottleneck = models.CharField(max_length=14, blank=True, db_index=True)
    meeting = models.CharField(max_length=300)
    held_on = models.DateField(db_index=True)
    due_by = models.DateField()

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_meeting_decision"


DETAILS = Bottleneck

from luodi.areas.projects import named_models as named_models  # noqa: E402 (Django looks for models here)
from luodi.areas.projects import report_models as report_models  # noqa: E402 (Django looks for models here)
from luodi.areas.projects import standing_models as standing_models  # noqa: E402 (Django looks for models here)
