"""``report``: how well labelled pages are read, by genre and rule, and what was gained and lost since the last run."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import orjson

from luodi.command_line.faults import in_words
from luodi.command_line.inputs import load, shown
from luodi.command_line.outputs import put, whole_file
from luodi.command_line.usage import USED_WRONGLY
from luodi.command_line.wrapping import pad, printable
from luodi.kernel.documents.converting import converter_for
from luodi.reading.document import Document
from luodi.reading.gold import as_gold
from luodi.reading.reader import read
from luodi.reading.refusals import Refused
from luodi.reading.scoring import Scores, match, score_page

_RATES = (("kind", "种类"), ("due", "期限"), ("owner", "主责"), ("object", "事物"))
_GENRE = re.compile(r"^(?:[a-z]\d+-)?(.+?)(?:-\d{4})?$")
_MOST_NAMED = 20
_WORSE = 0.0005


@dataclass
class Page:
    """What came of one labelled page: its scores, which labels were hit, and by rule how many statements were right and wrong."""

    stem: str
    genre: str
    scores: Scores
    hits: dict[str, str] = field(default_factory=dict)
    missed: dict[str, str] = field(default_factory=dict)
    rules: dict[str, tuple[int, int]] = field(default_factory=dict)


def run_report(options: argparse.Namespace) -> int:
    """Read and score; 0 when nothing was lost, 1 when something was or a page could not be read, 2 when asked wrongly."""
    labels = sorted(_labels(options.gold))
    if not labels:
        print("luodi: 没有找到标注（.json）。请给出标注文件夹或文件。(no-labels)", file=sys.stderr)
        return USED_WRONGLY
    last = _last(options.last)
    pages, unread = [], 0
    for label in labels:
        try:
            pages.append(_page(label, options.pages))
        except (Refused, ValueError, KeyError, TypeError, AttributeError) as fault:
            words = (
                f"{fault.message}({fault.code})"
                if isinstance(fault, Refused)
                else "不是标注文件，跳过。(bad-label)"
            )
            print(f"luodi: {shown(label)}: {words}", file=sys.stderr)
            unread += 1
    lost = False
    for line in _lines(pages):
        put(f"{line}\n".encode())
    if last is not None:
        lines, lost = _since(pages, last)
        for line in lines:
            put(f"{line}\n".encode("utf-8", "backslashreplace"))
    if options.last is not None:
        with whole_file(options.last) as opened:
            opened.write(orjson.dumps([asdict(page) for page in pages], option=orjson.OPT_INDENT_2) + b"\n")
    return 1 if unread or lost else 0


def _labels(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        yield from path.glob("*.json") if path.is_dir() else [path]


def _last(path: Path | None) -> list[dict[str, Any]] | None:
    """The last run as it was written; ``None`` where there was none."""
    if path is None or not path.exists():
        return None
    try:
        found = list(json.loads(path.read_bytes()))
        for each in found:
            Scores(**each["scores"])
            if (
                not all(isinstance(each[name], dict) for name in ("hits", "missed", "rules"))
                or not each["stem"]
            ):
                raise ValueError(each["stem"])
        return found
    except (ValueError, TypeError, KeyError, OSError) as fault:
        words = in_words(fault) if isinstance(fault, OSError) else "不是上一次的结果"
        print(f"luodi: {shown(path)}: {words}，不作比较。(bad-last)", file=sys.stderr)
        return None


def _page(label: Path, folder: Path | None) -> Page:
    raw = load(_page_of(label, folder))
    return page_of(json.loads(load(label)), read(raw, label.stem, converter_for(raw)), label.stem)


def page_of(gold: dict[str, Any], document: Document, stem: str) -> Page:
    """What came of a document beside its label, in the shape of ``gold.as_gold``."""
    found = as_gold(document, stem)
    wanted = gold["statements"]
    pairs = match(wanted, found["statements"])
    named = _GENRE.match(stem)
    page = Page(stem, str(gold.get("genre") or (named[1] if named else stem)), score_page(gold, found))
    hit = {i for i, _ in pairs}
    for at, each in enumerate(wanted):
        quote = each.get("quote") or document.source[each["start"] : each["end"]]
        (page.hits if at in hit else page.missed)[f"{each['start']}-{each['end']}"] = quote[:60]
    right = {j for _, j in pairs}
    for at, statement in enumerate(document.statements):
        good, bad = page.rules.get(statement.rule, (0, 0))
        page.rules[statement.rule] = (good + (at in right), bad + (at not in right))
    return page


def _page_of(label: Path, folder: Path | None) -> Path:
    """The page a label belongs to: of the same stem, in ``folder``, beside the label, or in the folder ``pages`` next door."""
    for place in [folder] if folder else [label.parent, label.parent.parent / "pages"]:
        found = sorted(each for each in place.glob(f"{label.stem}.*") if each.suffix != ".json")
        if found:
            return found[0]
    raise Refused("no-page", "没有找到这份标注的页面。请用 --pages 指定页面文件夹。")


def _lines(pages: list[Page]) -> Iterator[str]:
    yield (
        pad("体裁", 30)
        + "   篇   标注   读出   命中  条目F1  数量F1"
        + "".join(f"  {name}" for _, name in _RATES)
    )
    genres: dict[str, list[Scores]] = defaultdict(list)
    for page in pages:
        genres[page.genre].append(page.scores)
    for genre in sorted(genres):
        yield _row(printable(genre), genres[genre])
    yield _row("合计", [page.scores for page in pages])
    yield ""
    yield pad("规则", 30) + "   读对   读错"
    for rule, (good, bad) in sorted(by_rule(pages).items(), key=lambda each: (-each[1][1], each[0])):
        yield pad(rule, 30) + f"{good:>7}{bad:>7}"


def _row(name: str, scores: list[Scores]) -> str:
    s = sum(scores, Scores())
    rates = "".join(f"{s.rate(field):>6.3f}" for field, _ in _RATES)
    return (
        pad(name, 30)
        + f"{len(scores):>5}{s.gold:>7}{s.read:>7}{s.matched:>7}{s.statements_f1:>8.3f}{s.figures_f1:>8.3f}{rates}"
    )


def by_rule(pages: Iterable[Page]) -> dict[str, tuple[int, int]]:
    """By rule, how many statements it took rightly and wrongly."""
    found: dict[str, tuple[int, int]] = {}
    for page in pages:
        for rule, (good, bad) in page.rules.items():
            held = found.get(rule, (0, 0))
            found[rule] = (held[0] + good, held[1] + bad)
    return found


def _since(pages: list[Page], last: list[dict[str, Any]]) -> tuple[list[str], bool]:
    """What was gained and lost since the last run, of the pages that were in both; whether anything was lost."""
    before = {each["stem"]: each for each in last}
    both = [(page, before[page.stem]) for page in pages if page.stem in before]
    lines = ["", f"与上一次相比（{len(both)} 篇两次都有）"]
    lost = False
    genres: dict[str, tuple[Scores, Scores]] = {}
    for page, then in both:
        held = genres.get(page.genre, (Scores(), Scores()))
        genres[page.genre] = (held[0] + page.scores, held[1] + Scores(**then["scores"]))
    for genre, (now, then_scores) in sorted(genres.items()):
        change, figures = (
            now.statements_f1 - then_scores.statements_f1,
            now.figures_f1 - then_scores.figures_f1,
        )
        if abs(change) > _WORSE or abs(figures) > _WORSE:
            lines.append(f"  {printable(genre)}：条目F1 {change:+.3f}，数量F1 {figures:+.3f}")
            lost = lost or change < -_WORSE or figures < -_WORSE
    now_rules = by_rule(page for page, _ in both)
    then_rules: dict[str, tuple[int, int]] = {}
    for _, then in both:
        for rule, (good, bad) in then["rules"].items():
            kept = then_rules.get(rule, (0, 0))
            then_rules[rule] = (kept[0] + good, kept[1] + bad)
    for rule in sorted(now_rules.keys() | then_rules.keys()):
        (good, bad), (good_then, bad_then) = now_rules.get(rule, (0, 0)), then_rules.get(rule, (0, 0))
        if (good, bad) != (good_then, bad_then):
            lines.append(f"  规则 {rule}：读对 {good - good_then:+}，读错 {bad - bad_then:+}")
    gains = [(p.stem, q) for p, then in both for at, q in p.hits.items() if at in then["missed"]]
    losses = [(p.stem, q) for p, then in both for at, q in p.missed.items() if at in then["hits"]]
    for word, named in (("得", gains), ("失", losses)):
        lines.append(f"  {word} {len(named)} 条")
        lines += [f"    {word} {stem}：{printable(quote)}" for stem, quote in named[:_MOST_NAMED]]
    return lines, lost or bool(losses)
