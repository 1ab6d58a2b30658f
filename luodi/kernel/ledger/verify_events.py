"""Every event by itself: its parts against their digests, its hash, its secrets; and what it says of rows, noted for later."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from cryptography.exceptions import InvalidTag

from luodi.kernel.ledger.erasure import ENDING
from luodi.kernel.ledger.findings import UNREADABLE, Finding, Unreadable, each
from luodi.kernel.ledger.leaves import digest_of, leaf_hash
from luodi.kernel.ledger.models import Event, Secret
from luodi.kernel.ledger.personal import opened
from luodi.kernel.ledger.rows import LedgerRow, derived_digest, ledger_models, plain
from luodi.kernel.ledger.scratch import Scratch
from luodi.kernel.privacy.field_keys import FILE, KeyMissing

_CHUNK = 200


def check_events(scratch: Scratch) -> Iterator[Finding]:
    """What is wrong with events and their secrets. Leaves in ``scratch`` what rows should look like."""
    models = {model._meta.db_table: model for model in ledger_models()}
    missing: Counter[str] = Counter()  # how many secrets wait for each key that is not here
    rows = each(Event)
    while chunk := list(islice(rows, _CHUNK)):
        known = [event for event in chunk if isinstance(event, Event)]
        secrets = _secrets_of(known)
        for event in chunk:
            if isinstance(event, Unreadable):
                yield Finding("event-unreadable", f"event {event.key}", f"读不出来：{event.why}")
            else:
                yield from _check(event, secrets.pop(event.id, {}), models, scratch, missing)
        for extra in secrets.values():
            yield from (
                Finding("secret-stray", f"secret {key}", "没有哪条登记写过这份密存。") for key in extra
            )
    yield from _after_all(scratch)
    yield from _keys_missing(missing)


def _keys_missing(missing: Mapping[str, int]) -> Iterator[Finding]:
    """One finding a key, not one a secret: nothing was changed, it only cannot be told."""
    for key, count in missing.items():
        yield Finding(
            "field-key-missing",
            FILE.as_posix(),
            f"编号 {key} 的密钥不在：{count} 份个人信息的密存打不开，无从核对。请把另存的密钥取回（bin/luodi keys --take-in）。",
        )


def _after_all(scratch: Scratch) -> Iterator[Finding]:
    for secret, event in scratch.gone_without_reason():
        yield Finding(
            "secret-emptied", f"secret {secret}", f"登记 {event} 的个人信息被清空，却没有依法删除的登记。"
        )
    for secret in scratch.kept_though_erased():
        yield Finding("secret-kept", f"secret {secret}", "已登记依法删除，密存却还在。请再执行一次删除。")


def _secrets_of(events: list[Event]) -> dict[str, dict[str, Secret | Unreadable]]:
    found: dict[str, dict[str, Secret | Unreadable]] = {}
    for secret in each(Secret, event_id__in=[event.id for event in events]):
        key = str(secret.key if isinstance(secret, Unreadable) else secret.id)
        event = key[:14] if isinstance(secret, Unreadable) else secret.event_id
        found.setdefault(event, {})[key] = secret
    return found


def _check(
    event: Event,
    secrets: dict[str, Secret | Unreadable],
    models: Mapping[str, type[LedgerRow]],
    scratch: Scratch,
    missing: Counter[str],
) -> Iterator[Finding]:
    name = f"event {event.id}"
    wrong = _wrong_with(event)
    yield from (Finding(code, name, message) for code, message in wrong)
    payload, closed = _object(event.payload), _object(event.closed)
    personal: dict[str, dict[str, Any] | None] = {}
    for part, digest in _entries(closed.get("personal")):
        secret = secrets.pop(f"{event.id}.{part}", None)
        try:
            values, problem = _open(secret, part, digest)
        except KeyMissing as without:
            missing[without.key] += 1
            personal[part] = None
            continue
        if problem:
            yield Finding("secret-changed", f"secret {event.id}.{part}", problem)
        elif values is None:
            scratch.note_gone(_row_of(part), event.id, f"{event.id}.{part}")
        else:
            scratch.note_kept(_row_of(part), event.id, f"{event.id}.{part}")
        personal[part] = values
    yield from (Finding("secret-stray", f"secret {key}", "登记里没有提到这份密存。") for key in secrets)
    _note(event, payload, closed, personal, models, scratch, trusted=not wrong)


def _wrong_with(event: Event) -> list[tuple[str, str]]:
    wrong = []
    try:
        if digest_of(_salt(event.salt), event.payload.encode()) != event.digest:
            wrong.append(("event-payload", "公开部分与摘要不符：内容、盐或摘要被改动过。"))
        if digest_of(_salt(event.closed_salt), event.closed.encode()) != event.closed_digest:
            wrong.append(("event-closed", "内部部分与摘要不符：内容、盐或摘要被改动过。"))
        if leaf_hash(event) != event.hash:
            wrong.append(("event-hash", "编号、种类、时间、事主、岗位、摘要或哈希被改动过。"))
        if _object(event.closed).get("account") != event.account:
            wrong.append(("event-account", "经办账号与登记的内容不符。"))
    except (*UNREADABLE, AttributeError) as error:
        wrong.append(("event-unreadable", f"读不出来：{error}"))
    return wrong


def _salt(text: str) -> bytes:
    """The salt in the one spelling it was written in; ``fromhex`` alone would take capitals and spaces too."""
    salt = bytes.fromhex(text)
    if salt.hex() != text:
        raise ValueError(f"the salt {text!r} is not spelt as it was written")
    return salt


def _open(secret: Secret | Unreadable | None, part: str, digest: str) -> tuple[dict[str, Any] | None, str]:
    """The personal values (``None``: erased) and what is wrong. Raises ``KeyMissing``."""
    if secret is None:
        return None, "登记提到的密存不见了。"
    if isinstance(secret, Unreadable):
        return None, f"读不出来：{secret.why}"
    try:
        found = opened(secret)
    except KeyMissing:
        raise
    except (InvalidTag, *UNREADABLE):
        return None, "密存打不开：密钥或密文被改动过。"
    if secret.row != _row_of(part):
        return None, "密存所属的行被改动过。"
    if found is None:
        return None, ""
    return (
        (_object(found[0].decode("utf-8", "replace")), "")
        if found[1] == digest
        else (None, "密存与登记里的摘要不符。")
    )


def _row_of(part: str) -> str:
    """The row that a secret belongs to: what an act itself holds of a person goes with its subject."""
    return part.removesuffix(".data")


def _note(
    event: Event,
    payload: dict[str, Any],
    closed: dict[str, Any],
    personal: Mapping[str, dict[str, Any] | None],
    models: Mapping[str, type[LedgerRow]],
    scratch: Scratch,
    *,
    trusted: bool,
) -> None:
    images: dict[tuple[str, str], dict[str, Any]] = {}
    for tables in (payload.get("rows"), payload.get("derived"), closed.get("rows")):
        for table, rows in _entries(tables):
            for row, values in _entries(rows):
                images.setdefault((table, row), {}).update(_entries(values))
    for (table, row), values in images.items():
        hidden = personal.get(row, {})
        is_known = trusted and hidden is not None and table in models
        whole = completed(models[table], {**values, **(hidden or {})}) if is_known else None
        scratch.note_image(table, row, event.id, scratch.digest(whole) if whole is not None else None)
    if event.kind.endswith(ENDING) and trusted:
        data = closed.get("data", {})
        scratch.note_erasing([line["row"] for line in data.get("erased", [])], event.id)


def completed(model: type[LedgerRow], values: Mapping[str, Any]) -> dict[str, Any]:
    """An image with every field that ``model`` has today: one added since is as a new row has it, one dropped is left out."""
    return {name: values.get(name, unset) for name, unset in _unset(model)}


@cache
def _unset(model: type[LedgerRow]) -> list[tuple[str, Any]]:
    """Each field of a row that nobody has filled in, as an image would hold it."""
    return [
        (f.name, derived_digest(f.get_default()) if f.name in model.DERIVED else plain(f.get_default()))
        for f in model._meta.concrete_fields
    ]


def _object(text: str | bytes) -> dict[str, Any]:
    """The JSON object; empty where ``text`` is none (its digest tells)."""
    try:
        value = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _entries(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []
