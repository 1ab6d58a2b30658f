"""Which kinds of case a post may open, and for which units: asked for the list of kinds, and again when the form is sent."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext

from luodi.desk.cases.subjects import SUBJECT
from luodi.desk.presence import Presence
from luodi.kernel.accounts.access import may, units_within
from luodi.kernel.cases.playbook import PARTIES, Move, Party
from luodi.kernel.cases.registry import Kind, kinds
from luodi.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Opening:
    """A move with which a case of a kind begins. ``is_only``: the kind has no other."""

    kind: Kind
    move: Move
    is_only: bool

    @property
    def label(self) -> str:
        """What the button says."""
        book = self.kind.newest.label
        return book if self.is_only else gettext("%(kind)s：%(how)s") % {"kind": book, "how": self.move.label}

    @property
    def href(self) -> str:
        """The address of its form."""
        base = f"/desk/cases/new/{self.kind.name}"
        return base if self.is_only else f"{base}/{self.move.name}"

    @property
    def subject_key(self) -> str:
        """The ask that tells what the case is about; empty where there is none."""
        names = {ask.name for ask in self.move.asks}
        return self.kind.newest.unique_on or (SUBJECT if SUBJECT in names else "")

    def is_about(self, ident: str) -> bool:
        """Whether a case can begin so about that row."""
        about = self.kind.newest.about
        return bool(self.subject_key) and (ident[:1] in about if about else bool(self.kind.newest.unique_on))

    @property
    def by(self) -> str:
        """Who opens it, in words."""
        return gettext("或").join(PARTIES[party] for party in self.move.by if party != "system")


def openings() -> list[Opening]:
    """Every way in which a case can begin, kind by kind."""
    found = []
    for kind in kinds():
        opens = kind.newest.opens
        found += [Opening(kind, move, is_only=len(opens) == 1) for move in opens]
    return found


def openings_about(presence: Presence, ident: str, *, is_own: bool = False) -> list[tuple[str, str]]:
    """What the post acted as may open about that row: words and address, for the subject's own page.

    ``is_own``: only what is opened about such rows and no others.
    """
    return [
        (
            gettext("报一个%(kind)s") % {"kind": each.label}
            if each.kind.newest.about
            else gettext("就这件立一张%(kind)s") % {"kind": each.label},
            f"{each.href}?{urlencode({'subject': ident})}",
        )
        for each in openings()
        if each.is_about(ident) and may_open(presence, each.move) and (each.kind.newest.about or not is_own)
    ]


def may_open(presence: Presence, move: Move) -> bool:
    """Whether the post acted as is one of those that begin a case so."""
    return bool(_parties(presence) & set(move.by))


def units_for(presence: Presence, move: Move) -> set[str] | None:
    """The units that the case may be given to: any (``None``) for the office and leaders, for a doer those it reports for."""
    if _parties(presence) & set(move.by) & {"office", "leader"}:
        return None
    return units_within(presence.actor, ("reporter",))


def require_opening(presence: Presence, move: Move) -> None:
    """Raises ``Refusal`` (``other-party``) where the post may not begin a case so."""
    if not may_open(presence, move):
        whose = gettext("或").join(PARTIES[party] for party in move.by if party != "system")
        raise Refusal(
            "other-party", f"“{move.label}”由{whose}来做，您现在的岗位不是。请换岗位，或请他们来立。"
        )


def _parties(presence: Presence) -> set[Party]:
    """As what the post may begin a case: an office for its own unit, a doer for the units it reports for."""
    found: set[Party] = set()
    if presence.post is None:
        return found
    if may(presence.actor, "office", presence.post.unit_id):
        found.add("office")
    if presence.has_role("leader"):
        found.add("leader")
    if presence.has_role("reporter"):
        found.add("doer")
    return found
