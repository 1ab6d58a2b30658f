"""The district of ``case_town`` with a caller for programs: keys of its posts, requests as they come over the wire."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from luodi.api import counting
from luodi.kernel.accounts.acts import tokening
from luodi.kernel.accounts.models import Account, Token
from tests.areas.case_town import CaseTown, at, found

_keys = itertools.count()
BOTH = ("read", "cases:write")


@dataclass
class ApiTown:
    """``town`` and keys by unit; ``last`` is what the latest request was answered."""

    town: CaseTown
    keys: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def key(self, unit: str, scopes: tuple[str, ...] = BOTH) -> str:
        """A key of the unit's post."""
        name = f"{unit} {scopes}"
        if name not in self.keys:
            self.keys[name] = self.token(unit, scopes)[1]
        return self.keys[name]

    def token(self, unit: str, scopes: tuple[str, ...] = BOTH, days: int = 30) -> tuple[Token, str]:
        """A new key of the unit's post."""
        actor = self.town.actors[unit]
        account = Account.objects.get(pk=actor.account)
        return tokening.make_token(
            account, self.town.posts[unit], name="对账程序", scopes=scopes, days=days, by=actor
        )

    def get(self, path: str, key: str = "", **headers: str) -> HttpResponse:
        """GET below /api/v1."""
        return self.client.get(f"/api/v1{path}", headers=_with(key, headers))

    def post(self, path: str, body: Any, key: str = "", once: str | None = None) -> HttpResponse:
        """POST below /api/v1 with a new idempotency key, unless one is given; empty for none."""
        headers = _with(key, {})
        mark = f"test-{next(_keys)}" if once is None else once
        if mark:
            headers["Idempotency-Key"] = mark
        raw = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(f"/api/v1{path}", raw, "application/json", headers=headers)

    def slip(self, **changed: Any) -> dict[str, Any]:
        """The body that opens a slip."""
        town = self.town
        answers = {
            "subject": "c0000000000001",
            "ordered_by": town.posts["区政府"].id,
            "order_paper": "区政府第12次常务会议纪要",
            "matter": "管网改造逾期",
            "answer_by": "2026-09-30",
        }
        body = {
            "kind": "supervision",
            "title": "督办：管网改造逾期",
            "unit": town.units["区住建局"].id,
            "post": town.posts["区住建局"].id,
            "verifier_unit": town.units["区审计局"].id,
            "answers": answers | changed.pop("answers", {}),
        }
        return body | changed


def api_town() -> ApiTown:
    """The district on a day of September, nobody counted yet."""
    counting.REQUESTS.forget()
    return ApiTown(found())


def fault(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """The failure, which must have the one shape."""
    assert answer.status_code == status, (answer.status_code, answer.content[:300])
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "fields"}
    assert body["error"]["code"] == code, body
    assert body["error"]["message"]
    return dict(body["error"])


def _with(key: str, headers: dict[str, str]) -> dict[str, str]:
    return {**headers, "Authorization": f"Bearer {key}"} if key else dict(headers)


__all__ = ["ApiTown", "api_town", "at", "fault"]
