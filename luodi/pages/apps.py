"""Django's handle on this part."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Label luodi_pages."""

    name = "luodi.pages"
    label = "luodi_pages"
