"""``compare``: two documents side by side: numbers changed, days moved, words weakened, promises quietly gone, and new ones."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

import orjson

from luodi.command_line.inputs import load, shown
from luodi.command_line.outputs import put
from luodi.command_line.wrapping import pad, printable, wrap
from luodi.kernel.documents.converting import converter_for
from luodi.reading.comparing.changes import WORDS
from luodi.reading.comparing.likeness import relation, sketch
from luodi.reading.comparing.pairing import Outcome, Pair, pair_up, sentences_of
from luodi.reading.comparing.said import Sentence
from luodi.reading.document import Document
from luodi.reading.reader import read
from luodi.reading.refusals import Refused

_NAMES: dict[Outcome, str] = {
    "changed": "变了",
    "gone": "不再提",
    "claimed": "后文说到结果",
    "new": "新提出",
    "same": "照旧",
}
_RELATIONS = {
    "same": "两份是同一篇",
    "updated": "后一份是前一份的更新",
    "quotes": "后一份引了前一份",
    "quoted": "后一份取自前一份",
}


def run_compare(options: argparse.Namespace) -> int:
    """Compare two files; 0 when nothing was changed or given up, 1 when something was, or a file was refused."""
    documents = []
    for path in (options.earlier, options.later):
        try:
            documents.append(read(raw := load(path), shown(path), converter_for(raw)))
        except Refused as refused:
            print(f"luodi: {shown(path)}: {refused.message}({refused.code})", file=sys.stderr)
            return 1
    earlier, later = documents
    if _is_before(later, earlier):
        print("luodi: 后一个文件的日期更早，已调换先后。(swapped)", file=sys.stderr)
        earlier, later = later, earlier
    pairs = pair_up(sentences_of(earlier, "a"), sentences_of(later, "b"))
    if options.format == "jsonl":
        for pair in pairs:
            put(orjson.dumps(_record(pair, earlier, later)) + b"\n")
    else:
        columns = max(shutil.get_terminal_size((120, 40)).columns, 40)
        for line in _lines(pairs, earlier, later, columns):
            put(f"{line}\n".encode("utf-8", "backslashreplace"))
    return 1 if any(pair.outcome in ("changed", "gone") for pair in pairs) else 0


def _is_before(one: Document, other: Document) -> bool:
    days = [document.frame.speaks_of or document.frame.published for document in (one, other)]
    return days[0] is not None and days[1] is not None and days[0] < days[1]


def _lines(pairs: list[Pair], earlier: Document, later: Document, columns: int) -> Iterator[str]:
    yield f"■ 前 {printable(earlier.name)}（{earlier.frame.published or '日期未明'}）"
    yield f"■ 后 {printable(later.name)}（{later.frame.published or '日期未明'}）"
    sketches = [sketch(document.text) for document in (later, earlier)]
    if sketches[0] is not None and sketches[1] is not None:
        kin = relation(sketches[0], sketches[1])
        if kin is not None:
            yield f"  {_RELATIONS[kin[0]]}（相同处约 {kin[1]:.0%}）"
    counts = Counter(pair.outcome for pair in pairs)
    yield "  " + "，".join(
        f"{name} {counts[outcome]} 条" for outcome, name in _NAMES.items() if counts[outcome]
    )
    for outcome, name in _NAMES.items():
        for pair in pairs:
            if pair.outcome == outcome:
                yield ""
                yield f"【{name}】{_what(pair)}"
                yield from _side_by_side(pair, earlier, later, columns)


def _what(pair: Pair) -> str:
    told = "；".join(found.words + ("（没有说明）" if found.is_quiet else "") for found in pair.changes)
    why = "；".join(reason.words for reason in pair.reasons)
    return told + (f"  〔把握 {pair.score:.2f}：{printable(why)}〕" if pair.after and pair.before else "")


def _side_by_side(pair: Pair, earlier: Document, later: Document, columns: int) -> Iterator[str]:
    width = (columns - 7) // 2
    left = _wrapped(pair.before.text if pair.before else "（前文没有）", _place(earlier, pair.before), width)
    right = _wrapped(pair.after.text if pair.after else "（后文没有再提）", _place(later, pair.after), width)
    for one, other in zip_longest(left, right, fillvalue=""):
        yield f"  {pad(one, width)} │ {other}"


def _wrapped(text: str, place: str, width: int) -> list[str]:
    return list(wrap(printable(text) + (f"〔{place}〕" if place else ""), width))


def _place(document: Document, sentence: Sentence | None) -> str:
    if sentence is None:
        return ""
    statement = document.statements[int(sentence.id[1:])]
    return document.place_of(*document.source_span(statement.start, statement.stop))


def _record(pair: Pair, earlier: Document, later: Document) -> dict[str, object]:
    return {
        "outcome": pair.outcome,
        "before": _said(pair.before, earlier),
        "after": _said(pair.after, later),
        "score": pair.score if pair.before and pair.after else None,
        "reasons": [{"name": each.name, "words": each.words, "weight": each.weight} for each in pair.reasons],
        "changes": [
            {
                "what": each.what,
                "words": WORDS[each.what],
                "before": each.before,
                "after": each.after,
                "quiet": each.is_quiet,
            }
            for each in pair.changes
        ],
    }


def _said(sentence: Sentence | None, document: Document) -> dict[str, object] | None:
    if sentence is None:
        return None
    statement = document.statements[int(sentence.id[1:])]
    start, stop = document.source_span(statement.start, statement.stop)
    return {
        "doc": document.name,
        "start": start,
        "end": stop,
        "quote": document.source[start:stop],
        "text": document.text[statement.start : statement.stop],
        "place_in_file": document.place_of(start, stop) or None,
    }
