"""Public addresses of key projects; the page of each stands at ``/g/``."""

from __future__ import annotations

from django.urls import path, re_path

from luodi.areas.projects.public import feed, list_page, project_page

urlpatterns = [
    path("projects", list_page.list_page, name="projects"),
    re_path(r"^projects\.(?P<kind>csv|xlsx)$", list_page.sheet, name="projects-sheet"),
    path("projects.atom", feed.feed, name="project-feed"),
    path("projects/<slug:ident>/code.svg", project_page.code, name="project-code"),
]
