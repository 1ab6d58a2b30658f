"""Somebody else was there first: what they did, what is safe, and everything that was typed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from luodi.desk.review import asking
from luodi.desk.review.filled import Filled
from luodi.desk.review.shown import answer
from luodi.desk.review.was import Was, was
from luodi.kernel.documents.models import Reading, StatementKey
from luodi.kernel.register.models import Post
from luodi.kernel.review.actions import Meanwhile
from luodi.kernel.review.queue import Asked
from luodi.pages.promise_words import post_name


@dataclass(frozen=True, slots=True)
class Typed:
    """A field in words and what was typed into it."""

    name: str
    value: str


def conflict(
    request: HttpRequest,
    asked: Asked,
    reading: Reading,
    meanwhile: Meanwhile,
    filled: Filled | None,
    onward: str,
) -> HttpResponse:
    """409. Where the statement is still free to be judged, the form can be sent again as it was."""
    statement = StatementKey.objects.select_related("source").get(pk=reading.statement_id)
    post = Post.objects.select_related("unit").filter(pk=meanwhile.post).first() if meanwhile.post else None
    found: Was | None = was(statement) if statement.state != "unread" else None
    context = {
        "here": "review",
        "statement": statement,
        "reading": reading,
        "meanwhile": meanwhile,
        "looker": post_name(post),
        "judged": found,
        "typed": typed(filled) if filled else [],
        "filled": filled,
        "may_send_again": found is None and filled is not None and meanwhile.code == "held-meanwhile",
        "onward": onward,
        "asked": asked,
        "query": asking.query_of(asked),
        "again": asking.address(f"/{statement.id}", asked),
    }
    return answer(request, "conflict", 409, context)


def is_own_press(statement: str, meanwhile: Meanwhile, post: str, filled: Filled | None) -> bool:
    """Whether the judgement found is this very one, sent twice: the same post, and adopted under the same names."""
    judgement = meanwhile.judgement
    if judgement is None or judgement.post != post or filled is None:
        return False
    found = was(StatementKey.objects.get(pk=statement))
    made = sorted(each.commitment.title for each in found.commitments if each.role == "made")
    return bool(made) and made == sorted(part.title for part in filled.parts)


def typed(filled: Filled) -> list[Typed]:
    """What was typed, in words, empty fields left out."""
    kinds = asking.kind_words()
    found = [Typed(gettext("类型"), kinds.get(filled.kind, filled.kind))]
    for part in filled.parts:
        found += [
            Typed(gettext("名称"), part.title),
            Typed(gettext("目标"), f"{part.number}{part.unit}" if part.number else ""),
            Typed(gettext("期限"), part.due),
            Typed(gettext("牵头单位"), part.lead),
            Typed(gettext("责任岗位"), part.leader),
        ]
    found += [
        Typed(gettext("配合单位"), filled.co),
        Typed(gettext("领域"), filled.topic),
        Typed(gettext("计划年度"), filled.year),
        Typed(gettext("清单编号"), filled.no),
    ]
    return [each for each in found if each.value]
