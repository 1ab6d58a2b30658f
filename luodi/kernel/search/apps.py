"""Django's handle on this part."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Label luodi_search."""

    name = "luodi.kernel.search"
    label = "luodi_search"
