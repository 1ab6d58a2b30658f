"""Django's handle on this part."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Label luodi_register."""

    name = "luodi.kernel.register"
    label = "luodi_register"
