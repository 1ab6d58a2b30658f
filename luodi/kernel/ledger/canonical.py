"""Canonical JSON (RFC 8785, for the values we use): one text for one value, so that one hash stands for it."""

from __future__ import annotations

import json
from typing import Any

import orjson


def canonical(value: Any) -> bytes:
    """UTF-8 bytes: keys sorted by code unit, no space, no escapes but the needed ones.

    Numbers are integers only: a quantity is text, since no two programs agree on the digits of a float.

    >>> canonical({"b": [1, True, None], "a": "区"}).decode()
    '{"a":"区","b":[1,true,null]}'
    """
    _check(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_PASSTHROUGH_DATACLASS
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_SUBCLASS
)


def canonical_of_plain(value: Any) -> bytes:
    """The same of a value that ``rows.plain`` gave, or is made of such: nothing is looked for in it that cannot be there."""
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except (
        TypeError
    ):  # an integer beyond 64 bits, a text of a class of its own: what only the other way can say
        return canonical(value)


def _check(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no canonical form; give a decimal as text")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"the key {key!r} is no text")
            _check(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
