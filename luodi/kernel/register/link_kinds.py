"""What a link may say: each kind with the rows it joins and the words on either page.

An area declares its own kinds when its app starts; a kind that nobody declared is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from luodi.kernel.ids import has_address


@dataclass(frozen=True, slots=True)
class LinkKind:
    """``sources`` and ``targets`` are the kind letters of the ids at either end; empty: any row with a letter of its own."""

    name: str
    forward: str
    backward: str
    sources: str = ""
    targets: str = ""

    def joins(self, source: str, target: str) -> bool:
        """Whether these two ids may be joined."""
        return _fits(source, self.sources) and _fits(target, self.targets)


def _fits(identifier: str, letters: str) -> bool:
    return has_address(identifier) and (not letters or identifier[0] in letters)


SUCCEEDED_BY = "succeeded_by"
_KINDS: dict[str, LinkKind] = {}


def declare(kind: LinkKind) -> LinkKind:
    """Make a kind known. Raises ``ValueError`` where the name already means something else."""
    if _KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"link kind {kind.name!r} is already declared as {_KINDS[kind.name]}")
    return kind


def link_kind(name: str) -> LinkKind:
    """The kind of this name. Raises ``LookupError``."""
    try:
        return _KINDS[name]
    except KeyError:
        raise LookupError(f"no link kind {name!r}; declared are {', '.join(sorted(_KINDS))}") from None


declare(LinkKind(SUCCEEDED_BY, "职责转给", "承接了", "uo", "uo"))
declare(LinkKind("located_at", "位于", "有", "jr", "lr"))
declare(LinkKind("part_of", "属于", "包含", "jrl", "jrl"))
declare(LinkKind("concerns", "涉及", "见于"))
