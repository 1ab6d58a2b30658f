"""Photos of sites that do not exist: sky, ground, a crane, blocks that grow with the share done. Drawn, never taken."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 400, 300
_TAKEN_AT = 0x9003  # the day and hour that a camera writes down
_DETAILS, _PLACE = 0x8769, 0x8825
_SKIES = ("#cfe3f1", "#dfe8ec", "#f0e3cf", "#c9d6df", "#e6eef5")
_GROUNDS = ("#b9a37e", "#9db07a", "#a8a49a", "#c2b280")
_WALLS = ("#d9c7b0", "#b7c4cf", "#c98f6b", "#9fb3a5", "#e3d9c6", "#8f9bb3")


def site_picture(seed: str, share: float, day: dt.date, at: tuple[float, float] | None = None) -> bytes:
    """A JPEG of 400 × 300 pixels; the same seed, share (0 to 1) and day give the same bytes.

    ``at``: longitude and latitude, where the camera writes down its place.
    """
    random = Random(seed)  # noqa: S311 (nothing secret: the same picture each time)
    image = Image.new("RGB", (WIDTH, HEIGHT), random.choice(_SKIES))
    draw = ImageDraw.Draw(image)
    horizon = random.randint(190, 225)
    draw.rectangle((0, horizon, WIDTH, HEIGHT), fill=random.choice(_GROUNDS))
    _hills(draw, random, horizon)
    left = random.randint(20, 60)
    while left < WIDTH - 90:
        width = random.randint(50, 110)
        _block(draw, random, (left, left + width), horizon, random.randint(3, 7), share)
        left += width + random.randint(14, 40)
    if share < 1:
        _crane(draw, random, horizon)
    _road(draw, random, horizon)
    exif = Image.Exif()
    taken = f"{day:%Y:%m:%d} {random.randint(8, 17):02}:{random.randint(0, 59):02}:{random.randint(0, 59):02}"
    exif.get_ifd(_DETAILS)[_TAKEN_AT] = taken
    if at is not None:
        place = exif.get_ifd(_PLACE)
        place[1], place[2], place[3], place[4] = "N", _degrees(at[1]), "E", _degrees(at[0])
    written = BytesIO()
    image.save(written, "JPEG", quality=72, exif=exif)
    return written.getvalue()


def _degrees(value: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds, as cameras write a place."""
    minutes = value % 1 * 60
    return float(int(value)), float(int(minutes)), round(minutes % 1 * 60, 2)


def _hills(draw: ImageDraw.ImageDraw, random: Random, horizon: int) -> None:
    for _ in range(random.randint(1, 3)):
        middle, high, wide = random.randint(0, WIDTH), random.randint(20, 70), random.randint(90, 220)
        shape = [(middle - wide, horizon), (middle, horizon - high), (middle + wide, horizon)]
        draw.polygon(shape, fill=random.choice(("#a9bfa2", "#93a99b", "#b5c7b0")))


def _block(
    draw: ImageDraw.ImageDraw,
    random: Random,
    sides: tuple[int, int],
    horizon: int,
    floors: int,
    share: float,
) -> None:
    """A house: what is built stands in its colour, what is to come as scaffolding."""
    wall, (left, right) = random.choice(_WALLS), sides
    for floor in range(floors):
        bottom = horizon - floor * 20
        box = (left, bottom - 20, right, bottom)
        if floor + 1 > floors * share:
            draw.rectangle(box, outline="#6b7785")
            draw.line((left, bottom, right, bottom - 20), fill="#6b7785")
            continue
        draw.rectangle(box, fill=wall, outline="#7a6f60")
        for window in range(left + 8, right - 12, 18):
            draw.rectangle((window, bottom - 15, window + 9, bottom - 5), fill="#4f6478")


def _crane(draw: ImageDraw.ImageDraw, random: Random, horizon: int) -> None:
    foot, top = random.randint(60, WIDTH - 60), random.randint(20, 60)
    draw.line((foot, horizon, foot, top), fill="#d08a1d", width=4)
    draw.line((foot - 40, top + 8, foot + 150, top + 8), fill="#d08a1d", width=3)
    hook = foot + random.randint(40, 140)
    draw.line((hook, top + 8, hook, top + random.randint(40, 110)), fill="#444444", width=1)


def _road(draw: ImageDraw.ImageDraw, random: Random, horizon: int) -> None:
    far, near = random.randint(100, WIDTH - 100), random.randint(0, WIDTH)
    shape = [(far - 8, horizon), (far + 8, horizon), (near + 90, HEIGHT), (near - 90, HEIGHT)]
    draw.polygon(shape, fill="#8b8b86")
    draw.line((far, horizon, near, HEIGHT), fill="#e8e4d8", width=3)
