"""One sentence in its page: the words around it as kept and as repaired, the sentence marked in both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from django.utils.translation import gettext

from luodi.kernel.documents.models import StatementKey
from luodi.kernel.documents.page import excerpt
from luodi.kernel.documents.pieces import Piece as CutPiece
from luodi.pages.shapes import Piece, Run, SourcePane

AROUND = 110  # characters of the source on either side
_EMPTY_LINES = re.compile(r"\n\s*\n\s*")


def source_pane(statement: StatementKey, view: str = "repaired") -> SourcePane:
    """The pane of ``statement``. Needs ``source`` and ``source__file`` fetched along, the source with its text."""
    source = statement.source
    found = excerpt(statement, source.text, AROUND)
    return SourcePane(
        ident=statement.id,
        view=view,
        kept=marked(found.kept, literal=True, before=found.before, after=found.after),
        repaired=marked(found.repaired, literal=False, before=found.before, after=found.after),
        start=statement.start,
        stop=statement.end,
        edits=sum(1 for piece in found.repaired if piece.is_repaired and not piece.is_hole),
        holes=sum(1 for piece in found.repaired if piece.is_hole),
        kept_at=source.kept_at,
        sha256=source.file.sha256,
        document_href=f"/d/{source.id}",
        statement_href=f"/s/{statement.id}",
        download_href=f"/d/{source.id}/kept",
    )


def run_of(piece: CutPiece, *, literal: bool) -> Run:
    """A piece as pages show it. ``literal``: every character as kept, for the page as it was."""
    if piece.is_hole and not literal:
        return Run(gettext("缺%(count)s字") % {"count": len(piece.text)}, "hole")
    text = piece.text if literal else _EMPTY_LINES.sub("\n", piece.text)
    if piece.is_repaired:
        return Run(piece.text, "edit", gettext("按上下文推断") if piece.is_guess else "")
    return Run(text)


def marked(pieces: Iterable[CutPiece], *, literal: bool, before: bool, after: bool) -> tuple[Piece, ...]:
    """Pieces gathered into what is inside the sentence and what is around it; ``…`` where there is more."""
    given = list(pieces)
    if given and not literal:
        given[0] = replace(given[0], text=given[0].text.lstrip())
        given[-1] = replace(given[-1], text=given[-1].text.rstrip())
    made = [
        Piece(on, tuple(run_of(piece, literal=literal) for piece in group))
        for on, group in groupby(given, key=lambda piece: bool(piece.statements))
    ]
    if before:
        made.insert(0, Piece(False, (Run("…"),)))
    if after:
        made.append(Piece(False, (Run("…"),)))
    return tuple(made)
