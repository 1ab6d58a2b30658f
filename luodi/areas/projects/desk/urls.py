"""Addresses of the projects' screens, below /desk/."""

from __future__ import annotations

from django.urls import path, re_path

from luodi.areas.projects.desk import (
    filling_form,
    late_page,
    leading_page,
    ledger_page,
    link_form,
    minutes_page,
    opening_page,
    pack_page,
    plan_page,
    project_page,
    said_page,
    sheet_page,
    signing,
    stage_page,
    wall_page,
)

urlpatterns = [
    path("projects", ledger_page.ledger, name="desk-projects"),
    re_path(r"^projects\.(?P<kind>csv|xlsx)$", ledger_page.sheet, name="desk-projects-sheet"),
    path("projects/wall", wall_page.wall, name="desk-projects-wall"),
    path("projects/meeting", pack_page.meeting, name="desk-projects-meeting"),
    re_path(
        r"^projects/meeting\.(?P<kind>pdf|docx|xlsx)$",
        pack_page.meeting_file,
        name="desk-projects-meeting-file",
    ),
    path("projects/meeting/minutes", minutes_page.minutes, name="desk-projects-minutes"),
    path("projects/leading", leading_page.leading, name="desk-projects-leading"),
    path(
        "projects/leading/<str:assignment>/sign",
        leading_page.sign_leader_hand_over,
        name="desk-projects-hand-over-sign",
    ),
    path("projects/said", said_page.said, name="desk-projects-said"),
    path("projects/said/tie", said_page.tie, name="desk-projects-tie"),
    path("projects/said/refuse", said_page.refuse, name="desk-projects-name-refuse"),
    path("projects/new", opening_page.new_project, name="desk-projects-new"),
    path("projects/sheet", sheet_page.sheet, name="desk-projects-sheet-in"),
    path("projects/sheet/<str:token>/columns", sheet_page.columns, name="desk-projects-sheet-columns"),
    path("projects/sheet/<str:token>/preview", sheet_page.preview, name="desk-projects-sheet-preview"),
    path("projects/sheet/<str:token>/enter", sheet_page.enter, name="desk-projects-sheet-enter"),
    path(
        "projects/sheet/<str:token>/returned.xlsx", sheet_page.returned, name="desk-projects-sheet-returned"
    ),
    path("projects/sheet/<str:token>/drop", sheet_page.drop, name="desk-projects-sheet-drop"),
    path("projects/late", late_page.late, name="desk-projects-late"),
    path("projects/late/remind", late_page.remind_late, name="desk-projects-remind"),
    path("projects/open/<str:token>", link_form.open_link, name="project-link"),
    path("projects/report/<str:link>", link_form.by_link, name="project-by-link"),
    path("projects/report/<str:link>/<str:photo>", link_form.photo_by_link, name="project-photo-by-link"),
    path("projects/<str:ident>", project_page.project, name="desk-project"),
    path("projects/<str:ident>/stage", stage_page.stage_form, name="desk-project-stage"),
    path(
        "projects/<str:ident>/stage/<str:move>/sign",
        stage_page.sign_step_back,
        name="desk-project-step-back-sign",
    ),
    path("projects/<str:ident>/plan", plan_page.plan_form, name="desk-project-plan"),
    path("projects/<str:ident>/fill", filling_form.filling_form, name="desk-project-fill"),
    path("projects/<str:ident>/visit", leading_page.visit_form, name="desk-project-visit"),
    path("projects/<str:ident>/leader", leading_page.leader_form, name="desk-project-leader"),
    path("projects/<str:ident>/links", late_page.links, name="desk-project-links"),
    path("projects/<str:ident>/links/give", late_page.give_link, name="desk-project-link-give"),
    path(
        "projects/<str:ident>/links/<str:link>/revoke",
        late_page.take_link_back,
        name="desk-project-link-revoke",
    ),
    path("projects/<str:ident>/reports/<str:report>/sign", signing.sign_report, name="desk-project-sign"),
]
