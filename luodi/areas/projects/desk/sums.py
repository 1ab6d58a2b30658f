"""What the head of ledger and wall says of all projects shown: each counts once; statistics are not summed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from luodi.areas.projects.desk.ledger_rows import Row


@dataclass(frozen=True, slots=True)
class Sums:
    """Of the projects with a plan what they did, were to do in the year and by now; of all what was paid. In 分."""

    count: int
    planned_count: int
    done: int
    annual: int
    by_now: int
    paid: int | None

    @property
    def completion(self) -> Fraction | None:
        """Done of the year's plans."""
        return Fraction(self.done, self.annual) if self.annual else None

    @property
    def due(self) -> Fraction | None:
        """What was to be done by now by each one's own months, of the year's plans."""
        return Fraction(self.by_now, self.annual) if self.annual else None

    @property
    def gap(self) -> Fraction | None:
        """Completion less what was due."""
        done, due = self.completion, self.due
        return None if done is None or due is None else done - due


def sums_of(rows: Sequence[Row]) -> Sums:
    """The sums of some rows."""
    planned = [row.against for row in rows if row.against is not None]
    paid = [row.told.paid_sum for row in rows if row.told.paid_sum is not None]
    return Sums(
        len(rows),
        len(planned),
        sum(each.done for each in planned),
        sum(each.version.annual for each in planned),
        sum(each.version.to_date(each.month) for each in planned),
        sum(paid) if paid else None,
    )
