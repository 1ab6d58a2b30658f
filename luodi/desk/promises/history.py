"""来龙去脉 at the desk: sentences that were said, events with what staff wrote, evidence: one line of time, newest first."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext, gettext_noop

from luodi.desk.promises.evidence_shown import Shot, shots_of
from luodi.desk.promises.one_promise import OnePromise
from luodi.kernel.clocks.now import SHANGHAI, day_of
from luodi.kernel.commitments.access import objections_for
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.goals import CHANGE_WORDS, changes
from luodi.kernel.commitments.models import Commitment, Objection, Report, Target, Verification
from luodi.kernel.documents.models import Reading
from luodi.kernel.ledger.models import Event
from luodi.kernel.register.models import Post, Unit
from luodi.pages import days
from luodi.pages.phrases import Bit, Phrase, phrase
from luodi.pages.promise_words import amount_words, post_name, target_words

MOST = 400  # events
_FIELDS = {
    "title": gettext_noop("名称"),
    "lead_unit": gettext_noop("牵头单位"),
    "leader_post": gettext_noop("责任岗位"),
    "co_units": gettext_noop("配合单位"),
    "place": gettext_noop("地点"),
    "project": gettext_noop("项目"),
    "topic": gettext_noop("领域"),
    "year": gettext_noop("计划年度"),
    "number": gettext_noop("编号"),
    "goal": gettext_noop("目标和期限"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One point of the line. ``told`` are the words that staff wrote with it; ``shots`` its evidence."""

    order: tuple[dt.date, int, str]
    at: str
    iso: str
    mark: str
    words: Phrase
    tone: str = ""
    quote: str = ""
    quote_href: str = ""
    source: Phrase = ()
    told: str = ""
    shots: tuple[Shot, ...] = ()
    ident: str = ""


def moments(one: OnePromise) -> list[Moment]:
    """The whole line; six queries."""
    events = list(Event.objects.filter(subject=one.row.id).order_by("-id")[:MOST])
    told = _Told(one, events)
    spoken = ("commitment.statement_linked", "commitment.silence_noted")  # their sentences stand on the line
    found = [
        moment for event in events if event.kind not in spoken and (moment := told.of(event)) is not None
    ]
    return sorted([*found, *_sentences(one), *_ahead(one)], key=lambda moment: moment.order, reverse=True)


def told_of(one: OnePromise, events: list[Event]) -> list[Moment]:
    """These events in sentences, in their order."""
    told = _Told(one, events[::-1])
    return [moment for event in events if (moment := told.of(event)) is not None]


class _Told:
    """Events in sentences, with the rows that they wrote."""

    def __init__(self, one: OnePromise, events: list[Event]) -> None:
        self.one = one
        self.reports = {row.id: row for row in one.material.reports}
        self.findings = {row.id: row for found in one.material.findings.values() for row in found}
        self.targets = {row.id: row for row in one.material.targets}
        self.shots = shots_of(one)
        objections = objections_for(one.reach.actor).filter(subject=one.row.id)
        self.objections: dict[str, Objection] = {row.id: row for row in objections}
        posts = Post.objects.filter(pk__in={event.post for event in events if event.post})
        self.posts = {post.id: post_name(post) for post in posts.select_related("unit")}
        units = {row.unit_of_id for row in self.reports.values()}
        units |= {row.unit_of_id for row in self.findings.values()}
        self.units = dict(Unit.objects.filter(pk__in=units).values_list("id", "name"))
        # the reason stands on the row as the last judgement left it
        judged = [e.id for e in events if e.kind in _JUDGED]
        self.reason_of = {judged[0]: one.row.reason or ""} if judged else {}

    def of(self, event: Event) -> Moment | None:
        """The event as a moment; ``None`` for what a sentence of the line says already."""
        tell = _TELL.get(event.kind)
        if tell is None:
            return None
        payload = json.loads(event.payload)
        mark, tone, words, row = tell(self, payload)
        local = event.at.astimezone(SHANGHAI)
        who = self.posts.get(event.post, "")
        link = Bit(gettext("看这次登记"), f"/e/{event.id}")
        return Moment(
            order=(day_of(event.at), 1, event.id),
            at=f"{days.near(local.date())}{local.hour}:{local.minute:02d}",
            iso=local.isoformat(timespec="minutes"),
            mark=mark,
            words=words,
            tone=tone,
            source=(Bit(who + gettext("，")), link) if who else (link,),
            told=self._words_of(row) or self.reason_of.get(event.id, ""),
            shots=self.shots.get(row.id, ()) if row is not None else (),
            ident=row.id if row is not None else event.id,
        )

    def _words_of(self, row: Any) -> str:
        if isinstance(row, Report):
            return row.note or ""
        if isinstance(row, Verification | Target):
            return row.reason or ""
        if isinstance(row, Objection):
            return row.text or gettext("（意见的文字按规定删去了）")
        return ""

    def written(self, payload: Mapping[str, Any], table: str) -> list[str]:
        """The ids of the rows of a table that an event wrote."""
        return list(payload["rows"].get(f"luodi_commitments_{table}", {}))


