"""The invented district of cases with a browser at each desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luodi.kernel.accounts.models import Account
from luodi.kernel.cases.models import Case
from tests.areas.case_town import CaseTown, found

BASE = "/desk/cases"
OFFICE, HOUSING, WATER, AUDIT, LEADER = "区督查室", "区住建局", "区水利局", "区审计局", "区政府"


@dataclass
class CasesDesk:
    """``town`` with its posts; a browser for whoever holds the one of a unit."""

    town: CaseTown = field(default_factory=found)
    browsers: dict[str, Client] = field(default_factory=dict)

    def browser(self, unit: str) -> Client:
        """The browser of the unit's post."""
        if unit not in self.browsers:
            self.browsers[unit] = Client()
            self.browsers[unit].force_login(Account.objects.get(pk=self.town.actors[unit].account))
        return self.browsers[unit]

    def page(self, unit: str, address: str, status: int = 200) -> str:
        """What the unit's post reads there."""
        answer = self.browser(unit).get(address)
        assert answer.status_code == status, text_of(answer)
        return text_of(answer)

    def form(self, unit: str, where: str) -> dict[str, str]:
        """The hidden fields that the form at ``where`` is sent with."""
        answer = self.browser(unit).get(where)
        assert answer.status_code == 200, text_of(answer)
        hidden = {"key": answer.context["key"]}
        if "one" in answer.context:
            one = answer.context["one"]
            hidden |= {"version": one.version, "seen": one.row.state}
        return hidden

    def send(self, unit: str, where: str, /, **fields: Any) -> Any:
        """Open the form at ``where`` and send it."""
        return self.browser(unit).post(where, {**self.form(unit, where), **fields})

    def do(self, unit: str, case: Case, move: str, /, **fields: Any) -> str:
        """Make a move by its form; it was taken. What the case's page then says."""
        answer = self.send(unit, at(case, move), **fields)
        assert answer.status_code == 302, text_of(answer)
        case.refresh_from_db()
        return text_of(self.browser(unit).get(answer["Location"]))


def at(case: Case, part: str = "") -> str:
    """The page of a case, or one below it."""
    return f"{BASE}/{case.id}" + (f"/{part}" if part else "")


def text_of(answer: Any) -> str:
    """The page as text."""
    return str(answer.content.decode())


def paper(name: str = "核查单.txt", words: str = "现场看过") -> SimpleUploadedFile:
    """A file that may be evidence."""
    return SimpleUploadedFile(name, words.encode())
