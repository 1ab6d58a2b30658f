"""The one way in: bytes to a document."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from luodi.reading.blocks.find import find_blocks
from luodi.reading.decoding import decode
from luodi.reading.document import Document
from luodi.reading.edits import EditedText
from luodi.reading.formats.html import looks_like_html, strip_markup
from luodi.reading.frame.find import find_frame
from luodi.reading.refusals import Refused
from luodi.reading.repair.driver import repair
from luodi.reading.repair.traditional import is_traditional, simplify
from luodi.reading.statements.driver import find_statements

# a page longer than this is no page: refused whole, with advice
LARGEST = 32_000_000


def read(raw: bytes, name: str = "") -> Document:
    """Read one page.

    Raises ``Refused`` (``too-large``, ``binary``, …) where it is not text; on no other input does it raise.
    """
    if len(raw) > LARGEST:
        raise Refused("too-large", f"文件有 {len(raw):,} 字节，超过上限 {LARGEST:,} 字节。请拆分后再读。")
    decoded = decode(raw)
    layers: list[EditedText] = []
    if looks_like_html(decoded.text):
        layers.append(strip_markup(decoded.text))
    layers.append(repair(layers[-1].text if layers else decoded.text))
    if is_traditional(layers[-1].text):
        layers.append(simplify(layers[-1].text))
    text = layers[-1].text
    blocks = find_blocks(text)
    frame = find_frame(text, blocks)
    statements, decisions = find_statements(text, blocks, frame)
    document = Document(
        name, hashlib.sha256(raw).hexdigest(), decoded.encoding, decoded.errors, tuple(layers), blocks, frame
    )
    marked = [s._replace(damaged=True) if document.is_damaged(s.start, s.stop) else s for s in statements]
    return replace(document, statements=marked, decisions=decisions)
