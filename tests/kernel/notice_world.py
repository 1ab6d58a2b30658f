"""Receivers on this machine that take, stall, drip, lie, refuse and send elsewhere; a district whose posts have channels."""

from __future__ import annotations

import dataclasses
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from luodi.kernel.accounts.models import Account
from luodi.kernel.cases.models import Case
from luodi.kernel.ledger.action import action
from luodi.kernel.notices import actions as notices
from luodi.kernel.notices.actions import About, To
from luodi.kernel.notices.acts import channels
from luodi.kernel.notices.models import Channel, Notice
from tests.areas.case_town import CaseTown


class Receiver:
    """Answers each call as it is told to; ``calls`` are head and body of what came."""

    def __init__(self, answer: bytes, *, stalls: bool = False, drips: bool = False) -> None:
        self.calls: list[tuple[str, bytes]] = []
        self._answer, self._stalls, self._drips = answer, stalls, drips
        self._ended = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.1)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.getsockname()[1]}/hook"

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._server.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                line, _ = self._server.accept()
            except TimeoutError:
                continue
            with line:
                line.settimeout(5)
                self._take(line)

    def _take(self, line: socket.socket) -> None:
        raw = b""
        while b"\r\n\r\n" not in raw:
            raw += line.recv(4_096)
        head, _, body = raw.partition(b"\r\n\r\n")
        size = next(
            int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length")
        )
        while len(body) < size:
            body += line.recv(4_096)
        self.calls.append((head.decode(), body))
        if self._stalls:
            line.settimeout(None)
            line.recv(1)  # until the caller has had enough
        elif self._drips:
            self._drip(line)
        else:
            line.sendall(self._answer)

    def _drip(self, line: socket.socket) -> None:
        """A byte of the head now and then, for ever."""
        try:
            line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not self._ended.wait(0.05):
                line.sendall(b"a")
        except OSError:
            return


def answered(status: str, body: bytes = b"", head: str = "") -> bytes:
    """A whole answer."""
    return (
        f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{head}\r\n".encode() + body
    )


@contextmanager
def receiver(answer: bytes = b"", **how: bool) -> Iterator[Receiver]:
    made = Receiver(answer or answered("204 No Content"), **how)
    try:
        yield made
    finally:
        made.close()


def allow_this_machine(settings: Any, **more: Any) -> None:
    """The settings name this machine as one that may be called, and a server for mail."""
    settings.NOTICE_HOSTS, settings.NOTICE_PRIVATE = ("127.0.0.1",), True
    settings.CONFIGURATION = dataclasses.replace(
        settings.CONFIGURATION, smtp_url="smtp://mail.example", **more
    )


def account(town: CaseTown, unit: str) -> Account:
    return Account.objects.get(pk=town.actors[unit].account)


def channel(town: CaseTown, unit: str, kind: str, address: str, secret: str = "") -> Channel:
    return channels.set_channel(
        account(town, unit), kind, address=address, secret=secret, by=town.actors[unit]
    )[0]


def tell(town: CaseTown, unit: str, what: str = "assigned", case: Case | None = None) -> Notice:
    """Tell the unit's post of a case, as an act would."""
    case = case or town.slip()
    about = About(case.id, case.number, "督办单", "办理并反馈", case.planned_due)
    post = town.posts[unit]
    with action("case.told", by=town.actors["区督查室"], subject=case.id) as act:
        return notices.about_case(act, what, about, [To(post.unit_id, post.id)])[0]
