"""Addresses of kept documents, below /desk/."""

from __future__ import annotations

from django.urls import path, re_path

from luodi.desk.documents import against_page, choosing_page, document_page, list_page, second_page

urlpatterns = [
    path("documents", list_page.documents, name="desk-documents"),
    re_path(r"^documents\.(?P<kind>csv|xlsx)$", list_page.sheet, name="desk-documents-sheet"),
    path("documents/<str:ident>", document_page.document, name="desk-document"),
    path("documents/<str:ident>/second", second_page.second, name="desk-document-second"),
    path("documents/<str:ident>/against", choosing_page.choose, name="desk-document-choose"),
    re_path(
        r"^documents/(?P<later>[a-z0-9]+)/against/(?P<earlier>[a-z0-9]+)\.(?P<kind>csv|xlsx)$",
        against_page.sheet,
        name="desk-document-against-sheet",
    ),
    path("documents/<str:later>/against/<str:earlier>", against_page.against, name="desk-document-against"),
]
