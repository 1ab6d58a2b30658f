"""Invented photos: soft noise as in nature, a bright sky, buildings; the same number gives the same picture every time.

Also what happens to photos on their way (resized, saved anew, trimmed …), and photos with everything a camera or a stranger
may have written into them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps, PngImagePlugin

Change = Callable[[Image.Image], Image.Image]


def scene(number: int, width: int = 800, height: int = 600) -> Image.Image:
    """A building site that nobody ever saw."""
    rng = random.Random(number)
    light = _noise(rng, width // 4, height // 4, 7)
    bands = [Image.blend(light, _noise(rng, width // 4, height // 4, 6), 0.3) for _ in range(3)]
    made = Image.merge("RGB", bands).resize((width, height), Image.Resampling.BICUBIC)
    drawing = ImageDraw.Draw(made)
    horizon = int(height * rng.uniform(0.3, 0.6))
    sky = Image.new("RGB", (width, horizon), tuple(rng.randint(low, 240) for low in (150, 180, 210)))
    made.paste(Image.blend(made.crop((0, 0, width, horizon)), sky, 0.7), (0, 0))
    for _ in range(rng.randint(2, 9)):
        left, top = rng.randint(-width // 12, width), rng.randint(height // 10, int(height * 0.6))
        bottom, colour = rng.randint(horizon, height), tuple(rng.randint(30, 220) for _ in range(3))
        if bottom <= top:
            continue
        right = left + rng.randint(width // 20, width // 3)
        drawing.rectangle((left, top, right, bottom), fill=colour)
        for floor in range(top + 10, bottom - 20, rng.randint(25, 60)):
            drawing.line((left, floor, right, floor), fill=tuple(each // 2 for each in colour), width=4)
    return made


def _noise(rng: random.Random, width: int, height: int, octaves: int) -> Image.Image:
    """Grey noise whose coarse parts are strong and whose fine parts are weak, as in photos of real things."""
    made, weight, total = Image.new("L", (width, height), 128), 1.0, 0.0
    for octave in range(octaves):
        across = 3 * 2**octave
        down = max(2, across * height // width)
        layer = Image.frombytes("L", (across, down), rng.randbytes(across * down))
        total += weight
        made = Image.blend(made, layer.resize((width, height), Image.Resampling.BICUBIC), weight / total)
        weight *= 0.55
    return ImageOps.autocontrast(made)


def page(number: int, width: int = 600, height: int = 850) -> Image.Image:
    """A photographed sheet: lines of writing on white."""
    rng = random.Random(number)
    made = Image.new("RGB", (width, height), (245, 244, 240))
    drawing = ImageDraw.Draw(made)
    for line in range(60, height - 80, 28):
        if rng.random() < 0.85:
            for sign in range(50, int(width * rng.uniform(0.4, 0.93)), 24):
                drawing.rectangle((sign, line, sign + rng.randint(8, 19), line + 17), fill=(50, 50, 55))
    return made


def as_jpeg(image: Image.Image, quality: int = 90, **more: object) -> bytes:
    """The bytes of a JPEG."""
    written = BytesIO()
    image.convert("RGB").save(written, "JPEG", quality=quality, **more)
    return written.getvalue()


def as_png(image: Image.Image, **more: object) -> bytes:
    """The bytes of a PNG."""
    written = BytesIO()
    image.save(written, "PNG", **more)
    return written.getvalue()


def opened(raw: bytes) -> Image.Image:
    """The picture in ``raw``."""
    with Image.open(BytesIO(raw)) as found:
        found.load()
        return found


def trimmed(left: float, top: float, right: float, bottom: float) -> Change:
    """Shares cut off the four sides."""

    def change(image: Image.Image) -> Image.Image:
        wide, high = image.size
        return image.crop(
            (int(wide * left), int(high * top), int(wide * (1 - right)), int(high * (1 - bottom)))
        )

    return change


def stamped(image: Image.Image) -> Image.Image:
    """With the block of writing that stamping cameras put into a corner."""
    made = image.copy()
    wide, high = made.size
    drawing = ImageDraw.Draw(made)
    drawing.rectangle((int(wide * 0.02), int(high * 0.86), int(wide * 0.5), int(high * 0.98)), fill=(0, 0, 0))
    drawing.text((int(wide * 0.03), int(high * 0.88)), "2026-03-01 09:12", fill=(255, 255, 255))
    return made


def sent_on(image: Image.Image) -> Image.Image:
    """As after a messenger: a little trimmed, half as large, brighter, saved anew."""
    small = trimmed(0.02, 0, 0.02, 0)(image).resize((image.width // 2, image.height // 2))
    return opened(as_jpeg(ImageEnhance.Brightness(small).enhance(1.1), 60))


# what has to be found again
CHANGES: dict[str, Change] = {
    "half as large": lambda image: image.resize((image.width // 2, image.height // 2)),
    "a fifth as large": lambda image: image.resize((image.width // 5, image.height // 5)),
    "saved at 30": lambda image: opened(as_jpeg(image, 30)),
    "saved at 10": lambda image: opened(as_jpeg(image, 10)),
    "brighter by 30 %": lambda image: ImageEnhance.Brightness(image).enhance(1.3),
    "darker by 30 %": lambda image: ImageEnhance.Brightness(image).enhance(0.7),
    "more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.4),
    "grey": ImageOps.grayscale,
    "blurred": lambda image: image.filter(ImageFilter.GaussianBlur(3)),
    "trimmed by 2 % all round": trimmed(0.02, 0.02, 0.02, 0.02),
    "trimmed by 5 % all round": trimmed(0.05, 0.05, 0.05, 0.05),
    "trimmed by 10 % all round": trimmed(0.1, 0.1, 0.1, 0.1),
    "trimmed by 3 % on two sides": trimmed(0.03, 0, 0, 0.03),
    "trimmed by 5 % on one side": trimmed(0.05, 0, 0, 0),
    "stamped": stamped,
    "sent on": sent_on,
    "squashed": lambda image: image.resize((image.width, image.height * 9 // 10)),
}

SECRETS = ("LUODIPHONE", "SN-0042-7731", "wang lives here", "XMP-secret-word", "cut off here", "IPTC-secret")


def exif_of(
    moment: str = "2026:08:30 14:32:05",
    north: tuple[float, float, float] = (34.0, 51.0, 37.44),
    east: tuple[float, float, float] = (117.0, 33.0, 12.6),
    turned: int = 1,
) -> Image.Exif:
    """What a camera writes: maker, number, moment, place, and how it was held."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "LUODIPHONE", "LUODIPHONE 9", turned
    exif[0x9C9C] = "wang lives here".encode("utf-16-le")
    exif[0x010E] = "wang lives here"
    details = exif.get_ifd(0x8769)
    details[0x9003], details[0x9011], details[0xA431] = moment, "+08:00", "SN-0042-7731"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", north, "E", east
    return exif


def telling_jpeg(image: Image.Image, exif: Image.Exif | None = None) -> bytes:
    """A JPEG that tells all it can: camera, place, remarks, XMP, IPTC, and bytes behind its end."""
    app13 = b"\xff\xed" + (2 + 26).to_bytes(2, "big") + b"Photoshop 3.0\0IPTC-secret\0\0"
    raw = as_jpeg(
        image,
        exif=exif or exif_of(),
        comment=b"wang lives here",
        xmp=b"<x:xmpmeta>XMP-secret-word</x:xmpmeta>",
    )
    return raw[:2] + app13 + raw[2:] + b"cut off here"


def telling_png(image: Image.Image) -> bytes:
    """A PNG with written remarks and what a camera writes."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "wang lives here")
    notes.add_itxt("XML:com.adobe.xmp", "XMP-secret-word", zip=False)
    return as_png(image, pnginfo=notes, exif=exif_of())
