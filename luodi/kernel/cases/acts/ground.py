"""What every act on a case begins with: the row under lock, its playbook, and who the actor is as seen from it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import replace

from luodi.kernel.accounts.access import Role, post_of, roles_of
from luodi.kernel.cases.models import Case, CaseClock, Duty, Step
from luodi.kernel.cases.playbook import PARTIES, Party, Playbook
from luodi.kernel.cases.possible import Standing
from luodi.kernel.cases.registry import playbook_of
from luodi.kernel.clocks.now import now, today
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.ledger.prepared import Prepared
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import ancestors, in_line
from luodi.kernel.register.models import Post
from luodi.kernel.rules.lookups import own_rules_exist

LONGEST_REASON = 500
_BY_ITSELF: tuple[Party, ...] = ("system",)
_LOCKED = Prepared(
    lambda key: (
        Case.objects.select_for_update(no_key=True).annotate(has_own_rules=own_rules_exist()).filter(pk=key)
    ),
    str,
)


def locked(case: Case | str) -> Case:
    """The case as it is now, held until the act is over. Raises ``Refusal`` (``no-such-case``)."""
    key = case if isinstance(case, str) else case.id
    held = _LOCKED.first(key)
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


def standing_of(case: Case, by: Actor, name: str = "") -> Standing:
    """Who the actor is to this case, what has been done with it, and what only waits for a signature.

    Asks only what the playbook makes matter at this place, or for the move of that ``name`` alone: how often a move was made,
    what waits for a signature, children, duties, whether the actor is independent of the doer.
    """
    playbook = playbook_of(case.kind, case.version)
    here = [move for move in playbook.moves_from(case.state) if name in ("", move.name)]
    is_counted = any(move.times is not None or move.signed_by or move.after for move in here)
    steps = _steps(case) if is_counted else []
    made = Counter(move for move, needs, signed in steps if not needs or signed is not None)
    waiting = next((move for move, needs, signed in steps if needs and signed is None), "")
    binds = any(move.effect == "bind" for move in playbook.moves)
    is_bound = binds and (not name or any(move.when_duties for move in here))
    duties = Counter(Duty.objects.filter(case=case).values_list("state", flat=True) if is_bound else ())
    standing = Standing(
        case.state,
        _BY_ITSELF,
        made,
        waits_for_signature=waiting,
        open_duties=duties["open"],
        broken_duties=duties["broken"],
        open_children=_open_children(case, playbook),
        past=_past(case) if any(move.within or move.after for move in here) else (),
    )
    if by == SYSTEM:
        return standing
    post = acting_post(by)
    clash = clash_of(case, post) if any(move.is_independent for move in here) else ""
    return replace(standing, parties=parties_of(case, by, post), clash=clash)


def _past(case: Case) -> tuple[str, ...]:
    """The clocks of the case whose time is up."""
    return tuple(CaseClock.objects.filter(case=case, due_at__lte=now()).values_list("name", flat=True))


def _steps(case: Case) -> list[tuple[str, bool, dt.datetime | None]]:
    steps = Step.objects.filter(case=case, taken_back=False)
    return list(steps.values_list("move", "needs_signature", "signed_at"))


def parties_of(case: Case, by: Actor, post: Post) -> frozenset[Party]:
    """As what the actor may move the case."""
    found: set[Party] = set()
    roles = roles_of(by)
    if _reaches(roles, "office", case.office_unit_id):
        found.add("office")
    if _reaches(roles, "leader", case.unit_id):
        found.add("leader")
    if post.id == case.post_id or (_reaches(roles, "reporter", case.unit_id) and _is_of(post, case.unit_id)):
        found.add("doer")
    if _reaches(roles, "verifier", case.unit_id) and (
        case.verifier_unit_id is None or _is_of(post, case.verifier_unit_id)
    ):
        found.add("verifier")
    return frozenset(found)


def _reaches(roles: Collection[Role], role: str, unit: str) -> bool:
    """Whether one of the roles, asked for once, is this one over the unit; as ``accounts.access.may``."""
    scopes = {scope for held, scope in roles if held == role}
    return None in scopes or unit in scopes or (bool(scopes) and not scopes.isdisjoint(ancestors(unit)))


def clash_of(case: Case, post: Post) -> str:
    """Why the post's unit may not verify this work, in words; empty where it may (invariant 7)."""
    if not in_line(post.unit_id, case.unit_id):
        return ""
    how = "就是办这件事的" if post.unit_id == case.unit_id else f"和办这件事的{case.unit.name}是上下级"
    return f"做事的单位不能核实自己。{post.unit.name}{how}，请由没有办这件事的单位来做。"


def require_office(case: Case, by: Actor, doing: str) -> Post:
    """The post of the office that runs the case. Raises ``Refusal`` (``other-party``) for any other."""
    post = acting_post(by)
    if "office" not in parties_of(case, by, post):
        raise Refusal(
            "other-party",
            f"“{doing}”由{PARTIES['office']}（{case.office_unit.name}）来做，您现在的岗位不是。",
        )
    return post


def reason_given(text: str, doing: str) -> str:
    """Why, in the words of whoever acts. Raises ``Refusal`` (``reason-missing``)."""
    words = text.strip()
    if not 2 <= len(words) <= LONGEST_REASON:
        raise Refusal(
            "reason-missing", f"“{doing}”要写明理由，2至{LONGEST_REASON}字；现在是{len(words)}字。请写一句。"
        )
    return words


def _open_children(case: Case, playbook: Playbook) -> int:
    """How many cases are open beneath it, of the kind that its place waits for. Asks only where it waits for some."""
    stage = playbook.state_named.get(case.state)
    if stage is None or not stage.joins:
        return 0
    return Case.objects.filter(parent=case, kind=stage.joins, closed_at=None).count()


def _is_of(post: Post, unit: str) -> bool:
    return post.unit_id == unit or unit in ancestors(post.unit_id)
