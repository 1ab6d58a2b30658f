"""Acts out the invented district's three years: it gives bytes, clock and decisions, and nothing else.

Everything is written through the same actions as people use, under a clock that stands at the hour of each act.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from luodi.areas.projects import due_items, standing_rows
from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.commitments.actions import rebuild, tick
from luodi.kernel.commitments.standing import put_off
from luodi.kernel.documents.actions import intake
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.refusal import Refusal
from luodi.website import clock
from luodi.website.demonstration.ahead import Handed, Page, one_by_one
from luodi.website.demonstration.lives import Lives
from luodi.website.demonstration.passing import pass_until
from luodi.website.demonstration.people import Cast, enter
from luodi.website.demonstration.script import Script, Step, in_order, page_file, read_district, read_script
from luodi.website.demonstration.variants import Variant
from luodi.website.demonstration.world import World

BORN = "data.born"  # the first event of every district; shown: kind
_OPENS = dt.time(9)  # the first act of a day; each further one a minute later
_OPEN_SECONDS = 9 * 60 * 60


def load(
    say: Callable[[str], None],
    *,
    size: int = 0,
    pages: Iterator[Page] | None = None,
    script: Script | None = None,
) -> dict[str, int]:
    """Found the district and live through its three years; how much there is then, by kind.

    ``size`` asks for at least so many promises: the script is lived through as often as that takes, each time with other names
    and figures. ``pages`` are those of ``handed_in``, in that order, where somebody reads ahead. ``script`` is the district's
    own unless told otherwise.
    """
    script = script or read_script()
    with held_at(_at(script.first_day, 0)):
        with action(BORN, by=SYSTEM, subject="", shown={"kind": "demonstration"}):
            pass
        cast = enter(read_district(), script.first_day)
    say("正在建演示区：青岚区（虚构）。")
    with put_off(), due_items.put_off():
        lives = _live(script, cast, size, pages, say)
    pass_until(script.today)
    with held_at(script.today):
        rebuild()
        due_items.rebuild()
        standing_rows.turn()
        tick()
    clock.begin_at(script.today)
    made = {
        "sources": sum(len(each.world.sources) for each in lives),
        "commitments": sum(len(each.world.rows) for each in lives),
        "cases": sum(len(each.cases.rows) for each in lives),
        "projects": sum(len(each.projects.files) for each in lives),
        "skipped": sum(len(each.skipped) for each in lives),
    }
    say(
        f"演示区建好了：{made['sources']} 份文件，{made['commitments']} 件承诺，{made['projects']} 个重点项目，"
        f"{made['cases']} 件督办、堵点和纠纷。"
    )
    return made


def handed_in(size: int = 0) -> list[Handed]:
    """The pages in the order in which ``load`` takes them in."""
    return _pages_of(_steps(read_script(), size))


def _pages_of(steps: list[Step]) -> list[Handed]:
    return [(step.page, step.round) for step in steps if step.act == "intake"]


def _rounds(script: Script, size: int) -> int:
    """How often the script is lived through for ``size`` promises; once for the district as it is."""
    return max(1, -(-size // max(1, len(script.promises))))


def _steps(script: Script, size: int) -> list[Step]:
    """Every step of every round in order. What the product finds, cases and projects are of the first round only."""
    found = script.steps()
    again = [step for step in found if step.look is None and step.turn is None and step.project is None]
    more = [replace(step, round=nth) for nth in range(1, _rounds(script, size)) for step in again]
    return in_order([*found, *more]) if more else found


def _live(
    script: Script, cast: Cast, size: int, pages: Iterator[Page] | None, say: Callable[[str], None]
) -> list[Lives]:
    lives = [Lives(World(cast, Variant(nth)), script.owners) for nth in range(_rounds(script, size))]
    steps = _steps(script, size)
    handed = _pages_of(steps)
    read = one_by_one(handed) if pages is None else pages
    a_day = Counter(step.day for step in steps)
    day, count, taken = script.first_day, 0, 0
    begun = min((told.begun.day for told in script.cases), default=dt.date.max)
    for step in steps:
        if step.day != day and step.day > begun:
            pass_until(_at(step.day, 0))
        count = count + 1 if step.day == day else 1
        day = step.day
        with held_at(_at(day, count, a_day[day])):
            living = lives[step.round]
            if step.act != "intake":
                _act(living, step)
                continue
            raw, document = next(read)
            name, by = page_file(step.page).name, cast.actor("office")
            living.world.sources[step.page] = intake(raw, name=name, by=by, document=document)
            taken += 1
            if taken % max(20, len(handed) // 10) == 0:
                say(f"已读 {taken}/{len(handed)} 份文件……")
    return lives


def _act(lives: Lives, step: Step) -> None:
    """One decision. What the reader missed, and what hangs on it, stays missing."""
    try:
        lives.act(step)
    except Refusal as refusal:
        if step.round:
            # with other figures a target may just be missed where it was reached: then nothing follows of it
            lives.skipped.append(step)
            return
        # a decision that the rules forbid is a mistake in the script, not something to be passed over
        title = step.promise.title if step.promise else step.page
        if step.turn is not None:
            title = f"{step.turn.told.title}：{step.turn.move.move}"
        if step.project is not None:
            title = f"{step.project.told.name}：{step.project.act}"
        raise RuntimeError(f"{step.day} {step.act} “{title}”: {refusal.message}({refusal.code})") from refusal


def _at(day: dt.date, count: int, of: int = 0) -> dt.datetime:
    """The hour of an act: the ``count``-th of ``of`` on its day."""
    apart = min(60.0, _OPEN_SECONDS / of) if of else 60.0
    return dt.datetime.combine(day, _OPENS, SHANGHAI) + dt.timedelta(seconds=int(count * apart))
