"""What may be done with a promise now, by whom and until when; and of what may not be done, why.

The acts ask again themselves; here it is said before anybody has typed a word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.desk.promises.act_words import WORDS, says
from luodi.desk.promises.one_promise import OnePromise
from luodi.kernel.commitments.states import WORDS as WORDS_OF_STATES
from luodi.kernel.commitments.states import allowed

CORE = ("report", "done", "verify", "send-back")
_MOVES = {"target": "change_target", "carry-over": "carry_over", "undo-adoption": "undo_adoption"}
_OFFICE = (
    "target",
    "correct",
    "carry-over",
    "merge",
    "unmerge",
    "silence",
    "drop",
    "restore",
    "undo-adoption",
)
_NOT_THEIR_OWN = ("target", "carry-over", "drop")


@dataclass(frozen=True, slots=True)
class Ability:
    """An act. ``says`` is by whom, until when and with what; ``after`` what follows; ``why_not``: empty where it is possible."""

    name: str
    word: str
    href: str
    says: str
    after: str
    why_not: str

    @property
    def is_core(self) -> bool:
        """Whether it is one of the four that make a promise move."""
        return self.name in CORE


def abilities(one: OnePromise) -> list[Ability]:
    """Every act, in order: what may be done first."""
    found = [ability(one, name) for name in WORDS]
    return sorted(found, key=lambda each: bool(each.why_not))


def ability(one: OnePromise, name: str) -> Ability:
    """One act. Raises ``LookupError`` for a name that is none."""
    told, after = says(one, name)
    return Ability(name, gettext(WORDS[name]), f"{one.href}/{name}", told, after, why_not(one, name))


def first_of(found: list[Ability]) -> str:
    """The name of the act whose button is the filled one: what the promise waits for; empty where it waits for none of these."""
    may = {each.name for each in found if not each.why_not}
    return next((name for name in ("verify", "report", "reopen", "restore", "unmerge") if name in may), "")


def why_not(one: OnePromise, name: str) -> str:
    """Why an act is not possible for this post now, and who could do it; empty where it is possible."""
    if name in _OFFICE:
        return _why_not_office(one, name)
    asked: dict[str, Callable[[OnePromise, str], str]] = {
        "report": _why_not_report,
        "done": _why_not_report,
        "verify": _why_not_judge,
        "send-back": _why_not_judge,
        "reopen": _why_not_reopen,
    }
    return asked[name](one, name)


def _why_not_report(one: OnePromise, name: str) -> str:
    if why := _impossible(one, "report_done" if name == "done" else "report_progress"):
        return why
    lead = one.row.lead_unit.name
    if not one.is_ours:
        return gettext("由%(lead)s来报。%(unit)s不是牵头单位，也不是配合单位。") % {
            "lead": lead,
            "unit": one.reach.unit.name,
        }
    if not one.reach.reports:
        return gettext("由%(unit)s的填报员来报。您现在的岗位没有填报员的角色。") % {
            "unit": one.reach.unit.name
        }
    return ""


def _why_not_judge(one: OnePromise, name: str) -> str:
    report = one.last_report
    if one.row.state not in ("open", "claimed"):
        return _impossible(one, "verify_done" if name == "verify" else "send_back_done")
    if report is None:
        return gettext("还没有上报过，没有可核实的。")
    if one.last_finding is not None:
        word = gettext("核实过") if one.last_finding.verdict == "verified" else gettext("退回去")
        return gettext("最近一次上报已经%(word)s了，等%(lead)s再报。") % {
            "word": word,
            "lead": one.row.lead_unit.name,
        }
    return _why_not_independent(one)


def _why_not_reopen(one: OnePromise, name: str) -> str:  # noqa: ARG001
    return _impossible(one, "reopen") or _why_not_independent(one)


def _why_not_independent(one: OnePromise) -> str:
    if one.clash is not None:
        return gettext(
            "做事的单位不能核实自己。%(unit)s办了这件事，或者和办的单位是上下级；由没有办的单位来核实。"
        ) % {"unit": one.reach.unit.name}
    if not one.reach.verifier.covers(one.row.lead_unit_id):
        return gettext("由管%(lead)s的核实员来做。您现在的岗位没有这个角色。") % {
            "lead": one.row.lead_unit.name
        }
    return ""


def _why_not_office(one: OnePromise, name: str) -> str:
    state = one.row.state
    if name != "silence" and (why := _impossible(one, _MOVES.get(name, name))):
        return why
    if name == "silence" and state in ("undone", "merged"):
        return gettext("这件承诺已经并入别的，或采纳已撤回，不能再记。")
    if not one.reach.office.covers(one.row.lead_unit_id):
        return gettext("由督查办公室来做。您现在的岗位没有这个角色。")
    if name in _NOT_THEIR_OWN and one.is_ours:
        return gettext("%(unit)s是办这件事的单位，不能自己改自己的；请由别的单位的督查岗位来做。") % {
            "unit": one.reach.unit.name
        }
    if name == "undo-adoption" and one.material.reports:
        return gettext("已经有上报，不能撤回采纳；确实不办的，写明理由，作为不再办处理。")
    return ""


def _impossible(one: OnePromise, move: str) -> str:
    if allowed(move, one.row.state):
        return ""
    return gettext("这件承诺现在是“%(state)s”，不能这样办。") % {
        "state": gettext(WORDS_OF_STATES[one.row.state])
    }
