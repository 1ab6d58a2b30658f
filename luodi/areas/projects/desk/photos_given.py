"""Photos that came with a form of somebody without an account: kept aside under the id of their link until the form is taken.

A form that is refused shows them again, so that nobody sends them twice over a slow line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext

from luodi.areas.projects.acts.reporting import PhotoGiven
from luodi.desk.evidence.given import Given, given_by
from luodi.kernel.evidence import sending
from luodi.kernel.refusal import Refusal

NAME = "photo"
MOST = 6


def photos_given(request: HttpRequest, owner: str) -> tuple[list[Given], str]:
    """What is whole and a photo, earlier ones first; and in words what was wrong with any other, empty for nothing."""
    found: list[Given] = []
    faults: list[str] = []
    dropped = set(request.POST.getlist(f"{NAME}-drop"))
    for key in request.POST.getlist(f"{NAME}-upload")[:MOST]:
        try:
            held = sending.sending(key, owner)
            if key in dropped:
                held.drop()
                continue
            found.append(given_by(held))
        except Refusal as refusal:
            faults.append(refusal.message)
    for plain in request.FILES.getlist(NAME):
        try:
            found.append(_taken(plain, owner, len(found)))
        except Refusal as refusal:
            faults.append(f"“{plain.name}”：{refusal.message}")
    return found, " ".join(dict.fromkeys(faults))


def as_photos(
    given: Iterable[Given], taken_on: dt.date | None, point: str, *, is_public: bool
) -> list[PhotoGiven]:
    """As the act takes them; day and place count only where the camera did not tell."""
    return [
        PhotoGiven(each.held.whole(), each.name, "", taken_on, point, is_public=is_public) for each in given
    ]


def _taken(plain: object, owner: str, so_far: int) -> Given:
    if so_far >= MOST:
        raise Refusal("too-many-photos", gettext("一次最多%(most)s张，多的没有收。") % {"most": MOST})
    held = sending.begin(getattr(plain, "name", "") or "", getattr(plain, "size", 0) or 0, owner)
    at = 0
    for piece in plain.chunks(sending.LARGEST_PIECE):  # type: ignore[attr-defined]
        at = held.append(at, piece)
    given = given_by(held)
    if given.judged.picture is None:
        held.drop()
        raise Refusal("not-a-photo", gettext("不是照片。这里只收手机拍的照片。"))
    return given


def lacks_place(given: Given) -> bool:
    """Whether the camera did not tell when or where: then it is asked for."""
    picture = given.judged.picture
    return picture is None or picture.taken.at is None or picture.taken.east is None
