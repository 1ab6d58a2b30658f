"""What a project is tied to: promises it delivers, papers that name it, projects it follows; only what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from luodi.areas.projects.access import visible_to
from luodi.areas.projects.desk.asking import BASE
from luodi.areas.projects.models import ProjectFile
from luodi.kernel.commitments import access as commitments
from luodi.kernel.documents import access as documents
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.lookups import links_of


@dataclass(frozen=True, slots=True)
class Linked:
    """``sort`` says what it is and how it is tied."""

    sort: str
    title: str
    href: str


def linked_to(file: ProjectFile, actor: Actor) -> list[Linked]:
    """Promises, papers, sentences and projects, in that order. At most five queries."""
    links = links_of(file.project_id)
    others = {link.target if link.source == file.project_id else link.source for link in links}
    followed = {link.target for link in links if link.kind == "follows" and link.source == file.project_id}
    found: list[Linked] = []
    if wanted := _of(others, "c"):
        rows = commitments.visible_to(actor).filter(pk__in=wanted).order_by("id")
        found += [Linked(gettext("落实的承诺"), row.title, f"/desk/promises/{row.id}") for row in rows]
    if wanted := _of(others, "d"):
        papers = documents.visible_to(actor).filter(pk__in=wanted).defer("text")
        found += [Linked(gettext("提到它的文件"), row.title or row.id, f"/d/{row.id}") for row in papers]
    if wanted := _of(others, "s"):
        sentences = documents.statements_visible_to(actor).filter(pk__in=wanted).order_by("id")
        found += [Linked(gettext("提到它的句子"), row.quote, f"/s/{row.id}") for row in sentences]
    if wanted := _of(others, "j"):
        files = visible_to(actor).filter(project__in=wanted).order_by("id")
        found += [
            Linked(
                gettext("承接的项目") if row.project_id in followed else gettext("后面的项目"),
                row.project.name,
                f"{BASE}/{row.id}",
            )
            for row in files
        ]
    return found


def _of(ids: Iterable[str], letter: str) -> list[str]:
    return [each for each in ids if each.startswith(letter)]
