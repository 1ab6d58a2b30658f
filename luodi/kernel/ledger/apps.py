"""Django's handle on this part."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def _guard(using: str, **_: Any) -> None:
    from luodi.kernel.ledger.guards import install

    install(connections[using])


class LedgerConfig(AppConfig):
    """Label luodi_ledger."""

    name = "luodi.kernel.ledger"
    label = "luodi_ledger"

    def ready(self) -> None:
        """Guard the tables after every migration."""
        post_migrate.connect(_guard, sender=self, dispatch_uid="luodi_ledger_guards")
