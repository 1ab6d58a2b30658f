"""The kinds of case this installation knows: their playbooks by version, their details, their rules. Filled when areas start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from luodi.kernel.cases.faults import FaultyPlaybook, require_sound
from luodi.kernel.cases.models import CaseDetails
from luodi.kernel.cases.playbook import Ask, Move, Playbook
from luodi.kernel.privacy.sealed_field import SealedTextField
from luodi.kernel.refusal import Refusal
from luodi.kernel.rules.lookups import enter_defaults
from luodi.kernel.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case. ``playbooks``: by version; a case stays on the one it began under, new ones take the newest."""

    name: str
    playbooks: dict[int, Playbook]
    details: type[CaseDetails] | None

    @property
    def newest(self) -> Playbook:
        """The playbook that a new case begins under."""
        return self.playbooks[max(self.playbooks)]


_kinds: dict[str, Kind] = {}
_due_kinds: dict[str, str] = {}


def register(
    playbooks: Iterable[Playbook], details: type[CaseDetails] | None = None, rules: Iterable[Rule] = ()
) -> None:
    """Enter one kind of case; its playbooks differ in version only.

    Raises ``FaultyPlaybook`` for a faulty one, for an answer that no field could hold, for a sensitive text that would lie open
    in the database, and for a kind entered twice.
    """
    given = [require_sound(playbook) for playbook in playbooks]
    name = given[0].kind
    if name in _kinds:
        raise FaultyPlaybook(f"{name} 登记了两次。每类事项的 kind 要各不相同")
    held = {field.name for field in details._meta.concrete_fields} if details is not None else set()
    if details is not None and (bare := _lying_open(details)):
        raise FaultyPlaybook(f"{name}：{'、'.join(bare)}是敏感的（sensitive），请用 SealedTextField 加密存放")
    for playbook in given:
        for move in playbook.move_named.values():
            if homeless := homeless_asks(move, held):
                raise FaultyPlaybook(
                    f"{name}：动作“{move.name}”问了{'、'.join(homeless)}，没有地方记。请在明细表里加同名的字段"
                )
            if lost := lost_by_waiting(move, held):
                raise FaultyPlaybook(
                    f"{name}：动作“{move.name}”要等签字，等的时候{'、'.join(lost)}没有地方记。请只问一段字、一天、一个选项和文件"
                )
    _kinds[name] = Kind(name, {playbook.version: playbook for playbook in given}, details)
    enter_defaults(tuple(rules))


def _lying_open(details: type[CaseDetails]) -> list[str]:
    """The sensitive texts of the details that are not sealed in the database."""
    fields = (details._meta.get_field(name) for name in details.PRIVACY.sensitive)
    texts = (f for f in fields if isinstance(f, models.CharField | models.TextField))
    return [f.name for f in texts if not isinstance(f, SealedTextField) and not f.is_relation]


def kind_of(name: str) -> Kind:
    """The kind of that name. Raises ``Refusal`` (``no-such-kind``)."""
    found = _kinds.get(name)
    if found is None:
        known = "、".join(kind.newest.label for kind in _kinds.values()) or "还没有"
        raise Refusal("no-such-kind", f"没有“{name}”这类事项。已经启用的：{known}。")
    return found


def playbook_of(kind: str, version: int) -> Playbook:
    """The playbook that a case began under. Raises ``Refusal``, ``LookupError`` for a version that is gone."""
    found = kind_of(kind).playbooks.get(version)
    if found is None:
        raise LookupError(
            f"the playbook {kind} has no version {version} any more, and there are cases under it"
        )
    return found


def kinds() -> list[Kind]:
    """Every kind, in the order the areas are listed in the settings."""
    return list(_kinds.values())


def name_due(kind: str, label: str) -> None:
    """What is due under ``kind`` without being a case is called so; for areas, when they start.

    Raises ``ValueError`` where the name already means something else.
    """
    if kind in _kinds or _due_kinds.setdefault(kind, label) != label:
        raise ValueError(f"{kind!r} is taken already")


def due_label(kind: str) -> str:
    """What is due under ``kind`` in words: the label of its playbook, or what it was called; empty for anything else."""
    known = _kinds.get(kind)
    return known.newest.label if known is not None else _due_kinds.get(kind, "")


def homeless_asks(move: Move, held: set[str]) -> list[str]:
    """The asks whose answers neither the details nor the step's own columns could keep.

    A step keeps one text, one day, one choice and any files; ``unit`` and ``post`` go to the case itself.
    """
    own = {"text", "day", "choice"}
    homeless: list[str] = []
    for ask in move.asks:
        if ask.name in held or ask.kind in ("file", "duties", "duty") or ask.name in ("unit", "post"):
            continue
        if ask.kind in own:
            own.discard(ask.kind)
        else:
            homeless.append(ask.name)
    return homeless


def lost_by_waiting(move: Move, held: set[str]) -> list[str]:
    """The asks of a move that waits for a signature whose answers the waiting step does not keep."""
    if move.signed_by is None:
        return []
    kept = {ask.name for ask in step_columns(move, held).values()}
    return [ask.name for ask in move.asks if ask.kind != "file" and ask.name not in kept]


def step_columns(move: Move, held: set[str]) -> dict[str, Ask]:
    """Which ask fills which column of the step: ``note``, ``day``, ``choice``."""
    columns = {"text": "note", "day": "day", "choice": "choice"}
    found: dict[str, Ask] = {}
    for ask in move.asks:
        if ask.name not in held and ask.kind in columns:
            found.setdefault(columns[ask.kind], ask)
    return found
