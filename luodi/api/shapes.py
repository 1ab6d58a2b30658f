"""What the interface answers about promises, documents and the register: public fields only, figures with unit, day and basis."""

from __future__ import annotations

import datetime as dt

from ninja import Schema


class Named(Schema):
    """A row of the register by id and name."""

    id: str
    name: str


class Goal(Schema):
    """One version of what is to be reached. ``number`` is a canonical decimal; empty where the promise is a thing."""

    version: int
    kind: str
    number: str
    unit: str
    approx: str
    basis: str
    due_since: dt.date | None
    due_until: dt.date | None
    due_precision: str
    from_day: dt.date
    adopting_statement: str | None


class Figure(Schema):
    """A figure that a unit gave: how much, of what, as of which day."""

    number: str
    unit: str
    as_of: dt.date


class Commitment(Schema):
    """A promise as it stands today. ``state`` is the board's; ``light_rule`` names the rule that lit the light."""

    id: str
    office_number: str
    title: str
    state: str
    state_words: str
    lead_unit: Named
    leader_post: Named | None
    topic: str
    place: Named | None
    year: int | None
    target: Goal
    reported: Figure | None
    verified: Figure | None
    light: str
    light_rule: str
    target_changed: bool
    source_gone: bool
    news_on: dt.date
    page: str


class Said(Schema):
    """A sentence that spoke of it, or a document that was silent."""

    role: str
    day: dt.date
    statement: str | None
    document: str | None
    quote: str


class Report(Schema):
    """What the doing unit said."""

    id: str
    kind: str
    number: str
    unit: str
    as_of: dt.date
    at: dt.datetime
    post: str
    doing_unit: str
    stands: bool


class Finding(Schema):
    """What a unit that did not do the work found."""

    id: str
    report: str
    verdict: str
    number: str
    as_of: dt.date
    at: dt.datetime
    post: str
    verifying_unit: str


class CommitmentWhole(Commitment):
    """The same with every version of its target, every sentence, report and finding, the oldest first."""

    targets: list[Goal]
    said: list[Said]
    reports: list[Report]
    findings: list[Finding]


class Document(Schema):
    """A kept document. ``sha256`` is of its bytes as they came."""

    id: str
    title: str
    address: str
    kept_at: dt.datetime
    published: dt.date | None
    issuer: str
    speaker_post: str
    region: str
    genre: str
    encoding: str
    withdrawn_on: dt.date | None
    sha256: str
    size: int
    page: str


class DocumentWhole(Document):
    """The same with the source text that the spans of its statements point into."""

    text: str
    statements: int


class ReadFigure(Schema):
    """A figure as a reader found it, with its span in the source text."""

    start: int
    end: int
    number: str
    unit: str
    approx: str
    change: str
    end_of_range: str


class Reading(Schema):
    """What one version of the reader made of the statement."""

    reader: str
    text: str
    force: str
    owner: str
    due_since: dt.date | None
    due_until: dt.date | None
    due_precision: str
    is_damaged: bool
    score: str
    rule: str
    figures: list[ReadFigure]


class Statement(Schema):
    """A place in a document where something is stated: ``quote`` is what stands in its text from ``start`` to ``end``."""

    id: str
    document: str
    start: int
    end: int
    kind: str
    state: str
    quote: str
    page: str


class StatementWhole(Statement):
    """The same with every reading."""

    readings: list[Reading]


class Unit(Schema):
    """A unit of the register."""

    id: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    place: str | None
    credit_code: str
    closed_on: dt.date | None


class Post(Schema):
    """A post. People are never named."""

    id: str
    title: str
    unit: str
    is_leader: bool
    closed_on: dt.date | None


class Commitments(Schema):
    """A page of promises; ``next`` is the cursor of the page that follows, empty on the last."""

    items: list[Commitment]
    next: str


class Documents(Schema):
    """A page of documents."""

    items: list[Document]
    next: str


class Statements(Schema):
    """A page of statements."""

    items: list[Statement]
    next: str


class Units(Schema):
    """A page of units."""

    items: list[Unit]
    next: str


class Posts(Schema):
    """A page of posts."""

    items: list[Post]
    next: str
