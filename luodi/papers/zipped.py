"""Files made of zipped parts (Word, spreadsheets), packed so that the same parts give the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

CORE = "docProps/core.xml"
_YEARS = range(1980, 2108)  # all that the format has
_FIRST = "[Content_Types].xml"


def packed_again(content: bytes, moment: dt.datetime, replaced: Mapping[str, bytes]) -> bytes:
    """The same parts by name, dated ``moment``, those of ``replaced`` with other content."""
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        parts = {name: given.read(name) for name in given.namelist()} | dict(replaced)
    year = min(max(moment.year, _YEARS[0]), _YEARS[-1])
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, (year, moment.month, moment.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # else it says on which system it was made
            made.writestr(entry, parts[name])
    return kept.getvalue()


def core_properties(title: str, office: str, moment: dt.datetime) -> bytes:
    """Who made the file when, by the day as of which it holds and not by the clock."""
    day = f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(office)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    ).encode()
