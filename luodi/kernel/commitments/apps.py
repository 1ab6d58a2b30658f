"""Django's handle on this part."""

from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    """Label luodi_commitments."""

    name = "luodi.kernel.commitments"
    label = "luodi_commitments"

    def ready(self) -> None:
        """Tell search where titles come from, and documents what rests on them."""
        from luodi.kernel.commitments.acts.turning import source_moved
        from luodi.kernel.commitments.linked import may_become
        from luodi.kernel.commitments.texts import titles
        from luodi.kernel.documents import resting
        from luodi.kernel.search import texts

        texts.register("c", titles)
        resting.register("commitments", resting.Resting(may_become, source_moved))
