"""An outer log-in on this machine: a small OpenID provider that knows one person, and can lie in every way that matters."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT, SECRET, SUBJECT = "luodi-qinglan", "geheim & 秘密 %+", "subject-0042"


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    """A key of this name; the same for the whole run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class OuterProvider:
    """``lie`` names what is wrong with the next answers; see ``_token``, ``_told`` and ``handle``. ``asked`` are the paths."""

    issuer: str = ""
    lie: str = ""
    subject: str = SUBJECT
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    key_name: str = "key-1"

    def approve(self, address: str) -> str:
        """What the browser is sent back to once the person has logged in out there."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["scope"] == "openid"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state'], 'iss': self.issuer})}"

    def told(self) -> dict[str, Any]:
        """What it publishes of itself."""
        found: dict[str, Any] = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/out",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
        if self.lie == "other issuer":
            found["issuer"] = "https://elsewhere.example"
        if self.lie == "token elsewhere":
            found["token_endpoint"] = "https://elsewhere.example/token"
        if self.lie == "keys elsewhere":
            found["jwks_uri"] = "http://169.254.169.254/keys"
        if self.lie == "way out elsewhere":
            found["end_session_endpoint"] = "https://elsewhere.example/out"
        if self.lie == "secret by form":
            found["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
        return found

    def keys(self) -> dict[str, Any]:
        """Its public keys."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key(self.key_name).public_key()))
        return {"keys": [{**public, "kid": self.key_name, "use": "sig", "alg": "RS256"}]}

    def token(self, nonce: str) -> str:
        """An ID token, true or not."""
        now = int(time.time())
        told: dict[str, Any] = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": nonce,
            "email": "wang@qinglan.example",
        }
        wrong: dict[str, dict[str, Any]] = {
            "wrong nonce": {"nonce": "another"},
            "no nonce": {"nonce": None},
            "wrong audience": {"aud": "somebody-else"},
            "many audiences": {"aud": [CLIENT, "somebody-else"]},
            "another party": {"azp": "somebody-else"},
            "expired": {"exp": now - 120},
            "not yet": {"iat": now + 600, "nbf": now + 600},
            "no expiry": {"exp": None},
            "wrong issuer": {"iss": "https://elsewhere.example"},
            "no subject": {"sub": None},
            "empty subject": {"sub": ""},
            "long subject": {"sub": "x" * 300},
            "subject is a list": {"sub": ["x"]},
        }
        told |= wrong.get(self.lie, {})
        told = {name: value for name, value in told.items() if value is not None}
        return self._signed(told)

    def _signed(self, told: dict[str, Any]) -> str:
        named = {"kid": self.key_name}
        if self.lie == "alg none":
            return jwt.encode(told, None, algorithm="none", headers=named)
        if self.lie == "signature dropped":
            return jwt.encode(told, rsa_key(self.key_name), "RS256", headers=named).rpartition(".")[0] + "."
        if self.lie == "signed with our secret":
            return jwt.encode(told, SECRET * 4, "HS256", headers=named)
        if self.lie == "signed with its public key":
            public = json.dumps(self.keys()["keys"][0])
            return jwt.encode(told, public, "HS256", headers=named)
        if self.lie == "wrong key":
            return jwt.encode(told, rsa_key("stranger"), "RS256", headers=named)
        if self.lie == "unknown key":
            return jwt.encode(told, rsa_key("stranger"), "RS256", headers={"kid": "stranger"})
        if self.lie == "own key inside":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key("stranger").public_key()))
            return jwt.encode(told, rsa_key("stranger"), "RS256", headers={"jwk": public, "kid": "stranger"})
        if self.lie == "another kind of key":
            return jwt.encode(told, ec.generate_private_key(ec.SECP256R1()), "ES256", headers=named)
        if self.lie == "changed":
            head, body, seal = jwt.encode(told, rsa_key(self.key_name), "RS256", headers=named).split(".")
            forged = {**json.loads(base64.urlsafe_b64decode(body + "==")), "sub": "somebody-else"}
            return (
                f"{head}.{base64.urlsafe_b64encode(json.dumps(forged).encode()).rstrip(b'=').decode()}.{seal}"
            )
        if self.lie == "no token at all":
            return "not.a.token"
        return jwt.encode(told, rsa_key(self.key_name), "RS256", headers=named)

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A token for a code, as a provider that keeps to the rules gives it."""
        given = form.get("client_id", ""), form.get("client_secret", "")
        if authorization.startswith("Basic "):
            name, _, secret = base64.b64decode(authorization[6:]).decode().partition(":")
            given = unquote(name), unquote(secret)
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if given != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if (
            asked is None
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge.rstrip(b"=").decode() != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        if self.lie == "no id token":
            return 200, {"access_token": "x"}
        return 200, {"access_token": "x", "id_token": self.token(asked["nonce"]), "token_type": "Bearer"}


@contextmanager
def outer_provider() -> Iterator[OuterProvider]:
    """One that listens on a free port until the end."""
    provider = OuterProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(urlsplit(self.path).path)
            path = urlsplit(self.path).path
            if provider.lie == "moved" and path != "/elsewhere":
                return self._send(302, b"", {"Location": f"{provider.issuer}/elsewhere"})
            if path.endswith("/openid-configuration"):
                return self._json(200, provider.told())
            if path == "/keys":
                return self._json(200, provider.keys())
            if path == "/authorize":
                return self._send(302, b"", {"Location": provider.approve(self.path)})
            if path == "/out":
                back = parse_qs(urlsplit(self.path).query)["post_logout_redirect_uri"][0]
                return self._send(302, b"", {"Location": back})
            return self._json(404, {})

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            form = {name: values[0] for name, values in parse_qs(raw).items()}
            status, told = provider.exchange(form, self.headers.get("Authorization", ""))
            self._json(status, told)

        def _json(self, status: int, told: dict[str, Any]) -> None:
            raw = json.dumps(told).encode()
            if provider.lie == "enormous":
                raw = b'{"issuer": "' + b"x" * 600_000 + b'"}'
            if provider.lie == "no json":
                raw = b"<html>log in</html>"
            if provider.lie == "a list":
                raw = b"[1]"
            self._send(status, raw, {"Content-Type": "application/json"})

        def _send(self, status: int, raw: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
