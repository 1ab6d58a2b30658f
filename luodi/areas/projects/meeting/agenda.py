"""The order of a dispatch meeting: age × money × people, with the sum written out. Pure.

A product, so that what is old, dear and hard on many comes first, and what is only one of them does not. What nobody told counts
as one and is said, so that it can be told; an amount that nobody told is never guessed but what the project itself is behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from luodi.kernel.figures.display import plain_number

FEN_IN_WAN = 1_000_000
UNTOLD = Decimal(1)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to be decided. ``money`` is in 万元; ``told`` says which of money and people somebody wrote down.

    ``kind``: ``bottleneck``, or ``behind`` for a project that is late without having said what holds it up.
    """

    kind: str
    title: str
    since: dt.date
    money: Decimal
    people: Decimal
    notes: tuple[str, ...] = ()

    def age(self, day: dt.date) -> int:
        """Days up to ``day``, that day counted; at least one."""
        return max((day - self.since).days, 1)

    def weight(self, day: dt.date) -> Decimal:
        """The product."""
        return self.age(day) * self.money * self.people

    def sum_words(self, day: dt.date) -> str:
        """The product written out.

        >>> Matter("bottleneck", "", dt.date(2026, 8, 1), Decimal(4500), Decimal(12)).sum_words(dt.date(2026, 8, 31))
        '30天×4500万元×12人＝1,620,000'
        """
        money, people = plain_number(self.money, 0), plain_number(self.people, 0)
        return f"{self.age(day)}天×{money}万元×{people}人＝{weight_words(self.weight(day))}"


def weight_words(weight: Decimal) -> str:
    """A weight as a whole number.

    >>> weight_words(Decimal("1620000.4"))
    '1,620,000'
    """
    return plain_number(weight, 0)


def total(matters: Iterable[Matter], day: dt.date) -> Decimal:
    """What a project weighs: the sum of its matters."""
    return sum((each.weight(day) for each in matters), Decimal(0))


def bottleneck_matter(
    title: str,
    found_on: dt.date,
    *,
    impact_wan: str | None,
    impact_people: str | None,
    behind: int = 0,
) -> Matter:
    """A bottleneck as a matter. ``behind``: by how much (分) its project is behind, where that may stand for what nobody told."""
    notes = []
    money = _positive(impact_wan)
    if money is None and behind >= FEN_IN_WAN:
        money = Decimal(behind) / FEN_IN_WAN
        notes.append("没有写影响多少投资，按项目今年落后的算")
    elif money is None:
        money = UNTOLD
        notes.append("没有写影响多少投资，按1万元算")
    people = _positive(impact_people)
    if people is None:
        people = UNTOLD
        notes.append("没有写涉及多少人，按1人算")
    return Matter("bottleneck", title, found_on, money, people, tuple(notes))


def behind_matter(
    months: Sequence[int], done: Mapping[int, int], year: int, month: int, title: str
) -> Matter | None:
    """A project that is behind its own plan up to a month, as a matter; ``None`` where it is not.

    Its age counts from the end of the first month of the stretch in which less was done than planned, all of the year so far
    taken together.
    """
    planned = made = 0
    since = None
    for number in range(1, month + 1):
        planned, made = planned + months[number - 1], made + done.get(number, 0)
        if made >= planned:
            since = None
        elif since is None:
            since = number
    if since is None or planned - made < FEN_IN_WAN:
        return None
    return Matter(
        "behind",
        title,
        _last_day(year, since),
        Decimal(planned - made) / FEN_IN_WAN,
        UNTOLD,
        ("没有登记堵点，按落后的投资算",),
    )


def _positive(text: str | None) -> Decimal | None:
    number = Decimal(text) if text else None
    return number if number is not None and number > 0 else None


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
