"""A sheet between being sent and being entered: its bytes and what was chosen, on disk, for its sender alone, for a day.

Not yet anything of the district's: no event speaks of it. A sheet of people is never more than this.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.conf import settings

from luodi.kernel.refusal import Refusal
from luodi.kernel.sheets.fields import Use

FOLDER = "staged"
LASTS = 24 * 3600  # seconds
MOST = 200
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(slots=True)
class Staged:
    """``columns`` are fields by the column's place as text; ``units`` the choices for names not known, by name.

    ``top`` and ``bottom`` are the header's rows where a person set them, 0 otherwise. ``entered`` counts what is in;
    ``as_of`` is the day that the figures of a month's sheet are of, in ISO form; ``mapping`` the id of the columns' confirmation,
    ``file`` that of the kept sheet. While rows are being entered (``turns.py``): ``planned`` how many, ``taken`` how many of them
    were gone through, ``refused`` how many were not taken, ``speed`` rows a second; ``faulty`` rows were not planned.
    """

    token: str
    account: str
    use: Use
    name: str
    sheet: int = 0
    top: int = 0
    bottom: int = 0
    year: int | None = None
    columns: dict[str, str] | None = None
    units: dict[str, str] = field(default_factory=dict)
    entered: int = 0
    summary: list[str] = field(default_factory=list)
    as_of: str = ""
    mapping: str = ""
    file: str = ""
    planned: int = 0
    taken: int = 0
    refused: int = 0
    faulty: int = 0
    speed: float = 0.0

    @property
    def raw(self) -> bytes:
        """The bytes as sent."""
        return (_folder(self.token) / "raw").read_bytes()

    def beside(self, name: str) -> Path:
        """Where a further file lies that was made of it; goes with it."""
        return _folder(self.token) / name

    def keep(self) -> None:
        """Write down what was chosen."""
        path = _folder(self.token) / "state.json"
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}")
        unfinished.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        os.replace(unfinished, path)

    def drop(self) -> None:
        """Destroy it."""
        shutil.rmtree(_folder(self.token), ignore_errors=True)


def stage(raw: bytes, name: str, use: Use, account: str) -> Staged:
    """Lay a sheet by; older ones of anybody go first. Raises ``Refusal``: ``staged-too-many``."""
    if sweep() >= MOST:
        raise Refusal("staged-too-many", f"还有{MOST}张表传了没有录完。请先录完或清掉一些，再传新的。")
    made = Staged(secrets.token_hex(16), account, use, name[:200])
    folder = _folder(made.token)
    folder.mkdir(parents=True, mode=0o700)
    (folder / "raw").write_bytes(raw)
    made.keep()
    return made


def staged(token: str, account: str) -> Staged:
    """What this account laid by. Raises ``Refusal``: ``staged-gone``."""
    gone = Refusal(
        "staged-gone", "这张表已经录完清掉，或放了超过一天。请从“第一小时”再传一次；录过的不会再录。"
    )
    if not _TOKEN.fullmatch(token):
        raise gone
    try:
        held = Staged(**json.loads((_folder(token) / "state.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError) as fault:
        raise gone from fault
    if held.account != account:
        raise gone
    return held


def held_by(account: str, use: Use) -> list[Staged]:
    """What this account has laid by for one use, the newest first."""
    found = []
    for folder in _root().glob("*/state.json"):
        try:
            held = Staged(**json.loads(folder.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            continue  # gone or replaced meanwhile, or of another version: nobody can go on with it
        if (held.account, held.use) == (account, use):
            found.append((folder.stat().st_mtime, held))
    return [held for _, held in sorted(found, key=lambda each: -each[0])]


def _root() -> Path:
    return Path(settings.DATA) / FOLDER


def _folder(token: str) -> Path:
    return _root() / token


def sweep() -> int:
    """Destroy what has lain for more than a day; the number of those that stay. Also for the regular work at night."""
    root = _root()
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = 0
    for folder in sorted(root.iterdir()):
        if time.time() - folder.stat().st_mtime > LASTS:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            kept += 1
    return kept
