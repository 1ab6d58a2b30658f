"""Bytes to source text, by a named decoder; nothing normalised, no newline translated."""

from __future__ import annotations

from dataclasses import dataclass

DECODER_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` as ``encoding`` gives it; ``errors`` counts undecodable bytes, each marked U+FFFD in the text."""

    text: str
    encoding: str
    errors: int = 0


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode kept bytes: BOM, declared charset, strict UTF-8, strict GB 18030 unless it looks like Big5, else marked errors.

    Raises ``Refused`` (``binary``) where the bytes hold NUL outside UTF-16/32 or otherwise are no text.
    """
    raise NotImplementedError
