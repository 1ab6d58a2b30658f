"""What every page knows: which district this is and whether it is a demonstration."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates."""
    return {}
