"""来龙去脉: sentences that were said and events that were registered, on one line of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext

from luodi.kernel.clocks.now import day_of
from luodi.kernel.commitments.gather import Material, goal_of
from luodi.kernel.commitments.goals import CHANGE_WORDS, changes
from luodi.kernel.commitments.models import Report, Said, Standing, Target, Verification
from luodi.pages import days
from luodi.pages.phrases import Bit, Phrase, phrase
from luodi.pages.shapes import Step
from luodi.portal.kindred import Kindred
from luodi.portal.names import Names
from luodi.portal.promise_rows import amount_words, target_words


class Trail:
    """Makes the steps of one promise. ``events`` gives the event by which a row came to be, ``wording`` the repaired words of
    a statement."""

    def __init__(
        self,
        standing: Standing,
        material: Material,
        events: Mapping[str, str],
        names: Names,
        wording: Mapping[str, str],
        kindred: Kindred,
    ) -> None:
        self._standing = standing
        self._material = material
        self._events = events
        self._names = names
        self._wording = wording
        self._kindred = kindred

    def steps(self, day: dt.date) -> list[Step]:
        """All steps, the newest first; what is still to come stands on top."""
        made = [
            *self._said(),
            *self._targets(),
            *self._reports(),
            *self._ends(),
            *self._due(day),
            *self._joined(),
        ]
        return sorted(made, key=lambda step: (step.day, step.order), reverse=True)

    def way(self, row: str) -> str:
        """The event of a row; the page of the promise where it is not known."""
        event = self._events.get(row)
        return f"/e/{event}" if event else f"/c/{self._material.commitment.id}"

    def _registered(self, row: str, who: str = "") -> Phrase:
        if row not in self._events:
            return (Bit(who),) if who else ()
        link = Bit(gettext("看这次登记"), self.way(row))
        return (Bit(who + gettext("，")), link) if who else (link,)

    def _evidenced(self, row: Report | Verification) -> Phrase:
        """By whom, where it was registered, and what was handed in for everybody to see."""
        told = self._registered(row.id, self._names.name(row.post_id))
        if row.evidence is None or not row.evidence.is_public:
            return told
        return (*told, Bit(gettext("，")), Bit(gettext("看凭据"), f"/f/{row.evidence_id}"))

    def _said(self) -> Iterator[Step]:
        words = {
            "made": gettext("第一次说到"),
            "repeats": gettext("又说了一遍"),
            "claims": gettext("公开说已经做到，没有经过核实"),
            "changes": gettext("换了说法"),
            "evidence": gettext("别处提到"),
            "silent": gettext("后来的计划不再提这件事"),
        }
        for said in (*self._material.said, *self._kindred.said):
            mark = "gone" if said.role == "silent" else "changed" if said.role == "changes" else "said"
            yield Step(
                day=said.day,
                mark=mark,
                words=(Bit(words[said.role], strong=said.role in ("changes", "silent")),),
                quote=self._wording.get(
                    said.statement_id or "", said.statement.quote if said.statement else ""
                ),
                quote_href=f"/s/{said.statement_id}" if said.statement_id else "",
                source=self._source_of(said),
                order=f"1{said.id}",
                ident=said.id,
            )

    def _source_of(self, said: Said) -> Phrase:
        source = said.statement.source if said.statement else said.source
        if source is None:
            return ()
        who = source.speaker_post or source.issuer
        link = Bit(f"《{source.title}》" if source.title else gettext("看那一页"), f"/d/{source.id}")
        return (Bit(who + gettext("，")), link) if who else (link,)

    def _targets(self) -> Iterator[Step]:
        versions = self._material.targets
        for old, new in zip([None, *versions[:-1]], versions, strict=True):
            words = self._adopted(new) if old is None else self._changed(old, new)
            yield Step(
                day=new.from_day if old is not None else self._material.commitment.adopted_on,
                mark="event" if old is None else "changed",
                words=words,
                source=self._registered(new.id),
                order=f"2{new.version:04d}",
                ident=new.id,
            )

    def _adopted(self, target: Target) -> Phrase:
        if not target.number:
            return (Bit(gettext("采纳为承诺"), strong=True),)
        number = Bit(target_words(target), self.way(target.id), is_figure=True)
        return phrase(gettext("采纳为承诺，目标{number}"), number=number)

    def _changed(self, old: Target, new: Target) -> Phrase:
        kinds = changes(goal_of(old), goal_of(new))
        words = "、".join(gettext(CHANGE_WORDS[kind]) for kind in kinds) or gettext("改了写法")
        if new.kind == "corrected":
            words = gettext("更正登记") + "：" + words
        bits: list[Bit] = [Bit(words, strong=True)]
        if (old.number, old.unit) != (new.number, new.unit):
            bits += self._struck(target_words(old), target_words(new), new.id)
        if old.due_until != new.due_until:
            bits += self._struck(_due(old), _due(new), "")
        return tuple(bits)

    def _struck(self, before: str, after: str, row: str) -> list[Bit]:
        bits = [Bit(gettext("，"))]
        if before:
            bits.append(Bit(before, struck=True))
        if after:
            bits += [Bit(" "), Bit(after, self.way(row) if row else "", is_figure=bool(row), added=True)]
        return bits

    def _reports(self) -> Iterator[Step]:
        for report in self._material.reports:
            yield self._report(report)
            for finding in self._material.findings.get(report.id, []):
                yield self._finding(finding, report)

    def _report(self, report: Report) -> Step:
        who = self._names.name(report.unit_of_id)
        if report.number:
            number = Bit(amount_words(report.number, report.unit), self.way(report.id), is_figure=True)
            sentence = (
                gettext("{who}报完成，{number}") if report.kind == "done" else gettext("{who}上报{number}")
            )
            words = phrase(sentence, who=who, number=number)
        else:
            words = phrase(
                gettext("{who}报完成") if report.kind == "done" else gettext("{who}上报进展"), who=who
            )
        as_of = gettext("截至%(day)s") % {"day": days.words(report.as_of)}
        return Step(
            day=day_of(report.at),
            mark="claimed" if report.kind == "done" else "event",
            words=(*words, Bit(f"（{as_of}）")),
            source=self._evidenced(report),
            order=f"3{report.id}",
            ident=report.id,
        )

    def _finding(self, finding: Verification, report: Report) -> Step:
        who = self._names.name(finding.unit_of_id)
        good = finding.verdict == "verified"
        if finding.number:
            number = Bit(amount_words(finding.number, report.unit), self.way(finding.id), is_figure=True)
            sentence = gettext("{who}核实{number}") if good else gettext("{who}核实后退回，查到{number}")
            words = phrase(sentence, who=who, number=number)
        else:
            words = phrase(gettext("{who}核实属实") if good else gettext("{who}核实后退回"), who=who)
        return Step(
            day=day_of(finding.at),
            mark="late" if not good else "kept" if report.kind == "done" else "event",
            tone="good" if good else "bad",
            words=words,
            source=self._evidenced(finding),
            order=f"4{finding.id}",
            ident=finding.id,
        )

    def _ends(self) -> Iterator[Step]:
        commitment = self._material.commitment
        words = {
            "dropped": (Bit(gettext("不再办"), strong=True),),
            "merged": (Bit(gettext("并入")), Bit(gettext("另一件"), f"/c/{commitment.merged_into_id}")),
            "carried": (
                Bit(gettext("结转到")),
                Bit(gettext("下一年的这一件"), f"/c/{commitment.carried_to_id}"),
            ),
            "undone": (Bit(gettext("采纳已撤回"), strong=True),),
        }.get(commitment.state)
        if words:
            yield Step(day=commitment.state_since, mark="off", words=words, order="5")

    def _joined(self) -> Iterator[Step]:
        for row in self._kindred.merged:
            words = phrase(gettext("并进来一件：{other}"), other=Bit(row.title, f"/c/{row.id}"))
            yield Step(row.state_since, "said", words, order="6")
        for row in self._kindred.before[:1]:
            words = phrase(gettext("接着上一年的这一件办：{other}"), other=Bit(row.title, f"/c/{row.id}"))
            yield Step(row.state_since, "next", words, order="0")

    def _due(self, day: dt.date) -> Iterator[Step]:
        standing = self._standing
        if standing.due_until is None or standing.board in ("kept", "dropped", "merged", "carried", "undone"):
            return
        if standing.due_until >= day:
            yield Step(standing.due_until, "next", (Bit(gettext("到期"), tone="2nd"),), order="9")
        elif standing.board == "overdue":
            after = standing.due_until + dt.timedelta(days=1)
            yield Step(after, "late", (Bit(gettext("逾期"), strong=True),), tone="bad", order="0")


def _due(target: Target) -> str:
    return days.due_words(target.due_until, target.due_precision) if target.due_until else gettext("没有期限")
