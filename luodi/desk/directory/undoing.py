"""The bar that takes the last judgement back: it stays until the next act of the same person."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from luodi.kernel.register.models import Person, SameAs, Unit

_KEY = "luodi_directory_undo"


@dataclass(frozen=True, slots=True)
class Undo:
    """``words`` say what was done; ``judgement`` is what would be taken back."""

    judgement: str
    words: str


def remember(request: HttpRequest, judgement: SameAs) -> None:
    """Offer to take this judgement back."""
    request.session[_KEY] = judgement.id


def forget(request: HttpRequest) -> None:
    """Offer nothing any more."""
    request.session.pop(_KEY, None)


def undo_of(request: HttpRequest) -> Undo | None:
    """What can be taken back here and now; nothing once a later judgement stands."""
    row = SameAs.objects.filter(pk=request.session.get(_KEY, "")).first()
    if row is None or row.undoes_id is not None:
        return None
    if SameAs.objects.filter(left=row.left, right=row.right, id__gt=row.id).exists():
        return None
    names = titles((row.left, row.right))
    said = {
        "positive": gettext("“%(left)s”和“%(right)s”已经合起来，算同一个。"),
        "negative": gettext("“%(left)s”和“%(right)s”已经记作不是同一个。"),
        "unsure": gettext("“%(left)s”和“%(right)s”先放着，以后再看。"),
    }[row.verdict]
    return Undo(row.id, said % {"left": names.get(row.left, ""), "right": names.get(row.right, "")})


def titles(ids: tuple[str, ...]) -> dict[str, str]:
    """Names of units and people by id."""
    found = dict(Unit.objects.filter(pk__in=ids).values_list("id", "name"))
    found |= {key: name or "" for key, name in Person.objects.filter(pk__in=ids).values_list("id", "name")}
    return found
