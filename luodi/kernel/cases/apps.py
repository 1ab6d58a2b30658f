"""Django's handle on this part."""

from pathlib import Path

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Label luodi_cases. Starting it enters the rules that hold for cases of every kind."""

    name = "luodi.kernel.cases"
    label = "luodi_cases"

    def ready(self) -> None:
        """Enter ``rules.toml``."""
        from luodi.kernel.rules.lookups import enter_defaults
        from luodi.kernel.rules.reading import read_rules

        enter_defaults(read_rules((Path(self.path) / "rules.toml").read_text("utf-8")))
