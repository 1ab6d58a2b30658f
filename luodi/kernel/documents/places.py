"""Where in its document a statement stands: page, paragraph, table and row, or cell. Found again in the kept bytes when asked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from luodi.kernel.documents.converting import converter_for
from luodi.kernel.documents.models import Source, StatementKey
from luodi.kernel.files.store import Damaged
from luodi.kernel.files.store import read as read_kept
from luodi.kernel.refusal import Refusal
from luodi.reading.formats.extract import EXTRACT_VERSION, Extract, where
from luodi.reading.formats.take import take
from luodi.reading.refusals import Refused


def place_of(statement: StatementKey) -> str:
    """For people: 第3页第2段, 表2第5行, 工作表“任务”B12:D12; empty for text and web pages, and where it cannot be told.

    Told only where the text taken out today is, letter for letter, the one that was kept.
    """
    source = statement.source
    if source.decoder != EXTRACT_VERSION:
        return ""
    extract = _extract(source.file.sha256)
    if extract is None or extract.text != source.text:
        return ""
    return where(extract.places, statement.start, statement.end)


def notes_of(source: Source) -> tuple[str, ...]:
    """What was left out when the text was taken out of its document; nothing for text and web pages."""
    extract = _extract(source.file.sha256) if source.decoder == EXTRACT_VERSION else None
    return extract.notes if extract is not None else ()


@lru_cache(maxsize=8)
def _extract(sha: str) -> Extract | None:
    try:
        raw = read_kept(Path(settings.DATA), sha)
        return take(raw, converter_for(raw))
    except (Refused, Refusal, Damaged, OSError):
        return None
