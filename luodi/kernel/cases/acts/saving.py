"""Keeping a choice of a list under a name, and taking it away again."""

from __future__ import annotations

from luodi.kernel.cases.acts.ground import acting_post
from luodi.kernel.cases.saved_access import saved_by
from luodi.kernel.cases.saved_models import SavedChoice
from luodi.kernel.ledger.action import Actor, action
from luodi.kernel.refusal import Refusal

LONGEST_NAME = 30
LONGEST_QUERY = 1_000
MOST = 20  # of one post, over all lists


def save_choice(place: str, name: str, query: str, *, by: Actor) -> SavedChoice:
    """Keep what is asked of a list (``query``: what stands behind the question mark) for the post that acts.

    Raises ``Refusal``: ``no-post``, ``post-closed``, ``no-such-list``, ``bad-name``, ``nothing-chosen``, ``name-taken``,
    ``too-many``.
    """
    post = acting_post(by)
    if place not in dict(SavedChoice.PLACES):
        raise Refusal("no-such-list", f"没有“{place}”这张列表。请从列表上存。")
    called = " ".join(name.split())
    if not 1 <= len(called) <= LONGEST_NAME:
        raise Refusal("bad-name", f"名字有{len(called)}字，应为1至{LONGEST_NAME}字，比如“老城排水”。")
    if not 1 <= len(query) <= LONGEST_QUERY:
        raise Refusal("nothing-chosen", "一个条件也没有选，存下来也是整张列表。请先挑好再存。")
    made = SavedChoice(post=post, place=place, name=called, query=query)
    with action("cases.choice_saved", by=by, subject=made.id) as act:
        held = list(saved_by(by).select_for_update(no_key=True))
        if any(other.place == place and other.name == called for other in held):
            raise Refusal("name-taken", f"已经存过一个“{called}”。请换个名字，或先去掉那一个。")
        if len(held) >= MOST:
            raise Refusal("too-many", f"已经存了{len(held)}个，一个岗位最多{MOST}个。请先去掉不用的。")
        made.saved_at = act.at
        return act.create(made)


def drop_choice(choice: SavedChoice | str, *, by: Actor) -> SavedChoice:
    """Take a choice away; what was saved and taken away stays in the ledger. Raises ``Refusal`` (``no-such-choice``)."""
    key = choice if isinstance(choice, str) else choice.id
    found = saved_by(by).filter(pk=key).first()
    if found is None:
        raise Refusal("no-such-choice", "这个筛选不是您的岗位存的，或已经去掉了。请刷新后再看。")
    with action("cases.choice_dropped", by=by, subject=found.id) as act:
        return act.change(found, dropped_at=act.at)
