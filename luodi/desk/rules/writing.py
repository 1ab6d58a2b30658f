"""A rule of the district written in fields instead of TOML: read, checked field by field, put down as its table."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from luodi.kernel.clocks.kinds import KINDS
from luodi.kernel.rules.rule import EVIDENCE, Rule, Value

LONGEST = 200
_LONGEST_NUMBER = 6  # digits
_TEXTS = {
    "title": "规则管什么",
    "source_title": "依据的文件",
    "article": "第几条",
}


@dataclass(slots=True)
class Written:
    """What was typed, by field, and what is wrong with it, by field."""

    typed: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)


def of_rule(rule: Rule, day: dt.date) -> Written:
    """The fields as they stand before anybody typed: those of the rule that is to be set otherwise, from ``day`` on."""
    typed = {
        "title": rule.title,
        "limit": "" if rule.limit is None else str(rule.limit),
        "clock": rule.clock,
        "extension": str(rule.extension or ""),
        "source_title": "",
        "article": "",
        "evidence": "✔",
        "effective_from": day.isoformat(),
        "effective_to": "",
    }
    typed |= {f"v-{name}": _plain(value) for name, value in rule.values.items()}
    return Written(typed)


def typed_of(rule: Rule, sent: Mapping[str, str]) -> Written:
    """What was sent, checked field by field against the kind of rule it is."""
    names = of_rule(rule, rule.effective_from).typed
    written = Written({name: sent.get(name, "").replace("\0", "").strip()[:LONGEST] for name in names})
    for name, label in _TEXTS.items():
        if not written.typed[name]:
            written.faults[name] = gettext("“%(label)s”没有填") % {"label": gettext(label)}
    if rule.limit is not None:
        _number(written, "limit", gettext("期限"))
        if written.typed["clock"] not in KINDS:
            written.faults["clock"] = gettext("请选按哪种时间计")
    if written.typed["extension"]:
        _number(written, "extension", gettext("可以再延"))
    if written.typed["evidence"] not in EVIDENCE:
        written.faults["evidence"] = gettext("请选核对到什么程度")
    for name, value in rule.values.items():
        if isinstance(value, int) and not isinstance(value, bool):
            _number(written, f"v-{name}", name)
    _days(written)
    return written


def toml_of(rule: Rule, written: Written) -> str:
    """The table that ``propose_rule`` takes. For faultless fields only."""
    typed = written.typed
    lines = ["[[rule]]", f"name = {_text(rule.name)}"]
    lines += [f"{name} = {_text(typed[name])}" for name in ("title", *list(_TEXTS)[1:], "evidence")]
    if rule.limit is not None:
        lines += [f"limit = {int(typed['limit'])}", f"clock = {_text(typed['clock'])}"]
        lines += [f"extension = {int(typed['extension'])}"] if typed["extension"] else []
        lines += ["extend_on_holiday = true"] if rule.extend_on_holiday else []
    lines.append(f"effective_from = {typed['effective_from']}")
    if typed["effective_to"]:
        lines.append(f"effective_to = {typed['effective_to']}")
    if rule.applies_to:
        facts = (
            f"{name} = [{', '.join(_text(each) for each in allowed)}]"
            for name, allowed in rule.applies_to.items()
        )
        lines.append(f"applies_to = {{ {', '.join(facts)} }}")
    lines += [f"{name} = {_value(value, typed[f'v-{name}'])}" for name, value in rule.values.items()]
    return "\n".join(lines) + "\n"


def _number(written: Written, name: str, label: str) -> None:
    text = written.typed[name]
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        written.faults[name] = gettext("“%(label)s”写的是“%(text)s”，应是0或正整数") % {
            "label": label,
            "text": text,
        }


def _days(written: Written) -> None:
    found: dict[str, dt.date] = {}
    for name in ("effective_from", "effective_to"):
        text = written.typed[name]
        if not text and name == "effective_to":
            continue
        try:
            found[name] = dt.date.fromisoformat(text)
        except ValueError:
            written.faults[name] = gettext("写的是“%(text)s”，应是一天，如2026-09-30") % {"text": text}
        else:
            written.typed[name] = found[name].isoformat()
    if len(found) > 1 and found["effective_to"] < found["effective_from"]:
        written.faults["effective_to"] = gettext("比开始的日子还早")


def _text(text: str) -> str:
    """A TOML basic string; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Value, typed: str) -> Any:
    if isinstance(value, bool):
        return "true" if typed == "true" else "false"
    return int(typed) if isinstance(value, int) else _text(typed)


def _plain(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
