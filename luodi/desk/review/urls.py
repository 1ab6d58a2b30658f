"""Addresses of the review queue, below /desk/."""

from __future__ import annotations

from django.urls import path, re_path

from luodi.desk.review import acting, keys, likewise, listing, second, undoing, walking

urlpatterns = [
    path("review", walking.start, name="review"),
    path("review/none", walking.none_left, name="review-none"),
    path("review/list", listing.listed, name="review-list"),
    re_path(r"^review/list\.(?P<kind>csv|xlsx)$", listing.sheet, name="review-sheet"),
    path("review/keys", keys.keys, name="review-keys"),
    path("review/undo", undoing.undo_last, name="review-undo-last"),
    path("review/likewise/<str:correction>", likewise.likewise, name="review-likewise"),
    path("review/<str:statement>", walking.one, name="review-one"),
    path("review/<str:statement>/next", walking.following, name="review-next"),
    path("review/<str:statement>/hold", walking.hold, name="review-hold"),
    path("review/<str:statement>/leave", walking.leave, name="review-leave"),
    path("review/<str:statement>/adopt", acting.adopt, name="review-adopt"),
    path("review/<str:statement>/refuse", acting.refuse, name="review-refuse"),
    path("review/<str:statement>/link", acting.link, name="review-link"),
    path("review/<str:statement>/apart", acting.apart, name="review-apart"),
    path("review/<str:statement>/second", second.follow, name="review-second"),
    path("review/<str:statement>/aside", acting.aside, name="review-aside"),
    path("review/<str:statement>/take-up", acting.take_up, name="review-take-up"),
    path("review/<str:statement>/undo", undoing.undo_one, name="review-undo"),
]
