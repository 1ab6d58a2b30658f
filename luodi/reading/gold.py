"""A document in the shape that labelled pages have, for scoring."""

from __future__ import annotations

from typing import Any

from luodi.reading.document import Document
from luodi.reading.statements.model import Statement


def as_gold(document: Document, stem: str) -> dict[str, Any]:
    """One JSON-ready object; offsets are code points into the decoded file exactly as it is."""
    frame = document.frame
    return {
        "doc": stem,
        "date": frame.published.isoformat() if frame.published else None,
        "region": frame.region,
        "statements": [_statement(document, s) for s in document.statements],
    }


def _statement(document: Document, s: Statement) -> dict[str, Any]:
    start, stop = document.source_span(s.start, s.stop)
    figures = []
    for figure in s.figures:
        low, high = document.source_span(figure.start, figure.stop)
        figures.append(
            {
                "start": low,
                "end": high,
                "number": format(figure.number, "f"),
                "unit": figure.unit,
                "approx": figure.approx,
                "change": figure.change,
            }
        )
    due = s.due
    return {
        "start": start,
        "end": stop,
        "kind": s.kind,
        "figures": figures,
        "due": {"start": due.since.isoformat() if due.since else None, "end": due.until.isoformat()}
        if due
        else None,
        "owner": s.owner,
        "object": s.object,
        "project": s.project,
        "quote": document.source[start:stop],
    }
