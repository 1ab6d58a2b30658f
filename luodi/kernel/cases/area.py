"""What an area gives the kernel, found by name: ``playbook.PLAYBOOK`` (or ``PLAYBOOKS``), ``models.DETAILS``, ``rules.toml``."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import AppConfig

from luodi.kernel.rules.reading import read_rules


class AreaConfig(AppConfig):
    """Base of every area's handle: its name gives its label, and starting it enters its kind of case."""

    def ready(self) -> None:
        """Enter the area's playbooks with their details and rules, and let its screens announce themselves."""
        # models can be imported only once the apps are known
        from luodi.kernel.cases.registry import register

        found: Any = import_module(f"{self.name}.playbook")
        playbooks = getattr(found, "PLAYBOOKS", None) or [found.PLAYBOOK]
        given = Path(self.path) / "rules.toml"
        rules = read_rules(given.read_text("utf-8")) if given.exists() else ()
        details = getattr(self.models_module, "DETAILS", None) if self.models_module else None
        register(playbooks, details, rules)
        if find_spec(f"{self.name}.screens") is not None:
            import_module(f"{self.name}.screens")
