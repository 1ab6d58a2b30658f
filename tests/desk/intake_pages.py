"""Pages and archives to hand in; needs no Django."""

from __future__ import annotations

import io
import zipfile


def page(number: int, day: str = "2026-09-20") -> bytes:
    """A page that says one thing, another for each number."""
    return f"青岚区发布第{number}号消息\n发布时间:{day}\n\n　　今年底前新建口袋公园{number}个。\n".encode()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return held.getvalue()
