"""Django's handle on this part."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Label luodi_ledger."""

    name = "luodi.kernel.ledger"
    label = "luodi_ledger"
