"""Notices that leave the house: signed, bounded, tried again, and in nobody's way, whatever the receiver does."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import socket
import threading
from email.message import Message as Head
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.forgetting import forget_person
from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.notices import outgoing, sending, signing
from luodi.kernel.notices.acts import channels
from luodi.kernel.notices.models import Channel, Delivery, Notice
from luodi.kernel.notices.outgoing import Limits, NotSent
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Appointment
from luodi.website import parenthood, worker
from tests.areas.case_town import CaseTown, at, found, refused
from tests.database import unguarded
from tests.kernel.notice_world import (
    account,
    allow_this_machine,
    answered,
    channel,
    receiver,
    tell,
)

pytestmark = pytest.mark.django_db
DOER, OTHER = "区住建局", "区水利局"
HERE = Limits(("127.0.0.1",), may_be_private=True, patience=0.4)


@pytest.fixture
def town(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    allow_this_machine(settings)
    monkeypatch.setattr(sending, "limits", lambda: HERE)
    made = found()
    with at(9, 1):
        yield made


def head_of(call: tuple[str, bytes]) -> Head:
    return Parser().parsestr(call[0].split("\r\n", 1)[1])


def test_a_program_gets_the_notice_signed(town: CaseTown) -> None:
    with receiver() as hook:
        row, secret = channels.set_channel(
            account(town, DOER), "webhook", address=hook.url, by=town.actors[DOER]
        )
        notice = tell(town, DOER)
        assert sending.turn() == 1
    head, body = head_of(hook.calls[0]), hook.calls[0][1]
    given = {name: str(head[name]) for name in (signing.TIMESTAMP, signing.SIGNATURE, signing.DELIVERY)}
    now = int(given[signing.TIMESTAMP])
    assert signing.is_ours(secret, body, given, now)
    assert not signing.is_ours(secret, body + b" ", given, now), "another body"
    assert not signing.is_ours("other", body, given, now), "another secret"
    assert not signing.is_ours(secret, body, given, now + signing.WINDOW + 1), "too old"
    assert given[signing.DELIVERY] == notice.id == json.loads(body)["id"]
    row.refresh_from_db()
    assert (row.fails, row.fault) == (0, "")
    assert Delivery.objects.get().state == "sent"


def test_what_is_sent_holds_number_and_kind_and_no_title(town: CaseTown) -> None:
    with receiver() as hook:
        channel(town, DOER, "webhook", hook.url)
        case = town.slip()
        tell(town, DOER, case=case)
        sending.turn()
    sent = hook.calls[0][1].decode()
    assert case.number in sent
    assert "管网改造" not in sent


def test_mail_is_sent_to_the_address_that_was_set(town: CaseTown) -> None:
    channel(town, DOER, "mail", "duty@qinglan.example")
    notice = tell(town, DOER)
    sending.turn()
    assert [message.to for message in mail.outbox] == [["duty@qinglan.example"]]
    assert notice.number in mail.outbox[0].subject
    assert "期限：2026年9月30日" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("kind", "answer", "fault"),
    [
        ("webhook", answered("500 Internal Server Error"), "status-500"),
        ("webhook", answered("302 Found", head="Location: http://127.0.0.1:9/\r\n"), "status-302"),
        ("webhook", b"nonsense\r\n\r\n", "not-reached"),
        ("wecom", answered("200 OK", b'{"errcode": 93000}'), "refused-93000"),
        ("dingtalk", answered("200 OK", b"<html>"), "not-understood"),
        ("feishu", answered("200 OK", b'{"code": 19021}'), "refused-19021"),
        ("feishu", answered("200 OK", b"[]"), "not-understood"),
        ("wecom", answered("200 OK", b'{"errcode": 0}'), ""),
        ("dingtalk", answered("200 OK", b'{"errcode": 0}'), ""),
        ("feishu", answered("200 OK", b'{"StatusCode": 0}'), ""),
    ],
)
def test_what_was_not_taken_is_tried_again_later(
    town: CaseTown, kind: str, answer: bytes, fault: str
) -> None:
    with receiver(answer) as hook:
        row = channel(town, DOER, kind, hook.url, secret="s")
        tell(town, DOER)
        sending.turn()
        assert len(hook.calls) == 1
        assert sending.turn() == 0, "not at once again"
    delivery = Delivery.objects.get()
    assert (delivery.fault, delivery.state) == (fault, "waiting" if fault else "sent")
    row.refresh_from_db()
    assert (row.fault, row.fails) == (fault, int(bool(fault)))


@pytest.mark.parametrize("how", [{"stalls": True}, {"drips": True}])
def test_a_receiver_that_hangs_is_left_and_the_others_get_theirs(
    town: CaseTown, how: dict[str, bool]
) -> None:
    case = town.slip()
    with receiver(**how) as bad, receiver() as good:
        channel(town, DOER, "webhook", bad.url)
        channel(town, OTHER, "webhook", good.url)
        tell(town, DOER, case=case)
        tell(town, OTHER, case=case)
        assert sending.turn() == 2
        assert len(good.calls) == 1
    faults = dict(
        Delivery.objects.values_list("channel__account__person__appointments__post__unit__name", "fault")
    )
    assert faults == {DOER: "too-slow", OTHER: ""}


def test_tries_grow_rarer_and_end(town: CaseTown) -> None:
    with receiver(answered("500 Internal Server Error")) as hook:
        channel(town, DOER, "webhook", hook.url)
        tell(town, DOER)
        moment = dt.datetime(2026, 9, 1, 10, tzinfo=SHANGHAI)
        tried = [moment] if sending.turn() else []
        for _ in range(len(sending.WAITS)):
            due = Delivery.objects.get().next_at
            with held_at(due - dt.timedelta(seconds=1)):
                assert sending.turn() == 0
            with held_at(due):
                assert sending.turn() == 1
            tried.append(due)
    waits = [after - before for before, after in itertools.pairwise(tried)]
    assert waits == list(sending.WAITS)
    assert Delivery.objects.get().state == "given_up"
    with at(12, 1):
        assert sending.turn() == 0


def test_a_sender_that_dies_leaves_the_rest_to_the_next(
    town: CaseTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> str:
        raise KeyboardInterrupt

    with receiver() as hook:
        channel(town, DOER, "webhook", hook.url)
        tell(town, DOER)
        with monkeypatch.context() as patch:
            patch.setattr(sending, "send", killed)
            with pytest.raises(KeyboardInterrupt):
                sending.turn()
        assert sending.turn() == 0, "leased"
        with held_at(Delivery.objects.get().next_at):
            assert sending.turn() == 1
        assert len(hook.calls) == 1


def test_a_demonstration_sends_nothing(town: CaseTown, monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as hook:
        channel(town, DOER, "webhook", hook.url)
        tell(town, DOER)
        monkeypatch.setattr(sending, "is_demonstration", lambda: True)
        assert sending.turn() == 0
        assert hook.calls == []


@pytest.mark.parametrize(
    ("url", "limits", "code"),
    [
        ("https://hooks.example/x", Limits(), "host-not-named"),
        ("http://hooks.example/x", Limits(("hooks.example",)), "not-encrypted"),
        ("ftp://hooks.example/x", Limits(("hooks.example",)), "address-wrong"),
        ("https://user:word@hooks.example/x", Limits(("hooks.example",)), "address-wrong"),
        ("https://hooks.example:99999/x", Limits(("hooks.example",)), "address-wrong"),
        ("https://[::1", Limits(("hooks.example",)), "address-wrong"),
        ("https://127.0.0.1/x", Limits(("127.0.0.1",)), "private-address"),
        ("https://localhost/x", Limits(("localhost",)), "private-address"),
        ("https://10.0.0.7/x", Limits(("10.0.0.7",)), "private-address"),
        ("https://169.254.169.254/latest", Limits(("169.254.169.254",)), "private-address"),
        ("https://[::1]/x", Limits(("::1",)), "private-address"),
        ("https://[::ffff:127.0.0.1]/x", Limits(("::ffff:127.0.0.1",)), "private-address"),
    ],
)
def test_only_named_hosts_outside_are_called(url: str, limits: Limits, code: str) -> None:
    with pytest.raises(NotSent) as caught:
        outgoing.call(url, b"{}", {}, limits)
    assert caught.value.code == code


def test_a_name_that_leads_inside_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(*_: Any, **__: Any) -> list[Any]:
        return [
            (socket.AF_INET, 1, 6, "", ("93.184.216.34", 443)),
            (socket.AF_INET, 1, 6, "", ("10.0.0.7", 443)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    with pytest.raises(NotSent) as caught:
        outgoing.call("https://hooks.example/x", b"{}", {}, Limits(("hooks.example",)))
    assert caught.value.code == "private-address"


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        ("pigeon", "x", "channel-kind"),
        ("mail", "nobody", "channel-address"),
        ("webhook", "", "channel-address"),
        ("webhook", "https://hooks.example/x", "channel-address"),
        ("wecom", "file:///etc/passwd", "channel-address"),
    ],
)
def test_an_address_that_could_not_be_used_is_refused(
    town: CaseTown, kind: str, address: str, code: str
) -> None:
    with refused(code):
        channel(town, DOER, kind, address)
    assert not Channel.objects.exists()


def test_address_and_secret_are_sealed(town: CaseTown) -> None:
    row = channel(town, DOER, "webhook", "http://127.0.0.1:1/hook?key=K", secret="geheim")
    kept = str(list(Channel.objects.values()))
    assert "geheim" not in kept
    assert "key=K" not in kept
    assert channels.opened(row) == ("http://127.0.0.1:1/hook?key=K", "geheim")


def test_what_waits_for_a_removed_channel_is_not_sent(town: CaseTown) -> None:
    with receiver() as hook:
        row = channel(town, DOER, "webhook", hook.url)
        tell(town, DOER)
        with refused("not-own-account"):
            channels.remove_channel(row, by=town.actors[OTHER])
        channels.remove_channel(row, by=town.actors[DOER])
        assert sending.turn() == 0
        assert hook.calls == []


def test_whoever_is_erased_leaves_no_address_behind(town: CaseTown, tmp_path: Path) -> None:
    mine = account(town, OTHER)
    channel(town, OTHER, "mail", "somebody@qinglan.example")
    tell(town, OTHER)
    with at(9, 2):
        earlier = Appointment.objects.get(post=town.posts[OTHER])
        taking = register.enter_person(name="某某", by=SYSTEM)
        register.hand_over(earlier, to=taking, on=dt.date(2026, 9, 3), by=SYSTEM)
    with at(9, 4):
        accounts.grant(town.posts["区政府"], "administrator", by=SYSTEM)
        forget_person(mine.person, by=SYSTEM, reason="left", data=tmp_path)
    assert not Channel.objects.filter(account=mine).exists()
    assert not Delivery.objects.exists()


def test_the_worker_goes_on_sending_whatever_a_turn_comes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    ended, turns = threading.Event(), []

    def turn() -> int:
        turns.append(len(turns))
        if len(turns) == 1:
            raise ZeroDivisionError
        if len(turns) == 3:
            ended.set()
        return 0

    monkeypatch.setattr(worker, "_ended", ended)
    monkeypatch.setattr(worker, "SEND_EVERY", 0)
    monkeypatch.setattr(worker, "REST_AFTER_FAULT", 0)
    monkeypatch.setattr(parenthood, "is_orphan", lambda: False)
    monkeypatch.setattr(sending, "turn", turn)
    monkeypatch.setattr(connection, "close", lambda: None)  # the thread's own, elsewhere
    worker._send_notices()
    assert turns == [0, 1, 2]


def test_the_worker_tells_of_hand_overs_and_forgets_what_is_old(town: CaseTown) -> None:
    earlier = Appointment.objects.get(post=town.posts[DOER])
    taking = register.enter_person(name="某某", by=SYSTEM)
    register.hand_over(earlier, to=taking, on=dt.date(2026, 9, 2), by=SYSTEM)
    old = tell(town, DOER, case=town.slip())
    with unguarded():
        Notice.objects.filter(pk=old.pk).update(at=dt.datetime(2026, 1, 1, tzinfo=SHANGHAI))
    worker._tidy()
    assert not Notice.objects.filter(pk=old.pk).exists()
    assert Notice.objects.filter(what="hand_over").count() == 2
