"""Django's handle on this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from luodi.pages.navigation import add_public


class PortalConfig(AppConfig):
    """Label luodi_portal."""

    name = "luodi.portal"
    label = "luodi_portal"

    def ready(self) -> None:
        """Enter the list of cases into the public navigation."""
        add_public("cases", gettext_noop("事项"), "/k/")
