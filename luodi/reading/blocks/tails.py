"""What follows the article: teasers of other articles, link lists, notices of the site.

A line that opens a tail (相关新闻, 上一篇, 责任编辑, 版权声明 …) closes the article, if there has been one. The article
resumes only where its own numbering, its questions or a table goes on, or where several whole paragraphs follow each
other without a headline between them, as no list of teasers has.
"""

from __future__ import annotations

import re

from luodi.reading.blocks.lines import Line
from luodi.reading.blocks.numbering import read_number
from luodi.reading.blocks.prose import BODY_KINDS, is_running_text

# rules that open a tail wherever they stand behind an article
_OPENERS = frozenset(
    {
        "related",
        "friend_links",
        "previous_next",
        "share",
        "scan_code",
        "comments",
        "disclaimer",
        "footer",
        "byline_editor",
    }
)
# behind these nothing of the article was ever seen again
_FINAL = frozenset({"friend_links", "footer"})
_ENOUGH = 120  # characters of article before a tail can open
_WHOLE = re.compile(r"[。！？!?][”\"’）)]?$")
_LABELLED = frozenset({"labelled_question", "labelled_answer", "named_answer"})
_PARAGRAPHS = 3


def mark(lines: list[Line]) -> None:
    """Turn everything behind an opener into furniture, and teasers that no heading announces."""
    _mark_tails(lines)
    _mark_teaser_pairs(lines)
    _mark_end(lines)


def _mark_tails(lines: list[Line]) -> None:
    before = 0
    last_number: tuple[str, int] | None = None
    opener: str | None = None
    for at, line in enumerate(lines):
        if opener is not None and _resumes(lines, at, opener, last_number):
            opener = None
        if opener is not None:
            if line.kind != "furniture" and not (opener == "byline_editor" and line.kind == "byline"):
                line.decide("furniture", f"after_{opener}")
            elif line.rule in _FINAL or (opener == "byline_editor" and line.rule in _OPENERS):
                opener = line.rule
            continue
        if line.rule in _OPENERS and before >= _ENOUGH:
            opener = line.rule
        elif line.kind in BODY_KINDS:
            before += len(line.text) if line.kind != "table_row" else _ENOUGH
            number = read_number(line.plain)
            if number and number.form in ("one", "bracketed_one", "chapter", "section", "digit"):
                last_number = (number.form, number.value)


def _resumes(lines: list[Line], at: int, opener: str, last_number: tuple[str, int] | None) -> bool:
    line = lines[at]
    if line.kind is None or line.kind == "furniture" or opener in _FINAL:
        return line.rule == "table_header" and opener not in ("related", "previous_next", "comments")
    if line.rule in _LABELLED or line.kind == "table_row":
        return True
    number = read_number(line.plain)
    if number and last_number == (number.form, number.value - 1):
        return True
    return _whole_paragraphs(lines, at)


def _whole_paragraphs(lines: list[Line], at: int) -> bool:
    """Several paragraphs on end, each a whole one, with no headline between or before them."""
    run = lines[at : at + _PARAGRAPHS]
    return len(run) == _PARAGRAPHS and all(
        line.kind in ("paragraph", "answer") and len(line.text) >= 50 and _WHOLE.search(line.text)
        for line in run
    )


def _mark_teaser_pairs(lines: list[Line]) -> None:
    """Two headlines or more, each with the start of its article broken off in mid-sentence."""
    at = 0
    while at + 1 < len(lines):
        stop = at
        while stop + 1 < len(lines) and _is_headline(lines[stop]) and _is_broken_off(lines[stop + 1]):
            stop += 2
        if stop - at >= 4:
            for line in lines[at:stop]:
                line.decide("furniture", "teaser_pairs")
        at = max(stop, at + 1)


def _is_headline(line: Line) -> bool:
    return (
        line.kind in (None, "heading", "paragraph")
        and 8 <= len(line.text) <= 50
        and not line.text.endswith(("。", ":", "："))
    )


def _is_broken_off(line: Line) -> bool:
    return (
        line.kind in (None, "paragraph")
        and 50 <= len(line.text) <= 260
        and not re.search(r"[。！？!?：:；;”）)]$", line.text)
    )


def _mark_end(lines: list[Line]) -> None:
    """Short lines behind the last paragraph are the site's, unless they say who wrote it and when."""
    last = max((i for i, line in enumerate(lines) if line.kind in BODY_KINDS), default=None)
    if last is None:
        return
    if lines[last].kind == "heading" and not is_running_text(lines[last]):
        while last > 0 and lines[last].kind not in BODY_KINDS - {"heading"}:
            last -= 1
    for line in lines[last + 1 :]:
        if line.kind in (None, "heading"):
            line.decide("furniture", "after_article")
