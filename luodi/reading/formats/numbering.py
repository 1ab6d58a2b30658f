"""The automatic numbers of a Word document, counted as Word counts them: 一、（一）1.(1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from luodi.reading.formats.package import Package
from luodi.reading.formats.safe_xml import Node, parse

_PART = "word/numbering.xml"
_STYLES = "word/styles.xml"
_LEVEL = re.compile(r"%([1-9])")
_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
    }
)
Levels = dict[
    int, tuple[str, str, int]
]  # by level: the form of its number, the text around it, where it starts


class Numbering:
    """The number that each paragraph gets, one after the other. Wrong where a style's numbering is overridden midway."""

    def __init__(
        self, lists: Mapping[str, tuple[str, Levels]], styles: Mapping[str, tuple[str, int]]
    ) -> None:
        self._lists = lists
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}

    @classmethod
    def of(cls, package: Package, what: str) -> Numbering:
        """As a document's parts say."""
        if _PART not in package:
            return cls({}, {})
        root = parse(package.read(_PART), what)
        abstract = {
            node.get("abstractNumId"): _levels(node) for node in root.elements if node.name == "abstractNum"
        }
        lists = {}
        for node in root.elements:
            pointer = node.child("abstractNumId") if node.name == "num" else None
            if pointer is not None and pointer.get("val") in abstract:
                lists[node.get("numId")] = (pointer.get("val"), abstract[pointer.get("val")])
        styles = parse(package.read(_STYLES), what) if _STYLES in package else Node("", {})
        return cls(
            lists, {n.get("styleId"): own for n in styles.elements if (own := _own_number(n)) is not None}
        )

    def label(self, paragraph: Node) -> str:
        """The number before a paragraph; empty where it has none. Counts it."""
        own = _own_number(paragraph)
        if own is None:
            properties = paragraph.child("pPr")
            style = properties.child("pStyle") if properties else None
            own = self._styles.get(style.get("val")) if style is not None else None
        if own is None or own[0] not in self._lists:
            return ""
        name, levels = self._lists[own[0]]
        level = own[1]
        if level not in levels:
            return ""
        counts = self._counts.setdefault(name, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]

        def number(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form, _, start = levels.get(at, ("decimal", "", 1))
            return _written(counts.get(at, start), form)

        form, text, _ = levels[level]
        return "" if form in ("bullet", "none") else _LEVEL.sub(number, text[:40])


def _levels(node: Node) -> Levels:
    found: Levels = {}
    for level in node.elements:
        if level.name != "lvl" or not level.get("ilvl").isdigit():
            continue
        form, text, start = (level.child(name) for name in ("numFmt", "lvlText", "start"))
        first = start.get("val") if start is not None else "1"
        found[int(level.get("ilvl")[:2])] = (
            form.get("val") if form is not None else "decimal",
            text.get("val") if text is not None else "",
            int(first[:6]) if first.isascii() and first.isdigit() else 1,
        )
    return found


def _own_number(node: Node) -> tuple[str, int] | None:
    properties = node.child("pPr")
    numbered = properties.child("numPr") if properties is not None else None
    if numbered is None:
        return None
    name, level = numbered.child("numId"), numbered.child("ilvl")
    if name is None:
        return None
    depth = level.get("val") if level is not None else "0"
    return name.get("val"), int(depth[:2]) if depth.isascii() and depth.isdigit() else 0


def _written(number: int, form: str) -> str:
    if form in _CHINESE or form == "chineseLegalSimplified":
        return in_chinese(number)
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x245F + number)
    if form in ("upperLetter", "lowerLetter"):
        return chr((64 if form == "upperLetter" else 96) + (number - 1) % 26 + 1)
    return str(number)


def in_chinese(number: int) -> str:
    """A small number in Chinese, as headings are counted.

    >>> in_chinese(3), in_chinese(10), in_chinese(12), in_chinese(25)
    ('三', '十', '十二', '二十五')
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
    return head + (_DIGITS[ones] if ones else "")
