"""What changes documents: taking one in, finding it gone, reading it anew, judging what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError

from luodi.kernel.clocks.now import day_of
from luodi.kernel.documents.comparing import differs
from luodi.kernel.documents.converting import converter_for
from luodi.kernel.documents.judging import STATE_AFTER, enter_judgement
from luodi.kernel.documents.kindred import note_kindred
from luodi.kernel.documents.lookups import readings_of_source, source_of_bytes
from luodi.kernel.documents.models import Judgement, Source, StatementKey
from luodi.kernel.documents.reader import READER
from luodi.kernel.documents.resting import require_free, tell
from luodi.kernel.documents.rows import ReadRow, source_row, statement_rows
from luodi.kernel.files.keeping import kept_file, plain_name
from luodi.kernel.files.store import check_size
from luodi.kernel.files.store import read as read_kept
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.search import index
from luodi.kernel.search.texts import Text
from luodi.reading.document import Document
from luodi.reading.reader import read
from luodi.reading.refusals import Refused

LONGEST_ADDRESS = 2_000
LONGEST_REASON = 2_000
Also = Callable[[Source, bool], None]  # the source, and whether it is new


def intake(
    raw: bytes,
    *,
    name: str = "",
    address: str = "",
    by: Actor,
    also: Also | None = None,
    document: Document | None = None,
) -> Source:
    """Keep a page and what is stated in it; the kept source where the same bytes are kept already.

    ``also`` is done inside the same act: whoever handed the page in writes down that it is in, or neither is there.
    ``document`` is what this reader made of just these bytes, where another process has read them already.
    Keeps nothing and raises ``Refusal`` where reading refuses the bytes (its codes: ``binary``, ``too-large``, …), where they
    cannot be kept (``empty-file``, ``disk-full``), and for an ``address`` that is not of the web (``bad-address``).
    """
    place = _checked_address(address)
    check_size(len(raw))
    sha = hashlib.sha256(raw).hexdigest()
    known = source_of_bytes(sha)
    if known is None:
        if document is None or document.sha256 != sha:
            document = _read(raw, plain_name(name))
        try:
            return _keep(raw, document, name, place, by, also)
        except IntegrityError:  # somebody else took in the same bytes meanwhile
            known = source_of_bytes(sha)
            if known is None:
                raise
    return see_again(known, address=place, by=by, also=also)


def see_again(source: Source, *, address: str = "", by: Actor, also: Also | None = None) -> Source:
    """Record that the same bytes were met again, today, at ``address``. A source that was gone is no longer."""
    with action("source.seen_again", by=by, subject=source.id, shown={"address": address}) as act:
        held = _held(source)
        if held.withdrawn_on is not None and address in ("", held.address):
            act.change(source, withdrawn_on=None)
            tell(act, source)
        if also is not None:
            also(source, False)
    return source


def withdraw(source: Source, *, by: Actor) -> Source:
    """Record that the page is gone from where it was published. The kept bytes and all that was read stay.

    What rests on it, as the board does, is brought up to date within the same act (``resting.py``). Raises ``Refusal``
    (``withdrawn-already``).
    """
    with action("source.withdrawn", by=by, subject=source.id, shown={"address": source.address}) as act:
        held = _held(source)
        if held.withdrawn_on is not None:
            day = held.withdrawn_on
            raise Refusal(
                "withdrawn-already", f"这份文件已在{day.year}年{day.month}月{day.day}日记为撤下，不必再记。"
            )
        act.change(source, withdrawn_on=day_of(act.at))
        tell(act, source)
    return source


def reread(source: Source, *, by: Actor, reader: str = READER) -> int:
    """Read a kept page with a newer reader; its readings go beside those there are. Returns how many are new.

    A judgement stays on its statement; where figure, due or owner are now read differently the statement awaits a judgement
    again. Statements that the new reader no longer finds stay as they were and are named in the event.
    """
    document = _read(read_kept(Path(settings.DATA), source.file.sha256), "")
    fresh = statement_rows(document, source, reader)
    with action("source.reread", by=by, subject=source.id, shown={"reader": reader}) as act:
        held = {s.key: s for s in StatementKey.objects.select_for_update(no_key=True).filter(source=source)}
        earlier = readings_of_source(source)
        written = 0
        reopened: list[str] = []
        for row in fresh:
            statement = held.get(row.statement.key)
            if statement is None:
                _write(act, [row])
                written += 1
                continue
            before = earlier.get(statement.id, [])
            if any(reading.reader == reader for reading in before):
                continue
            row.reading.statement = statement
            written += 1
            _write_reading(act, row)
            if before and statement.state != "unread" and differs(before[-1], row):
                act.change(statement, state="unread")
                reopened.append(statement.id)
        found = {row.statement.key for row in fresh}
        act.shown |= {
            "read": written,
            "reopened": reopened,
            "not_found": [s.id for s in held.values() if s.key not in found],
        }
        index.put(source.id, Source.LETTER, document.text, is_public=source.file.is_public)
    return written


def judge(statement: StatementKey, verdict: str, *, by: Actor, reason: str = "") -> Judgement:
    """Record what a person decided about a statement: ``accept``, ``correct``, ``refuse``, ``merge``, ``keep`` or ``undo``.

    Raises ``Refusal``: ``judged-already`` where it awaits no judgement (undo first), ``nothing-to-undo``, ``reason-too-long``,
    and those of whatever rests on the statement, such as the commitment it was adopted as, which is taken back there
    (``adoption-stands``, ``link-stands``); ``ValueError`` for an unknown verdict.
    """
    if verdict not in STATE_AFTER:
        raise ValueError(f"verdict {verdict!r} is none of {', '.join(STATE_AFTER)}")
    if len(reason) > LONGEST_REASON:
        raise Refusal("reason-too-long", f"理由写了{len(reason):,}字，最多{LONGEST_REASON:,}字。请写短一些。")
    with action(
        "statement.judged", by=by, subject=statement.id, shown={"verdict": verdict, "kind": statement.kind}
    ) as act:
        held = StatementKey.objects.select_for_update(no_key=True).get(pk=statement.pk)
        if verdict == "undo" and held.state == "unread":
            raise Refusal("nothing-to-undo", "这一条还没有人复核过，没有可以撤回的。")
        if verdict != "undo" and held.state != "unread":
            done = dict(StatementKey.STATES)[held.state]
            raise Refusal("judged-already", f"这一条已经复核过，结果是“{done}”。要改，请先撤回。")
        require_free(held, STATE_AFTER[verdict])
        judgement = enter_judgement(act, held, verdict, reason)
    statement.state = held.state
    return judgement


def _held(source: Source) -> Source:
    """The source as it is now, held until the act is over."""
    return Source.objects.select_for_update(no_key=True).defer("text").get(pk=source.pk)


def _keep(
    raw: bytes, document: Document, name: str, address: str, by: Actor, also: Also | None = None
) -> Source:
    source = source_row(document, address)
    rows = statement_rows(document, source, READER)
    shown = {"address": address, "sha256": document.sha256, "reader": READER, "statements": len(rows)}
    with action("source.kept", by=by, subject=source.id, shown=shown) as act:
        source.kept_at = act.at
        source.file = kept_file(act, raw, name, is_public=True)
        act.create(source)
        _write(act, rows)
        note_kindred(act, source, document.text)
        index.put(source.id, Source.LETTER, document.text, is_public=True)
        if also is not None:
            also(source, True)
    return source


def _write(act: Action, rows: list[ReadRow]) -> None:
    """Statements before readings before figures, as they point to each other."""
    act.create_all(row.statement for row in rows)
    act.create_all(row.reading for row in rows)
    act.create_all(figure for row in rows for figure in row.figures)
    _put(rows)


def _write_reading(act: Action, row: ReadRow) -> None:
    act.create(row.reading)
    act.create_all(row.figures)
    _put([row])


def _put(rows: Iterable[ReadRow]) -> None:
    texts = [Text(row.reading.statement_id, row.reading.text, True) for row in rows]
    index.put_all(StatementKey.LETTER, texts)


def _read(raw: bytes, name: str) -> Document:
    try:
        convert = converter_for(raw)
        return read(raw, name, convert) if convert else read(raw, name)
    except Refused as refused:
        raise Refusal(refused.code, refused.message) from refused


def _checked_address(address: str) -> str:
    given = address.strip()
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        is_of_the_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_of_the_web = False
    if not is_of_the_web or len(given) > LONGEST_ADDRESS or any(c.isspace() or ord(c) < 32 for c in given):
        raise Refusal(
            "bad-address",
            f"网址“{given[:80]}”用不了：应以 http:// 或 https:// 开头，中间没有空格，最长{LONGEST_ADDRESS:,}字。"
            "不知道网址可以不填。",
        )
    return given
