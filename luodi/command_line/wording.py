"""Kinds, figures and days in the words people use."""

from __future__ import annotations

from luodi.reading.figures.find import Figure
from luodi.reading.statements.model import Due

KINDS = {"commitment": "承诺", "result": "成果", "status": "现状"}
FORCES = {
    "pledged": "承诺要做",
    "under_way": "正在推进",
    "expected": "预期效果",
    "urged": "上级要求",
    "achieved": "已经完成",
    "standing": "当前水平",
}
NOT_SAID = "—"
_APPROX = {"about": "约", "at_least": "≥", "at_most": "≤", "more_than": "超"}
_CHANGE = {"increase": "升", "decrease": "降"}
_SCALES = ((100_000_000, "亿"), (10_000, "万"))


def show_figure(figure: Figure) -> str:
    """A figure as people write it: 7.5亿袋, 升9.7%."""
    number = figure.number
    scale = ""
    for size, name in _SCALES:
        if abs(number) >= size:
            number, scale = number / size, name
            break
    # a scaled number gets trailing zeros from the division; one as written keeps its own
    shown = format(number.normalize() if scale else number, "f")
    bound = _APPROX.get(figure.approx or "", "")
    return f"{_CHANGE.get(figure.change or '', '')}{bound}{shown}{scale}{figure.unit}"


def show_due(due: Due | None) -> str:
    """A due as people write it, as exact as it is known."""
    if due is None:
        return NOT_SAID
    since, until = due.since, due.until
    if since is None:
        ends_year = (until.month, until.day) == (12, 31)
        return f"{until.year}年底前" if ends_year else f"{until.isoformat()}前"
    whole_years = (since.month, since.day, until.month, until.day) == (1, 1, 12, 31)
    if whole_years:
        return f"{until.year}年" if since.year == until.year else f"{since.year}–{until.year}年"
    if since == until:
        return until.isoformat()
    return f"{since.isoformat()}至{until.isoformat()}"
