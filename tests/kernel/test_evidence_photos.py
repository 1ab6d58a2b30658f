"""Photos: what goes out of them, what stays inside, what a camera wrote, and that no file unpacks to more than it may."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from luodi.kernel.clocks.now import SHANGHAI
from luodi.kernel.files import pictures, store
from luodi.kernel.files.exif import Taken, taken
from luodi.kernel.files.keeping import kept_file
from luodi.kernel.files.media import media_type_of
from luodi.kernel.files.models import KeptFile, Photo
from luodi.kernel.files.pictures import look_at
from luodi.kernel.files.serving import POLICY, serve, serve_original
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.ledger.models import Event
from luodi.kernel.refusal import Refusal
from tests.kernel.pictures import (
    SECRETS,
    as_jpeg,
    as_png,
    exif_of,
    opened,
    scene,
    telling_jpeg,
    telling_png,
)

SITE = scene(1)


def kept(raw: bytes, name: str = "", **given: Any) -> KeptFile:
    with action("test.kept", by=SYSTEM, subject="") as act:
        return kept_file(act, raw, name, **given)


def as_webp(image: Image.Image, **more: Any) -> bytes:
    written = BytesIO()
    image.save(written, "WEBP", **more)
    return written.getvalue()


def secrets_in(raw: bytes) -> list[str]:
    coded = (word.encode(how) for word in SECRETS for how in ("utf-8", "utf-16-le", "utf-16-be"))
    return [word.decode(errors="replace") for word in coded if word in raw]


@pytest.mark.django_db
@pytest.mark.parametrize("make", [telling_jpeg, telling_png], ids=["jpeg", "png"])
def test_what_goes_out_of_a_photo_tells_nothing_but_what_is_seen(make: Any, data_folder: Path) -> None:
    raw = make(SITE)
    assert secrets_in(raw)
    row = kept(raw, "现场.jpg", is_public=True)
    for small in (False, True):
        sent = serve(row, small=small).path.read_bytes()
        assert secrets_in(sent) == []
        copy = opened(sent)
        assert copy.format is None or copy.format == "JPEG"
        assert not dict(copy.getexif())
        assert set(copy.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
    assert max(opened(serve(row, small=True).path.read_bytes()).size) == pictures.SMALL_SIDE


@pytest.mark.django_db
def test_the_photo_as_it_was_sent_stays_inside_whole(data_folder: Path) -> None:
    raw = telling_jpeg(SITE)
    row = kept(raw, "现场.jpg", is_public=True)
    assert store.read(data_folder, row.sha256) == raw
    assert serve(row).path.read_bytes() != raw
    original = serve_original(row)
    assert original.path.read_bytes() == raw
    assert original.headers["Content-Type"] == "application/octet-stream"
    assert original.headers["Content-Disposition"].startswith("attachment")
    assert original.headers["Content-Security-Policy"] == POLICY


@pytest.mark.django_db
def test_an_earlier_thumbnail_in_the_file_does_not_go_out(data_folder: Path) -> None:
    """Cameras keep a small picture of what was there before somebody cut the photo."""
    hidden = as_jpeg(Image.new("RGB", (160, 120), (255, 0, 255)))
    exif = exif_of()
    exif.get_ifd(0x8769)[0x927C] = b"MAKER" + hidden
    row = kept(as_jpeg(SITE, exif=exif))
    assert b"MAKER" not in serve(row).path.read_bytes()


@pytest.mark.django_db
def test_time_and_rounded_place_are_read_into_fields_that_are_not_public(data_folder: Path) -> None:
    photo = kept(telling_jpeg(SITE)).photo
    assert photo.taken_at == dt.datetime(2026, 8, 30, 14, 32, 5, tzinfo=SHANGHAI)
    assert (photo.east, photo.north) == (117_554, 34_860)
    assert (photo.width, photo.height) == (800, 600)
    assert photo.PRIVACY.public == ()
    assert {"taken_at", "east", "north"} == set(photo.PRIVACY.personal)
    event = Event.objects.get()
    assert "117554" not in event.payload + event.closed
    assert "2026-08-30" not in event.payload + event.closed


@pytest.mark.django_db
def test_the_copies_become_public_with_the_photo_and_never_before(data_folder: Path) -> None:
    row = kept(as_jpeg(SITE))
    assert not KeptFile.objects.filter(is_public=True).exists()
    kept(as_jpeg(SITE), is_public=True)
    photo = Photo.objects.get()
    assert photo.file == row
    assert photo.file.is_public
    assert photo.shown.is_public
    assert photo.small.is_public


@pytest.mark.django_db
def test_whoever_hands_a_copy_in_again_gets_a_photo_of_its_own(data_folder: Path) -> None:
    first = kept(as_jpeg(SITE))
    copy = serve(first).path.read_bytes()
    again = kept(copy, "下载的.jpg")
    assert again.id == first.photo.shown_id
    assert Photo.objects.count() == 2
    assert serve(again).path.read_bytes() != b""


@pytest.mark.django_db
def test_a_picture_without_a_copy_does_not_go_out(data_folder: Path) -> None:
    row = kept(b"II*\0" + b"\0" * 40, "扫描.tif")
    with pytest.raises(store.Damaged, match="no copy"):
        serve(row)


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_photo_is_shown_upright(turned: int) -> None:
    held = Image.new("RGB", (60, 40), (0, 0, 0))
    held.paste((255, 255, 255), (0, 0, 30, 20))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # undoes what the flag says; members of Image.Transpose
    laid = held.transpose(Image.Transpose(back[turned])) if turned > 1 else held
    seen = look_at(as_png(laid, exif=exif_of(turned=turned)), "image/png")
    assert (seen.width, seen.height) == (60, 40)
    shown = opened(seen.shown).convert("L")
    assert shown.size == (60, 40)
    assert shown.getpixel((10, 8)) > 200
    assert max(shown.getpixel(at) for at in ((50, 8), (50, 32), (10, 32))) < 60


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "I;16", "YCbCr", "F"])
def test_every_kind_of_picture_is_drawn_anew(mode: str) -> None:
    if mode in ("CMYK", "YCbCr"):
        written = BytesIO()
        scene(2, 64, 48).convert(mode).save(written, "JPEG")
        raw, form = written.getvalue(), "image/jpeg"
    elif mode == "F":
        raw, form = as_webp(scene(2, 64, 48), lossless=True), "image/webp"
    else:
        base = scene(2, 64, 48).convert("L" if mode in ("I;16", "LA", "PA") else "RGB")
        raw, form = as_png(base.convert("P" if mode == "PA" else mode)), "image/png"
    assert opened(look_at(raw, form).shown).size == (64, 48)


def test_a_photo_with_a_second_picture_behind_it_is_shown() -> None:
    """Phones put a depth map, a second view or a moving picture behind the photo."""
    written = BytesIO()
    scene(2, 64, 48).save(written, "MPO", save_all=True, append_images=[scene(3, 64, 48)])
    for raw in (written.getvalue(), as_jpeg(scene(2, 64, 48)) + b"\0\0\0\x18ftypmp42" + b"\0" * 500):
        assert media_type_of(raw) == "image/jpeg"
        assert opened(look_at(raw, "image/jpeg").shown).size == (64, 48)


def test_what_is_see_through_lies_on_white() -> None:
    seen = look_at(as_png(Image.new("RGBA", (40, 30), (0, 0, 0, 0))), "image/png")
    assert min(opened(seen.shown).convert("L").tobytes()) > 250


def test_a_colour_profile_is_applied_and_does_not_go_out() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    for raw in (profile.tobytes(), b"no profile at all " * 20):
        seen = look_at(as_jpeg(SITE, icc_profile=raw), "image/jpeg")
        assert "icc_profile" not in opened(seen.shown).info


def test_a_large_photo_is_shown_at_most_so_large() -> None:
    seen = look_at(as_jpeg(scene(3).resize((4000, 3000))), "image/jpeg")
    assert (seen.width, seen.height) == (4000, 3000)
    assert opened(seen.shown).size == (2048, 1536)
    assert opened(seen.small).size == (320, 240)


def png_header(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", body)
        + chunk(b"IDAT", zlib.compress(b"\0" * 3_000_000, 9))
        + chunk(b"IEND", b"")
    )


def webp_header(width: int, height: int) -> bytes:
    body = (
        b"VP8X"
        + struct.pack("<I", 10)
        + b"\0\0\0\0"
        + (width - 1).to_bytes(3, "little")
        + (height - 1).to_bytes(3, "little")
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def jpeg_header(width: int, height: int) -> bytes:
    raw = as_jpeg(Image.new("RGB", (16, 16)))
    at = raw.index(b"\xff\xc0") + 5
    return raw[:at] + struct.pack(">HH", height, width) + raw[at + 4 :]


@pytest.mark.parametrize(
    ("raw", "form"),
    [
        (png_header(50_000, 50_000), "image/png"),
        (png_header(31_000, 2), "image/png"),
        (png_header(5_001, 5_000), "image/png"),
        (jpeg_header(65_000, 65_000), "image/jpeg"),
        (jpeg_header(7_100, 7_100), "image/jpeg"),
        (webp_header(16_383, 16_383), "image/webp"),
    ],
)
def test_a_picture_that_would_unpack_to_too_much_is_refused_before_it_does(
    raw: bytes, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpacked(*_: Any, **__: Any) -> None:
        raise AssertionError("it was unpacked")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", unpacked)
    with pytest.raises(Refusal) as refused:
        look_at(raw, form)
    assert refused.value.code in ("picture-too-large", "picture-broken")
    if form != "image/webp":  # a header alone is no picture to that decoder
        assert refused.value.code == "picture-too-large"
        assert "像素" in refused.value.message


@pytest.mark.parametrize("form", ["image/jpeg", "image/png", "image/webp"])
def test_a_broken_photo_is_refused_in_words(form: str) -> None:
    whole = {"image/jpeg": as_jpeg(SITE), "image/png": as_png(SITE), "image/webp": as_webp(SITE)}[form]
    for raw in (whole[: len(whole) // 2], whole[:40], whole[:30] + b"\xff" * 500):
        with pytest.raises(Refusal) as refused:
            look_at(raw, form)
        assert refused.value.code == "picture-broken"


@given(st.integers(0, 3_000), st.binary(min_size=1, max_size=40))
def test_whatever_is_changed_in_a_photo_it_is_shown_or_refused(at: int, changed: bytes) -> None:
    whole = bytearray(telling_jpeg(scene(4, 64, 48)))
    at %= len(whole)
    whole[at : at + len(changed)] = changed
    try:
        seen = look_at(bytes(whole), "image/jpeg")
    except Refusal as refusal:
        code = refusal.code
    else:
        code = ""
        assert secrets_in(seen.shown) == []
    assert code in ("", "picture-broken", "picture-too-large")


def test_a_photo_of_another_format_than_it_says_is_not_decoded_as_it_likes() -> None:
    """Pillow knows formats that run programs or read files; only the one found is asked."""
    with pytest.raises(Refusal):
        look_at(b"%!PS-Adobe-3.0 EPSF-3.0\n", "image/jpeg")
    with pytest.raises(Refusal):
        look_at(as_png(SITE), "image/jpeg")


@pytest.mark.parametrize(
    ("details", "place", "found"),
    [
        ({}, {}, Taken()),
        ({0x9003: "2026:08:30 14:32:05"}, {}, Taken(dt.datetime(2026, 8, 30, 6, 32, 5, tzinfo=dt.UTC))),
        (
            {0x9003: "2026:08:30 14:32:05", 0x9011: "-03:30"},
            {},
            Taken(dt.datetime(2026, 8, 30, 18, 2, 5, tzinfo=dt.UTC)),
        ),
        ({0x9003: "0000:00:00 00:00:00"}, {}, Taken()),
        ({0x9003: "2026:13:41 99:99:99"}, {}, Taken()),
        ({0x9003: 17}, {1: "N", 2: 5, 3: "E", 4: None}, Taken()),
        ({}, {1: b"S", 2: (33.0, 30.0, 0.0), 3: "W", 4: (70.0, 15.0, 0.0)}, Taken(None, -70_250, -33_500)),
        ({}, {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)}, Taken()),
        ({}, {1: "N", 2: (95.0, 0.0, 0.0), 3: "E", 4: (117.0, 0.0, 0.0)}, Taken()),
        ({}, {1: "N", 2: (float("nan"), 0.0, 0.0), 3: "E", 4: (117.0, 0.0, 0.0)}, Taken()),
        ({}, {1: "X", 2: (30.0, 0.0, 0.0), 3: "E", 4: (117.0, 0.0, 0.0)}, Taken()),
    ],
)
def test_what_a_camera_wrote_is_believed_only_where_it_makes_sense(
    details: Any, place: Any, found: Taken
) -> None:
    assert taken(details, place) == found


@given(st.floats(0, 90), st.floats(0, 180))
def test_a_place_is_never_told_nearer_than_a_hundred_metres(north: float, east: float) -> None:
    found = taken({}, {1: "N", 2: (north,), 3: "E", 4: (east,)})
    if found.north is not None and found.east is not None:
        assert abs(found.north / 1_000 - north) <= 0.0005001
        assert abs(found.east / 1_000 - east) <= 0.0005001
