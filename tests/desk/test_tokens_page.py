"""My keys, my calendar, my notices at the desk: shown once, taken back, mine alone; forms that keep what was typed."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from django.test import Client

from luodi.api import counting
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account, Token
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.notices import sending
from luodi.kernel.notices.models import Channel, Delivery, Notice
from luodi.kernel.notices.outgoing import Limits
from tests.areas.case_town import CaseTown, at, found
from tests.kernel.notice_world import allow_this_machine, receiver, tell

pytestmark = pytest.mark.django_db
DOER, OTHER = "区住建局", "区水利局"


@pytest.fixture
def town() -> Any:
    counting.REQUESTS.forget()
    made = found()
    with at(9, 1):
        yield made


def at_desk(town: CaseTown, unit: str = DOER) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=town.actors[unit].account))
    return client


def value_of(answer: Any, name: str = "link") -> str:
    found = re.search(rf'id="{name}" value="([^"]+)"', answer.content.decode())
    assert found is not None, answer.content[:500]
    return found[1]


GOOD = {"name": "对账程序", "scope": "read cases:write", "days": "30"}


def test_a_key_is_made_shown_once_and_works(town: CaseTown) -> None:
    client = at_desk(town)
    answer = client.post("/desk/me/tokens", GOOD)
    raw = value_of(answer)
    assert Client().get("/api/v1/due", headers={"Authorization": f"Bearer {raw}"}).status_code == 200
    listed = client.get("/desk/me/tokens").content.decode()
    assert "对账程序" in listed
    assert raw not in listed
    assert "2026年10月1日" in listed


def test_a_form_that_is_not_good_keeps_what_was_typed(town: CaseTown) -> None:
    answer = at_desk(town).post("/desk/me/tokens", {"name": "对账程序", "days": "365"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="对账程序"' in text
    assert '<option value="365" selected>' in text
    assert 'role="alert"' in text
    assert not Token.objects.exists()


def test_a_key_is_taken_back_by_its_owner_alone(town: CaseTown) -> None:
    client = at_desk(town)
    raw = value_of(client.post("/desk/me/tokens", GOOD))
    token = Token.objects.get()
    assert at_desk(town, OTHER).post(f"/desk/me/tokens/{token.id}/revoke").status_code == 409
    assert Client().get("/api/v1/due", headers={"Authorization": f"Bearer {raw}"}).status_code == 200
    assert client.post(f"/desk/me/tokens/{token.id}/revoke").status_code == 302
    assert Client().get("/api/v1/due", headers={"Authorization": f"Bearer {raw}"}).status_code == 401
    assert client.post(f"/desk/me/tokens/{token.id}/revoke").status_code == 409


def test_a_calendar_is_made_and_taken_back(town: CaseTown) -> None:
    client = at_desk(town)
    assert "还没有" in client.get("/desk/me/calendar").content.decode()
    link = value_of(client.post("/desk/me/calendar"))
    assert Client().get(link).status_code == 200
    assert link not in client.get("/desk/me/calendar").content.decode()
    client.post(f"/desk/me/tokens/{Token.objects.get().id}/revoke")
    assert Client().get(link).status_code == 404


def test_every_link_that_is_given_out_is_the_one_that_is_set(town: CaseTown, settings: Any) -> None:
    settings.CONFIGURATION = dataclasses.replace(
        settings.CONFIGURATION, public_url="https://chengnuo.example"
    )
    accounts.grant(town.posts["区政府"], "administrator", by=SYSTEM)
    client = at_desk(town, "区政府")
    # behind a proxy that encrypts, requests come without: the key of a link must not travel so
    given = [client.post(f"/desk/accounts/{town.actors[DOER].account}/link")]
    given += [client.post("/desk/me/calendar"), client.post("/desk/first-hour/invitations")]
    for answer in given:
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "https://chengnuo.example/" in text
        assert "http://testserver" not in text


def test_notices_are_listed_read_and_lead_on(town: CaseTown) -> None:
    case = town.slip()
    Notice.objects.all().delete()
    notice = tell(town, DOER, case=case)
    client = at_desk(town)
    assert "通知（1条没看）" in client.get("/desk/").content.decode()
    assert "通知（" not in at_desk(town, OTHER).get("/desk/").content.decode()
    text = client.get("/desk/notices").content.decode()
    assert case.number in text
    assert "交到您这里" in text
    assert "管网改造" not in text
    answer = client.post(f"/desk/notices/{notice.id}")
    assert answer.headers["Location"] == f"/desk/cases/{case.id}"
    assert "都看过了" in client.get("/desk/notices").content.decode()
    assert at_desk(town, OTHER).post(f"/desk/notices/{notice.id}").status_code == 409


def test_all_are_read_at_once(town: CaseTown) -> None:
    Notice.objects.all().delete()
    tell(town, DOER)
    tell(town, DOER, "red", town.slip("c0000000000002"))
    client = at_desk(town)
    client.post("/desk/notices/all")
    assert "都看过了" in client.get("/desk/notices").content.decode()


def test_a_channel_is_set_tried_and_removed(
    town: CaseTown, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    allow_this_machine(settings)
    monkeypatch.setattr(sending, "limits", lambda: Limits(("127.0.0.1",), True, 2.0))
    client = at_desk(town)
    with receiver() as hook:
        answer = client.post("/desk/me/notices", {"kind": "webhook", "address": hook.url})
        assert len(value_of(answer)) > 30
        client.post("/desk/me/notices/webhook/try")
        assert sending.turn() == 1
        assert b"trial" in hook.calls[0][1]
    assert "发通" in client.get("/desk/me/notices").content.decode()
    client.post("/desk/me/notices/webhook/remove")
    assert not Channel.objects.exists()
    assert not Delivery.objects.exists()
    assert client.post("/desk/me/notices/webhook/try").status_code == 409


def test_an_address_that_is_refused_stays_in_the_form(town: CaseTown, settings: Any) -> None:
    allow_this_machine(settings)
    answer = at_desk(town).post("/desk/me/notices", {"kind": "wecom", "address": "https://other.example/x"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="https://other.example/x"' in text
    assert "LUODI_NOTICE_HOSTS" in text


def test_where_nothing_may_be_sent_nothing_can_be_set(town: CaseTown) -> None:
    client = at_desk(town)
    text = client.get("/desk/me/notices").content.decode()
    assert "这里用不了" in text
    assert 'name="address"' not in text
    for kind in ("mail", "webhook", "feishu"):
        given = {"kind": kind, "address": "duty@qinglan.example" if kind == "mail" else "https://a.example/x"}
        assert client.post("/desk/me/notices", given).status_code == 422
    assert not Channel.objects.exists()
