"""Django's handle on this part."""

from typing import Any

from django.apps import AppConfig, apps
from django.core import checks

from luodi.kernel.privacy.unclassed import faults


class AccountsConfig(AppConfig):
    """Label luodi_accounts. Also checks, with Django's own checks, that every field of Luodi has its privacy class."""

    name = "luodi.kernel.accounts"
    label = "luodi_accounts"

    def ready(self) -> None:
        """Enter the check, and tell the ledger what of an erased account stands outside its events."""
        from luodi.kernel.accounts import forgetting
        from luodi.kernel.ledger import sweeping

        checks.register(every_field_is_classed, checks.Tags.models)
        sweeping.register("accounts", sweeping.Traces(forgetting.is_account, forgetting.purge))


def every_field_is_classed(**_: Any) -> list[checks.CheckMessage]:
    """What is wrong with the privacy classes of Luodi's models (invariant 10)."""
    ours = [model for model in apps.get_models() if model._meta.app_label.startswith("luodi_")]
    return [checks.Warning(fault, id="luodi.W001") for fault in faults(ours)]
