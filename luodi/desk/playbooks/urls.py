"""Addresses of playbooks, below /desk/."""

from __future__ import annotations

from django.urls import path

from luodi.desk.playbooks import playbook_page

urlpatterns = [
    path(
        "playbooks/<str:kind>.svg", playbook_page.playbook_file, {"form": "svg"}, name="desk-playbook-drawing"
    ),
    path(
        "playbooks/<str:kind>.bpmn", playbook_page.playbook_file, {"form": "bpmn"}, name="desk-playbook-bpmn"
    ),
    path("playbooks/<str:kind>", playbook_page.playbook_page, name="desk-playbook"),
]
