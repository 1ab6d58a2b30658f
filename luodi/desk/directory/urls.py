"""Addresses of the register, below /desk/."""

from __future__ import annotations

from django.urls import path

from luodi.desk.directory import (
    hand_over_page,
    overview,
    pairs_page,
    person_page,
    post_page,
    sheets,
    suggesting,
    unit_page,
)

urlpatterns = [
    path("directory", overview.overview, name="directory"),
    path("directory/suggest", suggesting.suggest, name="directory-suggest"),
    path("directory/units/new", unit_page.new_unit, name="directory-new-unit"),
    path("directory/units/<str:ident>", unit_page.unit_page, name="directory-unit"),
    path(
        "directory/units/<str:ident>/aliases/<str:alias>/drop",
        unit_page.drop_alias,
        name="directory-alias-drop",
    ),
    path("directory/units/<str:ident>/<str:name>", unit_page.unit_act, name="directory-unit-act"),
    path("directory/posts/<str:ident>", post_page.post_page, name="directory-post"),
    path("directory/posts/<str:ident>/<str:name>", post_page.post_act, name="directory-post-act"),
    path(
        "directory/appointments/<str:ident>/end", post_page.end_appointment, name="directory-appointment-end"
    ),
    path("directory/roles/<str:grant>/take", post_page.take_role, name="directory-role-take"),
    path("directory/people", person_page.people, name="directory-people"),
    path("directory/people/<str:ident>", person_page.person_page, name="directory-person"),
    path("directory/people/<str:ident>/show/<str:field>", person_page.unmask, name="directory-person-show"),
    path("directory/people/<str:ident>/<str:name>", person_page.person_act, name="directory-person-act"),
    path("directory/hand-overs", hand_over_page.hand_overs, name="directory-hand-overs"),
    path("directory/hand-overs/<str:ident>", hand_over_page.hand_over_page, name="directory-hand-over"),
    path("directory/hand-overs/<str:ident>/sign", hand_over_page.sign, name="directory-hand-over-sign"),
    path("directory/duplicates", pairs_page.duplicates, name="directory-duplicates"),
    path("directory/pairs/<str:one>/<str:other>", pairs_page.pair_page, name="directory-pair"),
    path("directory/judgements/<str:judgement>/undo", pairs_page.undo, name="directory-undo"),
    path("directory/<str:what>.<str:kind>", sheets.sheet, name="directory-sheet"),
]
