"""A playbook as SVG: its states down the page in their order, the way forward on the right, the way back on the left.

Lines that skip or go back have a lane of their own, so that no two lie on each other; ends stand in the row they are reached
from. No style within: the pages' style sheet gives the colours. The picture is named and described for whoever cannot see it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from luodi.kernel.cases.drawing.layout import Arrow, Layout
from luodi.kernel.cases.playbook import Playbook

WIDTH, HEIGHT, ROW, TOP = 128, 44, 96, 56
LANE, TIP, LETTER = 30, 8, 13
_LEFT, _RIGHT = -1, 1
Drawn = tuple[str, str]  # a line with its tip, and its words


@dataclass(frozen=True, slots=True)
class Lane:
    """An arrow that does not simply go down to the next row: its side and how far out it runs."""

    arrow: Arrow
    side: int
    place: int


class _Spine:
    def __init__(self, playbook: Playbook) -> None:
        self.layout = Layout(playbook)
        self.playbook = playbook
        self.row = {state.name: count for count, state in enumerate(playbook.states)}
        between = [a for a in self.layout.arrows if a.source and a.target in self.row]
        self.straight = [a for a in between if self.row[a.target] == self.row[a.source] + 1]
        others = [a for a in between if a not in self.straight]
        self.lanes = [*_laid(self._spans(others, _LEFT), _LEFT), *_laid(self._spans(others, _RIGHT), _RIGHT)]
        self.centre = self._reach(_LEFT) + WIDTH // 2 + 8
        self.right = self.centre + WIDTH // 2 + self._reach(_RIGHT)

    def _spans(self, arrows: list[Arrow], side: int) -> list[tuple[int, int, Arrow]]:
        chosen = [a for a in arrows if (self.row[a.target] > self.row[a.source]) is (side == _RIGHT)]
        ends = [(a, self.row[a.source], self.row[a.target]) for a in chosen]
        spans = [(min(one, other), max(one, other), a) for a, one, other in ends]
        return sorted(spans, key=lambda span: (span[1] - span[0], span[0]))

    def _reach(self, side: int) -> int:
        """How much room the lanes of a side need, with the words beside the outermost one."""
        held = [lane for lane in self.lanes if lane.side == side]
        return max(
            (24 + LANE * lane.place + LETTER * len(lane.arrow.label) + 12 for lane in held), default=24
        )

    def y(self, name: str) -> int:
        return TOP + self.row[name] * ROW + HEIGHT // 2

    def ends_of(self, name: str) -> list[Arrow]:
        return [a for a in self.layout.arrows if a.source == name and a.target in self.playbook.end_named]


def svg_of(playbook: Playbook) -> str:
    """The whole picture as text, with ``viewBox`` and without size: the page decides how wide it is."""
    spine = _Spine(playbook)
    ends = [line for state in playbook.states for line in _ends(spine, state.name)]
    lines = [
        *(_opening(spine, arrow) for arrow in spine.layout.arrows if not arrow.source),
        *(_down(spine, arrow) for arrow in spine.straight),
        *(_around(spine, lane) for lane in spine.lanes),
    ]
    pills = (_pill_width(spine, arrow) for state in playbook.states for arrow in spine.ends_of(state.name))
    width = spine.right + max(pills, default=0) + 16
    height = TOP + len(playbook.states) * ROW
    key = f"{playbook.kind}-{playbook.version}"
    told = "；".join(_told(playbook, arrow) for arrow in spine.layout.arrows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ld-playbook" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="pb-title-{key} pb-told-{key}">',
        f'<title id="pb-title-{key}">{escape(playbook.label)}的办理过程</title>',
        f'<desc id="pb-told-{key}">{escape(told)}</desc>',
        *(drawn for drawn, _ in lines),
        *ends,
        *(words for _, words in lines),  # above every line, so that none strikes them through
        *(_box(spine, state.name, state.label) for state in playbook.states),
        "</svg>",
    ]
    return "\n".join(parts)


def _laid(spans: list[tuple[int, int, Arrow]], side: int) -> list[Lane]:
    """The innermost lane that is free over the whole span, short spans first."""
    taken: list[list[tuple[int, int]]] = []
    laid = []
    for first, last, arrow in spans:
        place = 0
        while place < len(taken) and any(first <= b and a <= last for a, b in taken[place]):
            place += 1
        if place == len(taken):
            taken.append([])
        taken[place].append((first, last))
        laid.append(Lane(arrow, side, place))
    return laid


def _told(playbook: Playbook, arrow: Arrow) -> str:
    source = playbook.label_of(arrow.source) if arrow.source else "开始"
    return f"{source}，{arrow.label}，到{playbook.label_of(arrow.target)}"


def _box(spine: _Spine, name: str, label: str) -> str:
    x, y = spine.centre, spine.y(name)
    stays = "、".join(move.label for move in spine.layout.staying.get(name, ()))
    more = (
        f'<text class="ld-pb-stay" x="{x}" y="{y + 16}" text-anchor="middle">{escape(stays)}</text>'
        if stays
        else ""
    )
    return (
        f'<g class="ld-pb-state"><rect x="{x - WIDTH // 2}" y="{y - HEIGHT // 2}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f'<text x="{x}" y="{y - 1 if stays else y + 5}" text-anchor="middle">{escape(label)}</text>{more}</g>'
    )


def _opening(spine: _Spine, arrow: Arrow) -> Drawn:
    x, y = spine.centre, spine.y(arrow.target) - HEIGHT // 2
    return _line(f"M{x} {y - 30}V{y - TIP}", (x, y), 90, (x + 10, y - 16), "start", arrow.label)


def _down(spine: _Spine, arrow: Arrow) -> Drawn:
    x = spine.centre
    top, bottom = spine.y(arrow.source) + HEIGHT // 2, spine.y(arrow.target) - HEIGHT // 2
    return _line(
        f"M{x} {top}V{bottom - TIP}", (x, bottom), 90, (x + 10, (top + bottom) // 2 + 4), "start", arrow.label
    )


def _around(spine: _Spine, lane: Lane) -> Drawn:
    """Out of the side, along the lane, back into the side of the target; the words stand outside the lane, near the source."""
    side, arrow = lane.side, lane.arrow
    edge = spine.centre + side * WIDTH // 2
    out = edge + side * (24 + LANE * lane.place)
    shift = 7 + lane.place % 3 * 3
    downward = spine.row[arrow.target] > spine.row[arrow.source]
    y1 = spine.y(arrow.source) + (shift if downward else -shift)
    y2 = spine.y(arrow.target) + (-shift if downward else shift)
    bend = 8 if y2 > y1 else -8
    near = out - side * 8
    path = (
        f"M{edge} {y1}H{near}Q{out} {y1} {out} {y1 + bend}"
        f"V{y2 - bend}Q{out} {y2} {near} {y2}H{edge + side * TIP}"
    )
    words = (out + side * 5, y1 + (26 if y2 > y1 else -18))
    return _line(
        path, (edge, y2), 0 if side == _LEFT else 180, words, "end" if side == _LEFT else "start", arrow.label
    )


def _ends(spine: _Spine, name: str) -> list[str]:
    """The ends reached from a row, in pills at its right, one above the other."""
    drawn = []
    arrows = spine.ends_of(name)
    x = spine.right
    for count, arrow in enumerate(arrows):
        y = spine.y(name) + (count * 2 - len(arrows) + 1) * 14
        label = _end_words(spine, arrow)
        width = _pill_width(spine, arrow)
        drawn.append(
            f'<path class="ld-pb-line ld-pb-out" d="M{spine.centre + WIDTH // 2} {y}H{x}"/>'
            f'<g class="ld-pb-end"><rect x="{x}" y="{y - 11}" width="{width}" height="22" rx="11"/>'
            f'<text x="{x + width // 2}" y="{y + 4}" text-anchor="middle">{escape(label)}</text></g>'
        )
    return drawn


def _end_words(spine: _Spine, arrow: Arrow) -> str:
    end = spine.playbook.label_of(arrow.target)
    return end if arrow.label == end else f"{arrow.label} → {end}"


def _pill_width(spine: _Spine, arrow: Arrow) -> int:
    return LETTER * len(_end_words(spine, arrow)) + 20


def _line(path: str, tip: tuple[int, int], turn: int, at: tuple[int, int], anchor: str, label: str) -> Drawn:
    x, y = tip
    head = f'<path class="ld-pb-tip" d="M{x} {y}l-{TIP} -4v8z" transform="rotate({turn} {x} {y})"/>'
    words = f'<text class="ld-pb-move" x="{at[0]}" y="{at[1]}" text-anchor="{anchor}">{escape(label)}</text>'
    return f'<path class="ld-pb-line" d="{path}"/>{head}', words
