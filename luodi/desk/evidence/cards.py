"""Evidence as it stands beside a report: small picture or name, when and where it was taken, where else it was used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.kernel.evidence.judging import FAMILIES
from luodi.kernel.files.exif import MILLI
from luodi.kernel.files.models import KeptFile, Photo
from luodi.pages import days


@dataclass(frozen=True, slots=True)
class Card:
    """``photo`` is ``None`` for anything but a photo. For staff: the file's name may name people."""

    kept: KeptFile
    photo: Photo | None

    @property
    def href(self) -> str:
        """Its page at the desk."""
        return f"/desk/evidence/{self.kept.id}"

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return FAMILIES[self.kept.media_type][1] if self.kept.media_type in FAMILIES else gettext("文件")

    @property
    def taken(self) -> str:
        """When and where it was taken, as far as the camera wrote it: 拍于2026年8月30日14:32，东经117.553°……"""
        if self.photo is None:
            return ""
        when = (
            gettext("拍于%(moment)s") % {"moment": days.instant(self.photo.taken_at)}
            if self.photo.taken_at
            else ""
        )
        return gettext("，").join(part for part in (when, self.place) if part) or gettext(
            "没有记拍摄的时间和地点"
        )

    @property
    def place(self) -> str:
        """The place, on purpose no nearer than a hundred metres."""
        photo = self.photo
        if photo is None or photo.east is None or photo.north is None:
            return ""
        sides = {
            "east": gettext("东经") if photo.east >= 0 else gettext("西经"),
            "north": gettext("北纬") if photo.north >= 0 else gettext("南纬"),
        }
        told = {"x": f"{abs(photo.east) / MILLI:.3f}", "y": f"{abs(photo.north) / MILLI:.3f}", **sides}
        return gettext("%(east)s%(x)s°、%(north)s%(y)s°一带") % told

    @property
    def alt(self) -> str:
        """What a person hears instead of the picture."""
        return gettext("凭据照片，%(taken)s") % {"taken": self.taken}


def cards_of(files: Iterable[KeptFile | None]) -> dict[str, Card]:
    """A card for each file, by its id; one query."""
    known = {kept.id: kept for kept in files if kept is not None}
    photos = {photo.file_id: photo for photo in Photo.objects.filter(file__in=known)} if known else {}
    return {ident: Card(kept, photos.get(ident)) for ident, kept in known.items()}


def card_of(kept: KeptFile) -> Card:
    """The card of one file."""
    return cards_of([kept])[kept.id]
