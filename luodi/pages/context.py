"""What every page knows: which district this is, whether it is a demonstration, how it is to look, where one is."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from luodi.kernel.register.lookups import district as the_district
from luodi.kernel.register.models import District
from luodi.pages.look import look_of
from luodi.pages.navigation import public_places


def site(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates; one query, and only where a template asks for the district."""
    district: Any = SimpleLazyObject(lambda: _District(the_district()))
    return {
        "site_name": SimpleLazyObject(lambda: district.site_name),
        "host_name": SimpleLazyObject(lambda: district.host_name),
        "is_demonstration": SimpleLazyObject(lambda: district.is_demonstration),
        "has_desk": "desk" in settings.CONFIGURATION.surfaces,
        "look": look_of(request),
        "public_places": public_places(),
        "here_path": quote(request.get_full_path(), safe="/"),
        "foot_lines": getattr(settings, "FOOT_LINES", ()),
    }


class _District:
    """The words of the district on every page; a district without a name yet has plain words."""

    def __init__(self, row: District | None) -> None:
        name = row.name if row else ""
        self.site_name = gettext("%(name)s承诺公示") % {"name": name} if name else gettext("承诺公示")
        self.host_name = gettext("%(name)s人民政府办公室") % {"name": name} if name else gettext("本区")
        self.is_demonstration = _Truth(row is not None and row.kind == "demonstration")


class _Truth:
    """A truth that a lazy object can wrap: templates ask it with ``if``."""

    def __init__(self, value: bool) -> None:
        self._value = value

    def __bool__(self) -> bool:
        return self._value
