"""An invented district for tests of promises: units in a tree, a post in each, papers with statements."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.goals import Goal
from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents.models import ReadFigure, Reading, Source, StatementKey
from luodi.kernel.files.keeping import kept_file
from luodi.kernel.files.models import KeptFile
from luodi.kernel.ledger.action import SYSTEM, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.models import Post, Unit

DAY = dt.date(2026, 9, 22)
# name: the unit above
UNITS = {
    "青岚区人民政府": "",
    "区政府办公室": "青岚区人民政府",
    "区督查室": "区政府办公室",
    "区教育局": "青岚区人民政府",
    "区教育局基建科": "区教育局",
    "区住建局": "青岚区人民政府",
    "区住建局工程站": "区住建局",
    "区审计局": "青岚区人民政府",
    "云川市审计局": "",
}


def at(day: dt.date) -> Any:
    """Within: the clock stands at nine in the morning of ``day``."""
    return held_at(dt.datetime.combine(day, dt.time(9), SHANGHAI))


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Within: the act is refused with this code, in a Chinese sentence."""
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code, caught.value.message
    assert caught.value.message.endswith("。")


@dataclass
class District:
    """Rows by name; ``papers`` counts the sources made."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    papers: int = 0

    def actor(self, unit: str) -> Actor:
        """Somebody acting as the post of ``unit``."""
        return Actor(account="", post=self.posts[unit].id)

    def paper(self, day: dt.date = DAY, issuer: str = "青岚区人民政府") -> Source:
        """A kept document."""
        self.papers += 1
        text = f"年内建成10所幼儿园。第{self.papers}份文件。"
        with action("source.kept", by=SYSTEM, subject="") as act:
            file = kept_file(act, text.encode(), is_public=True)
            return act.create(
                Source(
                    file=file,
                    title=f"第{self.papers}份文件",
                    kept_at=act.at,
                    encoding="utf-8",
                    decoder="utf-8",
                    published=day,
                    issuer=issuer,
                    text=text,
                )
            )

    def statement(self, source: Source | None = None, **given: Any) -> StatementKey:
        """A statement with a reading; ``number``, ``unit``, ``due``, ``damaged``, ``kind``, ``quote`` say what was read."""
        source = source or self.paper()
        start = StatementKey.objects.count()
        quote = given.get("quote", "年内建成10所幼儿园")
        with action("source.read", by=SYSTEM, subject=source.id) as act:
            key = act.create(
                StatementKey(
                    source=source,
                    key=hashlib.sha256(f"{source.id}{start}".encode()).hexdigest()[:32],
                    start=start,
                    end=start + len(quote),
                    kind=given.get("kind", "commitment"),
                    quote=quote,
                )
            )
            due = given.get("due", dt.date(2026, 12, 31))
            reading = act.create(
                Reading(
                    statement=key,
                    reader="luodi-1",
                    text=quote,
                    force="pledged",
                    due_since=due and due.replace(month=1, day=1),
                    due_until=due,
                    due_precision="year" if due else "",
                    damaged=given.get("damaged", False),
                    score="0.9",
                    rule="pledge",
                )
            )
            if given.get("number", "10"):
                act.create(
                    ReadFigure(
                        reading=reading,
                        start=4,
                        end=7,
                        number=given.get("number", "10"),
                        unit=given.get("unit", "所"),
                    )
                )
        return key

    def adopt(
        self, goal: Goal | None = None, statement: StatementKey | None = None, **given: Any
    ) -> Commitment:
        """A promise of the education bureau: ten kindergartens within 2026."""
        return actions.adopt(
            statement or self.statement(),
            by=given.pop("by", self.actor("区督查室")),
            title=given.pop("title", "年内建成10所幼儿园"),
            lead_unit=given.pop("lead_unit", self.units["区教育局"]),
            goal=goal if goal is not None else ten_by_new_year(),
            **given,
        )

    def kept_file(self) -> KeptFile:
        """Evidence."""
        self.papers += 1
        with action("file.kept", by=SYSTEM, subject="") as act:
            return kept_file(act, f"验收单第{self.papers}号".encode(), name=f"验收单{self.papers}.txt")


def ten_by_new_year(**given: Any) -> Goal:
    """10所 by the end of 2026, or what is given instead."""
    whole = {"number": "10", "unit": "所", "due_until": dt.date(2026, 12, 31), "due_precision": "year"}
    return Goal(**{**whole, **given})


def founded() -> District:
    """The district with its units and posts."""
    district = District()
    with action("register.entered", by=SYSTEM, subject="") as act:
        for name, above in UNITS.items():
            district.units[name] = act.create(Unit(name=name, parent=district.units.get(above)))
            district.posts[name] = act.create(Post(title=f"{name}负责人", unit=district.units[name]))
    return district
