"""What somebody typed into a form of a project, read field by field; what is wrong stands by the name of its field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from luodi.areas.projects.money import fen_of
from luodi.kernel.register.models import Unit


@dataclass
class Typed:
    """``given`` holds text without blanks around it."""

    given: Mapping[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, words: str, least: int = 2) -> str:
        """A field that must be written; ``words`` say what it is."""
        text = self.given[name]
        if len(text) < least:
            self.faults[name] = gettext("%(what)s没有填，至少写%(least)s个字。") % {
                "what": words,
                "least": least,
            }
        return text

    def day(self, name: str, *, is_needed: bool = True) -> dt.date | None:
        """A day; ``None`` where it is left out."""
        text = self.given[name]
        if not text and not is_needed:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            self.faults[name] = gettext("日子要写成一天，如2026-09-10。")
            return None

    def amount(self, name: str) -> int | None:
        """Money in 分; a bare number is 万元, nothing is not known."""
        text = self.given[name]
        try:
            return fen_of(text, "万元")[0] if text else None
        except ValueError as fault:
            self.faults[name] = str(fault)
            return None

    def unit(self, name: str, *, is_needed: bool = True) -> Unit | None:
        """A unit of the register that is still there."""
        found = Unit.objects.filter(pk=self.given[name], closed_on=None).first() if self.given[name] else None
        if found is None and (is_needed or self.given[name]):
            self.faults[name] = gettext("单位没有选。")
        return found


def typed_of(given: Mapping[str, str], names: tuple[str, ...]) -> Typed:
    """The fields of these names, as they were sent."""
    return Typed({name: given.get(name, "").replace("\0", "").strip() for name in names})
