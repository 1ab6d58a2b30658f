"""A sentence as matching compares it: plain values, no rows."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}?(?:街道|社区|镇|乡|村)")
_NO_PLACE = re.compile(r"^(?:[全各每我本该老新整]|乡[镇村]|农村|城镇)|(?:老旧|城市)社区$")
_BETWEEN = re.compile(r"[个处所条座的和与及在、，；。]")
_PLAIN = re.compile(r"[^\w]|_")
_PROJECT_END = re.compile(r"(?:建设|改造|扩建|新建)?(?:项目|工程)$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit."""

    number: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was said on ``day``. ``due_until`` is for a promise when it is to be done, for a result the end of the period it
    speaks of; ``force`` as the reader gives it."""

    id: str
    kind: str
    day: dt.date | None
    text: str
    object: str = ""
    project: str = ""
    owner: str = ""
    amounts: tuple[Amount, ...] = ()
    due_until: dt.date | None = None
    force: str = ""

    @property
    def subject_words(self) -> str:
        """What it is about: the object, or the whole where none was read."""
        return self.object or re.sub(r"[\d.,%]+", "", self.text)


def plain_project(name: str) -> str:
    """The name of a project without what is written differently each time.

    >>> plain_project("“云川湾”智慧物流园（一期）建设项目") == plain_project("云川湾智慧物流园一期项目")
    True
    """
    return _PROJECT_END.sub("", _PLAIN.sub("", name))


def places_in(text: str) -> frozenset[str]:
    """Towns, streets and villages named in a sentence, as far as their suffix shows them.

    >>> sorted(places_in("枫桥街道和松湾镇各建1处，全村受益"))
    ['松湾镇', '枫桥街道']
    """
    names = {match.group() for part in _BETWEEN.split(text) for match in _PLACE.finditer(part)}
    return frozenset(name for name in names if not _NO_PLACE.search(name))


def pairs(words: str) -> frozenset[str]:
    """The pairs of neighbouring characters, without punctuation."""
    plain = _PLAIN.sub("", words)
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1)) or frozenset({plain} - {""})
