"""How a file is kept as part of another act: an upload with a report, a page taken in."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from django.conf import settings

from luodi.kernel.files.media import media_type_of
from luodi.kernel.files.models import KeptFile, Photo
from luodi.kernel.files.pictures import COPY, is_photo, look_at
from luodi.kernel.files.store import check_size, keep
from luodi.kernel.ledger.action import Action
from luodi.kernel.refusal import Refusal

# What runs when opened is never taken in, whatever it is called.
REFUSED = {"application/x-executable": "可执行程序"}
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def kept_file(
    act: Action, raw: bytes, name: str = "", media_type: str = "", is_public: bool = False
) -> KeptFile:
    """Keep ``raw`` and enter its row into ``act``; the existing row where the same bytes are kept already.

    ``media_type`` overrules what the bytes look like only where the caller made them. A kept file can become public by a
    later act, never the other way; of a photo anybody may then fetch its copy. Raises ``Refusal``: ``empty-file``,
    ``too-large``, ``disk-full``, ``executable``, ``picture-broken``, ``picture-too-large``.
    """
    check_size(len(raw))
    found = media_type or media_type_of(raw)
    if found in REFUSED:
        raise Refusal("executable", f"“{plain_name(name)}”是{REFUSED[found]}，不能存。请交文档、图片或表格。")
    photo = Photo.objects.filter(file__sha256=hashlib.sha256(raw).hexdigest()).first()
    seen = look_at(raw, found) if photo is None and is_photo(found) else None
    row = _kept(act, raw, found, plain_name(name), is_public)
    if photo is not None and is_public:
        for copy in (photo.shown, photo.small):
            _open(act, copy)
    if seen is not None:
        shown, small = (_kept(act, copy, COPY, None, is_public) for copy in (seen.shown, seen.small))
        act.create(
            Photo(
                file=row,
                shown=shown,
                small=small,
                width=seen.width,
                height=seen.height,
                likeness=seen.likeness.as_text(),
                taken_at=seen.taken.at,
                east=seen.taken.east,
                north=seen.taken.north,
            )
        )
    return row


def _kept(act: Action, raw: bytes, media_type: str, name: str | None, is_public: bool) -> KeptFile:
    sha = keep(Path(settings.DATA), raw)
    row = KeptFile.objects.filter(sha256=sha).first()
    if row is None:
        row = KeptFile(sha256=sha, size=len(raw), media_type=media_type, name=name, is_public=is_public)
        return act.create(row)
    if is_public:
        _open(act, row)
    return row


def _open(act: Action, row: KeptFile) -> None:
    if not row.is_public:
        act.change(row, is_public=True)


def plain_name(name: str) -> str:
    """The name without folders and without signs that hide or turn letters, at most 200 characters.

    >>> plain_name("C:\\\\材料\\\\进展\\u202efdp.exe")
    '进展fdp.exe'
    """
    return _NOT_IN_NAMES.sub("", name.replace("\\", "/").rsplit("/", 1)[-1]).strip()[:200]
