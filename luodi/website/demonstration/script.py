"""The decisions as data: read from ``decisions/*.toml``, a file a year, and put into the order of time."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luodi.website.demonstration.case_script import CaseTold, CaseTurn, told_cases, turns_of
from luodi.website.demonstration.project_script import (
    OwnerTold,
    ProjectTold,
    ProjectTurn,
    project_turns,
    told_owners,
    told_projects,
)

HERE = Path(__file__).parent
DECISIONS = HERE / "decisions"
PAGES = HERE.parents[2] / "demonstration" / "pages"
DOCUMENTS = HERE.parents[2] / "demonstration" / "documents"
# acts that come before others on their day; a look at what the product finds comes after all of them
_FIRST = {"intake": 0, "adopt": 1, "look": 3}


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence that was taken as a promise. Keys name pages and units."""

    page: str
    near: str
    title: str
    lead: str
    adopted: dt.date
    topic: str = ""
    year: int | None = None
    number: str | None = None
    unit: str = ""
    approx: str = ""
    due: dt.date | None = None
    helpers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """The office goes through what the product finds between ``page`` and the promises there are, and takes it.

    ``speaks_of``: which promises are said again or otherwise; ``claims``: which results are claimed; ``silent_since``: the page
    of the same series whose promises are looked for. ``refused`` are sentences whose suggestion is not taken.
    """

    speaks_of: bool = False
    claims: bool = False
    silent_since: str = ""
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Something done on a day: to a page, to a sentence of it, to a promise, in a case or in a project.

    ``act`` is then ``case`` or ``project``. ``round`` counts repetitions, from 0.
    """

    day: dt.date
    act: str
    page: str = ""
    promise: Promise | None = None
    words: tuple[str, ...] = field(default=())
    look: Look | None = None
    turn: CaseTurn | None = None
    project: ProjectTurn | None = None
    round: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """The whole: where the clock starts and what it shows in the end; ``pages`` say when each came in."""

    first_day: dt.date
    today: dt.datetime
    pages: dict[str, dt.date]
    promises: tuple[Promise, ...]
    lives: tuple[tuple[str, ...], ...]
    judged: tuple[Step, ...] = ()
    cases: tuple[CaseTold, ...] = ()
    projects: tuple[ProjectTold, ...] = ()
    owners: Mapping[str, OwnerTold] = field(default_factory=dict)

    def steps(self) -> list[Step]:
        """Every step in order."""
        found = [Step(day, "intake", page) for page, day in self.pages.items()]
        found += self.judged
        for promise, life in zip(self.promises, self.lives, strict=True):
            found.append(Step(promise.adopted, "adopt", promise.page, promise))
            found += _life(promise, life)
        # what is done to a project comes before the cases about it
        until = self.today.date()
        turns = (turn for told in self.projects for turn in project_turns(told, until))
        found += [Step(turn.day, "project", project=turn) for turn in turns if turn.day <= until]
        found += [Step(turn.move.day, "case", turn=turn) for told in self.cases for turn in turns_of(told)]
        return in_order(found)


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps by day; those of one day in the order in which people do them, else as told."""
    return sorted(steps, key=lambda step: (step.day, _FIRST.get(step.act, 2)))


def read_script() -> Script:
    """All files of ``decisions``."""
    told = [_toml(path) for path in sorted(DECISIONS.glob("*.toml"))]
    days = next(each for each in told if "first_day" in each)
    promises = [each for part in told for each in part.get("promise", ())]
    lives = tuple(tuple(each.pop("life", ())) for each in promises)
    pages = {page: dt.date.fromisoformat(day) for part in told for page, day in part.get("pages", {}).items()}
    return Script(
        first_day=dt.date.fromisoformat(days["first_day"]),
        today=dt.datetime.fromisoformat(days["today"]),
        pages=pages,
        promises=tuple(_promise(each) for each in promises),
        lives=lives,
        judged=tuple(step for part in told for step in _judged(part)),
        cases=told_cases(told),
        projects=told_projects(told),
        owners=told_owners(told),
    )


def read_district() -> dict[str, Any]:
    """``district.toml``: the district, its places and its units."""
    return _toml(HERE / "district.toml")


def page_file(key: str) -> Path:
    """The file of a page. Raises ``LookupError`` where there is none."""
    found = sorted([*PAGES.glob(f"{key}-*.txt"), *DOCUMENTS.glob(f"{key}-*.txt")])
    if not found:
        raise LookupError(f"no page {key!r} in {PAGES} or {DOCUMENTS}")
    return found[0]


def _promise(told: dict[str, Any]) -> Promise:
    days: dict[str, Any] = {
        name: dt.date.fromisoformat(told.pop(name)) for name in ("adopted", "due") if name in told
    }
    helpers = tuple(told.pop("helpers", ()))
    return Promise(**told, **days, helpers=helpers)


def _life(promise: Promise, life: tuple[str, ...]) -> Iterator[Step]:
    for line in life:
        day, act, *words = line.split(" ")
        yield Step(dt.date.fromisoformat(day), act, promise.page, promise, tuple(words))


def _judged(part: dict[str, Any]) -> Iterator[Step]:
    """What was decided about sentences that became no promise, about whole pages, and by looking at what was found."""
    for act in ("refuse", "keep"):
        for each in part.get(act, ()):
            words = (each["near"], each.get("reason", ""))
            yield Step(dt.date.fromisoformat(each["day"]), act, each["page"], words=words)
    for page, day in part.get("withdrawn", {}).items():
        yield Step(dt.date.fromisoformat(day), "withdraw", page)
    for each in part.get("look", ()):
        look = Look(
            speaks_of=each.get("speaks_of", False),
            claims=each.get("claims", False),
            silent_since=each.get("silent_since", ""),
            refused=tuple(each.get("refused", ())),
        )
        yield Step(dt.date.fromisoformat(each["day"]), "look", each["page"], look=look)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
