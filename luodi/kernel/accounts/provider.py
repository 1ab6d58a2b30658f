"""The outer log-in (OpenID Connect): what the provider tells of itself, its keys, and a code for a token.

Calls out to the host of the issuer in the settings and to no other: an answer that names another host for its token or keys is
refused, redirects are not followed, proxies of the environment are not asked, and an answer is cut at ``_LONGEST``.
Sources: OpenID Connect Core 1.0 and Discovery 1.0; RFC 6749, 7636 (PKCE), 9207.
"""

from __future__ import annotations

import base64
import http.client
import json
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

_LONGEST = 512_000  # bytes
_PATIENCE = 5.0  # seconds
_FRESH = 3_600.0  # how long what the provider told of itself is believed
_ASK_AGAIN = 30.0  # keys are not asked for more often than this, whatever key a token names


class ProviderFault(Exception):  # noqa: N818 (what was found of the other side)
    """The provider cannot be reached, or answers what it may not. The message is for the log; it names no person."""


@dataclass
class Provider:
    """One provider. ``secret`` is empty for a client that has none."""

    issuer: str
    client_id: str
    secret: str = ""
    _told: dict[str, Any] = field(default_factory=dict, repr=False)
    _told_at: float = field(default=-_FRESH, repr=False)
    _keys: list[dict[str, Any]] = field(default_factory=list, repr=False)
    _keys_at: float = field(default=-_FRESH, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def told(self) -> Mapping[str, Any]:
        """What it publishes of itself. Raises ``ProviderFault``."""
        with self._lock:
            if time.monotonic() - self._told_at > _FRESH:
                told = self._ask("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
                if told.get("issuer") != self.issuer:
                    raise ProviderFault("the provider calls itself by another name than the setting")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    self._require_own_host(told.get(name), name)
                self._told, self._told_at = told, time.monotonic()
            return self._told

    def way_in(self, *, redirect: str, state: str, nonce: str, challenge: str) -> str:
        """The address where a person proves who they are; ``challenge`` is the S256 one of PKCE."""
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": redirect,
            "scope": "openid",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        address = str(self.told()["authorization_endpoint"])
        return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"

    def way_out(self, *, back: str) -> str:
        """The address where the provider's own session ends; empty where it has none on its own host."""
        address = self.told().get("end_session_endpoint")
        if not isinstance(address, str) or not self._is_own_host(address):
            return ""
        asked = urlencode({"client_id": self.client_id, "post_logout_redirect_uri": back})
        return f"{address}{'&' if '?' in address else '?'}{asked}"

    def id_token(self, *, code: str, verifier: str, redirect: str) -> str:
        """The ID token for a code, not yet believed. Raises ``ProviderFault``."""
        told = self.told()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect,
            "code_verifier": verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if self.secret and "client_secret_basic" in methods:
            pair = f"{quote(self.client_id, safe='')}:{quote(self.secret, safe='')}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            form |= {"client_id": self.client_id} | ({"client_secret": self.secret} if self.secret else {})
        answer = self._ask("POST", str(told["token_endpoint"]), urlencode(form), headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderFault("the provider gave no ID token")
        return token

    def key(self, name: str | None) -> dict[str, Any]:
        """The public key of this name; of the only one where the token names none. Asks anew for one not known yet.

        Raises ``ProviderFault``.
        """
        address = str(self.told()["jwks_uri"])
        with self._lock:
            age = time.monotonic() - self._keys_at
            if age > _FRESH or (self._named(name) is None and age > _ASK_AGAIN):
                keys = self._ask("GET", address).get("keys")
                self._keys = (
                    [each for each in keys if isinstance(each, dict)] if isinstance(keys, list) else []
                )
                self._keys_at = time.monotonic()
            found = self._named(name)
        if found is None:
            raise ProviderFault("the ID token is signed by a key that the provider does not publish")
        return found

    def _named(self, name: str | None) -> dict[str, Any] | None:
        signing = [each for each in self._keys if each.get("use", "sig") == "sig"]
        if name is None:
            return signing[0] if len(signing) == 1 else None
        return next((each for each in signing if each.get("kid") == name), None)

    def _is_own_host(self, address: str) -> bool:
        ours, theirs = urlsplit(self.issuer), urlsplit(address)
        return (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)

    def _require_own_host(self, address: object, name: str) -> None:
        if not isinstance(address, str) or not self._is_own_host(address):
            raise ProviderFault(f"{name} of the provider is not on the host of the setting")

    def _ask(
        self, method: str, address: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """The JSON object that answers. Raises ``ProviderFault`` for anything else."""
        self._require_own_host(address, "an address")
        parts = urlsplit(address)
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        try:
            line = self._line(parts.hostname or "", parts.port, parts.scheme)
            try:
                line.request(method, path, body, {"Accept": "application/json", **(headers or {})})
                answer = line.getresponse()
                raw = answer.read(_LONGEST + 1)
            finally:
                line.close()
            if answer.status != 200 or len(raw) > _LONGEST:
                raise ProviderFault(
                    f"the provider answered {parts.path} with {answer.status}, {len(raw)} bytes"
                )
            found = json.loads(raw)
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise ProviderFault(
                f"the provider did not answer {parts.path}: {type(fault).__name__}"
            ) from fault
        if not isinstance(found, dict):
            raise ProviderFault(f"the provider answered {parts.path} with something else than an object")
        return found

    @staticmethod
    def _line(host: str, port: int | None, scheme: str) -> http.client.HTTPConnection:
        if scheme == "https":
            return http.client.HTTPSConnection(
                host, port, timeout=_PATIENCE, context=ssl.create_default_context()
            )
        return http.client.HTTPConnection(host, port, timeout=_PATIENCE)
