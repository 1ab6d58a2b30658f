"""来龙去脉 of an entry: what was registered about it, newest first, by which post. Names of people stay out of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, gettext_noop

from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.lookups import events_about, staff_data
from luodi.kernel.ledger.models import Event
from luodi.kernel.register.models import Post
from luodi.pages.phrases import Bit
from luodi.pages.promise_words import post_name
from luodi.pages.shapes import Step

MOST = 30
_WORDS: dict[str, str] = {
    "unit.created": gettext_noop("录入单位"),
    "unit.renamed": gettext_noop("改名"),
    "unit.moved": gettext_noop("换上级"),
    "unit.closed": gettext_noop("撤销"),
    "unit.corrected": gettext_noop("更正资料"),
    "unit.alias_added": gettext_noop("加了别称"),
    "unit.alias_dropped": gettext_noop("不再用别称"),
    "post.created": gettext_noop("设岗位"),
    "post.renamed": gettext_noop("改岗位名称"),
    "post.closed": gettext_noop("撤销岗位"),
    "post.handed_over": gettext_noop("办交接"),
    "person.entered": gettext_noop("录入"),
    "person.corrected": gettext_noop("更正资料"),
    "person.unmasked": gettext_noop("看了全号码"),
    "person.left": gettext_noop("离任"),
    "appointment.made": gettext_noop("任命"),
    "appointment.ended": gettext_noop("结束任职"),
    "hand_over.given": gettext_noop("交出方签字：已交清"),
    "hand_over.taken": gettext_noop("接收方签字：已接清"),
    "grant.given": gettext_noop("给了角色"),
    "grant.revoked": gettext_noop("收回角色"),
    "same_as.judged": gettext_noop("判断是不是同一个"),
    "same_as.undone": gettext_noop("撤回一次判断"),
    "link.made": gettext_noop("和另一项登记连上"),
    "link.ended": gettext_noop("和另一项登记的关系终止"),
}


def steps_about(ids: Iterable[str]) -> list[Step]:
    """The latest events about these rows as steps of a trail. Two queries."""
    events = list(events_about(*ids).order_by("-at", "-id")[:MOST])
    acting = {
        post.id: post for post in Post.objects.filter(pk__in={e.post for e in events}).select_related("unit")
    }
    return [_step(event, post_name(acting.get(event.post))) for event in events]


def _step(event: Event, by: str) -> Step:
    data = staff_data(event)
    return Step(
        day=day_of(event.at),
        mark="event",
        words=(Bit(gettext(_WORDS.get(event.kind, event.kind)), strong=True), Bit(_more(event.kind, data))),
        source=(Bit(by or gettext("系统")),),
        order=event.id,
        ident=event.id,
    )


def _more(kind: str, data: dict[str, Any]) -> str:
    """What the words of a kind leave open."""
    if kind in ("unit.renamed", "post.renamed"):
        words = gettext("：从“%(old)s”改为“%(new)s”") % {
            "old": data.get("from", ""),
            "new": data.get("to", ""),
        }
        return words + (gettext("，%(day)s起") % {"day": data["on"]} if "on" in data else "")
    if kind in ("unit.alias_added", "unit.alias_dropped"):
        return gettext("：“%(name)s”") % {"name": data.get("name", "")}
    if kind in ("hand_over.given", "hand_over.taken") and data.get("listed"):
        return gettext("，清单上%(count)s件") % {"count": len(data["listed"])}
    if kind in ("unit.closed", "post.closed"):
        return gettext("，最后一天%(day)s") % {"day": data.get("on", "")}
    return ""
