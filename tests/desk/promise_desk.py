"""A small district with people at its desks: promises of the education bureau; who reports, verifies, supervises, leads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.models import Commitment, Report
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Unit
from tests.kernel.promises import DAY, District, founded, ten_by_new_year

BASE = "/desk/promises"
BUREAU, OFFICE, AUDIT, HOUSING = "区教育局", "区督查室", "区审计局", "区住建局"
ROLES = ("administrator", "office", "reviewer", "reporter", "verifier", "leader")


@dataclass
class Desk:
    """The district, and a browser for each unit and set of roles that came in."""

    district: District = field(default_factory=founded)
    browsers: dict[tuple[str, ...], Client] = field(default_factory=dict)

    def browser(self, unit: str, *roles: str) -> Client:
        """A browser in which somebody of ``unit`` has come in, as a post of its own with these roles."""
        if (unit, *roles) not in self.browsers:
            client = Client()
            client.force_login(hired(self.district.units[unit], *roles))
            self.browsers[(unit, *roles)] = client
        return self.browsers[(unit, *roles)]

    @property
    def reporter(self) -> Client:
        """The education bureau's."""
        return self.browser(BUREAU, "reporter")

    @property
    def verifier(self) -> Client:
        """The audit bureau's."""
        return self.browser(AUDIT, "verifier")

    @property
    def office(self) -> Client:
        """The supervising office's."""
        return self.browser(OFFICE, "office")

    def promise(self, title: str = "年内建成10所幼儿园", **given: Any) -> Commitment:
        """A promise of the education bureau: ten kindergartens within 2026, unless told otherwise."""
        return self.district.adopt(title=title, **given)

    def reported(self, row: Commitment, number: str = "4", day: dt.date = DAY, **given: Any) -> Report:
        """Progress of the lead unit."""
        given = {"unit": "所", **given}
        by = self.district.actor(Unit.objects.get(pk=row.lead_unit_id).name)
        return actions.report_progress(row, by=by, as_of=day, number=number or None, **given)

    def claimed(self, row: Commitment, number: str = "10", **given: Any) -> Report:
        """Reported done, with a file."""
        given = {"unit": "所", "evidence": self.district.kept_file(), **given}
        return actions.report_done(row, by=self.district.actor(BUREAU), as_of=DAY, number=number, **given)

    def verified(self, row: Commitment, number: str = "10") -> None:
        """Found true by the audit bureau."""
        actions.verify(row, by=self.district.actor(AUDIT), number=number)


def hired(unit: Unit, *roles: str, scope: Unit | None = None, login: str = "") -> Account:
    """Somebody who holds a new post of ``unit``, with roles over ``scope`` (empty: a reporter over its unit, others over all)."""
    number = Account.objects.count()
    post = register.create_post(title=f"{unit.name}第{number}岗", unit=unit, by=SYSTEM)
    person = register.enter_person(name="某某", by=SYSTEM)
    account = accounts.create_account(person, login=login or f"desk{number}", by=SYSTEM)
    register.appoint(person, post, since=dt.date(2026, 1, 6), by=SYSTEM)
    for role in roles:
        accounts.grant(post, role, scope=scope or (unit if role == "reporter" else None), by=SYSTEM)
    accounts.choose_post(account, post)
    return account


def text_of(response: Any) -> str:
    """The page as text."""
    return str(response.content.decode())


def at(row: Commitment, act: str = "") -> str:
    """The page of a promise, or of an act on it."""
    return f"{BASE}/{row.id}" + (f"/{act}" if act else "")


def filled(client: Client, where: str) -> dict[str, str]:
    """The hidden fields that the form at ``where`` is sent with."""
    page = client.get(where)
    assert page.status_code == 200, text_of(page)
    return {"version": page.context["version"], "key": page.context["key"]}


def do(client: Client, where: str, **fields: Any) -> Any:
    """Open the form at ``where`` and send it with ``fields``."""
    return client.post(where, {**filled(client, where), **fields})


def done(client: Client, where: str, **fields: Any) -> None:
    """As ``do``; it was taken."""
    answer = do(client, where, **fields)
    assert answer.status_code == 302, text_of(answer)


def paper(name: str = "验收单.txt", words: str = "验收合格") -> SimpleUploadedFile:
    """A file that may be evidence."""
    return SimpleUploadedFile(name, words.encode())


def state_of(row: Commitment) -> str:
    """Where a promise stands now."""
    return Commitment.objects.get(pk=row.id).state


__all__ = ["AUDIT", "BASE", "BUREAU", "DAY", "HOUSING", "OFFICE", "ROLES", "Desk", "ten_by_new_year"]
