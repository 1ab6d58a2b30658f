"""Bounds of what leaves the house: mail that hangs, addresses that lead inside by a detour, people who have left meanwhile."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.accounts import actions as accounts
from luodi.kernel.accounts.models import Account
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.notices import mailing, outgoing, sending
from luodi.kernel.notices.models import Channel, Delivery
from luodi.kernel.notices.outgoing import Limits, NotSent
from luodi.kernel.register import actions as register
from luodi.kernel.register.models import Appointment
from luodi.website.configuration import Configuration, Misconfigured
from luodi.website.mail_server import mail_server as mail_server_of
from tests.areas.case_town import CaseTown, at, found
from tests.kernel.notice_world import account, allow_this_machine, answered, channel, receiver, tell

pytestmark = pytest.mark.django_db
DOER, OTHER = "区住建局", "区水利局"
HERE = Limits(("127.0.0.1",), may_be_private=True, patience=3.0)


@pytest.fixture
def town(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    allow_this_machine(settings)
    monkeypatch.setattr(sending, "limits", lambda: HERE)
    made = found()
    with at(9, 1):
        yield made


@contextmanager
def mail_server(settings: Any, *answers: bytes, drips: bool = False) -> Iterator[None]:
    """A server that gives these answers, one a line that it hears; then, or from the first, nothing but a sign now and then."""
    server, ended = socket.create_server(("127.0.0.1", 0)), threading.Event()
    server.settimeout(0.1)

    def serve() -> None:
        while not ended.is_set():
            try:
                line, _ = server.accept()
            except TimeoutError:
                continue
            with line:
                line.settimeout(3)
                try:
                    for answer in answers:
                        line.sendall(answer)
                        line.recv(4_096)
                    while drips and not ended.wait(0.05):
                        line.sendall(b"a")
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.EMAIL_BACKEND = "luodi.kernel.notices.mailing.BoundedBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    try:
        yield
    finally:
        ended.set()
        thread.join()
        server.close()


GREETING, HELLO, TAKEN = b"220 here\r\n", b"250 here\r\n", b"250 good\r\n"


@pytest.mark.parametrize("answers", [(), (GREETING,), (GREETING, HELLO, TAKEN)])
def test_a_mail_server_that_drips_is_left_and_the_others_get_theirs(
    town: CaseTown, settings: Any, monkeypatch: pytest.MonkeyPatch, answers: tuple[bytes, ...]
) -> None:
    monkeypatch.setattr(mailing, "PATIENCE", 1.0)
    case = town.slip()
    with mail_server(settings, *answers, drips=True), receiver() as hook:
        channel(town, DOER, "mail", "duty@qinglan.example")
        channel(town, OTHER, "webhook", hook.url)
        tell(town, DOER, case=case)
        tell(town, OTHER, case=case)
        assert sending.turn() == 2
        assert len(hook.calls) == 1
    assert dict(Delivery.objects.values_list("channel__kind", "fault")) == {"mail": "too-slow", "webhook": ""}


@pytest.mark.parametrize(
    ("answers", "fault"),
    [
        ((GREETING, HELLO, TAKEN, b"550 no such user\r\n", TAKEN, b"221 bye\r\n"), "mail-refused"),
        ((b"554 go away\r\n",), "not-reached"),
    ],
)
def test_why_a_mail_was_not_taken_is_told_in_words(
    town: CaseTown, settings: Any, answers: tuple[bytes, ...], fault: str
) -> None:
    with mail_server(settings, *answers):
        row = channel(town, DOER, "mail", "duty@qinglan.example")
        tell(town, DOER)
        assert sending.turn() == 1
    row.refresh_from_db()
    assert row.fault == fault
    client = Client()
    client.force_login(account(town, DOER))
    page = client.get("/desk/me/notices").content.decode()
    assert fault not in page
    assert {"mail-refused": "不收这个邮箱", "not-reached": "连不上对方"}[fault] in page


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (answered("500 Internal Server Error"), "对方没有收，回答是500"),
        (answered("302 Found", head="Location: http://127.0.0.1:9/\r\n"), "这里不跟着转"),
    ],
)
def test_why_a_program_did_not_take_it_is_told_in_words(town: CaseTown, answer: bytes, words: str) -> None:
    with receiver(answer) as hook:
        channel(town, DOER, "webhook", hook.url)
        tell(town, DOER)
        sending.turn()
    client = Client()
    client.force_login(account(town, DOER))
    page = client.get("/desk/me/notices").content.decode()
    assert words in page
    assert "status-" not in page


@pytest.mark.parametrize(
    ("url", "way"),
    [("smtp://mail.example", "luodi.kernel.notices.mailing.BoundedBackend"), ("", "dummy.EmailBackend")],
)
def test_the_way_that_mail_goes_is_set_at_the_start(tmp_path: Path, url: str, way: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from luodi.website import settings; print(settings.EMAIL_BACKEND)"],
        env=os.environ | {"LUODI_DATA": str(tmp_path), "LUODI_SMTP_URL": url},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip().endswith(way)


@pytest.mark.parametrize(
    ("url", "port", "encrypted", "must"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp://luodi:p%40ss@mail.example:587", 587, False, True),
        ("smtp://luodi:secret@127.0.0.1:1025", 1025, False, False),
        ("smtps://luodi:secret@mail.example", 465, True, False),
        ("", 25, False, False),
    ],
)
def test_a_password_is_never_sent_in_the_open(url: str, port: int, encrypted: bool, must: bool) -> None:
    server = mail_server_of(url)
    assert (server.port, server.is_encrypted, server.must_encrypt) == (port, encrypted, must)
    assert "%" not in server.password


@pytest.mark.parametrize("url", ["mail.example:25", "http://mail.example", "smtp://"])
def test_an_address_that_is_none_stops_the_start(url: str) -> None:
    with pytest.raises(Misconfigured, match="smtps"):
        Configuration.from_environment({"LUODI_SMTP_URL": url})


def test_a_server_that_does_not_encrypt_gets_no_password_and_no_mail(town: CaseTown, settings: Any) -> None:
    greeting = (b"220 here\r\n", b"250-here\r\n250 AUTH PLAIN\r\n")
    with mail_server(settings, *greeting):
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = (
            True,
            "luodi",
            "secret",
        )
        channel(town, DOER, "mail", "someone@mail.example")
        tell(town, DOER)
        sending.turn()
    assert Delivery.objects.get().fault == "mail-open"


def test_an_answer_without_end_is_read_no_further_than_its_beginning(town: CaseTown) -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b"x" * 300_000
    with receiver(endless) as hook:
        status, raw = outgoing.call(hook.url, b"{}", {}, HERE)
    assert (status, len(raw)) == (200, outgoing.LONGEST_ANSWER)


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:10.0.0.7",
        "64:ff9b::a00:7",  # what a gateway turns to 10.0.0.7
        "64:ff9b:1::a00:7",
        "2002:a00:7::1",
        "2001:0:a00:7::1",
        "::10.0.0.7",
        "fec0::1",
        "ff0e::1",
        "224.0.0.1",
        "100.64.0.1",
        "0.0.0.0",
    ],
)
def test_an_address_that_leads_inside_by_a_detour_is_not_called(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 1, 6, "", (address, 443))])
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("it was called"))
    with pytest.raises(NotSent) as caught:
        outgoing.call("https://hooks.example/x", b"{}", {}, Limits(("hooks.example",)))
    assert caught.value.code == "private-address"


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_an_address_outside_is_called(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def called(*_: Any, **__: Any) -> Any:
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 1, 6, "", (address, 443))])
    monkeypatch.setattr(socket, "create_connection", called)
    with pytest.raises(NotSent) as caught:
        outgoing.call("https://hooks.example/x", b"{}", {}, Limits(("hooks.example",)))
    assert caught.value.code == "not-reached"


def test_whoever_is_shut_out_while_it_waits_is_told_nothing(town: CaseTown) -> None:
    with receiver(answered("500 Internal Server Error")) as hook:
        channel(town, DOER, "webhook", hook.url)
        tell(town, DOER)
        sending.turn()
        assert len(hook.calls) == 1
        accounts.grant(town.posts["区政府"], "administrator", by=SYSTEM)
        accounts.close_account(Account.objects.get(pk=town.actors[DOER].account), by=SYSTEM)
        with at(9, 2):
            assert sending.turn() == 0
        assert len(hook.calls) == 1
    row = Delivery.objects.get()
    assert (row.state, row.fault) == ("given_up", "no-longer")
    assert Channel.objects.get().fails == 1, "the receiver did nothing wrong"


def test_whoever_has_handed_over_the_post_is_told_nothing_more_of_it(town: CaseTown) -> None:
    with receiver(answered("500 Internal Server Error")) as hook:
        channel(town, DOER, "webhook", hook.url)
        tell(town, DOER)
        sending.turn()
        leaving = Appointment.objects.get(post=town.posts[DOER])
        coming = register.enter_person(name="某某", by=SYSTEM)
        register.hand_over(leaving, to=coming, on=dt.date(2026, 9, 2), by=SYSTEM)
        with at(9, 2):
            assert sending.turn() == 0
        assert len(hook.calls) == 1
    assert Delivery.objects.get().state == "given_up"


def test_trying_again_and_again_sends_one_message_and_the_desk_says_that_nothing_comes_through(
    town: CaseTown,
) -> None:
    client = Client()
    client.force_login(account(town, DOER))
    with receiver(answered("500 Internal Server Error")) as hook:
        channel(town, DOER, "webhook", hook.url)
        assert "发不通" not in client.get("/desk/notices").content.decode()
        for _ in range(3):
            client.post("/desk/me/notices/webhook/try")
            client.post("/desk/me/notices/webhook/try")
            assert sending.turn() == 1
            assert sending.turn() == 0
        assert len(hook.calls) == 3
    assert Delivery.objects.count() == 1
    assert "自己的程序发不通" in client.get("/desk/notices").content.decode()
