"""The project of an address, for whoever may see it."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext

from luodi.areas.projects.access import visible_to
from luodi.areas.projects.models import ProjectFile
from luodi.kernel.ids import is_id
from luodi.kernel.ledger.action import Actor


def file_of(ident: str, actor: Actor) -> ProjectFile:
    """The file. Raises ``Http404`` where there is none that the post may see."""
    found = visible_to(actor).filter(pk=ident).first() if is_id(ident, "p") else None
    if found is None:
        raise Http404(gettext("没有编号为“%(id)s”的项目，或者您的岗位看不到它。") % {"id": ident[:14]})
    return found
