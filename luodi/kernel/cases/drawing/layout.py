"""Where the places of a playbook stand on paper: columns by how many moves they are from the beginning, ends at the right.

Pure. Positions are in pixels, y downward; the same playbook always gives the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from luodi.kernel.cases.playbook import BACK, STAY, Move, Playbook

BOX_WIDTH, BOX_HEIGHT = 120, 56
COLUMN, ROW, MARGIN = 230, 118, 40


@dataclass(frozen=True, slots=True)
class Box:
    """A place on paper; ``x`` and ``y`` are its upper left corner."""

    name: str
    label: str
    x: int
    y: int
    is_end: bool

    @property
    def middle(self) -> tuple[int, int]:
        """The centre."""
        return self.x + BOX_WIDTH // 2, self.y + BOX_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """All moves from one place to another, as one line; ``source`` is empty for those that begin a case."""

    source: str
    target: str
    moves: tuple[Move, ...]

    @property
    def label(self) -> str:
        """The words of its moves."""
        return "、".join(move.label for move in self.moves)


class Layout:
    """Boxes and arrows of one playbook. Moves that stay where they are have no arrow: ``staying`` lists them by place."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook

    @cached_property
    def depths(self) -> dict[str, int]:
        """Of each place, the least number of moves from the beginning; ends stand one column right of everything."""
        depth = {move.target: 0 for move in self.playbook.opens}
        waiting = list(depth)
        for place in waiting:
            for move in self.playbook.moves_from(place):
                if move.target not in (BACK, STAY) and move.target not in depth:
                    depth[move.target] = depth[place] + 1
                    waiting.append(move.target)
        states = [depth.get(state.name, 0) for state in self.playbook.states]
        last = max(states, default=0) + 1
        return depth | {end.name: last for end in self.playbook.ends}

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """Every place, by name."""
        used: dict[int, int] = {}
        made: dict[str, Box] = {}
        for name in (*self.playbook.state_named, *self.playbook.end_named):
            column = self.depths.get(name, 0)
            row = used.get(column, 0)
            used[column] = row + 1
            x, y = MARGIN + 60 + column * COLUMN, MARGIN + row * ROW
            made[name] = Box(name, self.playbook.label_of(name), x, y, name in self.playbook.end_named)
        return made

    @cached_property
    def arrows(self) -> list[Arrow]:
        """Lines between places, the beginnings first."""
        found: dict[tuple[str, str], list[Move]] = {}
        for move in self.playbook.opens:
            found.setdefault(("", move.target), []).append(move)
        for move in self.playbook.moves:
            for source in move.sources:
                for target in self._targets(move, source):
                    found.setdefault((source, target), []).append(move)
        return [Arrow(source, target, tuple(moves)) for (source, target), moves in found.items()]

    @cached_property
    def staying(self) -> dict[str, list[Move]]:
        """Moves that change something and leave the case where it is, by place."""
        found: dict[str, list[Move]] = {}
        for move in self.playbook.moves:
            if move.target == STAY:
                for source in move.sources:
                    found.setdefault(source, []).append(move)
        return found

    def _targets(self, move: Move, source: str) -> list[str]:
        if move.target == STAY:
            return []
        if move.target != BACK:
            return [move.target]
        entered = [each.sources for each in self.playbook.moves if each.target == source]
        return list(dict.fromkeys(place for sources in entered for place in sources))
