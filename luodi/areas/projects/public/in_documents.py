"""What the area says beside a public document: the projects that its sentences name, the arithmetic of what it claims of many."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from luodi.areas.projects.access import public
from luodi.areas.projects.acts.proposing import NAMED
from luodi.areas.projects.said import checked
from luodi.kernel.register.models import Link
from luodi.portal.areas import AreaNote


def notes_on(source: str, sentences: Mapping[str, str]) -> list[AreaNote]:
    """Projects first, in the order of the text, then claims. Two queries, however long the document is."""
    return [*_named(source, sentences), *_claims(sentences)]


def _named(source: str, sentences: Mapping[str, str]) -> list[AreaNote]:
    """The public projects tied to the document or to one of its sentences; a person tied each of them."""
    order = {key: at for at, key in enumerate(sentences)}
    links = Link.objects.filter(kind=NAMED, until=None, target__in=[source, *order])
    tied = sorted(links.values_list("target", "source"), key=lambda pair: order.get(pair[0], -1))
    files = {row.project_id: row for row in public().filter(project__in=[project for _, project in tied])}
    word = gettext("说到的重点项目")
    return [
        AreaNote(
            word,
            name=files[project].project.name,
            href=f"/g/{project}",
            words=gettext(files[project].get_stage_display()),
            quote=sentences.get(target, ""),
            statement=target if target in order else "",
        )
        for target, project in tied
        if project in files
    ]


def _claims(sentences: Mapping[str, str]) -> list[AreaNote]:
    """Whether the numbers of one sentence agree with each other; that they do proves nothing, and the words say so."""
    word = gettext("话里的几个数合不合")
    return [
        AreaNote(word, words=told.finding.words(), quote=text, statement=key)
        for key, text in sentences.items()
        if (told := checked(text)) is not None
    ]
