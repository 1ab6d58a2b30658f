"""What waits for a leader's decision, and since when: the conditions on promises, and the dated rules that count the days."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from luodi.kernel.commitments.models import Said, Standing, Target
from luodi.kernel.commitments.reckoning import OPEN_ON_BOARD
from luodi.kernel.register.lookups import appointments_on

OF_PROMISES = ("silent", "changed", "unverified", "gone", "vacant")
_FILE = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, slots=True)
class WaitRule:
    """A row of ``rules.toml``: after ``waits_after`` days a matter waits, and is to be decided within ``days`` more."""

    name: str
    title: str
    waits_after: int
    days: int
    source_title: str
    article: str
    evidence: str
    effective_from: dt.date
    effective_to: dt.date | None = None

    @property
    def words(self) -> str:
        """The rule as it stands beside a light."""
        return gettext(self.title) + f"（{self.source_title}{self.article}）"


@cache
def _rules() -> tuple[WaitRule, ...]:
    return tuple(WaitRule(**row) for row in tomllib.loads(_FILE.read_text(encoding="utf-8"))["rule"])


def rule_on(name: str, day: dt.date) -> WaitRule:
    """The rule of that name in force on ``day``. Raises ``LookupError``."""
    for rule in _rules():
        is_over = rule.effective_to is not None and rule.effective_to < day
        if rule.name == name and rule.effective_from <= day and not is_over:
            return rule
    raise LookupError(f"no rule {name!r} for what waits on {day}")


def list_words(kind: str) -> str:
    """The name of the list of promises that wait so."""
    return {
        "silent": gettext("逾期又没有消息"),
        "changed": gettext("说法变了，没有改目标的文件"),
        "unverified": gettext("报完成，久没有核实"),
        "gone": gettext("没办结，原文已撤或不再提"),
        "vacant": gettext("责任岗位没有人"),
    }[kind]


def narrowed(found: QuerySet[Standing], kind: str, day: dt.date) -> QuerySet[Standing]:
    """Those of ``found`` that wait so on ``day``, each with ``since_on``: the day on which the matter came up, where it is known,
    and where the wording changed with ``statement``: the id of the sentence that says it otherwise.

    Raises ``LookupError`` for a kind there is not.
    """
    before = day - dt.timedelta(days=rule_on(kind, day).waits_after)
    if kind == "silent":
        return found.filter(board="overdue", news_on__lt=before)
    if kind == "unverified":
        return found.filter(board="claimed", state_since__lt=before)
    if kind == "changed":
        said = _unanswered_changes().order_by("-day", "-id")
        spoken = Subquery(said.values("statement_id")[:1])
        changed = found.filter(Exists(said), state__in=("open", "claimed"))
        return changed.annotate(since_on=_first(said), statement=spoken)
    if kind == "gone":
        live = Said.objects.filter(commitment=OuterRef("pk"), undone=False)
        silent = _first(live.filter(role="silent").order_by("-day"))
        made = live.filter(role="made", statement__source__withdrawn_on__isnull=False)
        withdrawn: Subquery = Subquery(
            made.values("statement__source__withdrawn_on")[:1], output_field=DateField()
        )
        since = Coalesce(withdrawn, silent, output_field=DateField())
        return found.filter(gone=True, board__in=OPEN_ON_BOARD).annotate(
            withdrawn_on=withdrawn, since_on=since
        )
    held = appointments_on(day).filter(post=OuterRef("commitment__leader_post"))
    empty = Q(commitment__leader_post__isnull=False) & ~Q(Exists(held))
    return found.filter(empty, board__in=OPEN_ON_BOARD)


def _unanswered_changes() -> QuerySet[Said]:
    """Sentences that say a promise otherwise, and after which its body has not put another target in place."""
    answered = Target.objects.filter(
        commitment=OuterRef("commitment"), kind="changed", from_day__gte=OuterRef("day")
    )
    said = Said.objects.filter(commitment=OuterRef("pk"), role="changes", undone=False)
    return said.filter(~Exists(answered))


def _first(said: QuerySet[Said]) -> Subquery:
    return Subquery(said.values("day")[:1], output_field=DateField())
