"""The derived table of the board."""

from __future__ import annotations

from django.db import models

from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Place, Unit


class Standing(models.Model):
    """Where a commitment stands: DERIVED from the rows above, for the board's counts and lists at any size.

    Holds no truth of its own: ``actions.rebuild`` makes it anew and ``verify`` does not look at it. The upper columns follow
    from the rows alone; ``board``, ``light``, ``rule`` and ``worst`` also from the day, and ``actions.tick`` turns them.
    ``start`` is the day the time allowed began; ``share`` how much of the target was reported (a decimal as text, empty:
    not known); ``news_on`` the as-of day of the newest figure, sentence or finding; ``due_order`` is the due day as an
    ordinal, last where there is none.
    """

    PRIVACY = Privacy(
        public=(
            "commitment", "lead_unit", "place", "topic", "year", "state", "state_since", "has_number", "start", "due_until",
            "due_order", "share", "reported_on", "verified_on", "news_on", "changed", "gone", "late", "board", "light", "rule",
            "worst",
        ),
    )  # fmt: skip
    BOARD = (
        ("kept", "已核实兑现"),
        ("claimed", "报完成，未核实"),
        ("going", "推进中"),
        ("overdue", "已逾期"),
        ("vague", "无法判断"),
        ("dropped", "不再办"),
        ("merged", "已并入"),
        ("carried", "已结转"),
        ("undone", "采纳已撤回"),
    )
    LIGHTS = (("red", "红灯"), ("amber", "黄灯"), ("green", "绿灯"), ("paused", "停表"))

    commitment = models.OneToOneField(
        "luodi_commitments.Commitment", models.CASCADE, primary_key=True, related_name="standing"
    )
    lead_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", db_index=False)
    topic = models.CharField(max_length=20, blank=True)
    year = models.IntegerField(null=True)
    state = models.CharField(max_length=10)
    state_since = models.DateField()
    has_number = models.BooleanField()
    start = models.DateField()
    due_until = models.DateField(null=True)
    due_order = models.IntegerField()
    share = models.CharField(max_length=40, blank=True)
    reported_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    news_on = models.DateField()
    changed = models.BooleanField()
    gone = models.BooleanField()
    late = models.BooleanField()

    board = models.CharField(max_length=10, choices=BOARD)
    light = models.CharField(max_length=6, choices=LIGHTS)
    rule = models.CharField(max_length=30)
    worst = models.IntegerField()

    class Meta:
        app_label = "luodi_commitments"
        db_table = "luodi_commitments_standing"
        indexes = [
            # the counts read these alone
            models.Index(
                fields=["lead_unit", "board", "changed", "gone", "late", "news_on"],
                name="luodi_stand_by_unit",
            ),
            models.Index(
                fields=["place", "board", "changed", "gone", "late", "news_on"], name="luodi_stand_by_place"
            ),
            models.Index(
                fields=["topic", "board", "changed", "gone", "late", "news_on"], name="luodi_stand_by_topic"
            ),
            models.Index(
                fields=["year", "board", "changed", "gone", "late", "news_on"], name="luodi_stand_by_year"
            ),
            models.Index(fields=["board", "changed", "gone", "late", "news_on"], name="luodi_stand_by_board"),
            # the lists read along these
            models.Index(fields=["worst", "due_order", "commitment"], name="luodi_stand_worst"),
            models.Index(
                fields=["board", "worst", "due_order", "commitment"], name="luodi_stand_state_worst"
            ),
            models.Index(
                fields=["lead_unit", "worst", "due_order", "commitment"], name="luodi_stand_unit_worst"
            ),
            models.Index(
                fields=["topic", "worst", "due_order", "commitment"], name="luodi_stand_topic_worst"
            ),
            models.Index(
                fields=["worst", "due_order", "commitment"],
                condition=models.Q(changed=True),
                name="luodi_stand_changed",
            ),
            models.Index(
                fields=["worst", "due_order", "commitment"],
                condition=models.Q(gone=True),
                name="luodi_stand_gone",
            ),
            models.Index(fields=["news_on", "commitment"], name="luodi_stand_news"),
            models.Index(fields=["due_order", "commitment"], name="luodi_stand_due"),
        ]
