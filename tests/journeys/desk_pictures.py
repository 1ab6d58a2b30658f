"""A photo that nobody took: drawn in memory, as a camera would send it."""

from __future__ import annotations

import io


def photo(width: int = 640, height: int = 480, shade: int = 110) -> bytes:
    """A JPEG of a grey road with a lighter line across."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (width, height), (shade, shade + 4, shade + 6))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, width, height // 3), fill=(170, 168, 155))
    draw.line((width * 3 // 4, 0, width // 2, height), fill=(225, 223, 215), width=14)
    draw.ellipse((width // 3, height // 2, width // 2, height * 2 // 3), fill=(40, 42, 44))
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()
