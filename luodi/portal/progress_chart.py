"""The figures of a promise over time: a table, and the same drawn in SVG on the server."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from decimal import Decimal

from luodi.kernel.commitments.gather import Material, stands
from luodi.pages.phrases import Bit
from luodi.portal.names import Names
from luodi.portal.promise_rows import Way, amount_words

HEIGHT = 150  # px between the foot and the head of the drawing
_TOP = 14
# percent of the width up to which a telephone has room for words right of their dot, and around it; beyond, left of it
_RIGHT_OF_IT, _AROUND_IT = 60, 86


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a curve; x in percent of the width, y in px."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A value on a curve."""

    x: str
    y: str
    words: str
    anchor: str  # of the words in SVG: start, middle, end


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A line of the table: what was reported and verified as of one day."""

    as_of: dt.date
    reported: Bit | None
    verified: Bit | None
    signer: str


@dataclass(frozen=True, slots=True)
class Chart:
    """``rows`` are the content, the curves prove it. ``target_y`` is where the line of the target lies."""

    unit: str
    rows: tuple[ChartRow, ...]
    reported: tuple[Line, ...]
    verified: tuple[Line, ...]
    reported_dots: tuple[Dot, ...]
    verified_dots: tuple[Dot, ...]
    target_y: str
    target_words: str
    since: dt.date
    until: dt.date


def progress_chart(material: Material, way: Way, names: Names) -> Chart | None:
    """``None`` where fewer than two numbers were given."""
    target = material.targets[-1]
    rows = _rows(material, way, names)
    reported = _series(material, verified=False)
    verified = _series(material, verified=True)
    if len(reported) + len(verified) < 2:
        return None
    unit = target.unit or next(r.unit for r in material.reports if r.number)
    goal = Decimal(target.number) if target.number else None
    top = max([value for _, value in (*reported, *verified)] + ([goal] if goal else []))
    days = [day for day, _ in (*reported, *verified)] + [material.targets[0].from_day]
    first, last = min(days), max(days + ([target.due_until] if target.due_until else []))
    scale = _Scale(first, last, top)
    return Chart(
        unit=unit,
        rows=rows,
        reported=scale.lines(reported),
        verified=scale.lines(verified),
        reported_dots=scale.dots(reported, unit),
        verified_dots=scale.dots(verified, unit),
        target_y=scale.y(goal) if goal else "",
        target_words=amount_words(target.number, unit) if goal else "",
        since=first,
        until=last,
    )


class _Scale:
    """From days and values to places in the drawing."""

    def __init__(self, first: dt.date, last: dt.date, top: Decimal) -> None:
        self._first = first
        self._span = max((last - first).days, 1)
        self._top = top if top > 0 else Decimal(1)

    def x(self, day: dt.date) -> str:
        return f"{2 + 94 * (day - self._first).days / self._span:.1f}"

    def y(self, value: Decimal) -> str:
        return f"{_TOP + HEIGHT - float(value / self._top) * HEIGHT:.1f}"

    def lines(self, series: list[tuple[dt.date, Decimal]]) -> tuple[Line, ...]:
        return tuple(
            Line(f"{self.x(a)}%", self.y(va), f"{self.x(b)}%", self.y(vb))
            for (a, va), (b, vb) in itertools.pairwise(series)
        )

    def dots(self, series: list[tuple[dt.date, Decimal]], unit: str) -> tuple[Dot, ...]:
        return tuple(
            Dot(
                f"{self.x(day)}%",
                self.y(value),
                amount_words(format(value, "f"), unit),
                _anchor(float(self.x(day))),
            )
            for day, value in series
        )


def _anchor(x: float) -> str:
    return "start" if x <= _RIGHT_OF_IT else "middle" if x <= _AROUND_IT else "end"


def _series(material: Material, *, verified: bool) -> list[tuple[dt.date, Decimal]]:
    unit = material.targets[-1].unit or next((r.unit for r in material.reports if r.number), "")
    found: dict[dt.date, Decimal] = {}
    for report in material.reports:
        if report.unit != unit:
            continue
        if verified:
            for finding in material.findings.get(report.id, [])[-1:]:
                if finding.verdict == "verified" and finding.number:
                    found[finding.as_of] = Decimal(finding.number)
        elif report.number and stands(report, material.findings):
            found[report.as_of] = Decimal(report.number)
    return sorted(found.items())


def _rows(material: Material, way: Way, names: Names) -> tuple[ChartRow, ...]:
    made: list[ChartRow] = []
    for report in material.reports:
        if report.number:
            bit = Bit(amount_words(report.number, report.unit), way(report.id), is_figure=True)
            made.append(ChartRow(report.as_of, bit, None, names.name(report.post_id)))
        for finding in material.findings.get(report.id, []):
            if finding.verdict == "verified" and finding.number:
                bit = Bit(amount_words(finding.number, report.unit), way(finding.id), is_figure=True)
                made.append(ChartRow(finding.as_of, None, bit, names.name(finding.post_id)))
    return tuple(sorted(made, key=lambda row: row.as_of))
