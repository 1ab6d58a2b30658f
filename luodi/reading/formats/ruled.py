"""Tables drawn with ruled lines: the grid they form, merged cells where a line is missing, and the signs in each cell."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from luodi.reading.formats.glyphs import Glyph, Rule
from luodi.reading.formats.page_lines import lines_of
from luodi.reading.formats.table_lines import GridCell

_NEAR = 3.0  # points: lines meant to meet
_MOST_RULES = 1_500  # a page with more is a drawing
_MOST_CELLS = 20_000


class RuledTable(NamedTuple):
    """A table and the box it fills."""

    left: float
    top: float
    right: float
    bottom: float
    cells: list[GridCell]
    columns: int


def ruled_tables(rules: Iterable[Rule], glyphs: list[Glyph]) -> tuple[list[RuledTable], list[Glyph]]:
    """The tables of a page from top to bottom, and the signs that stand in none."""
    level = _merged([r for r in rules if r.is_level], is_level=True)
    upright = _merged([r for r in rules if not r.is_level], is_level=False)
    if len(level) < 3 or len(upright) < 3 or len(level) + len(upright) > _MOST_RULES:
        return [], glyphs
    tables = []
    for own_level, own_upright in _together(level, upright):
        xs = _places(rule.left for rule in own_upright)
        ys = _places(rule.top for rule in own_level)
        if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _MOST_CELLS:
            continue
        inside = [
            g
            for g in glyphs
            if xs[0] < (g.left + g.right) / 2 < xs[-1] and ys[0] < (g.top + g.bottom) / 2 < ys[-1]
        ]
        if not inside:
            continue
        taken = set(map(id, inside))
        glyphs = [g for g in glyphs if id(g) not in taken]
        cells = _cells(xs, ys, own_level, own_upright, inside)
        tables.append(RuledTable(xs[0], ys[0], xs[-1], ys[-1], cells, len(xs) - 1))
    return sorted(tables, key=lambda table: table.top), glyphs


def _merged(rules: list[Rule], *, is_level: bool) -> list[Rule]:
    """Lines drawn in pieces, or twice, as one."""

    def key(rule: Rule) -> tuple[float, float]:
        return (rule.top, rule.left) if is_level else (rule.left, rule.top)

    found: list[Rule] = []
    snapped = 0.0
    for rule in sorted(rules, key=key):
        across = key(rule)[0]
        snapped = snapped if found and across - snapped <= _NEAR / 2 else across
        rule = (
            Rule(rule.left, snapped, rule.right, snapped)
            if is_level
            else Rule(snapped, rule.top, snapped, rule.bottom)
        )
        found.append(rule)
    joined: list[Rule] = []
    for rule in sorted(found, key=key):
        last = joined[-1] if joined else None
        if last is not None and is_level and last.top == rule.top and rule.left <= last.right + _NEAR:
            joined[-1] = last._replace(right=max(last.right, rule.right))
        elif last is not None and not is_level and last.left == rule.left and rule.top <= last.bottom + _NEAR:
            joined[-1] = last._replace(bottom=max(last.bottom, rule.bottom))
        else:
            joined.append(rule)
    return joined


def _together(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that meet, each group a table or a frame."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    left_level, left_upright = list(level), list(upright)
    while left_level:
        own: tuple[list[Rule], list[Rule]] = ([left_level.pop()], [])
        fresh = True
        while fresh:
            met = [v for v in left_upright if any(_meet(h, v) for h in own[0])]
            left_upright = [v for v in left_upright if v not in met]
            own[1].extend(met)
            more = [h for h in left_level if any(_meet(h, v) for v in met)]
            left_level = [h for h in left_level if h not in more]
            own[0].extend(more)
            fresh = bool(met or more)
        groups.append(own)
    return groups


def _meet(h: Rule, v: Rule) -> bool:
    return h.left - _NEAR <= v.left <= h.right + _NEAR and v.top - _NEAR <= h.top <= v.bottom + _NEAR


def _places(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _cells(
    xs: list[float], ys: list[float], level: list[Rule], upright: list[Rule], glyphs: list[Glyph]
) -> list[GridCell]:
    walls = {
        (i, x)
        for i, row in enumerate(itertools.pairwise(ys))
        for x in _covered(upright, xs, row, is_level=False)
    }
    floors = {
        (i, y)
        for i, column in enumerate(itertools.pairwise(xs))
        for y in _covered(level, ys, column, is_level=True)
    }
    owner: dict[tuple[int, int], int] = {}
    boxes: list[tuple[int, int, int, int]] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in owner:
                continue
            right = column
            while right + 2 < len(xs) and (row, right + 1) not in walls and (row, right + 1) not in owner:
                right += 1
            bottom = row
            while bottom + 2 < len(ys) and all(
                (c, bottom + 1) not in floors for c in range(column, right + 1)
            ):
                bottom += 1
            for r in range(row, bottom + 1):
                for c in range(column, right + 1):
                    owner[r, c] = len(boxes)
            boxes.append((row, column, bottom - row + 1, right - column + 1))
    held: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        row = bisect_right(ys, (glyph.top + glyph.bottom) / 2) - 1
        column = bisect_right(xs, (glyph.left + glyph.right) / 2) - 1
        at = owner.get((row, column))
        if at is not None:
            held.setdefault(at, []).append(glyph)
    return [
        GridCell(_text(held.get(at, [])), row + 1, column + 1, rows, columns)
        for at, (row, column, rows, columns) in enumerate(boxes)
    ]


def _covered(
    rules: list[Rule], places: list[float], stretch: tuple[float, float], *, is_level: bool
) -> list[int]:
    """Which of ``places`` have a line along the middle of ``stretch``."""
    middle = (stretch[0] + stretch[1]) / 2
    found = []
    for at, place in enumerate(places):
        for rule in rules:
            along = (rule.left, rule.right) if is_level else (rule.top, rule.bottom)
            across = rule.top if is_level else rule.left
            if abs(across - place) <= _NEAR and along[0] <= middle <= along[1]:
                found.append(at)
                break
    return found


def _text(glyphs: list[Glyph]) -> str:
    text = ""
    for line in lines_of(glyphs):
        blank = " " if text and text[-1].isascii() and line.text[0].isascii() and text[-1].isalpha() else ""
        text += blank + line.text
    return text
