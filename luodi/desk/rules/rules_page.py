"""``/desk/rules``: every rule in force, weakest evidence first; the district's own, who wrote and who signed them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.desk.doors import post_door, role_door
from luodi.desk.presence import presence_of
from luodi.desk.promises.sent_once import AlreadySent, mark_of, new_key, once_by_mark
from luodi.desk.rendering import page
from luodi.desk.rules.own_rules import own_rule, own_rules, rules_known_on
from luodi.desk.rules.shown import WEAKEST_FIRST, only_for_words, rules_on
from luodi.desk.rules.writing import LONGEST, Written, of_rule, toml_of, typed_of
from luodi.kernel.cases.registry import kinds
from luodi.kernel.clocks.kinds import KINDS
from luodi.kernel.clocks.now import today
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.actions import propose_rule, sign_rule, withdraw_rule
from luodi.kernel.rules.lookups import rulebook
from luodi.kernel.rules.models import OwnRule
from luodi.kernel.rules.rule import EVIDENCE, Rule

BASE = "/desk/rules"


@post_door
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The page; ``?on=2024-05-01`` shows the rules of that day."""
    presence = presence_of(request)
    typed = request.GET.get("on", "").strip()
    day, fault = _day(typed)
    shown = rules_on(rules_known_on(day), day)
    seen: set[str] = set()
    groups: list[tuple[str, str, list[tuple[Any, str]]]] = []
    for mark in WEAKEST_FIRST:
        # an address leads to the first of a name: the others stand near it
        lines = [(rule, _first(rule.anchor, seen)) for rule in shown if rule.evidence == mark]
        if lines:
            groups.append((mark, gettext(EVIDENCE[mark]), lines))
    return page(
        request,
        "desk/rules/rules.html",
        status=422 if fault else 200,
        here="rules",
        day=day,
        is_today=day == today(),
        typed=typed or day.isoformat(),
        fault=fault,
        total=len(shown),
        unsure=sum(1 for rule in shown if rule.evidence == "○"),
        groups=groups,
        own=own_rules(presence),
        may_write=presence.has_role("office"),
        kinds=[(kind.newest.label, f"/desk/playbooks/{kind.name}") for kind in kinds()],
    )


@role_door("office")
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """``/desk/rules/new``: set a rule otherwise for this district; it holds once a leader has signed it."""
    presence = presence_of(request)
    given = request.POST if request.method == "POST" else request.GET
    rule, at = _rule_of(given.get("name", ""), given.get("of", "0"))
    if request.method != "POST":
        return _form(request, rule, at, of_rule(rule, today()))
    written = typed_of(rule, request.POST)
    if written.faults:
        return _form(request, rule, at, written, status=422)
    try:
        once_by_mark(
            request,
            lambda: propose_rule(toml_of(rule, written), by=presence.actor),
            mark=mark_of(request),
            lock=OwnRule.objects.filter(name=rule.name),
        )
    except AlreadySent:
        messages.success(request, gettext("这一条刚才已经记下了，没有再记一次。"))
    except Refusal as refusal:
        return _form(request, rule, at, written, fault=refusal.message, status=422)
    else:
        messages.success(request, gettext("记下了，领导签了字才算数。"))
    return HttpResponseRedirect(f"{BASE}#own")


@role_door("leader")
@require_POST
def sign(request: HttpRequest, own: str) -> HttpResponse:
    """``/desk/rules/own/<id>/sign``."""
    presence = presence_of(request)
    sign_rule(_own(own), by=presence.actor)
    messages.success(request, gettext("签好了。从生效那天起立的事项按这一条算。"))
    return HttpResponseRedirect(f"{BASE}#own")


@role_door("office")
@require_POST
def withdraw(request: HttpRequest, own: str) -> HttpResponse:
    """``/desk/rules/own/<id>/withdraw``."""
    presence = presence_of(request)
    withdraw_rule(_own(own), by=presence.actor)
    messages.success(request, gettext("撤回了。以后立的事项不按这一条算，已经在走的表不变。"))
    return HttpResponseRedirect(f"{BASE}#own")


def _form(
    request: HttpRequest, rule: Rule, at: int, written: Written, *, fault: str = "", status: int = 200
) -> HttpResponse:
    return page(
        request,
        "desk/rules/new.html",
        status=status,
        here="rules",
        rule=rule,
        at=at,
        typed=written.typed,
        fault=fault,
        faults=written.faults,
        only_for=only_for_words(rule),
        values=[
            (
                f"v-{name}",
                name,
                written.typed[f"v-{name}"],
                isinstance(value, bool),
                written.faults.get(f"v-{name}", ""),
            )
            for name, value in rule.values.items()
        ],
        clocks=[(kind.name, f"{kind.label}：{kind.rule}") for kind in KINDS.values()],
        evidence=[(mark, f"{mark} {gettext(words)}") for mark, words in EVIDENCE.items()],
        longest=LONGEST,
        key=new_key(),
    )


def _rule_of(name: str, of: str) -> tuple[Rule, int]:
    """A rule that came with the program, by its name and place among those of that name. Raises ``Refusal``."""
    named = [rule for rule in rulebook().rules if rule.name == name and not rule.is_override]
    at = int(of) if of.isascii() and of.isdigit() and len(of) < 4 else 0
    if at >= len(named):
        raise Refusal("no-such-rule", "没有这条规则，或它不能由本区另定。请从规则一页上选。")
    return named[at], at


def _own(ident: str) -> OwnRule:
    found = own_rule(ident)
    if found is None:
        raise Refusal("no-such-rule", "本区没有这条规则。请从规则一页上选。")
    return found


def _day(typed: str) -> tuple[dt.date, str]:
    """The day asked for, today where none was; and what is wrong with it."""
    if not typed:
        return today(), ""
    try:
        return dt.date.fromisoformat(typed), ""
    except ValueError:
        return today(), gettext("写的是“%(text)s”，应是一天，如2026-09-30") % {"text": typed[:40]}


def _first(name: str, seen: set[str]) -> str:
    if name in seen:
        return ""
    seen.add(name)
    return name
