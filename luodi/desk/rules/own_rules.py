"""The district's own rules: which held on a day, who wrote and signed each, and what may be done with it by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from luodi.desk.presence import Presence
from luodi.desk.rules.shown import sets_words, values_of
from luodi.kernel.accounts.access import may
from luodi.kernel.clocks.deadline import midnight
from luodi.kernel.clocks.now import today
from luodi.kernel.rules.lookups import rulebook
from luodi.kernel.rules.models import OwnRule
from luodi.kernel.rules.reading import read_rules
from luodi.kernel.rules.rule import Rule
from luodi.pages.promise_words import post_name

_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwnShown:
    """One rule of the district. ``may_sign`` and ``may_withdraw``: by the post acted as; ``why_not``: why it may not sign."""

    row: OwnRule
    rule: Rule
    sets: str
    values: tuple[tuple[str, str], ...]
    proposed_by: str
    signed_by: str
    may_sign: bool
    may_withdraw: bool
    why_not: str

    @property
    def state(self) -> str:
        """Waiting for a signature, in force, or withdrawn."""
        if self.row.withdrawn_at is not None:
            return gettext("已撤回")
        return gettext("已签，有效") if self.row.signed_at is not None else gettext("等签字")


def rules_known_on(day: dt.date) -> list[Rule]:
    """The rules that came with the program and, of the district's own, those signed and not withdrawn at the end of ``day``.

    For today and days to come: those signed now.
    """
    found = rulebook().rules
    if day >= today():
        return list(found)
    end = midnight(day + _ONE)
    held = OwnRule.objects.filter(signed_at__lt=end).filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=end))
    own = [rule for row in held.order_by("id") for rule in read_rules(row.text, is_override=True)]
    return [rule for rule in found if not rule.is_override] + own


def own_rules(presence: Presence) -> list[OwnShown]:
    """All of them, waiting ones first, then the newest. One query besides those about the reader's roles."""
    signs, keeps = may(presence.actor, "leader"), may(presence.actor, "office")
    rows = sorted(_all(), key=lambda row: row.signed_at is not None or row.withdrawn_at is not None)
    return [_shown(row, presence, signs=signs, keeps=keeps) for row in rows]


def own_rule(ident: str) -> OwnRule | None:
    """The rule of that id."""
    return _all().filter(pk=ident).first()


def _all() -> QuerySet[OwnRule]:
    related = OwnRule.objects.select_related("proposed_by__unit", "signed_by__unit")
    return related.order_by("-id")


def _shown(row: OwnRule, presence: Presence, *, signs: bool, keeps: bool) -> OwnShown:
    (rule,) = read_rules(row.text, is_override=True)
    is_open, is_gone = row.signed_at is None, row.withdrawn_at is not None
    is_own_hand = presence.post is not None and row.proposed_by_id == presence.post.id
    why = ""
    if is_open and not is_gone and not signs:
        why = gettext("由领导签字，您现在的岗位不是。")
    elif is_open and not is_gone and is_own_hand:
        why = gettext("提出的岗位不能自己签，请由另一个岗位来签。")
    return OwnShown(
        row=row,
        rule=rule,
        sets=sets_words(rule),
        values=values_of(rule),
        proposed_by=post_name(row.proposed_by),
        signed_by=post_name(row.signed_by),
        may_sign=is_open and not is_gone and signs and not is_own_hand,
        may_withdraw=not is_gone and keeps,
        why_not=why,
    )
