"""Two kept documents side by side: what became, in the later, of each promise of the earlier; and which pairs are worth it."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import QuerySet

from luodi.kernel.documents.lookups import sentences_of_source
from luodi.kernel.documents.models import Source
from luodi.kernel.documents.second.told import statements_settled
from luodi.kernel.refusal import Refusal
from luodi.reading.comparing.pairing import Outcome, Pair, pair_up
from luodi.reading.comparing.said import pairs

__all__ = ["OUTCOMES", "Outcome", "Pair", "day_of", "earlier_like", "side_by_side"]

# in the order of what an opponent would ask first
OUTCOMES: tuple[Outcome, ...] = ("changed", "gone", "claimed", "new", "same")
MOST_PAIRS = 250_000  # of statements laid beside each other: two reports of 500, far beyond any real one, and half a second
# documents that come again, one after another, and tell of the same things
_COME_AGAIN = ("work_report", "plan_execution", "five_year_plan", "livelihood", "action_plan", "bulletin")
_MOST = 3
_LOOKED_AT = 60
_ALIKE = 0.5  # of the pairs of signs of two titles, years and numbers aside
_CHANGING = re.compile(r"[\d〇零一二三四五六七八九十百年月度（）()]+|关于|印发|通知")


def day_of(source: Source) -> dt.date | None:
    """The day a document speaks of: when it was said, else when it was published."""
    return source.speaks_of or source.published


def side_by_side(earlier: Source, later: Source) -> list[Pair]:
    """What ``later`` says of each promise of ``earlier``, in text order, then what is new in it; six queries.

    Pure proposals of the machine (``reading.comparing``): nothing of either document is judged or changed by it. Raises
    ``Refusal`` (``too-long-to-compare``) beyond ``MOST_PAIRS``: anybody may ask for this.
    """
    sizes = [statements_settled().filter(source=each).count() for each in (earlier, later)]
    if sizes[0] * sizes[1] > MOST_PAIRS:
        raise Refusal(
            "too-long-to-compare",
            f"两份文件里各有{sizes[0]:,}处和{sizes[1]:,}处说法，网页上最多对照五百处左右的两份。"
            "请下载两份的原件，在自己的电脑上用 bin/luodi compare 对照。",
        )
    return pair_up(sentences_of_source(earlier), sentences_of_source(later))


def earlier_like(source: Source, among: QuerySet[Source]) -> list[Source]:
    """Documents of the same sort from before ``source``, the nearest in time first: last year's plan beside this year's.

    The same sort: of a genre that comes again, with a title alike but for years and numbers; not of the same day.
    """
    day = day_of(source)
    if source.genre not in _COME_AGAIN or source.published is None or day is None:
        return []
    before = among.filter(genre=source.genre, published__lt=source.published).exclude(pk=source.pk)
    title = _plain(source.title)
    alike = [
        each for each in before.defer("text")[:_LOOKED_AT] if _likeness(title, _plain(each.title)) >= _ALIKE
    ]
    return sorted(alike, key=lambda each: (each.published or dt.date.min, each.id), reverse=True)[:_MOST]


def _plain(title: str) -> frozenset[str]:
    return pairs(_CHANGING.sub("", title))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
