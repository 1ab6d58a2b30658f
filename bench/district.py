"""A district of any size, its rows written bare: promises with their sentences, targets, reports, findings and events.

Nothing here goes through an action, so the log that stands beside the rows holds no proof; what is read is the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from dataclasses import dataclass, field
from typing import Any

DAY = dt.date(2026, 9, 22)
TOPICS = ("教育", "医疗养老", "交通出行", "住房与城建", "农业农村", "生态环境", "产业项目", "政务服务")
THINGS = ("幼儿园", "口袋公园", "停车泊位", "养老床位", "农村公路", "社区食堂", "充电桩", "老旧小区")
A_SOURCE = 50  # promises in one document
_BATCH = 2_000


@dataclass
class Filled:
    """What was written, and by what names to ask for it."""

    units: list[Any] = field(default_factory=list)
    posts: list[Any] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)
    promises: int = 0
    events: int = 0
    last: str = ""  # the id of the newest promise


def found(units: int = 60) -> Filled:
    """Units, posts and places, and no promise yet."""
    from luodi.kernel.register.models import District, Place, Post, Unit

    District.objects.create(name="青岚区", code="990102", shape="urban_district", kind="real", city="云川市")
    made = Filled()
    made.units = Unit.objects.bulk_create([Unit(name=f"区第{n}局") for n in range(units)])
    made.posts = Post.objects.bulk_create([Post(title=f"{u.name}局长", unit=u) for u in made.units])
    made.places = Place.objects.bulk_create([Place(name=f"第{n}镇", level="township") for n in range(20)])
    return made


def fill(made: Filled, promises: int, seed: int = 7) -> Filled:
    """Add ``promises`` more, about three events each."""
    pick = random.Random(seed)
    for start in range(0, promises, _BATCH):
        _write(made, pick, min(_BATCH, promises - start))
    return made


class _Batch:
    """Rows of every kind that are written together, in an order in which each finds what it points to."""

    def __init__(self) -> None:
        from luodi.kernel.commitments import models as commitments
        from luodi.kernel.documents import models as documents
        from luodi.kernel.files.models import KeptFile
        from luodi.kernel.ledger.models import Event, Leaf

        self.order = (
            KeptFile, documents.Source, documents.StatementKey, documents.Reading, commitments.Commitment,
            commitments.Target, commitments.Said, commitments.Report, commitments.Verification,
            commitments.Standing, Event, Leaf,
        )  # fmt: skip
        self.rows: dict[type, list[Any]] = {model: [] for model in self.order}

    def add(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def save(self) -> None:
        for model in self.order:
            model.objects.bulk_create(self.rows[model], batch_size=500)


def _write(made: Filled, pick: random.Random, count: int) -> None:
    from django.db import transaction

    batch, source = _Batch(), None
    for number in range(count):
        if number % A_SOURCE == 0:
            source = _source(batch, made, pick)
        _promise(batch, made, pick, source)
    with transaction.atomic():
        batch.save()


def _source(batch: _Batch, made: Filled, pick: random.Random) -> Any:
    from luodi.kernel.documents.models import Source
    from luodi.kernel.files.models import KeptFile

    day = DAY - dt.timedelta(pick.randrange(900))
    name = f"{made.promises}-{day}"
    sha = hashlib.sha256(name.encode()).hexdigest()
    file = batch.add(KeptFile(sha256=sha, size=9_000, media_type="text/html", is_public=True))
    source = Source(
        file=file, title=f"{day.year}年第{made.promises}号文件", kept_at=_noon(day), encoding="utf-8",
        decoder="1", published=day, speaks_of=day, region="青岚区", issuer="青岚区人民政府", genre="report",
    )  # fmt: skip
    if pick.random() < 0.02:
        source.withdrawn_on = DAY
    source.text = "".join(f"年内新建{THINGS[n % len(THINGS)]}{n + 10}个。\n" for n in range(A_SOURCE))
    batch.add(source)
    _event(batch, made, "source.kept", source.id, day, {})
    return source


def _promise(batch: _Batch, made: Filled, pick: random.Random, source: Any) -> None:
    from luodi.kernel.commitments.gather import Material, columns_of
    from luodi.kernel.commitments.models import Commitment, Report, Said, Target, Verification
    from luodi.kernel.commitments.standing import reckoned
    from luodi.kernel.documents.models import Reading, StatementKey

    at, day = made.promises % A_SOURCE, source.published
    words = f"年内新建{THINGS[at % len(THINGS)]}{at + 10}个。"
    start = sum(len(f"年内新建{THINGS[n % len(THINGS)]}{n + 10}个。\n") for n in range(at))
    statement = batch.add(
        StatementKey(
            source=source, key=f"{made.promises:032d}", start=start, end=start + len(words), kind="commitment",
            quote=words, state="adopted",
        )
    )  # fmt: skip
    batch.add(Reading(statement=statement, reader="1", text=words, force="pledged", score="0.9", rule="x"))
    unit = pick.randrange(len(made.units))
    state = pick.choices(("open", "kept", "claimed", "dropped"), (38, 50, 9, 3))[0]
    row = batch.add(
        Commitment(
            title=words[:-1], lead_unit=made.units[unit], leader_post=made.posts[unit],
            place=pick.choice(made.places), topic=pick.choice(TOPICS), state=state, state_since=day,
            adopted_on=day, year=day.year,
        )
    )  # fmt: skip
    due = day + dt.timedelta(pick.randrange(30, 900)) if pick.random() < 0.9 else None
    material = Material(row)
    material.targets.append(
        batch.add(
            Target(
                commitment=row, version=1, number=str(at + 10), unit="个", due_until=due,
                due_precision="day" if due else "", wording=words, adopting=statement, from_day=day,
            )
        )
    )  # fmt: skip
    material.said.append(batch.add(Said(commitment=row, statement=statement, role="made", day=day)))
    if pick.random() < 0.03:
        later = batch.add(Said(commitment=row, source=source, role="changes", day=day))
        material.said.append(later)
    _event(batch, made, "commitment.adopted", row.id, day, {Commitment: row, Target: material.targets[0]})
    if state in ("kept", "claimed") or pick.random() < 0.4:
        later = min(day + dt.timedelta(pick.randrange(1, 300)), DAY)
        kind = "done" if state in ("kept", "claimed") else "progress"
        report = Report(
            commitment=row, kind=kind, number=str(at + (10 if kind == "done" else 3)), unit="个", as_of=later,
            at=_noon(later), post=made.posts[unit], unit_of=made.units[unit],
        )  # fmt: skip
        material.reports.append(batch.add(report))
        _event(batch, made, f"commitment.{kind}_reported", row.id, later, {Report: report})
        if state == "kept":
            other = (unit + 1) % len(made.units)
            finding = Verification(
                report=report, verdict="verified", number=report.number, as_of=later, at=_noon(later),
                post=made.posts[other], unit_of=made.units[other],
            )  # fmt: skip
            material.findings[report.id].append(batch.add(finding))
            _event(batch, made, "commitment.verified", row.id, later, {Verification: finding})
    batch.add(reckoned(columns_of(material), DAY))
    made.promises += 1
    made.last = row.id


def _event(
    batch: _Batch, made: Filled, kind: str, subject: str, day: dt.date, rows: dict[type[Any], Any]
) -> None:
    """An event as wide as a real one, with its leaf."""
    from luodi.kernel.ids import new_id
    from luodi.kernel.ledger.models import Event, Leaf

    told = {model._meta.db_table: {row.id: {"id": row.id, "about": "字" * 80}} for model, row in rows.items()}
    digest = hashlib.sha256(f"{made.events}".encode()).hexdigest()
    at = _noon(day) + dt.timedelta(milliseconds=made.events)  # no two events at one instant
    event = batch.add(
        Event(
            id=new_id("e"), kind=kind, at=at, subject=subject, payload=json.dumps({"rows": told}),
            salt="0" * 32, digest=digest, closed=json.dumps({"rows": told}), closed_salt="0" * 32,
            closed_digest=digest, hash=digest,
        )
    )  # fmt: skip
    batch.add(Leaf(index=made.events, event=event, hash=digest))
    made.events += 1


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(4), dt.UTC)
