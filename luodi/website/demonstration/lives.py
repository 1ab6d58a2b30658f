"""What the people of the invented district do with a sentence: each step of the script as the act it is."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from luodi.kernel.clocks.now import today
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.actions import Goal, Upload
from luodi.kernel.commitments.gather import goal_of
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.commitments.proposals import propose
from luodi.kernel.documents.models import Reading, Source, StatementKey
from luodi.website.demonstration.people import Cast
from luodi.website.demonstration.script import Promise, Step

NEAR_ENOUGH = 0.6  # below it the reader missed the sentence
_NOT_WORDS = re.compile(r"\W+")


@dataclass
class Lives:
    """The district while it lives: its sources by page, its commitments by promise, and what could not be done."""

    cast: Cast
    sources: dict[str, Source] = field(default_factory=dict)
    rows: dict[tuple[str, str], Commitment] = field(default_factory=dict)
    skipped: list[Step] = field(default_factory=list)

    def act(self, step: Step) -> None:
        """Do one step. Raises ``Refusal`` where the rules forbid it."""
        promise = step.promise
        if promise is None:
            raise ValueError(f"{step.act} needs a promise")
        if step.act == "adopt":
            self._adopt(step, promise)
            return
        row = self.rows.get((promise.page, promise.near))
        if row is None:
            self.skipped.append(step)
            return
        acts: dict[str, Callable[[Commitment, Promise, tuple[str, ...]], None]] = {
            "progress": self._progress,
            "done": self._done,
            "verified": self._verified,
            "sent_back": self._sent_back,
            "change": self._change,
            "says": self._says,
            "silent": self._silent,
            "drop": self._drop,
            "carry": self._carry,
        }
        acts[step.act](row, promise, step.words)

    def _adopt(self, step: Step, promise: Promise) -> None:
        statement = self._nearest(promise.page, promise.near)
        proposal = propose(statement) if statement else None
        if statement is None or proposal is None:
            self.skipped.append(step)
            return
        goal = proposal.goal
        if promise.number is not None:
            goal = replace(goal, number=promise.number, unit=promise.unit, approx=promise.approx)
        if promise.due is not None:
            goal = replace(goal, due_since=promise.due, due_until=promise.due, due_precision="day")
        self.rows[promise.page, promise.near] = actions.adopt(
            statement,
            by=self.cast.actor("office"),
            title=promise.title,
            lead_unit=self.cast.units[promise.lead],
            leader_post=self.cast.leaders[promise.lead],
            co_units=[self.cast.units[key] for key in promise.helpers],
            place=self.cast.units[promise.lead].place or self.cast.places["青岚区"],
            topic=promise.topic,
            year=promise.year,
            goal=goal,
            confirmed=True,
        )

    def _progress(self, row: Commitment, promise: Promise, words: tuple[str, ...]) -> None:
        number, unit = self._amount(row, words)
        actions.report_progress(
            row, by=self.cast.actor(promise.lead), as_of=today(), number=number, unit=unit
        )

    def _done(self, row: Commitment, promise: Promise, words: tuple[str, ...]) -> None:
        number, unit = self._amount(row, words)
        said = f"{number}{unit}" if number else "全部内容"
        text = f"{promise.title}\n\n截至{today():%Y年%m月%d日}，已完成{said}，现报请核实。\n"
        actions.report_done(
            row,
            by=self.cast.actor(promise.lead),
            as_of=today(),
            number=number,
            unit=unit,
            evidence=Upload(text.encode(), "完成情况说明.txt", is_public=True),
        )

    def _verified(self, row: Commitment, promise: Promise, words: tuple[str, ...]) -> None:  # noqa: ARG002
        number, _ = self._amount(row, words)
        actions.verify(row, by=self.cast.actor("inspect"), number=number, as_of=today())

    def _sent_back(self, row: Commitment, promise: Promise, words: tuple[str, ...]) -> None:  # noqa: ARG002
        number, _ = self._amount(row, words[:1])
        actions.send_back(
            row, by=self.cast.actor("inspect"), number=number, as_of=today(), reason=" ".join(words[1:])
        )

    def _change(self, row: Commitment, promise: Promise, words: tuple[str, ...]) -> None:  # noqa: ARG002
        page, near, number, due, reason = words
        statement = self._nearest(page, near)
        old = goal_of(row.targets.order_by("-version")[0])
        day = dt.date.fromisoformat(due)
        since = day.replace(month=1, day=1)
        goal = replace(old, number=number, due_since=since, due_until=day, due_precision="year")
        actions.change_target(
            row, by=self.cast.actor("office"), goal=goal, reason=reason, adopting=statement, confirmed=True
        )

    def _says(self, row: Commitment, promise: Promise, words: tuple[str, ...]) -> None:  # noqa: ARG002
        role, page, near = words
        statement = self._nearest(page, near)
        if statement is not None:
            actions.link_statement(row, statement=statement, role=role, by=self.cast.actor("office"))

    def _silent(self, row: Commitment, promise: Promise, words: tuple[str, ...]) -> None:  # noqa: ARG002
        actions.note_silence(row, self.sources[words[0]], by=self.cast.actor("inspect"))

    def _drop(self, row: Commitment, promise: Promise, words: tuple[str, ...]) -> None:  # noqa: ARG002
        actions.drop(row, by=self.cast.actor("inspect"), reason=" ".join(words))

    def _carry(self, row: Commitment, promise: Promise, words: tuple[str, ...]) -> None:  # noqa: ARG002
        year, due, reason = words
        day = dt.date.fromisoformat(due)
        goal = Goal(due_since=day.replace(month=1, day=1), due_until=day, due_precision="year")
        actions.carry_over(row, by=self.cast.actor("inspect"), year=int(year), goal=goal, reason=reason)

    def _amount(self, row: Commitment, words: tuple[str, ...]) -> tuple[str | None, str]:
        """The number as told and the unit of the target in force; nothing for a thing."""
        number = words[0] if words and words[0] != "-" else None
        return number, row.targets.order_by("-version")[0].unit if number is not None else ""

    def _nearest(self, page: str, near: str) -> StatementKey | None:
        """The statement of ``page`` whose repaired wording is nearest to ``near``; ``None`` where none is near."""
        wanted = _NOT_WORDS.sub("", near)
        readings = Reading.objects.filter(statement__source=self.sources[page]).select_related("statement")
        scored = [
            (_nearness(wanted, _NOT_WORDS.sub("", reading.text)), -reading.statement.start, reading.statement)
            for reading in readings
        ]
        best = max(scored, key=lambda each: each[:2], default=None)
        return best[2] if best is not None and best[0] >= NEAR_ENOUGH else None


def _nearness(wanted: str, words: str) -> float:
    if wanted and wanted in words:
        return 1.0 + len(wanted) / len(words)
    return difflib.SequenceMatcher(None, wanted, words, autojunk=False).ratio()
