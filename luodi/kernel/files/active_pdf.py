"""Whether a PDF does more than be read: runs scripts, starts programs, carries files, sends forms. Such ones are only downloaded.

Looks for the names of such things (ISO 32000-1, §7.11, §12.6, §12.7) in the plain part and in object streams. What cannot be
looked into (encrypted, broken, unpacking to too much) counts as active: wrongly calling one active costs a tap, no more.
"""

from __future__ import annotations

import re
import zlib

_ACTS = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|Rendition|Encrypt)(?![A-Za-z0-9])"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"/ObjStm\b.{0,400}?\bstream\r?\n", re.DOTALL)
_MOST_UNPACKED = 64_000_000


def is_active(raw: bytes) -> bool:
    """Whether ``raw``, a PDF, holds anything but pages. Never raises."""
    if _names_an_act(raw):
        return True
    left = _MOST_UNPACKED
    for found in _STREAM.finditer(raw):
        if b"/FlateDecode" not in found.group():
            continue  # not packed: seen above
        unpacking = zlib.decompressobj()
        try:
            unpacked = unpacking.decompress(raw[found.end() :], left)
        except zlib.error:
            return True
        left -= len(unpacked)
        if left <= 0 or not unpacking.eof or _names_an_act(unpacked):
            return True
    return False


def _names_an_act(part: bytes) -> bool:
    """A name may be written with its signs as #xx, which hides it from whoever looks for the word."""
    if _ACTS.search(part):
        return True
    return b"#" in part and bool(_ACTS.search(_ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), part)))
