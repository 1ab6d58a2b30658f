"""What a document's page shows: the text as kept and the text as repaired, every statement marked in both.

Made of the source text each time; only the source text is truth.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from luodi.kernel.documents.models import ReadFigure, Source, StatementKey
from luodi.kernel.documents.pieces import Piece, Span, pieces
from luodi.kernel.documents.repaired import Repaired, repaired
from luodi.kernel.documents.second.told import statements_settled
from luodi.reading.blocks.find import Block, find_blocks
from luodi.reading.edits import Edit

AROUND = 160  # characters of the source shown on either side of one statement
EVIDENCE = "evidence"  # the name of pieces that speak for something beside the statement
_ENDS = "。！？\n"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of the repaired text: its kind (``title``, ``paragraph``, ``question``, ``furniture``, …) and its pieces."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]
    statements: tuple[str, ...]

    @property
    def is_furniture(self) -> bool:
        """Navigation, footers, related links: kept, and not read as article."""
        return self.kind == "furniture"


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where one statement stands: in the source, and in the repaired text."""

    statement: StatementKey
    kept: Span
    repaired: Span


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """``kept`` and ``paragraphs`` hold the same statements; ``repairs`` counts what was repaired, ``guesses`` and ``holes``
    how much of that is uncertain or lost; ``furniture`` counts characters not read as article."""

    source: Source
    kept: tuple[Piece, ...]
    paragraphs: tuple[Paragraph, ...]
    statements: tuple[Spoken, ...]
    repairs: int
    guesses: int
    holes: int
    furniture: int

    @property
    def is_repaired(self) -> bool:
        """Whether the two texts differ by a repair: only then does a page need a switch."""
        return self.repairs > 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One statement amid the words around it, as kept and as repaired. ``start`` is where the kept excerpt begins in the
    source; ``before`` and ``after`` say whether there is more."""

    start: int
    kept: tuple[Piece, ...]
    repaired: tuple[Piece, ...]
    is_repaired: bool
    before: bool
    after: bool


def document_page(source: Source, *, with_hearsay: bool = False) -> DocumentPage:
    """The page of a source; one query for its statements. ``with_hearsay``: also what only the second reader has said."""
    whole = repaired(source.text)
    rows = StatementKey.objects.all() if with_hearsay else statements_settled()
    statements = list(rows.filter(source=source).order_by("start", "end", "id"))
    spoken = tuple(Spoken(s, (s.start, s.end), whole.text_span(s.start, s.end)) for s in statements)
    edits = whole.edits()
    kept = pieces(
        source.text,
        (0, len(source.text)),
        [(each.kept, each.statement.id) for each in spoken],
        [(span, edit) for span, _, edit in edits],
    )
    blocks = _blocks(source.text)
    return DocumentPage(
        source,
        tuple(kept),
        tuple(_paragraphs(whole, blocks, spoken, [(span, edit) for _, span, edit in edits])),
        spoken,
        len(edits),
        sum(edit.certainty == "guessed" for *_, edit in edits),
        sum(edit.certainty == "lost" for *_, edit in edits),
        sum(block.stop - block.start for block in blocks if block.kind == "furniture"),
    )


def excerpt(
    statement: StatementKey, source_text: str, around: int = AROUND, also: Sequence[Span] = ()
) -> Excerpt:
    """One statement highlighted among the words around it, cut at sentence ends where there are some.

    ``also`` are spans of the repaired text that are to be seen, too: their pieces name ``EVIDENCE``.
    """
    return _excerpt((statement.start, statement.end), statement.id, source_text, around, also)


def figure_excerpt(figure: ReadFigure, source_text: str, around: int = AROUND) -> Excerpt:
    """One figure highlighted where it stands."""
    return _excerpt((figure.start, figure.end), figure.id, source_text, around)


def _excerpt(span: Span, name: str, source_text: str, around: int, also: Sequence[Span] = ()) -> Excerpt:
    whole = repaired(source_text)
    kept = [(span, name), *((whole.source_span(*each), EVIDENCE) for each in also)]
    marks = [(whole.text_span(*span), name), *((each, EVIDENCE) for each in also)]
    start, stop = _window(source_text, span, around)
    edits = [each for each in whole.edits() if each[0][1] > start and each[0][0] < stop]
    shown = whole.text_span(start, stop)
    return Excerpt(
        start,
        tuple(pieces(source_text, (start, stop), sorted(kept), [(at, edit) for at, _, edit in edits])),
        tuple(pieces(whole.text, shown, sorted(marks), [(at, edit) for _, at, edit in edits])),
        bool(edits),
        start > 0,
        stop < len(source_text),
    )  # fmt: skip


def _window(text: str, span: Span, around: int) -> Span:
    low, high = max(0, span[0] - around), min(len(text), span[1] + around)
    begin = min((at for end in _ENDS if (at := text.find(end, low, span[0])) >= 0), default=-1)
    finish = max((at for end in _ENDS if (at := text.rfind(end, span[1], high)) >= 0), default=-1)
    return (
        begin + 1 if begin >= 0 and low > 0 else low,
        finish + 1 if finish >= 0 and high < len(text) else high,
    )


@lru_cache(maxsize=32)
def _blocks(source_text: str) -> tuple[Block, ...]:
    return tuple(find_blocks(repaired(source_text).text))


def _paragraphs(
    whole: Repaired, blocks: Sequence[Block], spoken: Sequence[Spoken], edits: Sequence[tuple[Span, Edit]]
) -> list[Paragraph]:
    marks = sorted((each.repaired, each.statement.id) for each in spoken)
    longest = max((stop - start for (start, stop), _ in marks), default=0)
    ordered = sorted(edits, key=lambda each: each[0])
    reach = max((stop - start for (start, stop), _ in ordered), default=0)
    mark_starts, edit_starts = [span[0] for span, _ in marks], [span[0] for span, _ in ordered]
    found = []
    for block in blocks:
        low, high = bisect_left(mark_starts, block.start - longest), bisect_left(mark_starts, block.stop)
        first, last = bisect_left(edit_starts, block.start - reach), bisect_left(edit_starts, block.stop)
        cut = pieces(whole.text, (block.start, block.stop), marks[low:high], ordered[first:last])
        names = dict.fromkeys(name for piece in cut for name in piece.statements)
        found.append(Paragraph(block.kind, block.level, tuple(cut), tuple(names)))
    return found
