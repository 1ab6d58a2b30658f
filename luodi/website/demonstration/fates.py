"""What becomes of a promise: each word of the script as the act it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from luodi.kernel.clocks.now import today
from luodi.kernel.commitments import actions
from luodi.kernel.commitments.actions import Goal, Upload
from luodi.kernel.commitments.models import Commitment, Objection, Said
from luodi.kernel.ledger.action import Actor
from luodi.website.demonstration.pictures import site_picture
from luodi.website.demonstration.world import World

PHOTO = "photo"  # photo, or photo=words where the same picture is handed in twice
_LONG_AGO = dt.date(2024, 7, 20)  # the day that a picture handed in twice was taken on


@dataclass(frozen=True, slots=True)
class Turn:
    """A promise's turn: the row, who does the work, who judges it, and the words of the script after the act."""

    row: Commitment
    doer: Actor
    judge: Actor
    office: Actor
    words: tuple[str, ...]

    @property
    def first(self) -> str:
        """The first word where it is an amount; empty where none is told."""
        return "" if not self.words or self.words[0].startswith(PHOTO) else self.words[0]

    @property
    def rest(self) -> tuple[str, ...]:
        """The words after the amount."""
        return self.words[1:] if self.first else self.words

    @property
    def reason(self) -> str:
        """The words after the amount, as one text."""
        return " ".join(self.rest)


def fate_of(act: str) -> Callable[[World, Turn], None]:
    """The act of that name. Raises ``LookupError``."""
    if act not in _FATES:
        raise LookupError(f"no act {act!r}; the acts are {', '.join(_FATES)}")
    return _FATES[act]


def _progress(world: World, turn: Turn) -> None:
    number, unit = world.amount(turn.row, turn.first)
    evidence = _photo(world, turn, number)
    actions.report_progress(
        turn.row, by=turn.doer, as_of=today(), number=number, unit=unit, evidence=evidence
    )


def _done(world: World, turn: Turn) -> None:
    number, unit = world.amount(turn.row, turn.first)
    evidence = _photo(world, turn, None) or _told(turn.row.title, f"{number}{unit}" if number else "")
    actions.report_done(turn.row, by=turn.doer, as_of=today(), number=number, unit=unit, evidence=evidence)


def _verified(world: World, turn: Turn) -> None:
    number, _ = world.amount(turn.row, turn.first)
    evidence = _photo(world, turn, None)
    actions.verify(turn.row, by=turn.judge, number=number, as_of=today(), evidence=evidence)


def _sent_back(world: World, turn: Turn) -> None:
    number, _ = world.amount(turn.row, turn.first)
    actions.send_back(turn.row, by=turn.judge, number=number, as_of=today(), reason=turn.reason)


def _reopened(world: World, turn: Turn) -> None:
    """Because of a sentence, said since, that is linked as evidence."""
    number, _ = world.amount(turn.row, turn.first)
    page, near, *reason = turn.rest
    statement = world.said(page, near)
    if not Said.objects.filter(commitment=turn.row, statement=statement, undone=False).exists():
        actions.link_statement(turn.row, statement=statement, role="evidence", by=turn.judge)
    why = " ".join(reason)
    actions.reopen(turn.row, by=turn.judge, number=number, as_of=today(), statement=statement, reason=why)


def _corrected(world: World, turn: Turn) -> None:
    number, unit, reason = turn.words
    goal = replace(world.goal(turn.row), number=world.variant.number(number, unit), unit=unit)
    actions.correct(turn.row, by=turn.office, goal=goal, reason=reason)
    world.goal_changed(turn.row)


def _change(world: World, turn: Turn) -> None:
    page, near, word, due, reason = turn.words
    number, _ = world.amount(turn.row, word)
    goal = replace(world.goal(turn.row), number=number, **_in_year(due))
    actions.change_target(
        turn.row,
        by=turn.office,
        goal=goal,
        reason=reason,
        adopting=world.nearest(page, near),
        confirmed=True,
    )
    world.goal_changed(turn.row)


def _carry(world: World, turn: Turn) -> None:
    """What follows in the script is told of the new one."""
    year, due, word, reason = turn.words
    number, unit = world.amount(turn.row, word)
    goal = Goal(number=number, unit=unit, **_in_year(due))
    new = actions.carry_over(turn.row, by=turn.judge, year=int(year), goal=goal, reason=reason)
    world.rows = {key: new if row.id == turn.row.id else row for key, row in world.rows.items()}


def _says(world: World, turn: Turn) -> None:
    role, page, near = turn.words
    actions.link_statement(turn.row, statement=world.said(page, near), role=role, by=turn.office)


def _silent(world: World, turn: Turn) -> None:
    actions.note_silence(turn.row, world.sources[turn.words[0]], by=turn.judge)


def _merge(world: World, turn: Turn) -> None:
    page, near, *reason = turn.words
    actions.merge(turn.row, into=world.rows[page, near], by=turn.office, reason=" ".join(reason))


def _unmerge(_world: World, turn: Turn) -> None:
    actions.unmerge(turn.row, by=turn.office, reason=" ".join(turn.words))


def _undo(_world: World, turn: Turn) -> None:
    actions.undo_adoption(turn.row, by=turn.office, reason=" ".join(turn.words))


def _drop(_world: World, turn: Turn) -> None:
    actions.drop(turn.row, by=turn.judge, reason=" ".join(turn.words))


def _restore(_world: World, turn: Turn) -> None:
    actions.restore(turn.row, by=turn.judge, reason=" ".join(turn.words))


def _objected(_world: World, turn: Turn) -> None:
    actions.object_to(turn.row.id, " ".join(turn.words))


def _answered(_world: World, turn: Turn) -> None:
    asked = Objection.objects.filter(subject=turn.row.id, state="open").order_by("at", "id")[0]
    actions.answer_objection(asked, " ".join(turn.words), by=turn.judge)


_FATES: dict[str, Callable[[World, Turn], None]] = {
    "progress": _progress,
    "done": _done,
    "verified": _verified,
    "sent_back": _sent_back,
    "reopened": _reopened,
    "corrected": _corrected,
    "change": _change,
    "carry": _carry,
    "says": _says,
    "silent": _silent,
    "merge": _merge,
    "unmerge": _unmerge,
    "undo": _undo,
    "drop": _drop,
    "restore": _restore,
    "objected": _objected,
    "answered": _answered,
}


def _in_year(due: str) -> dict[str, Any]:
    """The days of a target that is to be reached in the course of a year."""
    day = dt.date.fromisoformat(due)
    return {"due_since": day.replace(month=1, day=1), "due_until": day, "due_precision": "year"}


def _photo(world: World, turn: Turn, number: str | None) -> Upload | None:
    """The photo where the words ask for one; ``number`` tells how far the site has come."""
    if not turn.rest or not turn.rest[0].startswith(PHOTO):
        return None
    _, _, of_another = turn.rest[0].partition("=")
    if of_another:
        return Upload(site_picture(of_another, 0.4, _LONG_AGO), "现场照片.jpg", is_public=True)
    whole = world.goal(turn.row).value
    share = min(1.0, float(number) / float(whole)) if number and whole else 1.0
    seed = f"{turn.row.title} {today()}"
    return Upload(site_picture(seed, share, today()), "现场照片.jpg", is_public=True)


def _told(title: str, amount: str) -> Upload:
    text = f"{title}\n\n截至{today():%Y年%m月%d日}，已完成{amount or '全部内容'}，现报请核实。\n"
    return Upload(text.encode(), "完成情况说明.txt", is_public=True)
