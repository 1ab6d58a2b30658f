"""One call to another machine: only to hosts that the settings name, never to a private network unless told, never for long.

The name is looked up once and the address that was judged is the one connected to; redirects are not followed; whatever the
receiver does, the call is over when its time is.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_ANSWER = 64_000  # bytes
PATIENCE = 10.0  # seconds for all of it
_GIVEN_OUT = ipaddress.ip_network("2000::/3")


@dataclass(frozen=True, slots=True)
class Limits:
    """``hosts`` may be called; ``may_be_private``: also where their addresses are of a private network."""

    hosts: tuple[str, ...] = ()
    may_be_private: bool = False
    patience: float = PATIENCE


class NotSent(Exception):  # noqa: N818 (what came of it)
    """The call was not made or not answered; ``code`` is for the page and the log, and names no address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def why_not(url: str, limits: Limits) -> str:
    """Why this address may not be called, as a code; empty where it may. Looks nothing up."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "address-wrong"
    if (
        parts.scheme not in ("https", "http")
        or not parts.hostname
        or parts.username
        or parts.fragment
        or port == 0
    ):
        return "address-wrong"
    if parts.scheme == "http" and not limits.may_be_private:
        return "not-encrypted"
    return "" if parts.hostname.lower() in limits.hosts else "host-not-named"


def call(url: str, body: bytes, headers: Mapping[str, str], limits: Limits) -> tuple[int, bytes]:
    """The status and the beginning of the answer. Raises ``NotSent``."""
    if code := why_not(url, limits):
        raise NotSent(code)
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    line = http.client.HTTPConnection(host, port)
    held: list[socket.socket] = []
    is_over = threading.Event()
    watch = threading.Timer(limits.patience, cut, (held, is_over))
    watch.daemon = True
    watch.start()
    try:
        plain = socket.create_connection((_address(host, port, limits), port), timeout=limits.patience)
        held.append(plain)
        # the wrapped one closes the other
        line.sock = _wrapped(plain, host) if parts.scheme == "https" else plain
        held.append(line.sock)
        line.request("POST", path, body, {"Content-Type": "application/json; charset=utf-8", **headers})
        answer = line.getresponse()
        status, raw = answer.status, answer.read(LONGEST_ANSWER)
    except TimeoutError:
        raise NotSent("too-slow") from None
    except ssl.SSLError:
        raise NotSent("certificate") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotSent("too-slow" if is_over.is_set() else "not-reached") from None
    finally:
        watch.cancel()
        line.close()
        for each in held:
            each.close()
    if is_over.is_set():  # what was cut off in the middle looks like an end
        raise NotSent("too-slow")
    return status, raw


def _address(host: str, port: int, limits: Limits) -> str:
    """The address to connect to. Where one of the name's addresses is private, none of them is used."""
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError:
        raise NotSent("name-unknown") from None
    for each in found:
        if not limits.may_be_private and not _is_outside(each.partition("%")[0]):
            raise NotSent("private-address")
    return found[0]


def _is_outside(text: str) -> bool:
    """Whether an address is one machine of the public network, also where it carries another address that a gateway turns to."""
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        # 2000::/3 is what is given out; of that, what a gateway turns to an address inside
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None or address not in _GIVEN_OUT or address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast


def _wrapped(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def cut(held: list[socket.socket], is_over: threading.Event) -> None:
    """End the connection under whoever waits on it."""
    is_over.set()
    for each in list(held):
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
