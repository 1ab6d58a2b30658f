"""Where each project stands at the end of each month, and how many stand where: derived rows, for lists of any length."""

from __future__ import annotations

from django.db import models

from luodi.areas.projects.models import ProjectFile
from luodi.kernel.privacy.classes import Privacy

MONEY = ("done", "annual", "by_now", "paid")
REPORTS = ("nothing", "sent_back", "filled", "signed")


class MonthStanding(models.Model):
    """A project at the end of a month: DERIVED by ``standing_rows`` from plan, signed reports, libraries, reasons and rules.

    Written in the act that changes one of these, so that a list reads along an index and never reckons what it does not show.
    Holds no truth: ``doctor`` reckons it anew. ``rank`` is the place of the worst light (0 red, 1 amber, 2 green, 3 none),
    ``behind`` the gap to time progress in billionths, last where there is none. Money is 分 of the year up to the month, on the
    dispatch basis and as paid; empty without a plan, or where nobody told. ``before`` is what was done before the year.
    ``owes``: 1 + the place in ``REPORTS`` of the month's newest report, 0 where none is owed. ``promised`` is the planned day
    of completion as an ordinal, last where there is none.
    """

    PRIVACY = Privacy(
        internal=(
            "id", "file", "month", "stage", "levels", "is_public", "is_over", "promised", "rank", "behind", *MONEY, "before",
            "owes", "news_on",
        ),
    )  # fmt: skip

    id = models.BigAutoField(primary_key=True)
    file = models.ForeignKey(ProjectFile, models.CASCADE, related_name="standings", db_index=False)
    month = models.DateField()
    stage = models.CharField(max_length=20)
    levels = models.CharField(max_length=60, blank=True)
    is_public = models.BooleanField()
    is_over = models.BooleanField()
    promised = models.IntegerField()
    rank = models.IntegerField()
    behind = models.BigIntegerField()
    done = models.BigIntegerField(null=True)
    annual = models.BigIntegerField(null=True)
    by_now = models.BigIntegerField(null=True)
    paid = models.BigIntegerField(null=True)
    before = models.BigIntegerField()
    owes = models.IntegerField()
    news_on = models.DateField(null=True)

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_standing"
        unique_together = (("file", "month"),)
        indexes = (
            models.Index(fields=["month", "rank", "behind", "file"], name="luodi_pstand_worst"),
            models.Index(
                fields=["month", "rank", "is_over", "promised", "file"],
                condition=models.Q(is_public=True),
                name="luodi_pstand_public",
            ),
            models.Index(
                fields=["month", "owes", "file"],
                condition=models.Q(owes__gt=0),
                name="luodi_pstand_owes",
            ),
        )


class StandingTally(models.Model):
    """How many projects of one stage, one set of levels and one light there are at the end of a month, and their sums: DERIVED.

    Kept by whoever writes ``MonthStanding``, in the same transaction. ``planned`` and ``told`` count those with a plan and those
    whose payments somebody told; ``nothing`` to ``signed`` those that owe a report, by what there is of it.
    """

    COUNTS = ("number", "planned", "told", *MONEY, *REPORTS)
    PRIVACY = Privacy(internal=("id", "month", "stage", "levels", "rank", *COUNTS))

    id = models.BigAutoField(primary_key=True)
    month = models.DateField()
    stage = models.CharField(max_length=20)
    levels = models.CharField(max_length=60, blank=True)
    rank = models.IntegerField()
    number = models.BigIntegerField()
    planned = models.BigIntegerField()
    told = models.BigIntegerField()
    done = models.BigIntegerField()
    annual = models.BigIntegerField()
    by_now = models.BigIntegerField()
    paid = models.BigIntegerField()
    nothing = models.BigIntegerField()
    sent_back = models.BigIntegerField()
    filled = models.BigIntegerField()
    signed = models.BigIntegerField()

    class Meta:
        app_label = "luodi_projects"
        db_table = "luodi_projects_standing_tally"
        unique_together = (("month", "stage", "levels", "rank"),)
