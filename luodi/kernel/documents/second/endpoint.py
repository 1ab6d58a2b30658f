"""The one endpoint a second reader may have: named in the settings of the environment, asked over HTTP, never anything else.

Nothing is sent anywhere unless LUODI_SECOND_READER_URL and LUODI_SECOND_READER_MODEL are set. No redirect is followed, no proxy
used; an answer has a time and a size.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from luodi.reading.refusals import Refused
from luodi.reading.second.questions import VERSION

LARGEST_ANSWER = 4_000_000
SECONDS = 120.0
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask and whom. ``prices`` are for a million tokens in and out, where known."""

    url: str
    model: str
    key: str = ""
    prices: tuple[float, float] | None = None
    seconds: float = SECONDS

    @property
    def host(self) -> str:
        """The host it is, for whoever decides whether to send something there."""
        return urlsplit(self.url).hostname or ""


def endpoint_of(environment: Mapping[str, str] = os.environ) -> Endpoint | None:
    """The endpoint that is set; ``None`` where none is. Raises ``Refused`` (``bad-endpoint``)."""
    url = environment.get("LUODI_SECOND_READER_URL", "").strip().rstrip("/")
    if not url:
        return None
    parts = urlsplit(url)
    model = environment.get("LUODI_SECOND_READER_MODEL", "").strip()
    try:
        prices = [
            float(each)
            for each in environment.get("LUODI_SECOND_READER_PRICES", "").split(",")
            if each.strip()
        ]
        seconds = float(environment.get("LUODI_SECOND_READER_SECONDS", "") or SECONDS)
    except ValueError:
        raise _bad(
            "LUODI_SECOND_READER_PRICES 应为两个数，如 2,8；LUODI_SECOND_READER_SECONDS 应为秒数"
        ) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not model or len(prices) not in (0, 2):
        raise _bad(
            "LUODI_SECOND_READER_URL 应以 http:// 或 https:// 开头，LUODI_SECOND_READER_MODEL 应为模型名"
        )
    key = environment.get("LUODI_SECOND_READER_KEY", "")
    return Endpoint(url, model, key, (prices[0], prices[1]) if prices else None, seconds)


class Asker:
    """Asks, and remembers what was answered: the same question is never paid for twice."""

    def __init__(self, endpoint: Endpoint, cache: Path | None) -> None:
        self._endpoint, self._cache = endpoint, cache
        self.asked = self.remembered = 0

    def ask(self, request: dict[str, Any]) -> tuple[str, str]:
        """The content of the answer, and the key it is remembered under once it was found good.

        Raises ``Refused``: ``no-answer``, ``bad-answer``.
        """
        body = json.dumps(request, ensure_ascii=False, sort_keys=True).encode()
        key = hashlib.sha256(f"{VERSION}\n{self._endpoint.url}\n".encode() + body).hexdigest()
        held = self._held(key)
        if held is not None:
            self.remembered += 1
            return held, key
        for left in reversed(range(_TRIES)):
            try:
                self.asked += 1
                return _content(self._post(body)), key
            except Refused:
                if not left:
                    raise
        raise AssertionError("unreachable")

    def remember(self, key: str, content: str) -> None:
        """Keep a good answer."""
        if self._cache is None or self._held(key) is not None:
            return
        self._cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._cache / f".{key}.{os.getpid()}"
        part.write_text(content, encoding="utf-8")
        part.replace(self._cache / f"{key}.json")

    def _held(self, key: str) -> str | None:
        try:
            return (
                (self._cache / f"{key}.json").read_text(encoding="utf-8") if self._cache is not None else None
            )
        except (OSError, UnicodeError):
            return None

    def _post(self, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        request = urllib.request.Request(f"{self._endpoint.url}/chat/completions", body, headers)  # noqa: S310 (http or https, checked)
        until = time.monotonic() + self._endpoint.seconds
        try:
            opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
            with opener.open(request, timeout=self._endpoint.seconds) as response:
                pieces, size = [], 0
                while piece := response.read1(65_536):
                    pieces.append(piece)
                    size += len(piece)
                    if size > LARGEST_ANSWER or time.monotonic() > until:
                        raise _no_answer("回答太长或太慢")
                return b"".join(pieces)
        except urllib.error.HTTPError as fault:
            raise _no_answer(f"回了 {fault.code}") from None
        except (OSError, HTTPException, ValueError) as fault:
            raise _no_answer("连不上或超时") from fault


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer that sends us elsewhere is no answer."""

    def redirect_request(self, *_given: Any, **_named: Any) -> None:
        """Nowhere."""


def _content(raw: bytes) -> str:
    try:
        content = json.loads(raw)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise Refused(
            "bad-answer", "第二个读者的回答不成样子，没有采用。请检查地址是不是 chat/completions 接口。"
        )
    return content


def _no_answer(why: str) -> Refused:
    return Refused(
        "no-answer", f"第二个读者没有回答：{why}。请检查地址、密钥和网络，再运行一次；答过的不会再问。"
    )


def _bad(words: str) -> Refused:
    return Refused("bad-endpoint", f"第二个读者的设置不对：{words}。")
