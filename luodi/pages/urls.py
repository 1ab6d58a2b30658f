"""Addresses that every surface has: how pages look and in which language."""

from django.urls import path

from luodi.pages.look import choose_language, choose_look

urlpatterns = [
    path("look", choose_look, name="look"),
    path("lang", choose_language, name="lang"),
]
