"""The decisions as data: read from ``decisions.toml`` and put into the order of time."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGES = HERE.parents[2] / "demonstration" / "pages"


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
class Step:
    """Something done on a day: a page comes in, a promise is adopted, or something becomes of one."""

    day: dt.date
    act: str
    page: str = ""
    promise: Promise | None = None
    words: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Script:
    """The whole: where the clock starts and what it shows in the end; ``pages`` say when each came in."""

    first_day: dt.date
    today: dt.datetime
    pages: dict[str, dt.date]
    promises: tuple[Promise, ...]
    lives: tuple[tuple[str, ...], ...]

    def steps(self) -> list[Step]:
        """Every step in order."""
        found = [Step(day, "intake", page) for page, day in self.pages.items()]
        for promise, life in zip(self.promises, self.lives, strict=True):
            found.append(Step(promise.adopted, "adopt", promise.page, promise))
            found += _life(promise, life)
        order = {"intake": 0, "adopt": 1}
        return sorted(found, key=lambda step: (step.day, order.get(step.act, 2)))


def read_script() -> Script:
    """``decisions.toml``."""
    told = _toml("decisions.toml")
    lives = tuple(tuple(each.pop("life", ())) for each in told["promise"])
    return Script(
        first_day=dt.date.fromisoformat(told["first_day"]),
        today=dt.datetime.fromisoformat(told["today"]),
        pages={page: dt.date.fromisoformat(day) for page, day in told["pages"].items()},
        promises=tuple(_promise(each) for each in told["promise"]),
        lives=lives,
    )


def read_district() -> dict[str, Any]:
    """``district.toml``: the district, its places and its units."""
    return _toml("district.toml")


def _promise(told: dict[str, Any]) -> Promise:
    days = {name: dt.date.fromisoformat(told.pop(name)) for name in ("adopted", "due") if name in told}
    helpers = tuple(told.pop("helpers", ()))
    return Promise(**told, **days, helpers=helpers)


def _life(promise: Promise, life: tuple[str, ...]) -> Iterator[Step]:
    for line in life:
        day, act, *words = line.split(" ")
        yield Step(dt.date.fromisoformat(day), act, promise.page, promise, tuple(words))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
