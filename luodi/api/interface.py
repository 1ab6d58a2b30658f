"""The interface put together: its name, its parts, its failures, its description."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from luodi.api import cases, documents, due, faults, law, promises, registered, signing

ABOUT = (
    "公开的内容谁都能读，不用密钥。带密钥（Authorization: Bearer …，在“我的登录”里做）可以读岗位看得到的、以岗位的身份办事。"
    "写入的请求要带 Idempotency-Key，重发不会办两次。列表一页一页取，next 是下一页的 cursor。"
    '凡是没办成的，回答都是 {"error": {"code", "message", "fields"}}。'
)


class Readable(JSONRenderer):
    """JSON in which Chinese can be read."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 (read off the class)


interface = NinjaAPI(
    title="落地 Luodi",
    version="1",
    description=ABOUT,
    docs_url=None,
    openapi_url=None,
    renderer=Readable(),
    urls_namespace="api",
)
for part in (promises, documents, cases, signing, due, law, registered):
    interface.add_router("", part.router)


def failed(request: HttpRequest, fault: Any) -> HttpResponse:
    """Whatever went wrong, in the one shape."""
    return faults.of_exception(request, fault)


for kind in (Exception, HttpError, ValidationError, Http404):
    interface.add_exception_handler(kind, failed)
