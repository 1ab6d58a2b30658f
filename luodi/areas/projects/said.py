"""What a sentence claims of many projects at once: how many, what was done, of which plan, how many percent of it. Pure.

Only what stands in one sentence is put together; amounts in 亿元. A sentence that gives a single number claims nothing to reckon.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from luodi.areas.projects.claims import Claim, Finding, check

_AMOUNT = r"(?P<{0}>[0-9]+(?:\.[0-9]+)?)(?P<{0}_unit>亿|万)元?"
_DONE = re.compile(r"完成投资(?:额)?(?:超|约|达|达到)?" + _AMOUNT.format("done"))
_PLAN = re.compile(r"(?:年度|全年)计划(?:完成)?投资(?:额)?" + _AMOUNT.format("plan"))
_OF_PLAN = re.compile(r"占(?:年度|全年)计划(?:投资)?" + _AMOUNT.format("plan") + r"元?的")
_PERCENT = re.compile(
    r"(?:年度|全年)(?:投资)?计划(?:投资)?(?:的)?(?:[0-9.]+[亿万]元?的)?([0-9]+(?:\.[0-9]+)?)%"
)
_PROJECTS = re.compile(r"([0-9]+)个[^,，。;；0-9]{0,12}?项目|项目([0-9]+)个")
_BETWEEN = re.compile(r"[、和与及,，]")
_WAN_IN_YI = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with what its own numbers say about each other."""

    claim: Claim
    finding: Finding

    @property
    def words(self) -> str:
        """What was said, then what follows from it, in a sentence each."""
        told = []
        if self.claim.projects is not None:
            told.append(f"{self.claim.projects}个项目")
        if self.claim.done is not None:
            told.append(f"完成{self.claim.done}亿元")
        if self.claim.plan is not None:
            told.append(f"计划{self.claim.plan}亿元")
        if self.claim.percent is not None:
            told.append(f"占计划{self.claim.percent}%")
        return f"说的是{'，'.join(told)}；{self.finding.words()}"


def claim_in(text: str) -> Claim | None:
    """What a sentence claims; ``None`` where it gives fewer than two of done, plan and percent, or is not about projects.

    >>> found = claim_in("58个省、市、区重点项目完成投资130亿元，占年度计划的155%")
    >>> (found.projects, found.done, found.percent) if found else None
    (58, Decimal('130'), Decimal('155'))
    >>> claim_in("进出口总额3.6亿美元,为年度计划的92%") is None
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    if "项目" not in plain:
        return None
    done, plan = _yi(_DONE.search(plain), "done"), _yi(_PLAN.search(plain) or _OF_PLAN.search(plain), "plan")
    share = _PERCENT.search(plain)
    percent = Decimal(share[1]) if share is not None else None
    if sum(each is not None for each in (done, plan, percent)) < 2:
        return None
    count = _PROJECTS.search(plain)
    return Claim(
        done=done,
        percent=percent,
        plan=plan,
        projects=int(count[1] or count[2]) if count is not None else None,
    )


def checked(text: str) -> Checked | None:
    """The claim of a sentence with its arithmetic; ``None`` where it makes none.

    >>> found = checked("58个重点项目完成投资130亿元，占年度计划的155%")
    >>> found.finding.words() if found else ""
    '几个数对得上，推算计划83.87亿元，没有公布计划数，没有公布计划调整过没有，未核实，超过计划的120%，要说明原因。'
    """
    claim = claim_in(text)
    return Checked(claim, check(claim)) if claim is not None else None


def names_in(text: str) -> list[str]:
    """The names in what a reader took for the names of projects, one by one.

    >>> names_in("岚芯电子、芃谷食品"), names_in("三纵两横")
    (['岚芯电子', '芃谷食品'], ['三纵两横'])
    """
    return [name for part in _BETWEEN.split(text) if len(name := part.strip('“”"（）() ')) >= 3]


def matches(name: str, known: Mapping[str, str]) -> list[str]:
    """The ids of projects that a name may mean: called just so, or the one name within the other. Never decided here.

    >>> matches("岚江航电枢纽工程", {"岚江航电枢纽": "j1", "岚江新城": "j2"})
    ['j1']
    """
    bare = _bare(name)
    same = [key for other, key in known.items() if _bare(other) == bare]
    if same or len(bare) < 4:
        return same
    return [key for other, key in known.items() if len(_bare(other)) >= 4 and _is_within(_bare(other), bare)]


def _is_within(one: str, other: str) -> bool:
    return one in other or other in one


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).replace(" ", "")
    return re.sub(r"(?:建设)?(?:项目|工程)$", "", plain)


def _yi(match: re.Match[str] | None, name: str) -> Decimal | None:
    if match is None:
        return None
    number = Decimal(match[name])
    return number if match[f"{name}_unit"] == "亿" else number / _WAN_IN_YI
