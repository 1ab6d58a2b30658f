"""What a document is to others that were kept: printed again, updated, quoted; and which older ones to compare it with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.kernel.documents import access
from luodi.kernel.documents.kindred import kin_of, versions_of
from luodi.kernel.documents.models import Source
from luodi.kernel.documents.side_by_side import earlier_like


@dataclass(frozen=True, slots=True)
class KinShown:
    """Another public document. ``share`` is how much of the text both have, in percent; zero where it was not reckoned."""

    words: str
    href: str
    title: str
    day: dt.date | None
    share: int
    against: str = ""


def kin_shown(source: Source) -> list[KinShown]:
    """The public documents that are the same article, quote it or are quoted in it, the likest first."""
    found, seen = [], {source.id}
    if not (kin := kin_of(source)):
        return []
    versions = versions_of(source)
    named = {ident for each in kin for ident in (each.source.id, each.first.id)}
    named |= {each.id for each in versions}
    is_public = set(access.public().filter(pk__in=named).values_list("pk", flat=True))
    for sighting in kin:
        is_ours = sighting.source.id == source.id
        other = sighting.first if is_ours else sighting.source
        if other.id in is_public and other.id not in seen:
            seen.add(other.id)
            words = _words(sighting.relation, is_ours)
            found.append(_shown(words, other, source, round(float(sighting.share) * 100)))
    rest = [other for other in versions if other.id in is_public and other.id not in seen]
    return found + [_shown(gettext("同一份文件的另一版"), other, source, 0) for other in rest]


def years_before(source: Source) -> list[KinShown]:
    """Public documents of the same sort from before, to compare with."""
    return [
        _shown(gettext("从前的同类文件"), other, source, 0) for other in earlier_like(source, access.public())
    ]


def _shown(words: str, other: Source, source: Source, share: int) -> KinShown:
    days = [each.speaks_of or each.published or dt.date.min for each in (source, other)]
    later, earlier = (source, other) if days[0] >= days[1] else (other, source)
    against = f"/d/{later.id}/against/{earlier.id}"
    title = other.title or gettext("没有标题的文件")
    return KinShown(words, f"/d/{other.id}", title, other.published, share, against)


def _words(relation: str, is_ours: bool) -> str:
    """What the other document is, seen from the one that is shown: ``is_ours`` where the relation was found on the latter."""
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
