"""The one way in: bytes to a document."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from luodi.reading.blocks.find import find_blocks
from luodi.reading.decoding import DECODER_VERSION, decode
from luodi.reading.document import Document
from luodi.reading.edits import EditedText
from luodi.reading.formats.extract import EXTRACT_VERSION, Extract
from luodi.reading.formats.html import looks_like_html, strip_markup
from luodi.reading.formats.take import Convert, take
from luodi.reading.frame.find import find_frame
from luodi.reading.refusals import Refused
from luodi.reading.repair.driver import repair
from luodi.reading.repair.traditional import is_traditional, simplify
from luodi.reading.statements.driver import find_statements

# a page longer than this is no page: refused whole, with advice
LARGEST = 32_000_000


def read(raw: bytes, name: str = "", convert: Convert | None = None) -> Document:
    """Read one page, or one document of a known format (``formats``), whose extract is then its source.

    ``convert`` makes a new document of an old one (.doc, .wps), where there is a program that can.

    Raises ``Refused`` (``too-large``, ``binary``, ``damaged``, …) where there is no text in it; on no other input does it raise.
    """
    if len(raw) > LARGEST:
        raise Refused("too-large", f"文件有 {len(raw):,} 字节，超过上限 {LARGEST:,} 字节。请拆分后再读。")
    extract = take(raw, convert)
    if extract is None:
        decoded = decode(raw)
        given, encoding, errors, decoder = decoded.text, decoded.encoding, decoded.errors, DECODER_VERSION
        extract = Extract(given, "text")
    else:
        given, encoding, errors, decoder = extract.text, extract.format, 0, EXTRACT_VERSION
    layers: list[EditedText] = []
    if looks_like_html(given):
        layers.append(strip_markup(given))
    layers.append(repair(layers[-1].text if layers else given))
    if is_traditional(layers[-1].text):
        layers.append(simplify(layers[-1].text))
    text = layers[-1].text
    blocks = find_blocks(text)
    frame = find_frame(text, blocks)
    statements, decisions = find_statements(text, blocks, frame)
    document = Document(
        name,
        hashlib.sha256(raw).hexdigest(),
        encoding,
        errors,
        tuple(layers),
        blocks,
        frame,
        decoder=decoder,
        places=extract.places,
        notes=extract.notes,
    )
    marked = [s._replace(damaged=True) if document.is_damaged(s.start, s.stop) else s for s in statements]
    return replace(document, statements=marked, decisions=decisions)