Said = tuple[str, str, Phrase, Any]  # mark, tone, words, the row it wrote


def _report(told: _Told, payload: Mapping[str, Any]) -> Said:
    row = told.reports[told.written(payload, "report")[0]]
    done = row.kind == "done"
    who = told.units.get(row.unit_of_id, "")
    if row.number:
        number = Bit(amount_words(row.number, row.unit), strong=True)
        words = phrase(
            gettext("{who}报完成，{number}") if done else gettext("{who}上报{number}"), who=who, number=number
        )
    else:
        words = phrase(gettext("{who}报完成") if done else gettext("{who}上报进展"), who=who)
    as_of = gettext("截至%(day)s") % {"day": days.words(row.as_of)}
    equal = gettext("，与目标一字不差") if payload["data"].get("equals_target") else ""
    return "claimed" if done else "event", "", (*words, Bit(f"（{as_of}）{equal}")), row


def _finding(told: _Told, payload: Mapping[str, Any]) -> Said:
    row = told.findings[told.written(payload, "verification")[0]]
    report = told.reports[row.report_id]
    who = told.units.get(row.unit_of_id, "")
    good = row.verdict == "verified"
    if row.number:
        number = Bit(amount_words(row.number, report.unit or told.one.target.unit), strong=True)
        sentence = gettext("{who}核实{number}") if good else gettext("{who}核实后退回，查到{number}")
        words = phrase(sentence, who=who, number=number)
    else:
        words = phrase(gettext("{who}核实属实") if good else gettext("{who}核实后退回"), who=who)
    mark = "late" if not good else "kept" if report.kind == "done" else "event"
    return mark, "good" if good else "bad", words, row


def _reopened(told: _Told, payload: Mapping[str, Any]) -> Said:
    row = told.findings[told.written(payload, "verification")[0]]
    who = told.units.get(row.unit_of_id, "")
    return "late", "bad", phrase(gettext("{who}凭反面凭据重新打开"), who=who), row


def _adopted(told: _Told, payload: Mapping[str, Any]) -> Said:
    rows = told.written(payload, "target")
    target = told.targets.get(rows[0]) if rows else None
    words = gettext("采纳为承诺")
    if told.one.row.origin_cell and "cell" in payload["data"]:
        words = gettext("从任务分解表%(cell)s录入") % {"cell": payload["data"]["cell"]}
    goal = f"，{gettext('目标')}{target_words(target)}" if target is not None and target.number else ""
    return "event", "", (Bit(words, strong=True), Bit(goal)), None


def _changed(told: _Told, payload: Mapping[str, Any]) -> Said:
    new = told.targets[told.written(payload, "target")[0]]
    old = next(row for row in told.targets.values() if row.version == new.version - 1)
    return "changed", "", _difference(old, new), new


def _corrected(told: _Told, payload: Mapping[str, Any]) -> Said:
    changed = "、".join(gettext(_FIELDS.get(name, name)) for name in payload["data"].get("changed", ()))
    rows = told.written(payload, "target")
    words: Phrase = (Bit(gettext("更正登记：%(what)s") % {"what": changed}, strong=True),)
    if rows and (new := told.targets.get(rows[0])) is not None:
        old = next(row for row in told.targets.values() if row.version == new.version - 1)
        words = (*words, Bit(gettext("，")), *_difference(old, new))
    return "changed", "", words, None


def _difference(old: Target, new: Target) -> Phrase:
    """目标降低，18.6公里 15公里: the old struck, the new underlined."""
    kinds = changes(goal_of(old), goal_of(new))
    bits = [Bit("、".join(gettext(CHANGE_WORDS[kind]) for kind in kinds) or gettext("改了写法"), strong=True)]
    pairs = [(target_words(old), target_words(new)), (_due(old), _due(new))]
    for before, after in pairs:
        if before != after:
            bits.append(Bit(gettext("，")))
            bits += [Bit(before, struck=True)] if before else []
            bits += [Bit(" "), Bit(after, added=True)] if after else []
    return tuple(bits)


def _due(target: Target) -> str:
    return days.due_words(target.due_until, target.due_precision) if target.due_until else gettext("没有期限")


def _plain(mark: str, words: str, to: str = "", of: str = "") -> Callable[[_Told, Mapping[str, Any]], Said]:
    """A sentence, with a link to the other promise that the event names under ``to``."""

    def tell(_: _Told, payload: Mapping[str, Any]) -> Said:
        other = payload["data"].get(to) if to else None
        bits: list[Bit] = [Bit(gettext(words), strong=True)]
        if other:
            bits.append(Bit(gettext(of), f"/desk/promises/{other}"))
        return mark, "", tuple(bits), None

    return tell


