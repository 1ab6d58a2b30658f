"""``/api/v1/openapi.json`` and ``/api/v1/docs``: the description for programs, and the same for people, without any script."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luodi.api.interface import interface

PREFIX = "api/v1"
_OPTIONAL: list[dict[str, list[str]]] = [{}, {"Bearer": []}]
_NEEDED: list[dict[str, list[str]]] = [{"Bearer": []}]
_NEEDS_KEY = ("list_due", "open_case", "move_case")


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI 3.1 description."""
    found: dict[str, Any] = dict(interface.get_openapi_schema(path_prefix=f"/{PREFIX}"))
    found["components"].setdefault("securitySchemes", {}).update(
        {"Bearer": {"type": "http", "scheme": "bearer", "description": "密钥，只在做的时候显示一次"}}
    )
    for methods in found["paths"].values():
        for operation in methods.values():
            operation["security"] = _NEEDED if operation["operationId"] in _NEEDS_KEY else _OPTIONAL
    return found


@require_safe
def openapi(_request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False})


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The description for people."""
    found = schema()
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": given["summary"],
            "description": given.get("description", ""),
            "needs_key": given["operationId"] in _NEEDS_KEY,
            "parameters": [_parameter(each) for each in given["parameters"]],
            "body": _fields(found, _schema_of(given.get("requestBody", {}))),
            "answer": _fields(found, _schema_of(given["responses"].get(200, {}))),
        }
        for path, methods in found["paths"].items()
        for method, given in methods.items()
    ]
    about = found["info"]["description"]
    return render(request, "api/docs.html", {"here": "data", "operations": operations, "about": about})


def _parameter(given: dict[str, Any]) -> dict[str, Any]:
    allowed = _allowed(given["schema"])
    return {
        "name": given["name"],
        "where": {"query": "地址里", "path": "地址里", "header": "头"}[given["in"]],
        "required": given["required"],
        "says": given.get("description", ""),
        "allowed": "、".join(str(value) for value in allowed if value not in (None, "")),
    }


def _allowed(schema: dict[str, Any]) -> list[Any]:
    found = list(schema.get("enum", ()))
    for each in schema.get("anyOf", ()):
        found += each.get("enum", ())
    return found


def _schema_of(given: dict[str, Any]) -> dict[str, Any]:
    content = given.get("content", {}).get("application/json", {})
    return dict(content.get("schema", {}))


def _fields(found: dict[str, Any], given: dict[str, Any]) -> list[dict[str, str]]:
    """Name and kind of every field of an object, one level deep."""
    named = _resolved(found, given)
    return [
        {"name": name, "kind": _kind(found, each), "says": each.get("description", "")}
        for name, each in named.get("properties", {}).items()
    ]


def _resolved(found: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in given:
        return dict(found["components"]["schemas"][given["$ref"].rsplit("/", 1)[-1]])
    return given


def _kind(found: dict[str, Any], given: dict[str, Any]) -> str:
    if "anyOf" in given:
        return " | ".join(_kind(found, each) for each in given["anyOf"])
    if "$ref" in given:
        return str(given["$ref"].rsplit("/", 1)[-1])
    if given.get("type") == "array":
        return f"[{_kind(found, given.get('items', {}))}]"
    return str(given.get("format") or given.get("type", ""))
