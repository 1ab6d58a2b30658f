"""Django's handle on this part."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Label luodi_rules."""

    name = "luodi.kernel.rules"
    label = "luodi_rules"
