"""A project as a case is about it: a bottleneck, a slip, a decision of a meeting."""

from __future__ import annotations

from django.utils.translation import gettext

from luodi.areas.projects.access import visible_to
from luodi.desk.areas import AreaSubject
from luodi.kernel.ledger.action import Actor


def subject_of(ident: str, actor: Actor) -> AreaSubject | None:
    """The project of that id; ``None`` where the actor may not see it."""
    file = visible_to(actor).filter(pk=ident).first()
    if file is None:
        return None
    return AreaSubject(gettext("重点项目"), file.project.name, file.responsible_unit)
