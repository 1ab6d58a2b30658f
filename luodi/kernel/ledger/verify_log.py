"""The log as a whole: leaves in their places, the root at every checkpoint, signatures, tiles, an earlier checkpoint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from luodi.kernel.ledger import tiles
from luodi.kernel.ledger.findings import UNREADABLE, Finding, Unreadable, each
from luodi.kernel.ledger.models import Checkpoint, Event, Leaf, Unsealed
from luodi.kernel.ledger.notes import Head, NotANote, VerifierKey, read_checkpoint
from luodi.kernel.ledger.tile_paths import WIDTH, tile_path
from luodi.kernel.ledger.tree import Frontier, root

_CHUNK = 200
PUBLISHED = "log/checkpoint"


class LogCheck:
    """One walk along the leaves. ``published`` is the checkpoint file as it was before the tables were read."""

    def __init__(self, data: Path, key: VerifierKey | None, published: str, since: str | None) -> None:
        self.data = data
        self.key = key
        self.published = published
        self.since = since
        self.frontier = Frontier()
        self._checkpoints = each(Checkpoint)
        self._next = next(self._checkpoints, None)
        self._before = 0
        self._root_is_wrong = False
        self._open: dict[int, list[bytes]] = {}  # by tile level: the tile being filled
        self._counts: dict[int, int] = {}
        self._earlier: list[tuple[str, Head]] = []

    def findings(self) -> Iterator[Finding]:
        """Everything wrong with the log."""
        yield from self._read_earlier()
        yield from self._at_this_size()
        leaves = each(Leaf)
        while chunk := list(islice(leaves, _CHUNK)):
            ids = [leaf.event_id for leaf in chunk if isinstance(leaf, Leaf)]
            hashes = dict(Event.objects.filter(pk__in=ids).values_list("id", "hash"))
            for leaf in chunk:
                yield from self._leaf(leaf, hashes)
        yield from self._at_the_end()
        yield from unsealed()

    def _leaf(self, leaf: Leaf | Unreadable, hashes: dict[str, str]) -> Iterator[Finding]:
        if isinstance(leaf, Unreadable):
            yield Finding("leaf-unreadable", f"leaf {leaf.key}", f"读不出来：{leaf.why}")
            return
        name = f"leaf {leaf.index}"
        if leaf.index != self.frontier.size:
            yield Finding("leaf-gap", name, f"这里应是第 {self.frontier.size} 号叶：中间有叶被删去或改了号。")
        if leaf.event_id not in hashes:
            yield Finding("leaf-without-event", name, f"它的登记 {leaf.event_id} 不见了。")
        elif hashes[leaf.event_id] != leaf.hash:
            yield Finding("leaf-changed", name, f"与登记 {leaf.event_id} 的哈希不符。")
        try:
            raw = bytes.fromhex(leaf.hash)
            self.frontier.append(raw if len(raw) == 32 else bytes(32))
            yield from self._tile(0, raw)
        except (ValueError, TypeError):
            self.frontier.append(bytes(32))
        yield from self._at_this_size()

    def _at_this_size(self) -> Iterator[Finding]:
        """Whatever is said of the tree as it now is."""
        for name, head in self._earlier:
            if head.size == self.frontier.size and head.root != self.frontier.root():
                yield Finding(
                    "log-rewritten", name, f"日志的前 {head.size} 条已不是当时所签的那些：日志被改写过。"
                )
        while self._next is not None:
            if isinstance(self._next, Unreadable):
                yield Finding(
                    "checkpoint-unreadable", f"checkpoint {self._next.key}", f"读不出来：{self._next.why}"
                )
            elif self._next.size > self.frontier.size:
                return
            else:
                yield from self._checkpoint(self._next)
                self._before = self._next.size
            self._next = next(self._checkpoints, None)

    def _checkpoint(self, at: Checkpoint) -> Iterator[Finding]:
        name = f"checkpoint {at.size}"
        if at.size < self.frontier.size or at.size < 1:
            yield Finding("checkpoint-size", name, "检查点的条数被改动过。")
            return
        here = self.frontier.root()
        if at.root != here.hex() and not self._root_is_wrong:
            self._root_is_wrong = True  # every later root is wrong for the same reason
            yield Finding("checkpoint-root", name, "根哈希与叶不符：这以前的叶或这个检查点被改动过。")
        if at.frontier.split() != [peak.hex() for peak in self.frontier.peaks] and at.root == here.hex():
            yield Finding("checkpoint-frontier", name, "检查点里的子树根被改动过。")
        if at.previous != self._before:
            yield Finding(
                "checkpoint-gap",
                name,
                f"上一个检查点应是 {at.previous}，现在是 {self._before}：有检查点被删去或改动过。",
            )
        if self.published != at.note and (PUBLISHED, at.size) in [
            (told, h.size) for told, h in self._earlier
        ]:
            yield Finding("log-file", PUBLISHED, f"与封存第 {at.size} 条时签的检查点不是同样的字。")
        if self.key is not None:
            try:
                yield from self._note(name, at, read_checkpoint(at.note, self.key))
            except NotANote as error:
                yield Finding("checkpoint-note", name, f"签名不成立：{error}")

    def _note(self, name: str, at: Checkpoint, head: Head) -> Iterator[Finding]:
        signed = (head.size, head.root.hex(), head.second)
        if signed != (at.size, at.root, at.at.astimezone(dt.UTC).timestamp()):
            yield Finding("checkpoint-note", name, "条数、根或时间与所签的文本不符。")

    def _read_earlier(self) -> Iterator[Finding]:
        for name, note in ((PUBLISHED, self.published), ("--since", self.since)):
            if not note:
                continue
            if self.key is None:
                yield Finding("key-missing", name, "没有公钥，签名无从核对。")
                continue
            try:
                self._earlier.append((name, read_checkpoint(note, self.key)))
            except NotANote as error:
                yield Finding("checkpoint-note", name, f"签名不成立：{error}")

    def _at_the_end(self) -> Iterator[Finding]:
        size = self.frontier.size
        for name, head in self._earlier:
            if head.size > size:
                yield Finding(
                    "log-cut", name, f"当时日志有 {head.size} 条，现在只有 {size} 条：后面的被删去了。"
                )
        while self._next is not None:
            key = self._next.key if isinstance(self._next, Unreadable) else self._next.size
            yield Finding(
                "checkpoint-size", f"checkpoint {key}", f"检查点说有 {key} 条，日志里只有 {size} 条。"
            )
            self._next = next(self._checkpoints, None)
        if self._before != size:
            yield Finding(
                "leaf-unsigned", f"leaf {self._before}", f"从这里到第 {size - 1} 号叶没有检查点签过。"
            )
        elif size and _text(self.data, "checkpoint") == "":
            yield Finding("log-file", PUBLISHED, "文件不在；下次封存时会补上。")
        for level in sorted(self._open):
            yield from self._compare(level, partial=True)
        key = _text(self.data, "key")
        if self.published and not key:
            yield Finding("log-file", "log/key", "文件不在；下次封存时会补上。")
        elif key and self.key is not None and key != f"{self.key}\n":
            yield Finding("log-file", "log/key", "公布的公钥与签名用的公钥不符。")

    def _tile(self, level: int, raw: bytes) -> Iterator[Finding]:
        tile = self._open.setdefault(level, [])
        tile.append(raw)
        if len(tile) == WIDTH:
            yield from self._compare(level, partial=False)
            self._counts[level] = self._counts.get(level, 0) + 1
            above = root(tile)
            self._open[level] = []
            yield from self._tile(level + 1, above)

    def _compare(self, level: int, *, partial: bool) -> Iterator[Finding]:
        tile = self._open[level]
        index, raw = self._counts.get(level, 0), b"".join(tile)
        if not tile or not self.published:
            return
        yield from self._file(
            tile_path(level, index, len(tile)), tile_path(level, index, WIDTH), raw, partial
        )
        if level == 0:
            paths = [tile_path("entries", index, wide) for wide in (len(tile), WIDTH)]
            try:
                entries = tiles.bundle(index, len(tile))
            except UNREADABLE:
                return  # the event itself was found
            yield from self._file(paths[0], paths[1], entries, partial)

    def _file(self, path: str, full: str, raw: bytes, partial: bool) -> Iterator[Finding]:
        """A partial tile may have given way to the full one meanwhile; one that is not there yet is made at the next sealing."""
        found = _bytes(self.data, path)
        if found is None and partial:
            later = _bytes(self.data, full)
            found = (
                raw
                if later is None and self._is_behind()
                else later[: len(raw)]
                if later is not None
                else None
            )
        if found is None:
            yield Finding("log-file", f"log/{path}", "文件不在。")
        elif found != raw:
            yield Finding("log-file", f"log/{path}", "文件与日志的表不符。")

    def _is_behind(self) -> bool:
        return all(head.size < self.frontier.size for name, head in self._earlier if name == PUBLISHED)


def unsealed() -> Iterator[Finding]:
    """Events that wait for the sealer, and those that wait in vain or in no need."""
    waiting = set(Unsealed.objects.values_list("event_id", flat=True))
    without = set(Event.objects.filter(leaf__isnull=True).values_list("id", flat=True))
    for event in sorted(waiting | without):
        name = f"event {event}"
        if event not in without:
            is_there = Event.objects.filter(pk=event).exists()
            text = "已经封存，却还列为待封存。" if is_there else "列为待封存，登记却不见了。"
            yield Finding("sealed-waiting" if is_there else "event-gone", name, text)
        elif event not in waiting:
            yield Finding("not-waiting", name, "没有封存，也没有列为待封存。")
        else:
            yield Finding("not-sealed", name, "还没有封存，不在任何检查点里。", is_wrong=False)


def published(data: Path) -> str:
    """The checkpoint file; empty where there is none."""
    return _text(data, "checkpoint")


def _text(data: Path, name: str) -> str:
    return (_bytes(data, name) or b"").decode("utf-8", "replace")


def _bytes(data: Path, name: str) -> bytes | None:
    try:
        return (tiles.folder(data) / name).read_bytes()
    except OSError:
        return None
