"""Django's handle on this part."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Label luodi_commitments."""

    name = "luodi.kernel.commitments"
    label = "luodi_commitments"

    def ready(self) -> None:
        """Tell search where titles come from."""
        from luodi.kernel.commitments.texts import titles
        from luodi.kernel.search.texts import register

        register("c", titles)
