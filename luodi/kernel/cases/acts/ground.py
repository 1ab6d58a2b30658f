"""What every act on a case begins with: the row under lock, its playbook, and who the actor is as seen from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from luodi.kernel.accounts.access import may, post_of
from luodi.kernel.cases.models import Case, Duty, Step
from luodi.kernel.cases.playbook import Party
from luodi.kernel.cases.possible import Standing
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import ancestors, in_line
from luodi.kernel.register.models import Post


def locked(case: Case | str) -> Case:
    """The case as it is now, held until the act is over. Raises ``Refusal`` (``no-such-case``)."""
    key = case if isinstance(case, str) else case.id
    held = Case.objects.select_for_update(no_key=True).filter(pk=key).first()
    if held is None:
        raise Refusal("no-such-case", f"没有编号为“{key}”的事项。请从列表重新进入。")
    return held


def acting_post(by: Actor) -> Post:
    """The post that acts. Raises ``Refusal`` (``no-post``, ``post-closed``)."""
    post = post_of(by)
    if post is None:
        raise Refusal("no-post", "没有选定岗位。事项要以岗位的身份来办，请先选一个岗位。")
    if post.closed_on is not None and post.closed_on <= today():
        raise Refusal("post-closed", f"岗位“{post.title}”已于{post.closed_on}撤销，请换一个岗位。")
    return post


def standing_of(case: Case, by: Actor) -> Standing:
    """Who the actor is to this case, what has been done with it, and what only waits for a signature."""
    steps = list(
        Step.objects.filter(case=case, taken_back=False).values_list("move", "needs_signature", "signed_at")
    )
    made = Counter(move for move, needs, signed in steps if not needs or signed is not None)
    waiting = next((move for move, needs, signed in steps if needs and signed is None), "")
    duties = Counter(Duty.objects.filter(case=case).values_list("state", flat=True))
    standing = Standing(
        case.state, ("system",), made, "", waiting, open_duties=duties["open"], broken_duties=duties["broken"]
    )
    if by == SYSTEM:
        return standing
    post = acting_post(by)
    return replace(standing, parties=parties_of(case, by, post), clash=clash_of(case, post))


def parties_of(case: Case, by: Actor, post: Post) -> frozenset[Party]:
    """As what the actor may move the case."""
    found: set[Party] = set()
    if may(by, "office", case.office_unit_id):
        found.add("office")
    if may(by, "leader", case.unit_id):
        found.add("leader")
    if post.id == case.post_id or (may(by, "reporter", case.unit_id) and _is_of(post, case.unit_id)):
        found.add("doer")
    if may(by, "verifier", case.unit_id) and (
        case.verifier_unit_id is None or _is_of(post, case.verifier_unit_id)
    ):
        found.add("verifier")
    return frozenset(found)


def clash_of(case: Case, post: Post) -> str:
    """Why the post's unit may not verify this work, in words; empty where it may (invariant 7)."""
    if not in_line(post.unit_id, case.unit_id):
        return ""
    how = "就是办这件事的" if post.unit_id == case.unit_id else f"和办这件事的{case.unit.name}是上下级"
    return f"做事的单位不能核实自己。{post.unit.name}{how}，请由没有办这件事的单位来做。"


def _is_of(post: Post, unit: str) -> bool:
    return post.unit_id == unit or unit in ancestors(post.unit_id)
