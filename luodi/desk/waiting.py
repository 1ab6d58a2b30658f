"""What waits for the post acted as, over everything the desk does: one line each with its number and its door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.desk.cases.opening_rights import may_open, openings
from luodi.desk.presence import Presence
from luodi.desk.promises.choosing import Asked, todo_words
from luodi.desk.promises.listing import todo_counts
from luodi.desk.promises.reach import reach_of
from luodi.kernel.cases.access import due_from
from luodi.kernel.clocks.now import now, today
from luodi.kernel.review import queue

_TODO = ("report", "back", "verify", "wrong")


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` of something, and the button that leads to it. ``late``: how many of them should have been done by now."""

    number: int
    words: str
    address: str
    button: str
    late: int = 0


def lines_for(presence: Presence) -> list[Line]:
    """What waits, the late first; nothing where no post is chosen. A handful of queries, whatever the size of the district."""
    if presence.post is None:
        return []
    found = [*_due(presence), *_promises(presence), *_statements(presence)]
    return sorted((line for line in found if line.number), key=lambda line: not line.late)


def _due(presence: Presence) -> Iterator[Line]:
    due = due_from(presence.actor).exclude(light="paused").order_by()
    number, late = due.count(), due.filter(due_at__lte=now()).count()
    yield Line(number, gettext("件事由本岗位来办，有期限"), "/desk/inbox", gettext("看待办"), late)


def _promises(presence: Presence) -> Iterator[Line]:
    counts = todo_counts(reach_of(presence), today())
    for name in _TODO:
        number = getattr(counts, name)
        yield Line(
            number,
            gettext("件承诺：%(what)s") % {"what": todo_words(name)},
            Asked(todo=name).href(),
            todo_words(name),
        )


def _statements(presence: Presence) -> Iterator[Line]:
    if presence.has_role("office", "reviewer"):
        left, _aside = queue.waiting(presence.actor.account)
        yield Line(left, gettext("条读出来的话等人复核，采纳了才是承诺"), "/desk/review", gettext("开始复核"))


@dataclass(frozen=True, slots=True)
class Door:
    """Where else a role usually begins."""

    words: str
    says: str
    address: str


def doors_for(presence: Presence) -> list[Door]:
    """What the post may begin by itself, whether or not anything waits."""
    if presence.post is None:
        return []
    has = presence.has_role
    begins = list(dict.fromkeys(o.kind.newest.label for o in openings() if may_open(presence, o.move)))
    given = (
        (
            has("leader", "office"),
            gettext("领导一屏"),
            gettext("全区逾期的、只报未核的、改了口的"),
            "/desk/leader",
        ),
        (
            has("office", "reviewer"),
            gettext("收文件"),
            gettext("拖进网页、报告、表格，读出里面的承诺"),
            "/desk/intake",
        ),
        (
            has("office"),
            gettext("录本月进展"),
            gettext("各单位报来的月度表，一次录进来"),
            "/desk/promises/month",
        ),
        (bool(begins), gettext("新开一件事"), gettext("、").join(begins), "/desk/cases/new"),
        (
            has("administrator", "office"),
            gettext("单位和人"),
            gettext("单位、岗位、任职和交接"),
            "/desk/directory",
        ),
        (has("administrator"), gettext("账号"), gettext("发邀请、重设密码、停用"), "/desk/accounts"),
        (True, gettext("全部承诺"), gettext("按单位、领域、期限、状态挑着看"), "/desk/promises"),
    )
    return [Door(words, says, address) for may, words, says, address in given if may]
