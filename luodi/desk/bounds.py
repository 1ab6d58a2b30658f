"""How much one request to the desk may carry. Asked before anything of it is read: forms are parsed before a view is reached."""

from __future__ import annotations

from django.http import HttpRequest

from luodi.kernel.refusal import Refusal

LARGEST = 210_000_000  # bytes; larger things come in parts


def too_large(request: HttpRequest) -> Refusal | None:
    """Why a request is not read at all; ``None`` where it may be."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    if text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST:
        return None
    return Refusal(
        "request-too-large",
        f"一次送来的太多，没有读：最多{LARGEST // 1_000_000} MB。请分几次送，或打成 zip；"
        "收文件那一页开着脚本时会自动分开传，不受这个限制。",
    )
