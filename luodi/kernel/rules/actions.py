"""How a district sets a rule of its own: one post writes it down, another signs it, and both stand in the ledger."""

from __future__ import annotations

import tomllib

from luodi.kernel.accounts.access import may, post_of
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import district
from luodi.kernel.rules.lookups import default_names
from luodi.kernel.rules.models import OwnRule
from luodi.kernel.rules.reading import read_rules
from luodi.kernel.rules.rule import Rule

LONGEST = 4_000


def propose_rule(text: str, *, by: Actor) -> OwnRule:
    """Write down a rule of the district as a TOML table; it holds only once it is signed.

    Raises ``Refusal``: ``not-the-office``, ``bad-rule``, ``no-such-rule``.
    """
    post = post_of(by)
    if post is None or not may(by, "office"):
        raise Refusal("not-the-office", "本区的规则由督查办公室提出，您现在的岗位不是。")
    rule = checked_rule(text)
    with action("rule.proposed", by=by, subject=_subject(), shown={"rule": rule.reference}) as act:
        return act.create(OwnRule(name=rule.name, text=text.strip(), proposed_at=act.at, proposed_by=post))


def sign_rule(own: OwnRule, *, by: Actor) -> OwnRule:
    """A leader signs it: from now on it holds for cases of its days.

    Raises ``Refusal``: ``not-a-leader``, ``same-hand``, ``signed-already``.
    """
    post = post_of(by)
    if post is None or not may(by, "leader"):
        raise Refusal("not-a-leader", "本区的规则要由领导签字，您现在的岗位不是。")
    with action("rule.signed", by=by, subject=_subject()) as act:
        held = OwnRule.objects.select_for_update(no_key=True).get(pk=own.pk)
        if held.signed_at is not None or held.withdrawn_at is not None:
            raise Refusal("signed-already", "这条规则已经签过，或已经撤回。")
        if held.proposed_by_id == post.id:
            raise Refusal("same-hand", "提出的岗位不能自己签，请由另一个岗位来签。")
        act.shown |= {"rule": held.name}
        return act.change(held, signed_at=act.at, signed_by=post)


def withdraw_rule(own: OwnRule, *, by: Actor) -> OwnRule:
    """It holds for no case that begins from now on; clocks that run keep the rule they began under.

    Raises ``Refusal``: ``not-the-office``, ``withdrawn-already``.
    """
    if not may(by, "office"):
        raise Refusal("not-the-office", "本区的规则由督查办公室撤回，您现在的岗位不是。")
    with action("rule.withdrawn", by=by, subject=_subject()) as act:
        held = OwnRule.objects.select_for_update(no_key=True).get(pk=own.pk)
        if held.withdrawn_at is not None:
            raise Refusal("withdrawn-already", "这条规则已经撤回，不必再撤。")
        act.shown |= {"rule": held.name}
        return act.change(held, withdrawn_at=act.at)


def checked_rule(text: str) -> Rule:
    """The one rule of a TOML text.

    Raises ``Refusal``: ``bad-rule`` with the fault, ``no-such-rule`` for a name that nothing asks for.
    """
    if len(text) > LONGEST:
        raise Refusal("bad-rule", f"写了{len(text):,}字，一条规则最多{LONGEST:,}字。")
    try:
        found = read_rules(text, is_override=True)
    except (tomllib.TOMLDecodeError, ValueError, TypeError) as fault:
        raise Refusal("bad-rule", f"这条规则读不懂：{fault}。请照“规则”一页上的样子写。") from fault
    if len(found) != 1:
        raise Refusal("bad-rule", f"一次写一条规则，这里有{len(found)}条。")
    if found[0].name not in default_names():
        raise Refusal("no-such-rule", f"没有哪件事按“{found[0].name}”计时，写了也用不上。请核对规则的名字。")
    return found[0]


def _subject() -> str:
    home = district()
    return home.id if home is not None else ""
