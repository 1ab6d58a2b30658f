"""``/``: what was promised, and what became of it? Without a choice the front page, with one a list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from luodi.kernel.clocks.now import now, today
from luodi.kernel.commitments.board import Choice, Tally, page, rates, turned_on
from luodi.kernel.commitments.light_rules import COLOUR_WORDS
from luodi.kernel.documents.access import public as public_documents
from luodi.kernel.register.models import Place, Unit
from luodi.portal.board_words import lede, rates_sentence, split_of, state_words, tally_rows
from luodi.portal.choosing import DUE, FLAGS, LIGHTS, Asked, asked, choice_of, due_words, flag_words
from luodi.portal.counted import tally, tally_by
from luodi.portal.freshness import public_page
from luodi.portal.news import news
from luodi.portal.promise_rows import promise_rows

ON_FRONT = 7
A_PAGE = 20
_UNITS_ON_FRONT = 8
_STATES = ("overdue", "claimed", "going", "vague", "kept", "dropped", "carried", "merged")


@public_page
def board_page(request: HttpRequest) -> HttpResponse:
    """The board."""
    wanted = asked(request.GET)
    if wanted.is_narrow or wanted.after or "list" in request.GET:
        return _list(request, wanted)
    return _front(request)


def _front(request: HttpRequest) -> HttpResponse:
    day = today()
    counts = tally(request, Choice(), day)
    if not counts.total and not counts.excluded:
        has_desk = "desk" in settings.CONFIGURATION.surfaces
        given = {"here": "board", "documents": public_documents().count(), "has_desk": has_desk}
        return render(request, "portal/board_empty.html", given)
    topics = tally_by(request, "topic", Choice(), day)
    units = tally_by(request, "lead_unit", Choice(), day)
    names = dict(Unit.objects.filter(pk__in=[u for u, _ in units]).values_list("id", "name"))
    turned = turned_on()
    return render(
        request,
        "portal/board.html",
        {
            "here": "board",
            "lede": lede(counts),
            "split": split_of(counts),
            "rates": rates_sentence(counts, rates(counts)),
            "counts": counts,
            "now": now(),
            "newest": counts.newest,
            "stopped_on": turned if turned and turned != day else None,
            "rows": promise_rows(page(Choice(), day, limit=ON_FRONT).rows),
            "news": news(5),
            "topics": tally_rows(
                [(t or gettext("没有分类"), Asked(topic=t).href() if t else "", c) for t, c in topics]
            ),
            "units": tally_rows([(names[u], f"/?unit={u}", c) for u, c in units[:_UNITS_ON_FRONT]]),
            "more_units": max(len(units) - _UNITS_ON_FRONT, 0),
            "chips": [t for t, _ in topics if t][:5],
            **_options(request, day, units=units, topics=topics, names=names),
        },
    )


def _list(request: HttpRequest, wanted: Asked) -> HttpResponse:
    day = today()
    choice = choice_of(wanted, day)
    counts = tally(request, choice, day)
    found = page(choice, day, order=wanted.order, after=wanted.after, limit=A_PAGE)  # type: ignore[arg-type]
    total = getattr(counts, wanted.state) if wanted.state else counts.total
    units = tally_by(request, "lead_unit", Choice(), day)
    names = dict(Unit.objects.filter(pk__in=[u for u, _ in units]).values_list("id", "name"))
    chosen = _chosen(wanted, names)
    return render(
        request,
        "portal/list.html",
        {
            "here": "board",
            "wanted": wanted,
            "heading": _heading(chosen, total),
            "chosen": chosen,
            "total": total,
            "rows": promise_rows(found.rows),
            "split": split_of(counts, wanted) if not wanted.state and counts.total else None,
            "orders": [(o, _order_words(o), wanted.href(order=o)) for o in ("worst", "newest", "due")],
            "after": wanted.href(after=found.after) if found.after else "",
            "first": wanted.href() if wanted.after else "",
            "downloads": [
                (kind, wanted.href(f"/data/commitments.{kind}")) for kind in ("csv", "xlsx", "json")
            ],
            "nothing": _nothing(wanted) if not found.rows else "",
            **_options(
                request, day, units=units, topics=tally_by(request, "topic", Choice(), day), names=names
            ),
        },
    )


def _options(
    request: HttpRequest,
    day: dt.date,
    *,
    units: list[tuple[Any, Tally]],
    topics: list[tuple[Any, Tally]],
    names: dict[str, str],
) -> dict[str, Any]:
    """What the filters offer: only what there is."""
    places = [p for p, _ in tally_by(request, "place", Choice(), day) if p]
    years = sorted((y for y, _ in tally_by(request, "year", Choice(), day) if y), reverse=True)
    return {
        "unit_options": sorted(((u, names[u]) for u, _ in units), key=lambda pair: pair[1]),
        "topic_options": sorted(t for t, _ in topics if t),
        "place_options": list(
            Place.objects.filter(pk__in=places).order_by("code", "name").values_list("id", "name")
        ),
        "year_options": years,
        "state_options": [(s, state_words(s)) for s in _STATES],
        "due_options": [(d, due_words(d)) for d in DUE],
        "light_options": [(c, gettext(COLOUR_WORDS[c])) for c in LIGHTS],
        "flag_options": [(f, flag_words(f)) for f in FLAGS],
    }


def _chosen(wanted: Asked, names: dict[str, str]) -> list[tuple[str, str]]:
    """What was asked for, each with the address without it."""
    place = (
        Place.objects.filter(pk=wanted.place).values_list("name", flat=True).first() if wanted.place else ""
    )
    parts = {
        "unit": names.get(wanted.unit, gettext("没有这个单位")) if wanted.unit else "",
        "place": place if wanted.place else "",
        "topic": wanted.topic,
        "year": gettext("%(year)s年计划") % {"year": wanted.year} if wanted.year else "",
        "state": state_words(wanted.state) if wanted.state else "",
        "light": gettext(COLOUR_WORDS[wanted.light]) if wanted.light else "",
        "due": due_words(wanted.due),
        "flag": flag_words(wanted.flag),
    }
    empty: dict[str, Any] = dict.fromkeys(parts, "") | {"year": None}
    return [(words, wanted.href(**{name: empty[name]})) for name, words in parts.items() if words]


def _heading(chosen: list[tuple[str, str]], total: int) -> str:
    if not chosen:
        return gettext("全部%(total)s件承诺") % {"total": f"{total:,}"}
    return gettext("%(what)s：%(total)s件") % {
        "what": " · ".join(words for words, _ in chosen),
        "total": f"{total:,}",
    }


def _order_words(order: str) -> str:
    return {"worst": gettext("最严重"), "newest": gettext("最新"), "due": gettext("快到期")}[order]


def _nothing(wanted: Asked) -> str:
    """Which of the sorts of nothing this is: nothing left to worry about, or nothing found."""
    if wanted.state == "overdue" or wanted.due == "past" or wanted.light in ("red", "amber"):
        return "good"
    return "found"
