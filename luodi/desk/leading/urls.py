"""Addresses of the leader's screen, below /desk/."""

from __future__ import annotations

from django.urls import path

from luodi.desk.leading import list_view, more_views, screen

urlpatterns = [
    path("leader", screen.leader_screen, name="leader-screen"),
    path("leader/decisions", more_views.all_decisions, name="leader-decisions"),
    path("leader/units", more_views.all_loads, name="leader-units"),
    path("leader/wrong", more_views.all_wrong, name="leader-wrong"),
    path("leader/extended", more_views.all_extended, name="leader-extended"),
    path("leader/list", list_view.promise_list, name="leader-list"),
    path("leader/list.<str:kind>", list_view.promise_file, name="leader-list-file"),
]
