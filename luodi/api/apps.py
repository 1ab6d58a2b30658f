"""Django's handle on this part."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Label luodi_api."""

    name = "luodi.api"
    label = "luodi_api"
