"""Django's handle on this part."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Label luodi_sheets."""

    name = "luodi.kernel.sheets"
    label = "luodi_sheets"
