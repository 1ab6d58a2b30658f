"""What may be set from outside: one typed, frozen object, read once from the environment. Nothing else is configurable."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from luodi.website.mail_server import mail_server

ROOT = Path(__file__).resolve().parents[2]


class Misconfigured(Exception):  # noqa: N818 (the message is for people)
    """A setting has a value that is not allowed; the message says which, what was given and what is allowed."""


_CIPHERS = ("aes-256-gcm", "sm4-gcm")


@dataclass(frozen=True)
class Configuration:
    """Every setting, with its default. The environment's name is ``LUODI_`` and the field's name in capitals."""

    data: Path = ROOT / "data"  # where the district lives: database, kept files, keys, log tiles
    database_url: str = ""  # postgresql://user:password@host:port/name; empty: SQLite in the data folder
    public_url: str = ""  # how citizens reach the public pages, for links in exports and proofs
    surfaces: tuple[str, ...] = ("public", "desk")  # what this process serves
    trusted_proxies: tuple[str, ...] = ()  # addresses whose X-Forwarded-For is believed
    smtp_url: str = ""  # smtp://user:password@host:port or smtps://…; empty: nothing is mailed
    notice_hosts: tuple[
        str, ...
    ] = ()  # hosts that notices may be sent to; none: nothing is sent out but mail
    notice_private: bool = False  # whether these may be of a private network, and without encryption
    oidc_issuer: str = ""  # https address of an outer log-in (OpenID Connect); empty: there is none
    oidc_client_id: str = ""  # what that log-in calls this installation
    oidc_secret_file: Path | None = None  # a file with the secret shared with it; none: a client without one
    oidc_name: str = "统一身份认证"  # what staff call it, on the button
    field_cipher: str = "aes-256-gcm"  # how sensitive texts are sealed: aes-256-gcm or sm4-gcm
    debug: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Configuration:
        """Read the environment. Raises ``Misconfigured``."""
        given = {
            k.removeprefix("LUODI_").lower(): v for k, v in environment.items() if k.startswith("LUODI_")
        }
        surfaces = tuple(s.strip() for s in given.get("surfaces", "public,desk").split(",") if s.strip())
        unknown = set(surfaces) - {"public", "desk"}
        if unknown or not surfaces:
            raise Misconfigured(
                f"LUODI_SURFACES 得到“{given.get('surfaces')}”，可用 public、desk，或二者以逗号相连。"
            )
        url = given.get("database_url", "")
        if url and urlsplit(url).scheme not in ("postgresql", "postgres"):
            raise Misconfigured(
                f"LUODI_DATABASE_URL 得到“{urlsplit(url).scheme}://…”，应以 postgresql:// 开头。"
            )
        cipher = given.get("field_cipher") or cls.field_cipher
        if cipher not in _CIPHERS:
            raise Misconfigured(f"LUODI_FIELD_CIPHER 得到“{cipher}”，可用 {'、'.join(_CIPHERS)}。")
        try:
            mail_server(given.get("smtp_url", ""))
        except ValueError as fault:
            raise Misconfigured(str(fault)) from fault
        return cls(
            data=Path(given.get("data") or cls.data).resolve(),
            database_url=url,
            public_url=given.get("public_url", "").rstrip("/"),
            surfaces=surfaces,
            trusted_proxies=tuple(
                p.strip() for p in given.get("trusted_proxies", "").split(",") if p.strip()
            ),
            smtp_url=given.get("smtp_url", ""),
            notice_hosts=tuple(
                h.strip().lower() for h in given.get("notice_hosts", "").split(",") if h.strip()
            ),
            notice_private=given.get("notice_private", "") == "1",
            **_outer_log_in(given),
            field_cipher=cipher,
            debug=given.get("debug", "") == "1",
        )

    def oidc_secret(self) -> str:
        """The secret shared with the outer log-in. Raises ``Misconfigured``."""
        if self.oidc_secret_file is None:
            return ""
        try:
            secret = self.oidc_secret_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise Misconfigured(
                f"LUODI_OIDC_SECRET_FILE 得到“{self.oidc_secret_file}”，读不出来（{type(fault).__name__}）。"
                "请给一个本程序能读的文件，里面只有密钥。"
            ) from fault
        if not secret:
            raise Misconfigured(
                f"LUODI_OIDC_SECRET_FILE 指的“{self.oidc_secret_file}”是空的。请把密钥写进去。"
            )
        return secret

    def database(self) -> dict[str, object]:
        """Django's description of the database."""
        if not self.database_url:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(self.data / "luodi.sqlite3"),
                "CONN_MAX_AGE": None,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": (
                        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                        "PRAGMA recursive_triggers=ON;PRAGMA secure_delete=ON;"
                    ),
                },
            }
        parts = urlsplit(self.database_url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }


def _outer_log_in(given: Mapping[str, str]) -> dict[str, Any]:
    """The settings of the outer log-in; all or none of the needed ones. Raises ``Misconfigured``."""
    issuer, client = given.get("oidc_issuer", "").strip(), given.get("oidc_client_id", "").strip()
    if not issuer and not client and not given.get("oidc_secret_file"):
        return {}
    if not issuer or not client:
        raise Misconfigured("LUODI_OIDC_ISSUER 和 LUODI_OIDC_CLIENT_ID 要么都设，要么都不设。")
    parts = urlsplit(issuer)
    loopback = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
        raise Misconfigured(
            f"LUODI_OIDC_ISSUER 得到“{issuer}”，应以 https:// 开头；只有本机上试用的可以用 http://127.0.0.1。"
        )
    if not parts.hostname or parts.query or parts.fragment or parts.username:
        raise Misconfigured(
            f"LUODI_OIDC_ISSUER 得到“{issuer}”，应是统一登录的地址本身，不带问号、井号和用户名。"
        )
    secret = given.get("oidc_secret_file", "").strip()
    found = {
        "oidc_issuer": issuer,
        "oidc_client_id": client,
        "oidc_secret_file": Path(secret) if secret else None,
    }
    name = given.get("oidc_name", "").strip()
    return {**found, "oidc_name": name[:20]} if name else found
