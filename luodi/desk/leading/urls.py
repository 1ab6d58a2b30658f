"""Addresses of the leader's screen, below /desk/."""

from __future__ import annotations

from django.urls import path, re_path

from luodi.desk.leading import leader_file, list_view, more_views, rate_pages, screen

urlpatterns = [
    path("leader", screen.leader_screen, name="leader-screen"),
    re_path(r"^leader\.(?P<kind>docx|pdf|xlsx)$", leader_file.leader_file, name="leader-file"),
    path("leader/decisions", more_views.all_decisions, name="leader-decisions"),
    path("leader/units", more_views.all_loads, name="leader-units"),
    path("leader/wrong", more_views.all_wrong, name="leader-wrong"),
    path("leader/extended", more_views.all_extended, name="leader-extended"),
    path("leader/rates", rate_pages.all_rates, name="leader-rates"),
    path("leader/rates/cases", rate_pages.rate_cases, name="leader-rate-cases"),
    path("leader/list", list_view.promise_list, name="leader-list"),
    path("leader/list.<str:kind>", list_view.promise_file, name="leader-list-file"),
]
