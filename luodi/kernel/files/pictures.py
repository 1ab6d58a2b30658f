"""Photos: what is seen of them goes out as a copy drawn anew, and everything else that the file holds stays inside.

The copy is made of pixels alone: no camera, no place, no remarks, no earlier thumbnail, and nothing else that somebody hid in the
file. It is at most ``SHOWN_SIDE`` a side. How much a picture would take when unpacked is asked before any of it is.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from luodi.kernel.files.exif import DETAILS, PLACE, Taken, taken
from luodi.kernel.files.likeness import SIDE, TRIMS, Likeness
from luodi.kernel.refusal import Refusal

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
COPY = "image/jpeg"  # the type of every copy
MOST_PIXELS = 25_000_000
MOST_JPEG_PIXELS = 50_000_000  # unpacked at a half, a quarter or an eighth where it is so large
LONGEST_SIDE = 30_000
SHOWN_SIDE = 2_048
SMALL_SIDE = 320
_QUALITY = 85
# asked by ourselves, by format, before anything is unpacked; Pillow's own limit only warns
Image.MAX_IMAGE_PIXELS = None
# four threads that unpack at once would need four times the memory
_one_at_a_time = threading.Lock()
# what was looked at when it came in is entered a moment later by an act, which holds up all others while it lasts
_KNOWN = 8
_known: OrderedDict[str, Picture] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Picture:
    """``width`` and ``height`` in pixels, upright; ``shown`` and ``small`` are the copies, as JPEG."""

    width: int
    height: int
    taken: Taken
    likeness: Likeness
    shown: bytes
    small: bytes


def is_photo(media_type: str) -> bool:
    """Whether files of this type go out as copies."""
    return media_type in FORMATS


def look_at(raw: bytes, media_type: str) -> Picture:
    """Unpack a photo. Raises ``Refusal``: ``picture-broken``, ``picture-too-large``; ``LookupError`` for another type."""
    form, sha = FORMATS[media_type], hashlib.sha256(raw).hexdigest()
    with _one_at_a_time:
        try:
            if sha not in _known:
                _known[sha] = _look_at(raw, form)
            while len(_known) > _KNOWN:
                _known.popitem(last=False)
            return _known[sha]
        except Refusal:
            raise
        except Exception as fault:  # whatever a broken or hostile file brings about in the decoder
            raise Refusal(
                "picture-broken", "这张照片打不开：文件不完整，或不是真的照片。请回相册重选，或重拍一张。"
            ) from fault


def _look_at(raw: bytes, form: str) -> Picture:
    with Image.open(BytesIO(raw), formats=[form]) as opened:
        width, height = opened.size
        _require_bounded(width, height, MOST_JPEG_PIXELS if form == "JPEG" else MOST_PIXELS)
        exif = opened.getexif()
        when_and_where = taken(exif.get_ifd(DETAILS), exif.get_ifd(PLACE))
        is_turned = exif.get(0x0112, 1) in (5, 6, 7, 8)
        opened.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))
        opened.load()
        upright = _plain(ImageOps.exif_transpose(opened))
    shown = _fitted(upright, SHOWN_SIDE)
    return Picture(
        height if is_turned else width,
        width if is_turned else height,
        when_and_where,
        likeness_of(shown),
        _saved(shown),
        _saved(_fitted(shown, SMALL_SIDE)),
    )


def _require_bounded(width: int, height: int, most: int) -> None:
    if width * height > most or max(width, height) > LONGEST_SIDE:
        raise Refusal(
            "picture-too-large",
            f"照片有{width:,}×{height:,}像素，最多{most // 10_000:,}万像素，没有收。请把相机的像素调低，或缩小后再传。",
        )


def likeness_of(image: Image.Image) -> Likeness:
    """The fingerprints of an upright picture."""
    grey = image.convert("L")
    cells = []
    for trim in TRIMS:
        left, top = grey.width * trim, grey.height * trim
        box = (left, top, grey.width - left, grey.height - top)
        cells.append(grey.resize((SIDE, SIDE), Image.Resampling.BOX, box=box).tobytes())
    return Likeness.of(cells)


def _plain(image: Image.Image) -> Image.Image:
    """Red, green and blue on white, in the colours every browser takes for granted; nothing but pixels."""
    if image.mode == "RGB":
        drawn = _in_common_colours(image)
    else:
        if image.mode in ("LA", "PA", "P", "RGBA", "La", "RGBa"):
            over = image.convert("RGBA")
            drawn = Image.new("RGBA", over.size, "white")
            drawn.alpha_composite(over)
        else:
            drawn = image
        drawn = drawn.convert("RGB")
    fresh = Image.new("RGB", drawn.size)
    fresh.paste(drawn)
    return fresh


def _in_common_colours(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, given, ImageCms.createProfile("sRGB")) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a profile that nobody can read; the colours are a little off


def _fitted(image: Image.Image, side: int) -> Image.Image:
    scale = side / max(image.size)
    if scale >= 1:
        return image
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _saved(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=_QUALITY, progressive=True)
    return written.getvalue()
