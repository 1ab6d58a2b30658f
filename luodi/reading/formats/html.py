"""Saved web pages: markup becomes recorded edits, so a span of the text is still a span of the page as kept.

Tags go out; block tags leave a line break, table cells a tab, neighbouring links a space; scripts, styles and comments go
whole; character references become their character. Nothing is parsed into a tree: pages as scraped seldom are one, and a
tag nobody closed must not swallow an article. Wrong where a page draws its lines with styles alone (``display: block`` on
a ``span``), or hides text by style.

Invariants: edits are in order and never overlap; time is linear in the length, for every search either moves on or is
remembered as vain, and every repetition of the patterns is bounded or possessive.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from luodi.reading.edits import Edit, EditedText


class Rule(NamedTuple):
    """A reason to change a page's markup: its name, what it means, and a line that shows it."""

    name: str
    meaning: str
    example: str


RULES = (
    Rule(
        "markup",
        "网页标记去掉：块级标记换成换行，单元格换成制表符，相邻链接换成空格",
        "<p>新建<b>公园</b>5个</p>",
    ),
    Rule("hidden_markup", "脚本、样式、注释等不显示的部分整段去掉", "全区<!-- 编辑备注 -->有社区12个"),
    Rule("character_reference", "字符引用换成它所指的字符", "投资&nbsp;3&nbsp;亿元"),
    Rule("line_wrap", "源代码里的换行不是文字：去掉，两个西文词之间换成空格", "<p>建成高标准\n农田2万亩</p>"),
)

