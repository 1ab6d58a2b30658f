"""OFD (GB/T 33190): a zip of XML pages. Text by its places on the page; pictures, seals and attachments are passed over."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from luodi.reading.formats.extract import Extract
from luodi.reading.formats.glyphs import MOST_GLYPHS, MOST_GLYPHS_IN_ALL, MOST_PAGES, Glyph, Page, Rule
from luodi.reading.formats.package import Package, damaged
from luodi.reading.formats.printed import write_pages
from luodi.reading.formats.safe_xml import Node, parse
from luodi.reading.refusals import Refused

WHAT = "OFD"
_NUMBER = re.compile(r"-?\d{1,9}+(?:\.\d*+)?")
_TO_POINTS = 72 / 25.4  # OFD measures in millimetres
_THIN = 2.5
_FEWEST_SIGNS = 8
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def extract_ofd(raw: bytes) -> Extract:
    """The text of an OFD document. Raises ``Refused``: ``damaged``, ``bomb``, ``locked``, ``no-text``, ``too-long``."""
    package = Package(raw, WHAT)
    pages = []
    signs = 0
    for path, number in _page_paths(package):
        page = _page(parse(package.read(path), WHAT), number)
        signs += len(page.glyphs)
        if signs > MOST_GLYPHS_IN_ALL or len(page.glyphs) > MOST_GLYPHS:
            raise Refused("too-long", f"这个 OFD 的文字超过{MOST_GLYPHS_IN_ALL:,}字。请拆成几份后再读。")
        pages.append(page)
    if signs < _FEWEST_SIGNS * len(pages) or not pages:
        raise Refused(
            "no-text",
            f"这个 OFD 有{len(pages)}页，几乎没有文字，多半是扫描件。请先识别文字（OCR），另存为带文字的文件后再读。",
        )
    return write_pages(pages, "ofd")


def _page_paths(package: Package) -> Iterator[tuple[str, int]]:
    """Where each page's content lies, in order, over all documents of the package."""
    number = 0
    for body in parse(package.read("OFD.xml"), WHAT).all("DocBody"):
        pointer = body.child("DocRoot")
        if pointer is None:
            continue
        root = _path("", pointer.text)
        if root not in package:
            raise damaged(WHAT)
        pages = parse(package.read(root), WHAT).child("Pages")
        for page in pages.elements if pages is not None else ():
            path = _path(root, page.get("BaseLoc"))
            if page.name != "Page" or path not in package:
                continue
            number += 1
            if number > MOST_PAGES:
                raise Refused("too-long", f"这个 OFD 超过{MOST_PAGES:,}页。请拆成几份后再读。")
            yield path, number


def _path(beside: str, given: str) -> str:
    given = given.strip().replace("\\", "/")
    return (
        given.lstrip("/")
        if given.startswith("/")
        else posixpath.normpath(posixpath.join(posixpath.dirname(beside), given))
    )


def _page(root: Node, number: int) -> Page:
    area = root.child("Area")
    box = area.child("PhysicalBox") if area is not None else None
    sides = _numbers(box.text) if box is not None else []
    width, height = (sides[2], sides[3]) if len(sides) == 4 else (210.0, 297.0)
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    content = root.child("Content")
    if content is not None:
        for thing in content.all("TextObject"):
            glyphs += _glyphs(thing)
            if len(glyphs) > MOST_GLYPHS:
                break
        for thing in content.all("PathObject"):
            rules += _rules(thing)
            if len(rules) > 40_000:
                rules = []
                break
    return Page(number, width * _TO_POINTS, height * _TO_POINTS, glyphs, rules)


def _glyphs(thing: Node) -> Iterator[Glyph]:
    boundary, matrix, size = _frame(thing)
    size = abs((_numbers(thing.get("Size")) or [4.0])[0])
    x = y = 0.0
    for code in thing.elements:
        if code.name != "TextCode":
            continue
        x = (_numbers(code.get("X")) or [x])[0]
        y = (_numbers(code.get("Y")) or [y])[0]
        across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        here_x, here_y = x, y
        for sign in code.text:
            step = next(across, 0.0 if code.get("DeltaY") else size)
            if (sign.strip() and sign < "\ud800") or sign > "\udfff":
                width = step if 0 < step <= 1.4 * size else size if ord(sign) > 0x2E7F else size / 2
                low = _placed(boundary, matrix, here_x, here_y + size * 0.12)
                high = _placed(boundary, matrix, here_x + width, here_y - size * 0.88)
                yield Glyph(
                    sign,
                    min(low[0], high[0]),
                    min(low[1], high[1]),
                    max(low[0], high[0]),
                    max(low[1], high[1]),
                )
            here_x += step
            here_y += next(down, 0.0)


def _rules(thing: Node) -> Iterator[Rule]:
    """The straight lines of a path: M and L with their points, C closes."""
    boundary, matrix, _ = _frame(thing)
    data = thing.child("AbbreviatedData")
    if data is None:
        return
    first = last = (0.0, 0.0)
    for found in re.finditer(r"([SMLC])([-\d.\s]*)", data.text[:200_000]):
        numbers = _numbers(found[2])
        if found[1] in "SM" and len(numbers) >= 2:
            first = last = (numbers[0], numbers[1])
        elif found[1] == "L" or found[1] == "C":
            here = (numbers[0], numbers[1]) if len(numbers) >= 2 else first
            one, two = _placed(boundary, matrix, *last), _placed(boundary, matrix, *here)
            if abs(one[0] - two[0]) <= _THIN or abs(one[1] - two[1]) <= _THIN:
                yield Rule(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
            last = here


def _frame(thing: Node) -> tuple[tuple[float, float], Matrix, float]:
    box = _numbers(thing.get("Boundary"))
    given = _numbers(thing.get("CTM"))
    matrix: Matrix = (
        (given[0], given[1], given[2], given[3], given[4], given[5]) if len(given) == 6 else _SAME
    )
    return (box[0], box[1]) if len(box) >= 2 else (0.0, 0.0), matrix, 0.0


def _placed(boundary: tuple[float, float], matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (
        (boundary[0] + a * x + c * y + e) * _TO_POINTS,
        (boundary[1] + b * x + d * y + f) * _TO_POINTS,
    )


def _deltas(text: str) -> Iterator[float]:
    """The steps from sign to sign; ``g 5 3.2`` says five times 3.2."""
    given = iter(text.split())
    for each in given:
        if each == "g":
            count, value = next(given, ""), _numbers(next(given, ""))
            for _ in range(min(int(count), MOST_GLYPHS) if count.isascii() and count.isdigit() else 0):
                yield value[0] if value else 0.0
        else:
            yield (_numbers(each) or [0.0])[0]


def _numbers(text: str) -> list[float]:
    return [float(found) for found in _NUMBER.findall(text[:200_000])]
