"""What somebody typed into a small form: read strictly, said back with the field where it does not fit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from luodi.kernel.refusal import Refusal

LONGEST = 4_000


@dataclass(slots=True)
class Typed:
    """Texts by the names of their fields; ``many`` for fields that may be chosen several times."""

    texts: dict[str, str] = field(default_factory=dict)
    many: dict[str, list[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """What stands in a field; empty where nothing does."""
        return self.texts.get(name, "")

    def all_of(self, name: str) -> list[str]:
        """Everything chosen in a field."""
        return self.many.get(name, [])

    def is_ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self[name])

    def day(self, name: str, otherwise: dt.date | None = None) -> dt.date | None:
        """A day. Raises ``Refusal`` ``bad-day``."""
        text = self[name]
        if not text:
            return otherwise
        try:
            return dt.date.fromisoformat(text)
        except ValueError as wrong:
            raise Refusal(
                "bad-day", f"“{text[:20]}”不是日期。请写成 2026-09-22 这样，或从日历里选。"
            ) from wrong

    def year(self, name: str) -> int | None:
        """A year of four digits. Raises ``Refusal`` ``bad-year``."""
        text = self[name]
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and 2000 <= int(text[:9]) <= 2099):
            raise Refusal("bad-year", f"年度填的是“{text[:20]}”，应为2000至2099的四位数。")
        return int(text)


def typed_in(data: Mapping[str, Any], names: Iterable[str], many: Iterable[str] = ()) -> Typed:
    """The fields of a form that were sent, each cut to 4,000 characters; ``data`` is a ``QueryDict``."""
    texts = {name: _plain(data.get(name, "")) for name in names}
    lists = {name: [_plain(one) for one in data.getlist(name)] for name in many}  # type: ignore[attr-defined]
    return Typed(texts, lists)


def _plain(text: Any) -> str:
    # a NUL cannot be kept by either database, and nobody types one
    return str(text).replace("\0", "").replace("\r\n", "\n").strip()[:LONGEST]


@dataclass(frozen=True, slots=True)
class FaultShown:
    """What is wrong, and the field where it is to be put right (empty: none of them)."""

    words: str
    field: str = ""


# the field of a form that a refusal is about
_FIELD_OF = {
    code: name
    for name, codes in {
        "number": "bad-number no-unit bad-unit unit-differs number-needed below-target nothing-changed",
        "as_of": "bad-day future-day older-than-last before-report",
        "evidence": "no-evidence two-files empty-file too-large disk-full executable evidence-too-large type-refused"
        " type-forged polyglot macros picture-broken picture-too-large upload-gone upload-unfinished upload-damaged"
        " uploads-too-many uploads-full",
        "reason": "no-reason long-reason",
        "note": "long-note",
        "title": "bad-title",
        "year": "bad-year",
        "due_until": "due-not-later due-order",
        "due_precision": "bad-precision",
        "approx": "bad-approx",
        "paper": "no-paper not-the-body",
        "confirmed": "body-unknown",
        "into": "same-promise cannot-take-in",
        "answer": "no-text",
        "lead_unit": "judge-cannot-do no-such-unit",
    }.items()
    for code in codes.split()
}


def fault_of(refusal: Refusal, fields: Iterable[str]) -> FaultShown:
    """A refusal beside its field, where the form has that field."""
    name = _FIELD_OF.get(refusal.code, "")
    return FaultShown(refusal.message, name if name in set(fields) else "")


def kept_words(given: Typed, labels: Mapping[str, str], file: str) -> list[str]:
    """What somebody typed, in short, for the page that says that nothing is lost: 说明86字."""
    shown = []
    for name, label in labels.items():
        text = given[name]
        if not text:
            continue
        long = gettext("%(label)s%(count)s字") % {"label": gettext(label), "count": len(text)}
        shown.append(f"{gettext(label)}{text}" if len(text) <= 20 else long)
    if file:
        shown.append(gettext("凭据“%(name)s”") % {"name": file})
    return shown
