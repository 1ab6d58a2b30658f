"""Addresses of the first hour, below /desk/."""

from __future__ import annotations

from django.urls import path

from luodi.desk.first_hour import columns_view, found_view, invitations, overview, preview_view

urlpatterns = [
    path("first-hour", overview.overview, name="first-hour"),
    path("first-hour/found", found_view.found_district, name="found-district"),
    path("first-hour/send/<str:use>", overview.send, name="send-sheet"),
    path("first-hour/blank/<str:use>.xlsx", overview.blank, name="blank-sheet"),
    path("first-hour/invitations", invitations.invitations, name="invitations"),
    path("first-hour/<str:token>/columns", columns_view.columns, name="sheet-columns"),
    path("first-hour/<str:token>/preview", preview_view.preview, name="sheet-preview"),
    path("first-hour/<str:token>/units", preview_view.choose_units, name="sheet-units"),
    path("first-hour/<str:token>/enter", preview_view.enter, name="enter-sheet"),
    path("first-hour/<str:token>/returned.xlsx", preview_view.returned, name="returned-sheet"),
    path("first-hour/<str:token>/drop", preview_view.drop, name="drop-sheet"),
]
