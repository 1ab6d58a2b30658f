"""Who may enter a staff screen. Every view under /desk/ is marked with one of these; an unmarked one lets nobody in.

A door says who may open the screen; what may then be done to which unit is asked again by ``accounts.access.may``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from luodi.desk.presence import Presence
from luodi.kernel.accounts.models import Grant
from luodi.kernel.refusal import Refusal

View = TypeVar("View", bound=Callable[..., Any])
MARK = "luodi_door"


@dataclass(frozen=True, slots=True)
class Door:
    """``is_open``: anybody may enter, and ``why`` says so; else an account, as a post, with one of ``roles``."""

    is_open: bool = False
    why: str = ""
    needs_post: bool = True
    roles: tuple[str, ...] = ()

    def require(self, presence: Presence) -> None:
        """Refuse whoever may not enter, in words that say who may."""
        if self.needs_post and presence.post is None:
            if not presence.posts:
                raise Refusal("no-post", "您今天没有任职，不能办事。请让本单位的系统管理员核对任命。")
            raise Refusal("post-not-chosen", "您有几个岗位，还没有选用哪一个办事。请先选岗位。")
        if self.roles and not presence.has_role(*self.roles):
            names = "、".join(dict(Grant.ROLES)[role] for role in self.roles)
            raise Refusal(
                "role-missing", f"这一页由{names}来办，您现在的岗位没有这个角色。请换岗位，或找系统管理员。"
            )


def open_door(why: str) -> Callable[[View], View]:
    """Anybody may enter; ``why`` is kept beside it for whoever reads the code."""
    return _mark(Door(is_open=True, why=why, needs_post=False))


def staff_door(view: View) -> View:
    """Whoever has come in, with or without a post: one's own log-in, choice of post."""
    return _mark(Door(needs_post=False))(view)


def post_door(view: View) -> View:
    """Whoever has come in and acts as a post."""
    return _mark(Door())(view)


def role_door(*roles: str) -> Callable[[View], View]:
    """Whoever acts as a post with one of ``roles``. Raises ``ValueError`` for a role there is not."""
    unknown = set(roles) - set(dict(Grant.ROLES))
    if unknown or not roles:
        raise ValueError(f"no roles {sorted(unknown)}; the roles are {', '.join(dict(Grant.ROLES))}")
    return _mark(Door(roles=roles))


def door_of(view: Callable[..., Any]) -> Door | None:
    """The door of a view; ``None`` where nobody gave it one."""
    return getattr(view, MARK, None)


def _mark(door: Door) -> Callable[[View], View]:
    def marked(view: View) -> View:
        setattr(view, MARK, door)
        return view

    return marked
