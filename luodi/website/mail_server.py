"""The server that mail goes through, as its address says: ``smtps`` is encrypted from the start, ``smtp`` by STARTTLS (RFC 3207).

A password is never sent in the open to another machine: with one, a server that does not encrypt gets no mail.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """``is_encrypted``: from the first byte on; ``must_encrypt``: after the greeting, or nothing is sent."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_encrypted: bool = False
    must_encrypt: bool = False


def mail_server(url: str) -> MailServer:
    """Read the address; empty: no server. Raises ``ValueError``, whose message is for people.

    >>> mail_server("smtp://luodi:secret@mail.example").must_encrypt
    True
    >>> mail_server("smtps://luodi:secret@mail.example").port
    465
    """
    if not url:
        return MailServer()
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(
            f"LUODI_SMTP_URL 得到“{parts.scheme}://…”，应写成 smtp://用户:密码@主机:端口 或 smtps://…。"
        )
    is_encrypted = parts.scheme == "smtps"
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_encrypted=is_encrypted,
        must_encrypt=bool(parts.password) and not is_encrypted and not _is_here(parts.hostname),
    )


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
