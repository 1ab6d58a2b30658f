"""Django's handle on this part."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Label luodi_search."""

    name = "luodi.kernel.search"
    label = "luodi_search"

    def ready(self) -> None:
        """Tell the ledger how erased rows are forgotten here."""
        from luodi.kernel.ledger import sweeping
        from luodi.kernel.search import index

        sweeping.register("search", sweeping.Traces(index.forget, index.purge))
