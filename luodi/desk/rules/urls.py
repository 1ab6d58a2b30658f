"""Addresses of the rules, below /desk/."""

from __future__ import annotations

from django.urls import path

from luodi.desk.rules import rules_page

urlpatterns = [
    path("rules", rules_page.rules, name="desk-rules"),
    path("rules/new", rules_page.propose, name="desk-rules-new"),
    path("rules/own/<str:own>/sign", rules_page.sign, name="desk-rules-sign"),
    path("rules/own/<str:own>/withdraw", rules_page.withdraw, name="desk-rules-withdraw"),
]
