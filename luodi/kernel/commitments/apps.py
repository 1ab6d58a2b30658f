"""Django's handle on this part."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Label luodi_commitments."""

    name = "luodi.kernel.commitments"
    label = "luodi_commitments"
