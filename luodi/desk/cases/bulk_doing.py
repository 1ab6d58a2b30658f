"""Moving many cases: each by an act of its own, and what became of each is kept for the page that tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from luodi.desk.promises.sent_once import once_by_mark
from luodi.kernel.cases import actions
from luodi.kernel.cases.access import visible_to
from luodi.kernel.cases.models import Case
from luodi.kernel.ledger.action import Actor
from luodi.kernel.refusal import Refusal

_TOLD = "luodi_bulk"
_KEPT = 5  # results a session


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one batch: ids that were moved, and ids with the words of their refusal."""

    kind: str
    move: str
    done: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def move_all(
    request: HttpRequest,
    cases: Sequence[Case],
    name: str,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    seen: str,
    mark: str,
    key: str,
) -> None:
    """Make the move with each case that stands where it was ``seen``, unless this very form was sent before.

    ``outcome_of`` tells what became of each.

    What is refused to one case is done with the others all the same. Raises ``AlreadySent``.
    """

    def each() -> None:
        done, refused = [], []
        for case in cases:
            try:
                actions.move(case, name, by=by, answers=answers, seen=seen)
            except Refusal as refusal:
                refused.append((case.id, refusal.message))
            else:
                done.append(case.id)
        told = {"kind": cases[0].kind, "move": name, "done": done, "refused": refused}
        kept = request.session.get(_TOLD, {})
        request.session[_TOLD] = dict([*kept.items(), (key, told)][-_KEPT:])

    held = visible_to(by).filter(pk__in=[case.id for case in cases]).select_related(None)
    once_by_mark(request, each, mark=mark, lock=held)


def outcome_of(request: HttpRequest, key: str) -> Outcome:
    """What became of the batch sent under ``key`` by this session. Raises ``Refusal`` (``no-such-batch``)."""
    told = request.session.get(_TOLD, {}).get(key)
    if told is None:
        raise Refusal("no-such-batch", "这一批的结果不在了。办成的都记在各件事项里，请从列表看。")
    refused = tuple((ident, words) for ident, words in told["refused"])
    return Outcome(told["kind"], told["move"], tuple(told["done"]), refused)
