"""Django's handle on this part."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Label luodi_desk."""

    name = "luodi.desk"
    label = "luodi_desk"
