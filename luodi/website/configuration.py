"""What may be set from outside: one typed, frozen object, read once from the environment. Nothing else is configurable."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]


class Misconfigured(Exception):  # noqa: N818 (the message is for people)
    """A setting has a value that is not allowed; the message says which, what was given and what is allowed."""


@dataclass(frozen=True)
class Configuration:
    """Every setting, with its default. The environment's name is ``LUODI_`` and the field's name in capitals."""

    data: Path = ROOT / "data"  # where the district lives: database, kept files, keys, log tiles
    database_url: str = ""  # postgresql://user:password@host:port/name; empty: SQLite in the data folder
    public_url: str = ""  # how citizens reach the public pages, for links in exports and proofs
    surfaces: tuple[str, ...] = ("public", "desk")  # what this process serves
    trusted_proxies: tuple[str, ...] = ()  # addresses whose X-Forwarded-For is believed
    smtp_url: str = ""  # smtp://user:password@host:port; empty: nothing is mailed
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
        return cls(
            data=Path(given.get("data") or cls.data).resolve(),
            database_url=url,
            public_url=given.get("public_url", "").rstrip("/"),
            surfaces=surfaces,
            trusted_proxies=tuple(
                p.strip() for p in given.get("trusted_proxies", "").split(",") if p.strip()
            ),
            smtp_url=given.get("smtp_url", ""),
            debug=given.get("debug", "") == "1",
        )

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
