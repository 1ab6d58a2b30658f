"""Acts out the invented district's three years: it gives bytes, clock and decisions, and nothing else.

Everything is written through the same actions as people use, under a clock that stands at the hour of each act.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from luodi.kernel.clocks.now import SHANGHAI, held_at
from luodi.kernel.commitments.actions import tick
from luodi.kernel.documents.actions import intake
from luodi.kernel.ledger.action import SYSTEM, action
from luodi.kernel.refusal import Refusal
from luodi.website import clock
from luodi.website.demonstration.lives import Lives
from luodi.website.demonstration.people import Cast, enter
from luodi.website.demonstration.script import PAGES, Script, Step, read_district, read_script

BORN = "data.born"  # the first event of every district; shown: kind
_OPENS = dt.time(9)  # the first act of a day; each further one a minute later


def load(say: Callable[[str], None]) -> dict[str, int]:
    """Found the district and live through its three years; how much there is then, by kind."""
    script = read_script()
    with held_at(_at(script.first_day, 0)):
        with action(BORN, by=SYSTEM, subject="", shown={"kind": "demonstration"}):
            pass
        cast = enter(read_district(), script.first_day)
    say("正在建演示区：青岚区（虚构）。")
    lives = _live(script, cast, say)
    with held_at(script.today):
        tick()
    clock.begin_at(script.today)
    say(f"演示区建好了：{len(lives.sources)} 份文件，{len(lives.rows)} 件承诺。")
    return {"sources": len(lives.sources), "commitments": len(lives.rows), "skipped": len(lives.skipped)}


def _live(script: Script, cast: Cast, say: Callable[[str], None]) -> Lives:
    lives = Lives(cast)
    day, count = script.first_day, 0
    for step in script.steps():
        count = count + 1 if step.day == day else 1
        day = step.day
        with held_at(_at(day, count)):
            if step.act != "intake":
                _act(lives, step)
                continue
            path = _page(step.page)
            lives.sources[step.page] = intake(path.read_bytes(), name=path.name, by=cast.actor("office"))
            if len(lives.sources) % 10 == 0:
                say(f"已读 {len(lives.sources)}/{len(script.pages)} 份文件……")
    return lives


def _act(lives: Lives, step: Step) -> None:
    """One decision. What the reader missed, and what hangs on it, stays missing."""
    try:
        lives.act(step)
    except Refusal as refusal:
        # a decision that the rules forbid is a mistake in the script, not something to be passed over
        title = step.promise.title if step.promise else ""
        raise RuntimeError(f"{step.day} {step.act} “{title}”: {refusal.message}({refusal.code})") from refusal


def _page(key: str) -> Path:
    """The file of a page. Raises ``LookupError`` where there is none."""
    found = sorted(PAGES.glob(f"{key}-*.txt"))
    if not found:
        raise LookupError(f"no page {key!r} in {PAGES}")
    return found[0]


def _at(day: dt.date, minutes: int) -> dt.datetime:
    return dt.datetime.combine(day, _OPENS, SHANGHAI) + dt.timedelta(minutes=minutes)
