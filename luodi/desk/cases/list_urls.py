"""Addresses of the inbox and of lists of cases, below /desk/."""

from __future__ import annotations

from django.urls import path, re_path

from luodi.desk.cases import bulk, inbox, list_page, load_page, saved_page

urlpatterns = [
    path("inbox", inbox.inbox, name="desk-inbox"),
    path("cases", list_page.cases, name="desk-cases"),
    re_path(r"^cases\.(?P<kind>csv|xlsx)$", list_page.sheet, name="desk-cases-sheet"),
    path("cases/print", list_page.printed, name="desk-cases-print"),
    path("cases/load", load_page.load, name="desk-cases-load"),
    path("cases/saved", saved_page.saved, name="desk-cases-saved"),
    path("cases/saved/<str:choice>/drop", saved_page.drop, name="desk-cases-saved-drop"),
    path("cases/bulk", bulk.bulk, name="desk-cases-bulk"),
    path("cases/bulk/<str:key>", bulk.bulk_done, name="desk-cases-bulk-done"),
]
