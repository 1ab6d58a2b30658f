"""Addresses of the projects' screens, below /desk/."""

from __future__ import annotations

from django.urls import path, re_path

from luodi.areas.projects.desk import filling_form, ledger_page, project_page, signing, wall_page

urlpatterns = [
    path("projects", ledger_page.ledger, name="desk-projects"),
    re_path(r"^projects\.(?P<kind>csv|xlsx)$", ledger_page.sheet, name="desk-projects-sheet"),
    path("projects/wall", wall_page.wall, name="desk-projects-wall"),
    path("projects/<str:ident>", project_page.project, name="desk-project"),
    path("projects/<str:ident>/fill", filling_form.filling_form, name="desk-project-fill"),
    path("projects/<str:ident>/reports/<str:report>/sign", signing.sign_report, name="desk-project-sign"),
]
