"""What the office that runs a case may do whatever its playbook: merge, take that back, go on after the end, hand over."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from luodi.desk.cases.chances_shown import ChanceShown
from luodi.desk.cases.fields import Field, fields_of, post_choices, unit_choices
from luodi.desk.cases.one_case import OneCase
from luodi.desk.cases.parties import who
from luodi.desk.cases.subjects import case_of
from luodi.desk.promises.sent_once import new_key
from luodi.kernel.cases import actions
from luodi.kernel.cases.models import Step
from luodi.kernel.cases.playbook import OWN_MOVES
from luodi.kernel.cases.registry import kind_of
from luodi.kernel.refusal import Refusal
from luodi.pages.promise_words import post_name

INTO, UNIT, POST, CHECKS = "into", "unit", "post", "verifier_unit"


def office_chances(one: OneCase) -> list[ChanceShown]:
    """Those acts that fit where the case stands, each open or with who may."""
    return [
        _shown(one, name) for name in ("merge", "hand_over", "renew", "unmerge", "reopen") if _fits(one, name)
    ]


def require_office_act(one: OneCase, name: str) -> None:
    """Raises ``Refusal``: ``not-from-here``, ``other-party``."""
    if not _fits(one, name):
        words = f"这件现在是“{one.place_words}”，不能“{OWN_MOVES[name].label}”。请刷新后再看。"
        raise Refusal("not-from-here", words)
    if why_not := _why_not(one):
        raise Refusal("other-party", why_not)


def office_says(one: OneCase, name: str) -> str:
    """By whom, and what follows."""
    told = {
        "merge": gettext("这件就此结束，单独计数；以后只在那一件里接着办。"),
        "hand_over": gettext("换一个单位或岗位来办，计时照走。单位撤并、岗位撤销时用。"),
        "renew": gettext("接着按新版流程办；会丢东西的就不让换。"),
        "unmerge": gettext("回到合并前的那一步，计时接着走。"),
        "reopen": gettext("回到了结前的那一步，计时接着走。"),
    }
    return gettext("由%(who)s来做。") % {"who": who(one.row, "office")} + told[name]


def office_fields(one: OneCase, name: str) -> list[Field]:
    """The fields of such an act: the playbook's questions, and which case or whom."""
    asks = fields_of(OWN_MOVES[name])
    row = one.row
    if name == "merge":
        hint = gettext("填那一件的编号，或把它的网址贴过来；要是同一类的、还没有了结的")
        return [Field(INTO, INTO, gettext("并入哪一件"), "subject", hint=hint, longest=300), *asks]
    if name == "hand_over":
        hint = gettext("要是上面那个单位的岗位；不选就由那个单位自己安排")
        return [
            Field(UNIT, UNIT, gettext("交给哪个单位办"), "unit", value=row.unit_id, groups=unit_choices()),
            Field(
                POST,
                POST,
                gettext("交给哪个岗位办"),
                "post",
                is_needed=False,
                hint=hint,
                value=row.post_id or "",
                groups=post_choices(),
            ),
            Field(
                CHECKS,
                CHECKS,
                gettext("由哪个单位核查"),
                "unit",
                is_needed=False,
                hint=gettext("不选就还是原来的；不能和办的单位是上下级"),
                value=row.verifier_unit_id or "",
                groups=unit_choices(),
            ),
            *asks,
        ]
    return asks


def office_faults(one: OneCase, name: str, answers: dict[str, Any]) -> dict[str, str]:
    """What is wrong with the answers that no playbook asks, by field."""
    if name == "merge" and case_of(answers.get(INTO, ""), one.seen) is None:
        return {INTO: gettext("没有这个编号的事项，或者您的岗位看不到它。请核对后再填。")}
    if name == "hand_over" and not answers.get(UNIT):
        return {UNIT: gettext("“交给哪个单位办”没有选")}
    return {}


def office_act(one: OneCase, name: str, answers: dict[str, Any]) -> Step:
    """Do it. Raises what the act raises."""
    row, by, reason = one.row.id, one.actor, str(answers.get("reason") or "")
    if name == "merge":
        into = case_of(answers[INTO], one.seen)
        return actions.merge(row, into=into.id if into is not None else "", by=by, reason=reason)
    if name == "unmerge":
        return actions.unmerge(row, by=by, reason=reason)
    if name == "reopen":
        return actions.reopen(row, by=by, reason=reason)
    if name == "renew":
        return actions.move_to_version(row, kind_of(one.row.kind).newest.version, by=by)
    return actions.reassign(
        row,
        by=by,
        unit=answers[UNIT],
        post=answers.get(POST) or None,
        verifier_unit=answers.get(CHECKS) or None,
        reason=reason,
    )


def _fits(one: OneCase, name: str) -> bool:
    row = one.row
    if row.closed_at is None:
        newer = kind_of(row.kind).newest.version > row.version
        return name in ("merge", "hand_over") or (name == "renew" and newer)
    return name == ("unmerge" if row.merged_into_id else "reopen")


def _why_not(one: OneCase) -> str:
    if "office" in one.standing.parties:
        return ""
    return gettext("由%(who)s来做，您现在的岗位（%(post)s）不是。") % {
        "who": who(one.row, "office"),
        "post": post_name(one.post),
    }


def _shown(one: OneCase, name: str) -> ChanceShown:
    move, why_not = OWN_MOVES[name], _why_not(one)
    return ChanceShown(
        name=name,
        label=move.label,
        href=f"{one.href}/{name}",
        says=office_says(one, name),
        after="",
        why_not=why_not,
        key="" if why_not or move.asks else new_key(),
    )
