"""What every act on a project file begins with: the row under lock, the post that acts, and whether it may."""

from __future__ import annotations

import datetime as dt
import re

from luodi.areas.projects.models import LeaderAssignment, ProjectFile
from luodi.kernel.accounts.access import may, post_of
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ledger.action import Action, Actor
from luodi.kernel.ledger.prepared import Prepared
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import ancestors, on_day
from luodi.kernel.register.models import Post, Project

LONGEST_TEXT = 2_000
# asked by every act, so built once; of two rows each by its key, which needs no join
_LOCKED = Prepared(lambda key: ProjectFile.objects.select_for_update(no_key=True).filter(pk=key), str)
_PROJECT = Prepared(lambda key: Project.objects.filter(pk=key), str)
_POINT = re.compile(r"([0-9]{2,3}(?:\.[0-9]{1,6})?),([0-9]{1,2}(?:\.[0-9]{1,6})?)")


def locked(file: ProjectFile | str) -> ProjectFile:
    """The file as it is now with its project, held until the act is over. Raises ``Refusal`` (``no-such-project``)."""
    key = file if isinstance(file, str) else file.id
    held = _LOCKED.first(key)
    if held is None:
        raise Refusal("no-such-project", f"没有编号为“{key}”的项目。请从项目列表重新进入。")
    return with_project(held)


def with_project(file: ProjectFile) -> ProjectFile:
    """The file with its project at hand."""
    project = _PROJECT.first(file.project_id)
    if project is not None:
        file.project = project
    return file


def acting_post(by: Actor, day: dt.date) -> Post:
    """The post that acts. Raises ``Refusal`` (``no-post``, ``post-closed``)."""
    post = post_of(by)
    if post is None:
        raise Refusal("no-post", "没有选定岗位。项目的事要以岗位的身份来办，请先选一个岗位。")
    if post.closed_on is not None and post.closed_on <= day:
        raise Refusal("post-closed", f"岗位“{post.title}”已于{post.closed_on}撤销，请换一个岗位。")
    return post


def require_office(by: Actor, unit: str, doing: str, day: dt.date) -> Post:
    """The post of the project office. Raises ``Refusal`` (``not-the-office``)."""
    post = acting_post(by, day)
    if not may(by, "office", unit):
        raise Refusal("not-the-office", f"{doing}由项目办来做，您现在的岗位不是。请联系项目办。")
    return post


def doers_of(file: ProjectFile) -> tuple[str, ...]:
    """The ids of the units that do a project: its owner, the responsible unit, the bureau of its industry."""
    units = (file.project.owner_unit_id, file.responsible_unit_id, file.lead_unit_id)
    return tuple(dict.fromkeys(unit for unit in units if unit is not None))


def is_of(post: Post, units: tuple[str, ...]) -> bool:
    """Whether a post belongs to one of these units or to one beneath them."""
    return post.unit_id in units or not set(ancestors(post.unit_id)).isdisjoint(units)


def leads(post: Post, file: ProjectFile, day: dt.date) -> LeaderAssignment | None:
    """The assignment by which a post is the leader of a project on a day."""
    return LeaderAssignment.objects.filter(on_day(day), file=file, post=post).order_by("since").last()


def needed(text: str, what: str, least: int = 2) -> str:
    """Words, trimmed. Raises ``Refusal`` (``words-missing``)."""
    words = text.strip()
    if not least <= len(words) <= LONGEST_TEXT:
        raise Refusal("words-missing", f"{what}有{len(words)}字，应为{least}至{LONGEST_TEXT}字。请写明。")
    return words


def point(text: str) -> str:
    """Longitude and latitude as they are kept, or nothing. Raises ``Refusal`` (``point-wrong``)."""
    given = text.replace("，", ",").replace(" ", "")
    match = _POINT.fullmatch(given)
    if given and (match is None or not 70 <= float(match[1]) <= 140 or not 3 <= float(match[2]) <= 54):
        raise Refusal(
            "point-wrong", f"地点写的是“{text[:30]}”，应是经度,纬度，如 117.580,34.770。请在地图上重新点。"
        )
    return given


def day_of_act(act: Action) -> dt.date:
    """The Shanghai day of the act."""
    return day_of(act.at)


def not_after(day: dt.date, today: dt.date, what: str) -> None:
    """Raises ``Refusal`` (``day-to-come``) for a day that is still to come."""
    if day > today:
        raise Refusal("day-to-come", f"{what}填的是{day}，还没有到。最晚可以填今天（{today}）。")
