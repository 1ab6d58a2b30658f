"""Addresses of evidence, below /desk/."""

from __future__ import annotations

from django.urls import path

from luodi.desk.evidence import file_view, upload_view

urlpatterns = [
    path("evidence/upload", upload_view.begin, name="begin-upload"),
    path("evidence/upload/<slug:key>", upload_view.piece, name="upload"),
    path("evidence/upload/<slug:key>/end", upload_view.end, name="end-upload"),
    path("evidence/upload/<slug:key>/cancel", upload_view.cancel, name="cancel-upload"),
    path("evidence/<slug:ident>", file_view.evidence_page, name="evidence"),
    path("evidence/<slug:ident>/shown", file_view.shown, name="evidence-shown"),
    path("evidence/<slug:ident>/small", file_view.small, name="evidence-small"),
    path("evidence/<slug:ident>/original", file_view.original, name="evidence-original"),
]
