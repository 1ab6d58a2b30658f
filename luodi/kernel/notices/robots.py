"""What each receiver is sent, and how it says that it took it. Pure: from message, address, secret and time to a call."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from luodi.kernel.notices.messages import Message, as_json
from luodi.kernel.notices.signing import dingtalk_sign, feishu_sign, headers_of


@dataclass(frozen=True, slots=True)
class Call:
    """One request to be made."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def webhook(message: Message, url: str, secret: str, at: float, delivery: str) -> Call:
    """A program of one's own: the message with its id, signed."""
    body = _json(as_json(message, id=delivery))
    return Call(url, body, headers_of(secret, body, delivery, int(at)))


def wecom(message: Message, url: str, _secret: str, _at: float, _delivery: str) -> Call:
    """企业微信群机器人: the key stands in the address."""
    return Call(url, _json({"msgtype": "text", "text": {"content": message.text}}))


def dingtalk(message: Message, url: str, secret: str, at: float, _delivery: str) -> Call:
    """钉钉群机器人: with a secret, time and signature stand in the address."""
    if secret:
        milliseconds = int(at * 1_000)
        url += (
            f"{'&' if '?' in url else '?'}timestamp={milliseconds}&sign={dingtalk_sign(secret, milliseconds)}"
        )
    return Call(url, _json({"msgtype": "text", "text": {"content": message.text}}))


def feishu(message: Message, url: str, secret: str, at: float, _delivery: str) -> Call:
    """飞书群机器人: with a secret, time and signature stand in the body."""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": message.text}}
    if secret:
        body |= {"timestamp": str(int(at)), "sign": feishu_sign(secret, int(at))}
    return Call(url, _json(body))


CALLS: dict[str, Callable[[Message, str, str, float, str], Call]] = {
    "webhook": webhook,
    "wecom": wecom,
    "dingtalk": dingtalk,
    "feishu": feishu,
}
# where a robot says in the body that it took the message: it answers 200 either way
_TAKEN = {"wecom": ("errcode",), "dingtalk": ("errcode",), "feishu": ("code", "StatusCode")}


def fault_of(kind: str, status: int, raw: bytes) -> str:
    """Why the message was not taken, as a code; empty where it was.

    >>> fault_of("webhook", 204, b""), fault_of("webhook", 302, b""), fault_of("wecom", 200, b'{"errcode": 93000}')
    ('', 'status-302', 'refused-93000')
    """
    if not 200 <= status < 300:
        return f"status-{status}"
    if kind not in _TAKEN:
        return ""
    try:
        told = json.loads(raw)
    except ValueError:
        return "not-understood"
    if not isinstance(told, dict):
        return "not-understood"
    codes = [told[name] for name in _TAKEN[kind] if name in told]
    if not codes:
        return "not-understood"
    return "" if codes[0] == 0 else f"refused-{str(codes[0])[:12]}"


def _json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
