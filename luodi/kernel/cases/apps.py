"""Django's handle on this part."""

from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def _count(using: str, **_: Any) -> None:
    """SQLite rebuilds a table by dropping it, triggers and all."""
    from luodi.kernel.cases.tallying import install, missing

    if missing(connections[using]):
        install(connections[using])


class CasesConfig(AppConfig):
    """Label luodi_cases. Starting it enters the rules that hold for cases of every kind, and tells search of titles."""

    name = "luodi.kernel.cases"
    label = "luodi_cases"

    def ready(self) -> None:
        """Enter ``rules.toml``; see to the counters after every migration."""
        from luodi.kernel.cases import titles
        from luodi.kernel.cases.tallying import missing
        from luodi.kernel.ids import CASE
        from luodi.kernel.ledger.verify import watch_triggers
        from luodi.kernel.rules.lookups import enter_defaults
        from luodi.kernel.rules.reading import read_rules
        from luodi.kernel.search import texts

        texts.register(CASE, titles.texts)
        watch_triggers(missing)
        post_migrate.connect(_count, sender=self, dispatch_uid="luodi_cases_tally")
        enter_defaults(read_rules((Path(self.path) / "rules.toml").read_text("utf-8")))
