"""The words around a statement as kept and as repaired, cut into paragraphs for the two columns of the review page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.kernel.documents.models import StatementKey
from luodi.kernel.documents.page import EVIDENCE, excerpt
from luodi.kernel.documents.pieces import Piece, Span
from luodi.pages.shapes import Run

AROUND = 190  # characters of the source on either side
Marks = tuple[bool, bool]  # inside the sentence, speaks for a choice


@dataclass(frozen=True, slots=True)
class Stretch:
    """Runs of a paragraph, all inside the sentence (``on``) or all outside. ``is_evidence``: they speak for a choice."""

    on: bool
    is_evidence: bool
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Paragraphs as kept and as repaired; ``edits`` and ``holes`` count what was repaired and lost in what is shown."""

    kept: tuple[tuple[Stretch, ...], ...]
    repaired: tuple[tuple[Stretch, ...], ...]
    edits: int
    holes: int
    first: int
    last: int


def columns_of(statement: StatementKey, evidence: Sequence[Span] = ()) -> Columns:
    """The columns of a statement. ``source`` should be at hand, with its text; ``evidence`` are spans of the repaired text."""
    found = excerpt(statement, statement.source.text, AROUND, evidence)
    return Columns(
        kept=_paragraphs(found.kept, literal=True, before=found.before, after=found.after),
        repaired=_paragraphs(found.repaired, literal=False, before=found.before, after=found.after),
        edits=sum(1 for piece in found.repaired if piece.is_repaired and not piece.is_hole),
        holes=sum(len(piece.text) for piece in found.repaired if piece.is_hole),
        first=statement.start + 1,
        last=statement.end,
    )


def _paragraphs(
    pieces: Iterable[Piece], *, literal: bool, before: bool, after: bool
) -> tuple[tuple[Stretch, ...], ...]:
    paragraphs: list[list[tuple[Marks, Run]]] = [[]]
    for piece in pieces:
        is_evidence = EVIDENCE in piece.statements
        on = (len(piece.statements) > is_evidence, is_evidence)
        if piece.is_hole and not literal:
            paragraphs[-1].append((on, Run(gettext("缺%(count)s位") % {"count": len(piece.text)}, "hole")))
            continue
        for index, words in enumerate(piece.text.split("\n")):
            if index:
                paragraphs.append([])
            if words:
                paragraphs[-1].append((on, _run(piece, words, literal=literal)))
    shown = [runs for runs in paragraphs if any(run.text.strip() for _, run in runs)]
    if shown and before:
        shown[0].insert(0, ((False, False), Run("…")))
    if shown and after:
        shown[-1].append(((False, False), Run("…")))
    return tuple(_stretches(runs) for runs in shown)


def _run(piece: Piece, words: str, *, literal: bool) -> Run:
    if piece.is_repaired and not literal:
        return Run(words, "edit", gettext("按前后文推断") if piece.is_guess else "")
    return Run(words)


def _stretches(runs: Sequence[tuple[Marks, Run]]) -> tuple[Stretch, ...]:
    found: list[tuple[Marks, list[Run]]] = []
    for on, run in runs:
        if found and found[-1][0] == on:
            found[-1][1].append(run)
        else:
            found.append((on, [run]))
    return tuple(Stretch(*on, tuple(each)) for on, each in found)
