"""Django's handle on this part."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Label luodi_notices."""

    name = "luodi.kernel.notices"
    label = "luodi_notices"

    def ready(self) -> None:
        """Tell the ledger what of an erased account is kept here."""
        from luodi.kernel.ledger import sweeping
        from luodi.kernel.notices import forgetting

        sweeping.register("notices", sweeping.Traces(forgetting.forget, forgetting.purge))
