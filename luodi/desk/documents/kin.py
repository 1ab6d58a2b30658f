"""What a document is to others: printed again, updated, quoted; the same sort from before; and when it was met."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from luodi.desk.documents.finding import HOME, title_of
from luodi.desk.presence import presence_of
from luodi.kernel.documents.access import visible_to
from luodi.kernel.documents.kindred import kin_of, versions_of
from luodi.kernel.documents.lookups import sightings
from luodi.kernel.documents.models import Source
from luodi.kernel.documents.side_by_side import day_of, earlier_like


@dataclass(frozen=True, slots=True)
class Kin:
    """Another document. ``share`` is how much of the text both have, in percent; zero where it was not reckoned."""

    words: str
    title: str
    href: str
    against: str
    day: dt.date | None
    share: int = 0


@dataclass(frozen=True, slots=True)
class Met:
    """When a document was kept, met again or found gone, and at which address."""

    at: dt.datetime
    words: str
    address: str


def kin_shown(request: HttpRequest, source: Source) -> list[Kin]:
    """Documents that are the same article or quote one another, the likest first; then other versions of it."""
    presence = presence_of(request)
    found: list[Kin] = []
    seen = {source.id}
    may_see = visible_to(presence.actor)
    for sighting in kin_of(source):
        is_ours = sighting.source_id == source.id
        other = sighting.first if is_ours else sighting.source
        if other.id not in seen and may_see.filter(pk=other.id).exists():
            seen.add(other.id)
            share = round(float(sighting.share) * 100)
            found.append(_kin(_words(sighting.relation, is_ours), other, source, share))
    rest = [other for other in versions_of(source) if other.id not in seen] if found else []
    shown = set(may_see.filter(pk__in=[other.id for other in rest]).values_list("pk", flat=True))
    words = gettext("同一份文件的另一版")
    return found + [_kin(words, other, source) for other in rest if other.id in shown]


def years_before(request: HttpRequest, source: Source) -> list[Kin]:
    """Documents of the same sort from before, the nearest first."""
    presence = presence_of(request)
    found = earlier_like(source, visible_to(presence.actor))
    return [_kin(gettext("从前的同类文件"), other, source) for other in found]


def as_kin(other: Source, source: Source) -> Kin:
    """A document that was found by its title."""
    return _kin("", other, source)


def met(source: Source) -> list[Met]:
    """Its sightings, the latest first."""
    words = {
        "source.kept": gettext("存下"),
        "source.seen_again": gettext("又见到"),
        "source.withdrawn": gettext("原网页打不开了"),
    }
    return [
        Met(event.at, words[event.kind], str(json.loads(event.payload)["data"].get("address", "")))
        for event in reversed(sightings(source))
    ]


def _kin(words: str, other: Source, source: Source, share: int = 0) -> Kin:
    days = [day_of(each) or dt.date.min for each in (source, other)]
    later, earlier = (source, other) if days[0] >= days[1] else (other, source)
    against = f"{HOME}/{later.id}/against/{earlier.id}"
    return Kin(words, title_of(other), f"{HOME}/{other.id}", against, other.published, share)


def _words(relation: str, is_ours: bool) -> str:
    """What the other is, seen from the one that is shown."""
    if relation == "same":
        return gettext("同一篇，在别处也登过")
    return {
        ("updated", True): gettext("这份是它的更新"),
        ("updated", False): gettext("它是这份的更新"),
        ("quotes", True): gettext("这份引用了它"),
        ("quotes", False): gettext("它引用了这份"),
        ("quoted", True): gettext("这份摘自它"),
        ("quoted", False): gettext("它摘自这份"),
    }[relation, is_ours]
