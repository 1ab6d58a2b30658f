"""``/e/<id>``: one event: what of it is public, its leaf, where it stands in the log, how to check it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from luodi.kernel.commitments.models import Report, Verification
from luodi.kernel.ledger import lookups
from luodi.kernel.ledger.leaves import leaf_bytes
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.rows import LedgerRow, ledger_models
from luodi.pages.phrases import Bit
from luodi.pages.shapes import Fact
from luodi.portal.areas import figure_of
from luodi.portal.event_words import words_of
from luodi.portal.field_words import label, value_words
from luodi.portal.freshness import public_page
from luodi.portal.names import Names, address_of
from luodi.portal.promise_rows import amount_words

PublicRow = tuple[type[LedgerRow], str, dict[str, Any]]
_MOST_ROWS = 60
# never of use to a reader, or said elsewhere on the page
_SKIPPED = frozenset({"id", "key", "text"})


@dataclass(frozen=True, slots=True)
class RowShown:
    """The public fields of one row that the event wrote."""

    ident: str
    what: str
    href: str
    figure: str
    facts: tuple[Fact, ...]


@public_page
def event_page(request: HttpRequest, event_id: str) -> HttpResponse:
    """The page of one event; 404 where there is none."""
    event = lookups.event(event_id)
    if event is None:
        raise Http404(gettext("没有编号为“%(id)s”的登记。") % {"id": event_id})
    index = lookups.place_of(event)
    rows = public_rows(event)
    reports = _reports(rows)
    names = Names.of(_ids_in(rows) | {event.post, event.subject})
    return render(
        request,
        "portal/event.html",
        {
            "here": "board",
            "event": event,
            "words": words_of(event.kind),
            "post": names.name(event.post),
            "subject": names.name(event.subject),
            "subject_href": address_of(event.subject),
            "rows": [_shown(row, names, reports) for row in rows[:_MOST_ROWS]],
            "more": max(len(rows) - _MOST_ROWS, 0),
            "index": index,
            "leaf_text": leaf_bytes(event).decode("utf-8"),
            "checkpoint": None if index is None else lookups.checkpoint_over(index),
        },
    )


def public_rows(event: Event) -> list[PublicRow]:
    """The rows that the event wrote, with their public fields: an event's open part holds no others."""
    tables = {model._meta.db_table: model for model in ledger_models()}
    return [
        (tables[table], key, fields)
        for table, rows in lookups.public_images(event).items()
        if table in tables
        for key, fields in rows.items()
        if set(fields) - {"id"}
    ]


def _ids_in(rows: list[PublicRow]) -> set[str]:
    return set(_references(rows))


def _references(rows: list[PublicRow]) -> Iterator[str]:
    for model, _, fields in rows[:_MOST_ROWS]:
        for name, value in fields.items():
            if isinstance(value, str) and model._meta.get_field(name).is_relation:
                yield value


def _reports(rows: list[PublicRow]) -> dict[str, Report]:
    """The reports that findings among the rows are about: their unit is the finding's unit."""
    wanted = {
        str(fields["report"]) for model, _, fields in rows if model is Verification and "report" in fields
    }
    return Report.objects.only("id", "number", "unit", "commitment_id").in_bulk(wanted) if wanted else {}


def _shown(row: PublicRow, names: Names, reports: dict[str, Report]) -> RowShown:
    model, key, fields = row
    facts = []
    for name, value in fields.items():
        if name in _SKIPPED or value in (None, "", False):
            continue
        if name == "report" and value in reports:
            about = reports[value]
            words = amount_words(about.number, about.unit) if about.number else gettext("没有报数")
            facts.append(Fact(label(name), (Bit(words, f"/c/{about.commitment_id}#{value}"),)))
        elif model._meta.get_field(name).is_relation:
            text = names.name(value) or value
            facts.append(Fact(label(name), (Bit(text, address_of(value)),)))
        else:
            facts.append(Fact(label(name), (Bit(value_words(model, name, value)),)))
    unit = fields.get("unit") or (reports[fields["report"]].unit if fields.get("report") in reports else "")
    # the number of a case, or of a promise in the office's list, counts nothing
    is_figure = fields.get("number") and ("unit" in fields or "report" in fields)
    figure = (
        amount_words(fields["number"], unit) if is_figure else figure_of(model._meta.model_name or "", fields)
    )
    return RowShown(key, label(model._meta.model_name or ""), address_of(key), figure, tuple(facts))
