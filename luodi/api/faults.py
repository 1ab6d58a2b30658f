"""One shape for everything that goes wrong: ``{"error": {"code", "message", "fields"}}``, whatever the status."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from luodi.kernel.cases.answers import BadAnswers
from luodi.kernel.privacy.field_keys import KeyMissing
from luodi.kernel.privacy.sealing import SealBroken, why_shut
from luodi.kernel.refusal import Refusal

_log = logging.getLogger("luodi.api")
# what stands here by code; every other refusal is a conflict with how things are
_STATUS = {
    **dict.fromkeys(("no-such-case", "no-such-kind", "not-found"), 404),
    **dict.fromkeys(("bad-answers", "bad-title", "no-such-move", "bad-field", "day-passed", "day-to-come"), 422),
    **dict.fromkeys(("bad-cursor", "bad-request"), 400),
    **dict.fromkeys(("other-party", "same-hand", "not-independent", "no-post", "post-closed"), 403),
    **dict.fromkeys(("scope-missing", "no-keys-here"), 403),
    **dict.fromkeys(("empty-file", "too-large", "executable", "picture-broken", "picture-too-large"), 422),
    "key-reused": 422,
    "key-bad": 401,
    "key-needed": 401,
    "body-too-large": 413,
    "too-many-requests": 429,
    "disk-full": 503,
    "database-busy": 503,
}  # fmt: skip
PLAIN = {
    400: ("bad-request", "请求写得不对，没有办。请对照接口说明再发。"),
    401: ("key-needed", "要带密钥才能用。请在“我的登录”里做一把，放在 Authorization: Bearer 后面。"),
    403: ("forbidden", "这把密钥不能做这件事。"),
    404: ("not-found", "没有这个地址，或没有这个编号，或您看不到它。"),
    405: ("method-not-allowed", "这个地址不接受这种请求方法。可用的写在 Allow 头里。"),
    413: ("body-too-large", "请求正文最多1,000,000字节，没有收。"),
    415: ("media-type-wrong", "请求正文要写成 application/json。"),
    429: ("too-many-requests", "请求太多。请等 Retry-After 头里写的秒数再发。"),
    500: ("broken", "程序出错，没有办成。已经记下。"),
    503: ("unavailable", "现在办不了，请等 Retry-After 头里写的秒数再发。"),
}
_WORDS = {
    "missing": "没有填",
    "extra_forbidden": "没有这一项",
    "string_type": "应是文字",
    "string_too_long": "太长",
    "string_too_short": "太短",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
    "int_from_float": "应是整数",
    "bool_parsing": "应是 true 或 false",
    "date_from_datetime_parsing": "应是一天，如2026-09-30",
    "date_parsing": "应是一天，如2026-09-30",
    "date_type": "应是一天，如2026-09-30",
    "dict_type": "应是一组名和值",
    "list_type": "应是一列值",
    "literal_error": "不在可选的值里",
    "json_invalid": "不是合法的 JSON",
}


class Fault(Schema):
    """What went wrong. ``code`` is stable, ``message`` is for people, ``fields`` says what is wrong with which field."""

    code: str
    message: str
    fields: dict[str, str] = Field(default_factory=dict)


class FaultOut(Schema):
    """The body of every answer that is no success."""

    error: Fault


def body_of(code: str, message: str, fields: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The shape, filled."""
    return {"error": {"code": code, "message": message, "fields": dict(fields or {})}}


def answer(
    status: int, code: str = "", message: str = "", fields: Mapping[str, str] | None = None
) -> HttpResponse:
    """An answer in this shape; without words of its own those of its status."""
    known_code, known_message = PLAIN.get(status, PLAIN[400 if status < 500 else 500])
    found = JsonResponse(
        body_of(code or known_code, message or known_message, fields),
        status=status,
        json_dumps_params={"ensure_ascii": False},
    )
    found.headers["Cache-Control"] = "no-store"
    if status == 401:
        found.headers["WWW-Authenticate"] = "Bearer"
    return found


def of_refusal(refusal: Refusal) -> HttpResponse:
    """A refusal as an answer."""
    fields = refusal.fields if isinstance(refusal, BadAnswers | BadField) else {}
    return answer(_STATUS.get(refusal.code, 409), refusal.code, refusal.message, fields)


class BadField(Refusal):
    """Some field of the request cannot be used; ``fields`` gives the words for each."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__("bad-field", "；".join(f"{name}：{words}" for name, words in fields.items()))
        self.fields = dict(fields)


def of_exception(request: HttpRequest, fault: Exception) -> HttpResponse:
    """Whatever a view raised, as an answer; what nobody foresaw is logged by its kind and place, never with what was sent."""
    if isinstance(fault, Refusal):
        return of_refusal(fault)
    if isinstance(fault, KeyMissing | SealBroken):
        return of_refusal(Refusal("does-not-open", why_shut(fault)))
    if isinstance(fault, ValidationError):
        fields = {_place(error): _words(error) for error in fault.errors}
        words = "；".join(f"{name}：{word}" for name, word in fields.items())
        return answer(422, "bad-field", words[:1_000], fields)
    if isinstance(fault, Http404):
        return answer(404)
    if isinstance(fault, HttpError):
        return answer(fault.status_code)
    if isinstance(fault, OperationalError):
        found = answer(503, "database-busy")
        found.headers["Retry-After"] = "5"
        return found
    _log.error("%s %s failed", request.method, request.path, exc_info=fault)
    return answer(500)


def _place(error: Mapping[str, Any]) -> str:
    """Where in the request: a name of the address or the header, or the way to a field of the body."""
    where, *parts = error.get("loc", ("body",))
    return ".".join(str(part) for part in (parts[1:] if where == "body" else parts)) or "body"


def _words(error: Mapping[str, Any]) -> str:
    return _WORDS.get(str(error.get("type")), "不合要求")
