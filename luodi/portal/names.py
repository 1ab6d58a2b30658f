"""What ids are called on public pages, and where they lead. Posts and units by name; people never."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.kernel.commitments.models import Commitment
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.register.models import Place, Post, Project, Unit
from luodi.pages.promise_words import post_name
from luodi.portal.areas import has_page, public_names

__all__ = ["Names", "address_of", "post_name"]
_PAGES = {"c": "/c/", "d": "/d/", "s": "/s/", "e": "/e/", "u": "/g/", "o": "/g/", "l": "/g/"}
_FIELDS = {
    "c": (Commitment, "title"),
    "d": (Source, "title"),
    "s": (StatementKey, "quote"),
    "u": (Unit, "name"),
    "l": (Place, "name"),
    "j": (Project, "name"),
}


def address_of(ident: str | None) -> str:
    """The page of an id; empty where it has none."""
    if not ident:
        return ""
    if has_page(ident):
        return f"/g/{ident}"
    return f"{_PAGES[ident[0]]}{ident}" if ident[0] in _PAGES else ""


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id, fetched together: at most one query for each kind of id."""

    by_id: dict[str, str]

    @classmethod
    def of(cls, idents: set[str]) -> Names:
        """Fetch the names of ``idents``; ids without a public name are left out."""
        found: dict[str, str] = {}
        for letter, (model, field) in _FIELDS.items():
            wanted = [i for i in idents if i and i[0] == letter]
            if wanted:
                found.update(model._default_manager.filter(pk__in=wanted).values_list("id", field))
        found.update(public_names(idents))
        posts = [i for i in idents if i and i[0] == "o"]
        if posts:
            found.update(
                (p.id, post_name(p)) for p in Post.objects.filter(pk__in=posts).select_related("unit")
            )
        return cls(found)

    def name(self, ident: str | None) -> str:
        """The name; empty where there is none."""
        return self.by_id.get(ident or "", "")
