"""``second``: the same pages by a second reader; where the two disagree comes first. Off unless an endpoint is set."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from luodi.command_line.inputs import find_files, load, shown
from luodi.command_line.outputs import put
from luodi.command_line.usage import USED_WRONGLY
from luodi.kernel.documents.converting import converter_for
from luodi.kernel.documents.second.endpoint import Asker, Endpoint, endpoint_of
from luodi.kernel.documents.second.hearing import hear, price
from luodi.reading.document import Document
from luodi.reading.reader import read
from luodi.reading.refusals import Refused
from luodi.reading.second.agreement import WORDS, Both, agreement
from luodi.reading.second.answers import Said
from luodi.reading.second.questions import batches_of, cost_of

CACHE = Path.home() / ".cache" / "luodi" / "second"


def run_second(options: argparse.Namespace) -> int:
    """Read with both; 0 when all was asked, 1 when something was refused or not answered, 2 when no endpoint is set."""
    try:
        endpoint = endpoint_of()
    except Refused as refused:
        print(f"luodi: {refused.message}({refused.code})", file=sys.stderr)
        return USED_WRONGLY
    if endpoint is None and not options.estimate:
        print(
            "luodi: 没有设第二个读者。请设 LUODI_SECOND_READER_URL 和 LUODI_SECOND_READER_MODEL。(no-endpoint)",
            file=sys.stderr,
        )
        return USED_WRONGLY
    documents, failed = _documents(options.paths)
    print(_cost(documents, endpoint), file=sys.stderr)
    if options.estimate or endpoint is None:
        return 1 if failed else 0
    asker = Asker(endpoint, None if options.no_cache else options.cache or CACHE)
    found: list[tuple[Document, Both]] = []
    refusals = 0
    for document in documents:
        said, not_taken = _ask(document, asker, endpoint.model)
        refusals += not_taken
        found += [(document, both) for both in agreement(document, said)]
    found.sort(key=lambda each: not each[1].differences)
    for document, both in found:
        put(orjson.dumps(_record(document, both)) + b"\n")
    disagree = sum(bool(both.differences) for _, both in found)
    print(
        f"共 {len(found)} 条，{disagree} 条两个读者说法不一，排在前面；问了 {asker.asked} 次，"
        f"{asker.remembered} 次用的是存下的回答。",
        file=sys.stderr,
    )
    return 1 if failed or refusals else 0


def _documents(paths: list[Path]) -> tuple[list[Document], bool]:
    found, failed = [], False
    for path in find_files(paths):
        try:
            found.append(read(raw := load(path), shown(path), converter_for(raw)))
        except Refused as refused:
            print(f"luodi: {shown(path)}: {refused.message}({refused.code})", file=sys.stderr)
            failed = True
    return found, failed


def _cost(documents: list[Document], endpoint: Endpoint | None) -> str:
    cost = cost_of([batch for document in documents for batch in batches_of(document)])
    words = f"要问 {cost.batches} 次，约 {cost.characters:,} 字；至多约 {cost.tokens_in:,} 词元问、{cost.tokens_out:,} 词元答"
    if (money := price(cost, endpoint)) is None:
        return f"{words}。没有设价格（LUODI_SECOND_READER_PRICES），算不出钱数。"
    return f"{words}，约 {money:.2f} 元。答过的不再问。"


def _ask(document: Document, asker: Asker, model: str) -> tuple[list[Said], int]:
    """What the second reader says of a page; how much of it was refused or not answered, each told."""
    heard = hear(document, asker, model)
    for fault in heard.faults:
        print(f"luodi: {document.name}: {fault.message}({fault.code})", file=sys.stderr)
    for why in heard.not_taken:
        print(f"luodi: {document.name}: 第二个读者的一条没有采用：{why}。(not-literal)", file=sys.stderr)
    return heard.said, len(heard.faults) + len(heard.not_taken)


def _record(document: Document, both: Both) -> dict[str, Any]:
    return {
        "doc": document.name,
        "sha256": document.sha256,
        "differences": [{"name": name, "words": WORDS[name]} for name in both.differences],
        "rules": dict(_ours(document, both)) or None,
        "second": dict(_theirs(document, both.second)) or None,
    }


def _ours(document: Document, both: Both) -> Iterator[tuple[str, Any]]:
    s = both.rules
    if s is not None:
        yield from _where(document, s.start, s.stop)
        yield "kind", s.kind
        yield "figures", [{"number": format(f.number, "f"), "unit": f.unit} for f in s.figures]
        yield "owner", s.owner
        yield "due", s.due.until.isoformat() if s.due else None


def _theirs(document: Document, said: Said | None) -> Iterator[tuple[str, Any]]:
    if said is not None:
        yield from _where(document, said.start, said.stop)
        yield "kind", said.kind
        yield "figures", list(said.figures)
        yield "owner", said.owner
        yield "due", said.due


def _where(document: Document, start: int, stop: int) -> Iterator[tuple[str, Any]]:
    low, high = document.source_span(start, stop)
    yield "start", low
    yield "end", high
    yield "quote", document.source[low:high]
