"""``intake``: pages into the district, as a person at the desk would hand them in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from luodi.command_line.inputs import STDIN, find_files, load, shown
from luodi.command_line.progress import Progress
from luodi.kernel.refusal import Refusal
from luodi.reading.formats.archives import is_archive, members
from luodi.reading.refusals import Refused


def run_intake(options: argparse.Namespace) -> int:
    """Take in everything named; 0 when all was kept, 1 when something was refused."""
    from luodi.website.opening import open_district

    data = open_district(options.data)
    first = next(find_files(options.paths), None)
    if first is None:
        print("luodi: 文件夹里没有可收的文件（以点开头的跳过）。(empty-folder)", file=sys.stderr)
        return 0
    taker = _Taker(Progress(find_files(options.paths)))
    try:
        for path in find_files(options.paths):
            taker.take(path)
    finally:
        taker.finish()
    from luodi.kernel.ledger.sealing import seal

    seal(data)
    return 1 if taker.progress.refused else 0


class _Taker:
    """Takes in one file after the other and counts."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.new = self.known = 0

    def take(self, path: Path) -> None:
        """One file; a refusal is told and the rest goes on."""
        size = 0
        try:
            raw = load(path)
            size = len(raw)
            if is_archive(raw):
                for member in members(raw):
                    self._try(shown(Path(f"{path}/{member.name}")), member.raw, member.name)
            else:
                self._try(shown(path), raw, "" if path == STDIN else path.name)
        except Refused as refused:
            self._refused(shown(path), refused)
        self.progress.step(size)

    def _try(self, where: str, raw: bytes | Refused, name: str) -> None:
        try:
            if isinstance(raw, Refused):
                raise raw
            self._keep(raw, name)
        except (Refused, Refusal) as refusal:
            self._refused(where, refusal)

    def _refused(self, where: str, refusal: Refused | Refusal) -> None:
        self.progress.refused += 1
        self.progress.say(f"luodi: {where}: {refusal.message}({refusal.code})")
        if refusal.code in ("disk-full", "read-only"):
            raise SystemExit(1) from refusal  # it would be the same for every file that follows

    def _keep(self, raw: bytes, name: str) -> None:
        import hashlib

        from luodi.kernel.documents.actions import intake
        from luodi.kernel.documents.lookups import source_of_bytes
        from luodi.kernel.documents.models import StatementKey
        from luodi.kernel.ledger.action import SYSTEM
        from luodi.website.opening import reached

        with reached():
            if source_of_bytes(hashlib.sha256(raw).hexdigest()) is not None:
                self.known += 1
                return
            source = intake(raw, name=name, by=SYSTEM)
            self.new += 1
            self.progress.statements += StatementKey.objects.filter(source=source).count()

    def finish(self) -> None:
        """The sums."""
        self.progress.finish()
        known = f"，{self.known} 份早已收过" if self.known else ""
        print(f"新收 {self.new} 份{known}。", file=sys.stderr)
