"""Which statements a reviewer asks for, as addresses say it: read strictly, written back in one form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from luodi.kernel.documents.models import StatementKey
from luodi.kernel.ids import is_id
from luodi.kernel.review.queue import ASIDE, STATES, Asked
from luodi.kernel.review.topics import TOPICS

HOME = "/desk/review"


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query; what is not understood counts as not asked. Never raises."""
    source, kind, topic = query.get("document", ""), query.get("kind", ""), query.get("topic", "")
    state = query.get("state", "")
    return Asked(
        source=source if is_id(source, "d") else "",
        kind=kind if kind in dict(StatementKey.KINDS) else "",
        topic=topic if topic in TOPICS else "",
        doubtful=query.get("doubtful") == "1",
        state=state if state in STATES else "unread",
    )


def query_of(given: Asked) -> str:
    """The query that says it, without its question mark; empty for everything that awaits a judgement."""
    parts = {
        "document": given.source,
        "kind": given.kind,
        "topic": given.topic,
        "doubtful": "1" if given.doubtful else "",
        "state": "" if given.state == "unread" else given.state,
    }
    return urlencode({name: value for name, value in parts.items() if value})


def address(path: str, given: Asked, **changed: Any) -> str:
    """The address below the queue with the choice, some of it changed."""
    query = query_of(replace(given, **changed))
    return f"{HOME}{path}?{query}" if query else f"{HOME}{path}"


def state_words() -> dict[str, str]:
    """What the states are called, in the order in which they are offered."""
    return {
        "unread": gettext("待复核"),
        ASIDE: gettext("我先放着的"),
        "adopted": gettext("已采纳"),
        "refused": gettext("不采纳"),
        "merged": gettext("已并入"),
        "kept": gettext("留作佐证"),
    }


def kind_words() -> dict[str, str]:
    """What the kinds of statement are called."""
    return {"commitment": gettext("承诺"), "result": gettext("成果"), "status": gettext("现状")}


def words_of(given: Asked) -> str:
    """What a choice leaves, in words; empty where it leaves everything that awaits a judgement."""
    parts = [
        state_words()[given.state] if given.state != "unread" else "",
        gettext("存疑的") if given.doubtful else "",
        given.topic,
        kind_words().get(given.kind, ""),
        gettext("这份文件里的") if given.source else "",
    ]
    return "、".join(part for part in parts if part)


def force_words(force: str) -> str:
    """How a thing was said, in words that say what it is worth."""
    return {
        "pledged": gettext("明确：说了要做到"),
        "under_way": gettext("正在做，没有说做到哪一天"),
        "expected": gettext("预期效果，不算承诺"),
        "urged": gettext("要求、号召，没有说谁来做到"),
        "achieved": gettext("说是已经做到的"),
        "standing": gettext("说的是现状"),
    }.get(force, "")
