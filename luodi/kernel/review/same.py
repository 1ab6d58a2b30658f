"""What the machine read, as one word a field, so that two readings can be told to say the same; and who else says it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luodi.kernel.documents.models import Reading
from luodi.kernel.review.models import Correction
from luodi.kernel.review.queue import newest

MOST = 60  # listed at once
# how the reader says that a name stands in the text; a page's own region names no unit, and half of all readings have it
NAMED = (
    "unit_in_brackets",
    "unit_column",
    "unit_of_heading",
    "speakers_unit",
    "named_body",
    "winner",
    "same_firm",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """What was read, in the form of ``Correction``: empty where nothing was."""

    owner: str
    due: str
    amount: str
    kind: str

    def of(self, field: str) -> str:
        """The value of one field. Raises ``AttributeError`` for another."""
        value: str = getattr(self, field)
        return value


def wording_of(reading: Reading) -> Wording:
    """The words of a reading; its figures should be at hand. The amount is its first figure."""
    figures = sorted(reading.figures.all(), key=lambda figure: figure.start)
    amount = amount_words(figures[0].number, figures[0].unit) if figures else ""
    due = due_words(reading.due_since, reading.due_until, reading.due_precision)
    return Wording(reading.owner, due, amount, reading.statement.kind)


def due_words(since: dt.date | None, until: dt.date | None, precision: str) -> str:
    """Due days as one word.

    >>> due_words(None, dt.date(2026, 8, 31), "month"), due_words(None, None, "")
    ('|2026-08-31|month', '')
    """
    if until is None:
        return ""
    return f"{since.isoformat() if since else ''}|{until.isoformat()}|{precision}"


def due_of(words: str) -> tuple[dt.date | None, dt.date | None, str]:
    """What ``due_words`` made the words of.

    >>> due_of("|2026-08-31|month")
    (None, datetime.date(2026, 8, 31), 'month')
    """
    if not words:
        return None, None, ""
    since, until, precision = words.split("|")
    return dt.date.fromisoformat(since) if since else None, dt.date.fromisoformat(until), precision


def amount_words(number: str, unit: str) -> str:
    """A quantity as one word.

    >>> amount_words("18.6", "公里"), amount_words("", "")
    ('18.6|公里', '')
    """
    return f"{number}|{unit}" if number else ""


def amount_of(words: str) -> tuple[str, str]:
    """What ``amount_words`` made the words of.

    >>> amount_of("18.6|公里")
    ('18.6', '公里')
    """
    number, _, unit = words.partition("|")
    return number, unit


def others_like(correction: Correction) -> list[Reading]:
    """The other statements awaiting a judgement where the machine read what was corrected, at most ``MOST``.

    A unit's name means the same everywhere; days are read off their own document, so only there; a quantity is the same only
    where number and unit are. Those that were corrected already are left out. At most three queries.
    """
    if not correction.machine or correction.field not in ("owner", "due", "amount"):
        return []
    found = newest(Reading.objects.filter(statement__state="unread")).exclude(
        statement=correction.statement_id
    )
    if correction.field == "owner":
        found = found.filter(owner=correction.machine, owner_rule__in=NAMED)
    elif correction.field == "due":
        since, until, precision = due_of(correction.machine)
        found = found.filter(
            statement__source=correction.statement.source_id,
            due_since=since,
            due_until=until,
            due_precision=precision,
        )
    else:
        number, unit = amount_of(correction.machine)
        found = found.filter(figures__number=number, figures__unit=unit).distinct()
    corrected = Correction.objects.filter(field=correction.field, undone=False).values("statement")
    rows = found.exclude(statement__in=corrected).select_related("statement").prefetch_related("figures")
    listed = rows.order_by("statement__source", "statement__start")[:MOST]
    return [row for row in listed if wording_of(row).of(correction.field) == correction.machine]
