"""Rules of holding posts: one at a time where a post is sole, and nothing left without somebody to answer for it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from luodi.kernel.refusal import Refusal
from luodi.kernel.register.belongings import belongings
from luodi.kernel.register.models import Appointment, Post, Unit


def locked_post(post: Post) -> Post:
    """The post's row, held until the transaction ends, so that two appointments cannot pass each other."""
    return Post.objects.select_for_update().get(id=post.id)


def require_open(row: Unit | Post, day: dt.date) -> None:
    """Refuse where a unit or post is closed on ``day``."""
    if row.closed_on is not None and row.closed_on < day:
        name = row.name if isinstance(row, Unit) else row.title
        raise Refusal(
            "already-closed", f"“{name}”已于{row.closed_on}撤销，{day}起不能再用。请选承接它的单位或岗位。"
        )


def require_order(since: dt.date, until: dt.date | None) -> None:
    """Refuse a last day before the first."""
    if until is not None and until < since:
        raise Refusal("days-reversed", f"任职得到{since}至{until}，止日早于起日。请改其中一个。")


def require_free(
    post: Post, person_id: str, since: dt.date, until: dt.date | None, *, besides: str = ""
) -> None:
    """Refuse where somebody holds a sole post, or the same person holds the post, on any of these days."""
    overlapping = Appointment.objects.filter(post=post).exclude(id=besides)
    overlapping = overlapping.filter(Q(until__isnull=True) | Q(until__gte=since))
    if until is not None:
        overlapping = overlapping.filter(since__lte=until)
    if not post.is_sole:
        overlapping = overlapping.filter(person=person_id)
    held = overlapping.order_by("since").first()
    if held is not None:
        end = held.until or "今"
        raise Refusal(
            "post-held",
            f"“{post.title}”在{held.since}至{end}已有人任职，{since}起的任职与它重叠。请先办交接，或改起止日期。",
        )


def would_be_empty(post: Post, after: dt.date, leaving: str) -> bool:
    """Whether nobody holds ``post`` on the day after ``after``, once the appointment ``leaving`` ends."""
    next_day = after + dt.timedelta(days=1)
    staying = Appointment.objects.filter(post=post, since__lte=next_day).exclude(id=leaving)
    return not staying.filter(Q(until__isnull=True) | Q(until__gte=next_day)).exists()


def require_somebody_left(post: Post, last_day: dt.date, leaving: str) -> None:
    """Refuse to end an appointment that would leave what the post owns to nobody."""
    if would_be_empty(post, last_day, leaving) and belongings(post):
        raise Refusal(
            "post-left-empty",
            f"{last_day}之后“{post.title}”无人在岗，而它名下还有事。请办交接，写明谁接任；岗位不再设的，先撤销岗位并写明转给哪个岗位。",
        )


def require_successor(row: Unit | Post, into: Unit | Post | None, day: dt.date) -> None:
    """Refuse to close what still owns something without naming an open successor of the same kind."""
    name = row.name if isinstance(row, Unit) else row.title
    if into is None:
        if belongings(row):
            raise Refusal(
                "successor-missing", f"“{name}”名下还有事，撤销前要写明由谁承接。请选一个承接的单位或岗位。"
            )
        return
    if into.id == row.id:
        raise Refusal("successor-is-itself", f"“{name}”不能由它自己承接。请另选一个。")
    require_open(into, day + dt.timedelta(days=1))


def require_signer(appointment: Appointment, signer: str, side: str) -> None:
    """Refuse a signature by anybody but the person whose appointment it is."""
    if appointment.person_id != signer:
        raise Refusal("not-the-signer", f"交接的{side}要由本人签。请由本人登录后再签。")
