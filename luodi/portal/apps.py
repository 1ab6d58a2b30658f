"""Django's handle on this part."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Label luodi_portal."""

    name = "luodi.portal"
    label = "luodi_portal"
