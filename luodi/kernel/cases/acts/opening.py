"""Opening a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.kernel.cases.acts.applying import apply
from luodi.kernel.cases.acts.ground import acting_post, locked, parties_of
from luodi.kernel.cases.answers import checked
from luodi.kernel.cases.models import Case, Serial
from luodi.kernel.cases.playbook import PARTIES, Move, Playbook
from luodi.kernel.cases.registry import Kind, kind_of, playbook_of
from luodi.kernel.cases.titles import entitled
from luodi.kernel.clocks.now import day_of
from luodi.kernel.ids import is_id
from luodi.kernel.ledger.action import Action, Actor, action
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import district
from luodi.kernel.register.models import Place, Post, Unit

LONGEST_TITLE = 300


def open_case(
    kind: str,
    *,
    by: Actor,
    title: str,
    unit: Unit | str,
    answers: Mapping[str, Any] | None = None,
    move: str = "",
    post: Post | str | None = None,
    verifier_unit: Unit | str | None = None,
    place: Place | str | None = None,
    parent: Case | None = None,
    channel: str = "",
) -> Case:
    """A new case of a kind, under its newest playbook. ``move`` names the beginning where there are several.

    ``parent``: a case that stands where cases of this kind are joined; it goes on by itself when the last of them has ended.
    Raises ``Refusal``: ``no-such-kind``, ``bad-title``, ``no-such-move``, ``bad-answers``, ``other-party``, ``not-beneath``,
    ``open-already``, ``no-rule``.
    """
    known = kind_of(kind)
    playbook = known.newest
    chosen = _beginning(playbook, move)
    given = checked(chosen, answers or {})
    key = Case().id
    with action("case.opened", by=by, subject=key, shown={"kind": kind, "version": playbook.version}) as act:
        above = stage_above(parent, kind) if parent is not None else None
        row = Case(
            id=key,
            kind=kind,
            version=playbook.version,
            state=chosen.target,
            title=_titled(title),
            unit_id=_id(unit),
            post_id=_id(post),
            office_unit_id=acting_post(by).unit_id,
            verifier_unit_id=_id(verifier_unit),
            place_id=_id(place),
            opened_on=day_of(act.at),
            parent=above,
            root_id=(above.root_id or above.id) if above is not None else None,
            channel=channel,
        )
        _require_opener(row, chosen, by)
        row.number = _number(act)
        refuse_another_subject(playbook, given)
        refuse_a_second(known, playbook, given)
        act.create(row)
        entitled(row.id, _titled(title))
        apply(act, row, known, playbook, chosen, given)
    return row


def _beginning(playbook: Playbook, name: str) -> Move:
    for move in playbook.opens:
        if move.name == name or (not name and len(playbook.opens) == 1):
            return move
    known = "、".join(f"{move.label}（{move.name}）" for move in playbook.opens)
    raise Refusal("no-such-move", f"{playbook.label}不能用“{name}”开头。可以用：{known}。")


def _titled(title: str) -> str:
    text = title.strip()
    if not 1 <= len(text) <= LONGEST_TITLE:
        raise Refusal("bad-title", f"名称有{len(text)}字，应为1至{LONGEST_TITLE}字。")
    return text


def _number(act: Action) -> str:
    """Area code, day, serial of the day. Whoever opens a case holds the day's serial until done, so that none is given twice."""
    day = day_of(act.at)
    Serial.objects.get_or_create(day=day, defaults={"last": 0})
    serial = Serial.objects.select_for_update().get(day=day)
    serial.last += 1
    serial.save(update_fields=["last"])
    home = district()
    return f"{home.code if home else '000000'}-{day:%y%m%d}-{serial.last:04d}"


def stage_above(parent: Case | str, kind: str) -> Case:
    """The parent, locked, so that it is not joined while another is opened beneath it. Raises ``Refusal`` (``not-beneath``)."""
    above = locked(parent)
    playbook = playbook_of(above.kind, above.version)
    stage = playbook.state_named.get(above.state)
    if stage is None or stage.joins != kind:
        stages = "、".join(state.label for state in playbook.states if state.joins == kind)
        when = f"要在“{stages}”的时候才能开" if stages else f"{playbook.label}下面不开这类事项"
        raise Refusal("not-beneath", f"{above.number}现在是“{playbook.label_of(above.state)}”，{when}。")
    return above


def _require_opener(row: Case, chosen: Move, by: Actor) -> None:
    parties = parties_of(row, by, acting_post(by))
    if not parties & set(chosen.by):
        whose = "、".join(PARTIES[party] for party in chosen.by if party != "system")
        raise Refusal("other-party", f"“{chosen.label}”由{whose}来做，您现在的岗位不是。")


def refuse_a_second(known: Kind, playbook: Playbook, given: Mapping[str, Any]) -> None:
    """Where a playbook says so, there is one open case a subject. Raises ``Refusal`` (``open-already``)."""
    if not playbook.unique_on or known.details is None or given.get(playbook.unique_on) is None:
        return
    same = known.details._default_manager.filter(
        **{playbook.unique_on: given[playbook.unique_on], "case__closed_at__isnull": True}
    ).select_related("case")
    if (other := same.first()) is not None:
        raise Refusal(
            "open-already",
            f"同一件事已有一张{playbook.label}没有办结：{other.case.number}。请在那一张上接着办，不重复立。",
        )


def refuse_another_subject(playbook: Playbook, given: Mapping[str, Any]) -> None:
    """Where a playbook says what its cases are about, they are about nothing else. Raises ``Refusal`` (``wrong-subject``)."""
    subject = given.get("subject")
    if playbook.about and subject is not None and not (is_id(subject) and subject[0] in playbook.about):
        raise Refusal(
            "wrong-subject", f"{playbook.label}不能说的是“{subject[:20]}”。请从要说的那一页上点进来立。"
        )


def _id(row: Any) -> Any:
    return row if row is None or isinstance(row, str) else row.id
