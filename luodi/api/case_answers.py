"""What a program sent as answers to a move, in the shapes that acts take; ids are looked up, files unpacked.

Acts take what a person typed into a form, which is always text; a program may send anything, so its kinds are checked here.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from luodi.api.faults import BadField
from luodi.kernel.cases.playbook import Move
from luodi.kernel.register.models import Post, Unit

_LONGEST_NUMBER = 30
_MOST_FILES = 10
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)
# no text of either database: NUL, and halves of signs
_UNFIT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent."""

    name: str
    raw: bytes


def answers_of(move: Move, given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as acts take them; names that the move does not ask are left for the act to refuse. Raises ``BadField``."""
    faults: dict[str, str] = {}
    found: dict[str, Any] = dict(given)
    for ask in move.asks:
        value = given.get(ask.name)
        if value is None:
            continue
        try:
            found[ask.name] = _READERS[ask.kind](value)
        except ValueError as fault:
            faults[f"answers.{ask.name}"] = str(fault)
    for name in given:
        if _UNFIT.search(name):
            faults["answers"] = "名字里有不能存的字符"
    if faults:
        raise BadField(faults)
    return found


def text(value: Any) -> str:
    """Text that both databases can keep. Raises ``ValueError``."""
    if not isinstance(value, str):
        raise ValueError("应是文字")
    if _UNFIT.search(value):
        raise ValueError("里面有不能存的字符")
    return value


def row_of(model: type[Model], words: str) -> Callable[[Any], str]:
    """A reader of ids that are there."""

    def read(value: Any) -> str:
        ident = text(value)
        if len(ident) > 14 or not model._default_manager.filter(pk=ident).exists():
            raise ValueError(f"没有编号为“{ident[:20]}”的{words}")
        return ident

    return read


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("应是数字")
    written = text(str(value))
    if len(written) > _LONGEST_NUMBER or "e" in written.lower():
        raise ValueError(f"应是最多{_LONGEST_NUMBER}位的数字，不用科学记数")
    return written


def _day(value: Any) -> str:
    written = text(value)
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return written  # the act says what was wrong with it
    if not _EARLIEST <= day <= _LATEST:
        raise ValueError(f"应在{_EARLIEST}至{_LATEST}之间")
    return written


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("应是 true 或 false")
    return value


def _files(value: Any) -> list[Sent]:
    if not isinstance(value, list) or len(value) > _MOST_FILES:
        raise ValueError(f"应是一列文件，最多{_MOST_FILES}个")
    found = []
    for each in value:
        if not isinstance(each, dict) or set(each) != {"name", "base64"}:
            raise ValueError("每个文件应有 name 和 base64 两项")
        try:
            raw = base64.b64decode(text(each["base64"]), validate=True)
        except binascii.Error:
            raise ValueError("base64 解不开") from None
        found.append(Sent(text(each["name"])[:200], raw))
    return found


def _duties(value: Any) -> list[dict[str, str]]:
    if not isinstance(value, list):
        raise ValueError("应是一张表")
    found = []
    for row in value:
        if not isinstance(row, dict):
            raise ValueError("每行应有 who、does、due，要给钱的还有 amount")
        kept = {name: text(row.get(name) or "") for name in ("who", "does")}
        kept["due"] = _day(row.get("due"))
        kept["amount"] = _number(row["amount"]) if row.get("amount") not in (None, "") else ""
        found.append(kept)
    return found


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("line", "text", "choice", "duty"), text),
    "day": _day,
    "number": _number,
    "yes": _yes,
    "unit": row_of(Unit, "单位"),
    "post": row_of(Post, "岗位"),
    "file": _files,
    "duties": _duties,
}