_PAGE = re.compile(r"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_SOME_TAG = re.compile(
    r"</?(?:p|div|table|span|td|tr|br|ul|li|a|b|i|u|em|font|strong|center|img|article|section|h[1-6])(?:\s[^<>]{0,400}+)?/?>",
    re.IGNORECASE,
)
_BREAKING_TAG = re.compile(r"<(?:p|div|br|td|tr|li|h[1-6]|table|ul|section|article)[\s>/]", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*+)(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>")
# a tag with < inside a quoted attribute; bounded, for the end of such a quotation may be far away and mean something else
_TAG_WITH_ANGLES = re.compile(
    r"</?([a-zA-Z][a-zA-Z0-9:-]*+)[^<>\"']{0,200}+(?:(?:\"[^\"\n]{0,300}+\"|'[^'\n]{0,300}+')[^<>\"']{0,200}+){1,12}+>"
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_WRAP = re.compile(r"[\r\n]\s*+")
_NEXT = re.compile(r"[<&\r\n]")
_BETWEEN_LINKS = re.compile(r"</a\s*>.*<a[\s>]", re.IGNORECASE | re.DOTALL)
_HIDDEN = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button"}
)
_BREAK_NAMES = (
    "address article aside blockquote body br caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    " h6 head header hr html legend li main nav ol option p pre section table tbody tfoot thead title tr ul"
)
_BREAKS = frozenset(_BREAK_NAMES.split())
_CELLS = frozenset({"td", "th"})
_ROW_ENDS = re.compile(r"</?(?:tr|table|tbody)[\s>]", re.IGNORECASE)
_CELL = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_LONGEST_ROW = 4_000
_REMOVALS = frozenset({"markup", "hidden_markup", "line_wrap"})
_HEAD = 8_000


def looks_like_html(source: str) -> bool:
    """Whether the head of ``source`` has what only a page has (``<html``), or at least three tags."""
    head = source[:_HEAD]
    if "<" not in head:
        return False
    return _PAGE.search(head) is not None or len(_SOME_TAG.findall(head)) >= 3


def strip_markup(source: str) -> EditedText:
    """The text a reader of the page sees, with every removal recorded. Linear in the length; raises on nothing.

    >>> strip_markup("<p>新建<b>公园</b>5个</p>").text
    '\\n新建公园5个\\n'
    """
    return EditedText(source, _merged(source, _Walk(source).edits()))


def _flows(source: str) -> bool:
    """Whether tags draw the lines, so that line breaks of the source mean nothing.

    Text that somebody saved with a few tags left in it has its lines in the line breaks; they must stay.
    """
    if _PAGE.search(source, 0, _HEAD):
        return True
    head = source[: 10 * _HEAD]
    bare = sum(1 for line in head.splitlines() if line.strip() and "<" not in line)
    return len(_BREAKING_TAG.findall(head)) >= bare


class _Walk:
    """One pass over the page. ``vain`` holds the ends that were looked for and do not come any more."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._vain: set[str] = set()
        self._flows = _flows(source)
        self._preformatted = False
        self._row_end = 0

    def edits(self) -> Iterator[Edit]:
        source, at = self._source, 0
        while found := _NEXT.search(source, at):
            start = found.start()
            if source[start] == "<":
                edit = self._markup(start)
            elif source[start] == "&":
                edit = _reference(source, start)
            else:
                edit = self._wrap(start)
            if edit is None:
                at = start + 1
                continue
            yield edit
            at = edit.stop

    def _markup(self, start: int) -> Edit | None:
        source = self._source
        if source.startswith("<!--", start):
            return Edit(start, self._behind("-->", start), "", "hidden_markup")
        if source.startswith(("<!", "<?"), start):
            return Edit(start, self._behind(">", start), "", "hidden_markup")
        tag = _TAG.match(source, start) or _TAG_WITH_ANGLES.match(source, start)
        if tag is None:
            return None
        name, closes = tag[1].lower(), source[start + 1] == "/"
        if name in _HIDDEN and not closes and not tag[0].endswith("/>"):
            return Edit(start, self._close_of(name, tag.end()), "\n", "hidden_markup")
        if name == "pre":
            self._preformatted = not closes
        if name == "tr" and not closes:
            self._row_end = self._end_of_row(tag.end())
        if name in _CELLS:
            return Edit(start, tag.end(), "" if closes else "\t", "markup")
        breaks = " " if start < self._row_end and name != "tr" else "\n"
        return Edit(start, tag.end(), breaks if name in _BREAKS else "", "markup")

    def _end_of_row(self, at: int) -> int:
        """Where a row of several cells ends that began before ``at``: its cells must stay on one line.

        ``at`` itself for a row that only lays out a page: one cell, or a table inside, or half the page.
        """
        end = None if "tr" in self._vain else _ROW_ENDS.search(self._source, at)
        if end is None:
            self._vain.add("tr")
            return at
        stop = end.start()
        is_row = stop - at <= _LONGEST_ROW and len(_CELL.findall(self._source, at, stop)) > 1
        return stop if is_row and not end[0].lower().startswith("<table") else at

    def _wrap(self, start: int) -> Edit | None:
        if self._preformatted or not self._flows:
            return None
        source = self._source
        stop = _WRAP.match(source, start).end()  # type: ignore[union-attr]  # it begins with what was found
        before, after = source[start - 1 : start], source[stop : stop + 1]
        between_words = before.isalnum() and before.isascii() and after.isalnum() and after.isascii()
        return Edit(start, stop, " " if between_words else "", "line_wrap")

    def _behind(self, end: str, start: int) -> int:
        """Where ``end`` closes what opened at ``start``; of what is never closed only the first sign is taken."""
        stop = -1 if end in self._vain else self._source.find(end, start)
        if stop < 0:
            self._vain.add(end)
            return start + 1
        return stop + len(end)

    def _close_of(self, name: str, at: int) -> int:
        """Behind the closing tag of ``name``; where it never closes, only the opening tag goes."""
        if name in self._vain:
            return at
        close = re.compile(rf"</{name}\s*+>", re.IGNORECASE).search(self._source, at)
        if close is None:
            self._vain.add(name)
            return at
        return close.end()


def _reference(source: str, start: int) -> Edit | None:
    found = _REFERENCE.match(source, start)
    if found is None:
        return None
    meant = html.unescape(found[0]).replace("\xa0", " ")
    return None if meant == found[0] else Edit(start, found.end(), meant, "character_reference")


def _merged(source: str, edits: Iterator[Edit]) -> Iterator[Edit]:
    """Neighbouring removals as one edit, so that a run of tags leaves one break and not ten."""
    run: list[Edit] = []
    for edit in edits:
        if run and (
            edit.start != run[-1].stop or edit.rule not in _REMOVALS or run[-1].rule not in _REMOVALS
        ):
            yield _as_one(source, run)
            run = []
        run.append(edit)
    if run:
        yield _as_one(source, run)


def _as_one(source: str, run: list[Edit]) -> Edit:
    """A run as one edit: one line break at most, and behind it a tab a cell, for an empty cell is a cell too."""
    if len(run) == 1:
        return run[0]
    start, stop = run[0].start, run[-1].stop
    signs = "".join(edit.replacement for edit in run)
    behind = signs.rpartition("\n")[2]
    tabs = "\t" * behind.count("\t")
    if len(behind) < len(signs) or tabs:
        sign = ("\n" if len(behind) < len(signs) else "") + tabs
    elif " " in signs or _BETWEEN_LINKS.search(source, start, stop):
        sign = " "
    else:
        sign = ""
    rule = "hidden_markup" if all(edit.rule == "hidden_markup" for edit in run) else "markup"
    return Edit(start, stop, sign, rule)
