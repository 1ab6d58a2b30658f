"""What the interface answers about cases. Where a field is empty without a key, that is said beside it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field

from luodi.api.shapes import Named


class Answer(Schema):
    """One public answer of a case, under the name that its playbook gives it."""

    name: str
    label: str
    value: str
    id: str


class Inner(Schema):
    """What of a case only those may read who reach it at their desk."""

    title: str | None
    unit: Named
    post: Named | None
    office_unit: Named
    verifier_unit: Named | None
    place: Named | None
    planned_due: dt.date | None
    latest_due: dt.date | None
    level: int
    channel: str
    parent: str | None


class Case(Schema):
    """A case. ``inner`` is empty for whoever comes without a key that may read it; ``page`` where anybody may follow it."""

    id: str
    number: str
    kind: str
    kind_words: str
    version: int
    state: str
    state_words: str
    opened_on: dt.date
    closed_at: dt.datetime | None
    outcome: str
    outcome_words: str
    answers: list[Answer]
    page: str
    inner: Inner | None


class Step(Schema):
    """One move that was made."""

    id: str
    move: str
    words: str
    at: dt.datetime


class Asked(Schema):
    """What a move asks. ``choices`` are the values that a ``choice`` may have."""

    name: str
    label: str
    kind: str
    is_needed: bool
    choices: list[str]


class Chance(Schema):
    """A move of the place where the case stands; ``why`` says why it may not be made now."""

    move: str
    words: str
    is_open: bool
    why: str
    warns: str
    asks: list[Asked]


class Waiting(Schema):
    """A step that takes effect once a second party signs it: what was proposed, who has to sign, why this post may not."""

    step: str
    move: str
    words: str
    at: dt.datetime
    day: dt.date | None
    choice: str
    note: str | None
    waits_for: str
    may_sign: bool
    why: str


class CaseWhole(Case):
    """The same with its course and, for whoever may act on it, what may be done now and what waits for a signature."""

    steps: list[Step]
    moves: list[Chance]
    waiting: list[Waiting]


class Cases(Schema):
    """A page of cases."""

    items: list[Case]
    next: str


class Opening(Schema):
    """A case to be opened. ``answers`` are by the names of the asks of the opening move: text, days as text, numbers as text,
    ids, lists of ``{"name", "base64"}`` for files, lists of ``{"who", "does", "due", "amount"}`` for duties."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(max_length=40)
    title: str = Field(min_length=1, max_length=300)
    unit: str = Field(max_length=14, description="承办单位的编号")
    move: str = Field("", max_length=40, description="从哪个动作开头；只有一个开头时可以不写")
    post: str | None = Field(None, max_length=14)
    verifier_unit: str | None = Field(None, max_length=14)
    place: str | None = Field(None, max_length=14)
    parent: str | None = Field(None, max_length=14)
    channel: str = Field("", max_length=20)
    answers: dict[str, Any] = Field(default_factory=dict)


class Moving(Schema):
    """A move to be made. ``seen`` is the state that was seen; another one now means that somebody was quicker."""

    model_config = ConfigDict(extra="forbid")

    move: str = Field(max_length=40)
    seen: str = Field("", max_length=40)
    answers: dict[str, Any] = Field(default_factory=dict)


class Signing(Schema):
    """A second signature. ``agrees`` false refuses: the step is taken back and has no effect."""

    model_config = ConfigDict(extra="forbid")

    step: str = Field(max_length=14, description="等签字的那一步的编号")
    agrees: bool = Field(description="同意则生效；不同意则不生效，提出的人可以另提")


class Done(Schema):
    """What came of it: ids and labels, nothing that was typed. ``waits_for`` names who still has to sign."""

    case: str
    number: str
    state: str
    state_words: str
    step: str
    waits_for: str


class Due(Schema):
    """What is due from the post of the key, or from its units. No title: that stands in the case."""

    subject: str
    number: str
    kind: str
    words: str
    unit: str
    post: str | None
    level: int
    due_on: dt.date
    due_at: dt.datetime
    light: str
    rule: str
    is_provisional: bool


class Dues(Schema):
    """A page of what is due, the earliest first."""

    items: list[Due]
    next: str