def _objection(told: _Told, payload: Mapping[str, Any]) -> Said:
    rows = told.written(payload, "objection")
    return (
        "event",
        "",
        (Bit(gettext("有人指出这里有错"), strong=True),),
        told.objections.get(rows[0]) if rows else None,
    )


def _answered(told: _Told, payload: Mapping[str, Any]) -> Said:
    rows = told.written(payload, "objection")
    row = told.objections.get(rows[0]) if rows else None
    answer = f"：{row.answer}" if row is not None and row.answer else ""
    return "event", "", (Bit(gettext("答复了指出的错"), strong=True), Bit(answer)), None


_TELL: dict[str, Callable[[_Told, Mapping[str, Any]], Said]] = {
    "commitment.adopted": _adopted,
    "commitment.entered": _adopted,
    "commitment.progress_reported": _report,
    "commitment.done_reported": _report,
    "commitment.verified": _finding,
    "commitment.sent_back": _finding,
    "commitment.reopened": _reopened,
    "commitment.target_changed": _changed,
    "commitment.corrected": _corrected,
    "commitment.dropped": _plain("off", gettext_noop("不再办")),
    "commitment.restored": _plain("event", gettext_noop("恢复办理")),
    "commitment.merged": _plain("off", gettext_noop("并入"), "into", gettext_noop("另一件")),
    "commitment.unmerged": _plain("event", gettext_noop("撤回并入"), "out_of", gettext_noop("另一件")),
    "commitment.carried_over": _plain("next", gettext_noop("结转到"), "to", gettext_noop("下一年的这一件")),
    "commitment.adoption_undone": _plain("off", gettext_noop("采纳已撤回")),
    "commitment.statement_linked": _plain("said", gettext_noop("连上了一处说法")),
    "commitment.silence_noted": _plain("gone", gettext_noop("记下：后来的计划不再提")),
    "commitment.statement_unlinked": _plain("event", gettext_noop("取下了一处说法")),
    "objection.made": _objection,
    "objection.answered": _answered,
}
_JUDGED = frozenset(
    f"commitment.{name}"
    for name in ("corrected", "dropped", "restored", "merged", "unmerged", "carried_over", "adoption_undone")
)


def _sentences(one: OnePromise) -> Iterator[Moment]:
    statements = [said.statement_id for said in one.material.said if said.statement_id]
    readings = Reading.objects.filter(statement__in=statements).order_by("id")
    wording = dict(readings.values_list("statement_id", "text"))
    words = {
        "made": gettext("第一次说到"),
        "repeats": gettext("又说了一遍"),
        "claims": gettext("公开说已经做到，没有经过核实"),
        "changes": gettext("换了说法"),
        "evidence": gettext("别处提到"),
        "silent": gettext("后来的计划不再提这件事"),
    }
    for said in one.material.said:
        source = said.statement.source if said.statement else said.source
        paper = (
            Bit(f"《{source.title}》" if source.title else gettext("看那一页"), f"/d/{source.id}")
            if source
            else None
        )
        who = (source.speaker_post or source.issuer) if source else ""
        quote = wording.get(said.statement_id or "", said.statement.quote if said.statement else "")
        yield Moment(
            order=(said.day, 0, said.id),
            at=days.words(said.day),
            iso=said.day.isoformat(),
            mark="gone" if said.role == "silent" else "changed" if said.role == "changes" else "said",
            words=(Bit(words[said.role], strong=said.role in ("changes", "silent")),),
            quote=quote,
            quote_href=f"/s/{said.statement_id}" if said.statement_id else "",
            source=tuple(bit for bit in (Bit(who + gettext("，")) if who else None, paper) if bit),
            ident=said.id,
        )


def _ahead(one: OnePromise) -> Iterator[Moment]:
    """What is still to come, or ought to have come."""
    due, state = one.target.due_until, one.row.state
    if due is None or state not in ("open", "claimed"):
        return
    made = Moment((due, 9, ""), days.words(due), due.isoformat(), "next", (Bit(gettext("到期"), tone="2nd"),))
    if due >= one.day:
        yield made
    elif state == "open":
        late = due + dt.timedelta(days=1)
        words = (Bit(gettext("逾期"), strong=True),)
        yield replace(
            made,
            order=(late, 0, ""),
            at=days.words(late),
            iso=late.isoformat(),
            mark="late",
            words=words,
            tone="bad",
        )


def kin_of(one: OnePromise) -> list[tuple[str, Commitment]]:
    """Promises that belong together with it, each with how. One query."""
    row = one.row
    found: list[tuple[str, Commitment]] = []
    if row.merged_into:
        found.append((gettext("并入了"), row.merged_into))
    if row.carried_to:
        found.append((gettext("结转到"), row.carried_to))
    others = Commitment.objects.filter(merged_into=row) | Commitment.objects.filter(carried_to=row)
    into, over = gettext("并进来的"), gettext("从上一年结转")
    found += [(into if other.merged_into_id == row.id else over, other) for other in others.order_by("id")]
    return found
