"""Cases as the interface shows them: the public part for anybody, the rest for whoever reaches them at the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from luodi.kernel.cases.acts.ground import standing_of
from luodi.kernel.cases.acts.moving import why_not_sign
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.cases.playbook import COUNTED, PARTIES, Ask
from luodi.kernel.cases.possible import chances
from luodi.kernel.cases.public_course import is_public_kind, told_of
from luodi.kernel.cases.registry import playbook_of
from luodi.kernel.ledger.action import Actor
from luodi.kernel.register.models import Place, Post, Unit


def records(rows: Sequence[Case], actor: Actor | None) -> list[dict[str, Any]]:
    """Cases in the order given; two queries a kind for what is public, two more for names."""
    told = told_of(rows)
    posts = _posts(rows) if actor else {}
    found = []
    for row in rows:
        playbook = playbook_of(row.kind, row.version)
        page = f"{settings.CONFIGURATION.public_url}/k/{row.id}" if is_public_kind(row.kind) else ""
        answers = [
            {"name": each.name, "label": each.label, "value": _text(each.value), "id": each.ident}
            for each in told[row.id]
        ]
        found.append(
            {
                "id": row.id,
                "number": row.number,
                "kind": row.kind,
                "kind_words": playbook.label,
                "version": row.version,
                "state": row.state,
                "state_words": playbook.label_of(row.state),
                "opened_on": row.opened_on,
                "closed_at": row.closed_at,
                "outcome": row.outcome,
                "outcome_words": COUNTED.get(row.outcome, ""),
                "answers": answers,
                "page": page,
                "inner": _inner(row, posts) if actor else None,
            }
        )
    return found


def chances_of(row: Case, actor: Actor) -> list[dict[str, Any]]:
    """What may be done with it now, and why not."""
    playbook = playbook_of(row.kind, row.version)
    return [
        {
            "move": chance.move.name,
            "words": chance.move.label,
            "is_open": chance.is_open,
            "why": chance.refusal.message if chance.refusal else "",
            "warns": chance.move.warns,
            "asks": [_ask(ask) for ask in chance.move.asks],
        }
        for chance in chances(playbook, standing_of(row, actor))
    ]


def waiting_of(row: Case, actor: Actor) -> list[dict[str, Any]]:
    """The steps that wait for a second signature, with what was proposed and why the actor may not sign."""
    playbook = playbook_of(row.kind, row.version)
    found = Step.objects.filter(case=row, needs_signature=True, signed_at=None, taken_back=False).order_by(
        "id"
    )
    standing = standing_of(row, actor)
    told = []
    for step in found:
        move = playbook.move_named[step.move]
        refusal = why_not_sign(step, row, playbook, standing, actor)
        told.append(
            {
                "step": step.id,
                "move": move.name,
                "words": move.label,
                "at": step.at,
                "day": step.day,
                "choice": step.choice,
                "note": step.note,
                "waits_for": PARTIES[move.signed_by] if move.signed_by else "",
                "may_sign": refusal is None,
                "why": refusal.message if refusal else "",
            }
        )
    return told


def _ask(ask: Ask) -> dict[str, Any]:
    choices = [value for value, _ in ask.choices]
    return {
        "name": ask.name,
        "label": ask.label,
        "kind": ask.kind,
        "is_needed": ask.is_needed,
        "choices": choices,
    }


def _inner(row: Case, posts: dict[str, str]) -> dict[str, Any]:
    """``visible_to`` has fetched the units and the place along."""
    return {
        "title": row.title,
        "unit": _named(row.unit),
        "post": {"id": row.post_id, "name": posts.get(row.post_id, "")} if row.post_id else None,
        "office_unit": _named(row.office_unit),
        "verifier_unit": _named(row.verifier_unit),
        "place": _named(row.place),
        "planned_due": row.planned_due,
        "latest_due": row.latest_due,
        "level": row.level,
        "channel": row.channel,
        "parent": row.parent_id,
    }


def _named(row: Unit | Place | None) -> dict[str, str] | None:
    return {"id": row.id, "name": row.name} if row is not None else None


def _posts(rows: Sequence[Case]) -> dict[str, str]:
    wanted = {row.post_id for row in rows if row.post_id}
    held = Post.objects.filter(pk__in=wanted).select_related("unit") if wanted else []
    return {post.id: f"{post.unit.name}{post.title}" for post in held}


def _text(value: str | dt.date) -> str:
    return value if isinstance(value, str) else value.isoformat()
