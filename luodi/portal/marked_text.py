"""A document's paragraphs for its page: every statement marked where it stands, in parts of bounded length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from luodi.kernel.documents.page import DocumentPage
from luodi.kernel.documents.pieces import Piece
from luodi.pages.shapes import Run
from luodi.portal.source_pane import run_of

PART = 24_000  # characters of a part
_CLASSES = {
    "question": "ld-ask",
    "heading": "ld-head",
    "title": "ld-head",
    "table_row": "ld-cells",
    "byline": "ld-aside",
    "furniture": "ld-aside",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that is or is not part of a statement. ``anchor`` where the statement begins, ``ends`` the ids that end here."""

    run: Run
    statement: str = ""
    kind: str = ""
    anchor: str = ""
    on: bool = False
    ends: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph and the statements noted beside it."""

    css: str
    stretches: tuple[Stretch, ...]
    statements: tuple[str, ...]
    length: int = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of the statements of a document: kind and number of each, and which one was asked for."""

    kinds: dict[str, str]
    numbers: dict[str, int]
    asked: str = ""


def repaired_paras(page: DocumentPage, marks: Marks) -> list[Para]:
    """The repaired text without the site's furniture."""
    return [
        _para(_CLASSES.get(each.kind, ""), each.pieces, marks, literal=False)
        for each in page.paragraphs
        if not each.is_furniture
    ]


def kept_paras(page: DocumentPage, marks: Marks) -> list[Para]:
    """The text as kept, sign by sign, cut at its line ends."""
    lines: list[list[Piece]] = [[]]
    for piece in page.kept:
        at = piece.start
        for index, words in enumerate(piece.text.split("\n")):
            if index:
                lines.append([])
            if words:
                begins = piece.is_first if at == piece.start else ()
                lines[-1].append(replace(piece, start=at, text=words, is_first=begins))
            at += len(words) + 1
    return [_para("", line, marks, literal=True) for line in lines if line]


def part_of(paras: Sequence[Para], wanted: int, asked: str) -> tuple[list[Para], int, int]:
    """The part ``wanted`` (from 1), or the one that holds the statement asked for; with its number and how many there are."""
    parts: list[list[Para]] = [[]]
    length = 0
    for para in paras:
        if length and length + para.length > PART:
            parts.append([])
            length = 0
        parts[-1].append(para)
        length += para.length
    if asked and not wanted:
        wanted = next((n for n, part in enumerate(parts, 1) if any(asked in p.statements for p in part)), 1)
    number = min(max(wanted, 1), len(parts))
    return parts[number - 1], number, len(parts)


def _para(css: str, pieces: Iterable[Piece], marks: Marks, *, literal: bool) -> Para:
    given = list(pieces)
    stretches = []
    for index, piece in enumerate(given):
        following = given[index + 1].statements if index + 1 < len(given) else ()
        ends = tuple((name, marks.numbers[name]) for name in piece.statements if name not in following)
        inner = (
            marks.asked
            if marks.asked in piece.statements
            else piece.statements[-1]
            if piece.statements
            else ""
        )
        stretches.append(
            Stretch(
                run=run_of(piece, literal=literal),
                statement=inner,
                kind=marks.kinds.get(inner, ""),
                anchor=_anchor(piece, inner),
                on=bool(inner) and inner == marks.asked,
                ends=ends,
            )
        )
    names = tuple(dict.fromkeys(name for piece in given for name in piece.is_first))
    return Para(css, tuple(stretches), names, sum(len(piece.text) for piece in given))


def _anchor(piece: Piece, inner: str) -> str:
    if inner in piece.is_first:
        return inner
    return piece.is_first[0] if piece.is_first else ""
