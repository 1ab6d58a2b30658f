"""Check a proof file against a key that was pinned before. Pure: needs neither database nor network nor this district.

A proof is JSON of one exact form, so that any changed byte is found:

    {"checkpoint": the signed note, "format": "luodi-proof-1", "index": place in the log, "leaf": the entry, exactly,
     "path": [hashes from the leaf's sibling up, hexadecimal], "payload": what the event says in public, "salt": hexadecimal}

It holds where SHA-256 of salt and payload is the ``digest`` in the leaf, the path leads from the leaf to the root in the
checkpoint (RFC 6962), and the checkpoint is signed by the pinned key, with its time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from luodi.kernel.ledger.canonical import canonical
from luodi.kernel.ledger.notes import Head, NotANote, VerifierKey, read_checkpoint
from luodi.kernel.ledger.tree import leaf_hash, verify_inclusion

FORMAT = "luodi-proof-1"
_KEYS = {
    "checkpoint": str,
    "format": str,
    "index": int,
    "leaf": str,
    "path": list,
    "payload": str,
    "salt": str,
}
_LEAF_KEYS = ("at", "closed_digest", "digest", "id", "kind", "post", "subject")
_HASH = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking came to. ``code`` is empty where the proof holds; ``leaf`` and ``payload`` are believed only then."""

    holds: bool
    code: str
    message: str
    leaf: dict[str, str] = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)
    index: int = 0
    size: int = 0
    sealed_at: dt.datetime | None = None


class _Fails(Exception):  # noqa: N818
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def check(proof: bytes, key: VerifierKey | str) -> Verdict:
    """Whether ``proof`` holds against the pinned ``key`` (or its text). Never raises for what is in either."""
    try:
        pinned = VerifierKey.parse(key) if isinstance(key, str) else key
    except NotANote:
        return Verdict(
            False, "key-malformed", "公钥认不出：应为“名称+校验+base64”一行，请从事先保存的地方原样取来。"
        )
    try:
        return _checked(_parsed(proof), pinned)
    except _Fails as failed:
        return Verdict(False, failed.code, str(failed))


def write(leaf: bytes, index: int, path: list[bytes], checkpoint: str, salt: str, payload: str) -> bytes:
    """The bytes of a proof file."""
    return _written(
        {
            "checkpoint": checkpoint,
            "format": FORMAT,
            "index": index,
            "leaf": leaf.decode("utf-8"),
            "path": [node.hex() for node in path],
            "payload": payload,
            "salt": salt,
        }
    )


def _written(parts: dict[str, Any]) -> bytes:
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8") + b"\n"


def _parsed(proof: bytes) -> dict[str, Any]:
    try:
        parts = json.loads(proof.decode("utf-8"))
        is_ours = isinstance(parts, dict) and parts.get("format") == FORMAT and _written(parts) == proof
    except (ValueError, RecursionError):
        is_ours = False
    if (
        not is_ours
        or parts.keys() != _KEYS.keys()
        or any(type(parts[k]) is not kind for k, kind in _KEYS.items())
    ):
        raise _Fails("not-a-proof", "这不是落地的证明文件，或者文件被改动过（哪怕一个空格）。请重新下载。")
    if not all(
        isinstance(node, str) and _HASH.fullmatch(node) for node in parts["path"]
    ) or not _SALT.fullmatch(parts["salt"]):
        raise _Fails("not-a-proof", "证明文件里的哈希写法不对，文件被改动过。请重新下载。")
    return dict(parts)


def _checked(parts: dict[str, Any], key: VerifierKey) -> Verdict:
    leaf = _leaf(parts["leaf"])
    # salt and payload together, as the ledger does it; the leaf's digest fixes both
    if leaf_digest(parts["salt"], parts["payload"]) != leaf["digest"]:
        raise _Fails("payload-changed", "登记的内容与它的摘要不符：内容被改动过。")
    head = _head(parts["checkpoint"], key)
    path = [bytes.fromhex(node) for node in parts["path"]]
    if not verify_inclusion(leaf_hash(parts["leaf"].encode()), parts["index"], head.size, path, head.root):
        raise _Fails("not-in-log", "这条登记不在所附检查点的日志里：登记、位置或路径被改动过。")
    payload = _object(parts["payload"])
    sealed = dt.datetime.fromtimestamp(head.second or 0, dt.UTC)
    message = f"证明成立：登记 {leaf['id']} 是日志 {head.origin} 的第 {parts['index'] + 1} 条，封存时共 {head.size} 条。"
    return Verdict(True, "", message, leaf, payload, parts["index"], head.size, sealed)


def leaf_digest(salt: str, payload: str) -> str:
    """SHA-256 over salt and payload, in hexadecimal."""
    return hashlib.sha256(bytes.fromhex(salt) + payload.encode("utf-8")).hexdigest()


def _leaf(text: str) -> dict[str, str]:
    leaf = _object(text)
    if tuple(sorted(leaf)) != _LEAF_KEYS or not all(isinstance(value, str) for value in leaf.values()):
        raise _Fails("not-a-proof", "证明文件里的登记条目写法不对，文件被改动过。请重新下载。")
    return leaf


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
        is_canonical = isinstance(value, dict) and canonical(value).decode("utf-8") == text
    except (ValueError, TypeError, RecursionError):
        is_canonical = False
    if not is_canonical:
        raise _Fails("not-a-proof", "证明文件里有一段不是规范的JSON，文件被改动过。请重新下载。")
    return dict(value)


def _head(note: str, key: VerifierKey) -> Head:
    try:
        head = read_checkpoint(note, key)
    except NotANote as wrong:
        raise _Fails(
            "checkpoint-unsigned", "检查点不是由给定的公钥签的，或签后被改动过。请核对公钥的来处。"
        ) from wrong
    if head.origin != key.name:
        raise _Fails(
            "other-log", f"检查点属于日志“{head.origin}”，给定的公钥属于“{key.name}”。请换对应的公钥。"
        )
    if head.second is None or head.second >= 1 << 37:
        raise _Fails("checkpoint-untimed", "检查点没有签时间，不是落地所写。请重新下载。")
    return head
