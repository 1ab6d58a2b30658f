"""What somebody sent with a form about a case, read field by field: answers for the act, files, and every fault at its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from luodi.desk.cases.fields import Field, FileSlot, plain, rows_typed
from luodi.desk.cases.subjects import ident_in
from luodi.desk.evidence.given import Given, evidence_given
from luodi.kernel.cases.answers import BadAnswers, checked
from luodi.kernel.cases.playbook import Move
from luodi.kernel.refusal import Refusal

# what a refusal of the act itself is about, by the kinds of field, the first that the form has
_FIELD_OF = {
    "day-passed": ("duties", "day"),
    "day-to-come": ("day",),
    "not-later": ("day",),
    "no-such-duty": ("duty",),
    "no-evidence": ("file",),
}


@dataclass(slots=True)
class Sent:
    """``answers`` and ``faults`` by the names of the act; ``files`` by the name of their place in the form."""

    answers: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    files: dict[str, Given] = field(default_factory=dict)

    def spend(self) -> None:
        """The files are evidence now: what lay by is destroyed."""
        for given in self.files.values():
            given.spend()


def answered(request: HttpRequest, fields: Sequence[Field]) -> Sent:
    """Read every field. Files come whole or by the key of what was sent ahead."""
    sent = Sent()
    for each in fields:
        if each.kind == "file":
            _read_files(request, each, sent)
            continue
        try:
            sent.answers[each.key] = _read(request, each)
        except ValueError as wrong:
            sent.faults[each.key] = str(wrong)
    return sent


def check(move: Move, sent: Sent) -> None:
    """Add what the act itself would say of the answers to its questions, so that every fault is told at once."""
    asked = {ask.name for ask in move.asks}
    try:
        checked(move, {name: value for name, value in sent.answers.items() if name in asked})
    except BadAnswers as bad:
        for name, words in bad.fields.items():
            sent.faults.setdefault(name, words)


def faults_of(refusal: Refusal, fields: Sequence[Field], named: Mapping[str, str]) -> dict[str, str]:
    """A refusal of the act at its field; empty where it belongs to none. ``named`` are fields by the code of a refusal."""
    if isinstance(refusal, BadAnswers):
        return dict(refusal.fields)
    if refusal.code in named:
        return {named[refusal.code]: refusal.message}
    for kind in _FIELD_OF.get(refusal.code, ()):
        for each in fields:
            if each.kind == kind:
                return {each.key: refusal.message}
    return {}


def with_files(fields: Sequence[Field], sent: Sent) -> list[Field]:
    """The fields with the files that have come already: they need not be sent twice."""
    return [replace(each, slots=tuple(_held(slot, sent) for slot in each.slots)) for each in fields]


def _held(slot: FileSlot, sent: Sent) -> FileSlot:
    return replace(slot, given=sent.files.get(slot.name))


def _read_files(request: HttpRequest, each: Field, sent: Sent) -> None:
    for slot in each.slots:
        try:
            given = evidence_given(request, slot.name)
        except Refusal as refusal:
            sent.faults[each.key] = refusal.message
            continue
        if given is not None:
            sent.files[slot.name] = given
    sent.answers[each.key] = [
        sent.files[slot.name].upload() for slot in each.slots if slot.name in sent.files
    ]


def _read(request: HttpRequest, each: Field) -> Any:
    """One answer. Raises ``ValueError`` in words."""
    if each.kind == "duties":
        return rows_typed(each, request.POST)
    text = plain(request.POST.get(each.name, ""))
    if each.kind == "yes":
        return (text != "") or (None if each.is_needed else False)
    if each.kind == "subject":
        return ident_in(text)
    if each.groups and text and text not in each.allowed:
        raise ValueError(gettext("“%(label)s”选的已经不在可选的里面，请重新选。") % {"label": each.label})
    return text
