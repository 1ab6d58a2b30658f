"""``verify``: the whole district, or one proof file with nothing but a pinned key."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from luodi.command_line.outputs import put
from luodi.command_line.said import complain, say
from luodi.kernel.refusal import Refusal

FOUND, CANNOT = 1, 3


def run_verify(options: argparse.Namespace) -> int:
    """0 all is well, 1 something is wrong, 3 cannot tell."""
    if options.file is not None:
        return _verify_proof(options)
    from luodi.kernel.ledger.notes import NotANote, VerifierKey
    from luodi.website.opening import open_district, reached

    data = open_district(options.data)
    try:
        key = VerifierKey.parse(_key_text(options.key)) if options.key else None
    except NotANote as fault:
        raise Refusal("bad-key", f"--key 不是公钥（{fault}）。请从事先保存的地方原样取来。") from fault
    since = _read(options.since) if options.since else None
    from luodi.kernel.ledger.verify import verify

    with reached():
        found = verify(data, since, key)
    wrong = [finding for finding in found if finding.is_wrong]
    put("".join(f"{finding}\n" for finding in found).encode())
    _sum_up(len(wrong), len(found) - len(wrong))
    return FOUND if wrong else 0


def _sum_up(wrong: int, other: int) -> None:
    from luodi.kernel.ledger.lookups import newest_checkpoint

    newest = newest_checkpoint()
    sealed = f"日志已封存 {newest.size} 条，根 {newest.root[:16]}…" if newest else "日志还没有封存过"
    waiting = f"；另有 {other} 处说明，见上" if other else ""
    if wrong:
        say(f"查出 {wrong} 处不符，见上{waiting}。{sealed}。")
    else:
        say(f"没有查出改动{waiting}。{sealed}。")


def _verify_proof(options: argparse.Namespace) -> int:
    from luodi.kernel.ledger.checking import check

    proof = options.file
    raw = _read(proof).encode("utf-8", "surrogateescape")
    key = _key_text(options.key) if options.key else _own_key(options.data)
    if not key:
        complain("没有可对照的公钥。请用 --key 给出事先存下的公钥。", "no-key")
        return CANNOT
    verdict = check(raw, key)
    if not verdict.holds:
        complain(verdict.message, verdict.code)
        return CANNOT if verdict.code == "key-malformed" else FOUND
    put(f"{verdict.message}\n".encode())
    return 0


def _own_key(data: Path | None) -> str:
    from luodi.kernel.ledger.keys import existing_verifier_key
    from luodi.kernel.ledger.notes import NotANote
    from luodi.website.configuration import Configuration

    folder = data or Configuration.from_environment().data
    try:
        key = existing_verifier_key(folder)
    except NotANote:
        return ""
    return str(key) if key else ""


def _key_text(given: str) -> str:
    """The key itself, or what the file of that name holds."""
    if "+" not in given or Path(given).is_file():
        return _read(Path(given)).strip()
    return given.strip()


def _read(path: Path) -> str:
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as fault:
        from luodi.command_line.faults import in_words

        raise Refusal("unreadable", f"{path} 打不开：{in_words(fault)}。请检查路径与权限。") from fault
