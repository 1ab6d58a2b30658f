"""The small form of one act: its fields, what was typed, and what is wrong, said at the field it is wrong of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from luodi.desk.promises.sent_once import new_key
from luodi.kernel.refusal import Refusal

# which field a refusal of the register speaks of, where its code alone tells
_FIELD_OF = {
    "name-missing": "name",
    "name-too-long": "name",
    "name-unprintable": "name",
    "name-unchanged": "name",
    "unit-name-taken": "name",
    "alias-taken": "name",
    "alias-exists": "name",
    "credit-code-wrong": "credit_code",
    "identity-number-wrong": "identity_number",
    "phone-wrong": "phone",
    "rename-ahead": "on",
    "rename-order": "on",
    "already-closed": "on",
    "unit-circle": "above",
    "successor-missing": "into",
    "successor-is-itself": "into",
    "successor-circle": "into",
    "days-reversed": "until",
    "post-filled-later": "on",
    "hand-over-to-self": "person",
    "hand-over-gap": "on",
    "post-held": "since",
    "post-left-empty": "until",
    "grant-exists": "role",
    "role-unknown": "role",
    "reason-missing": "reason",
}


class AtField(Refusal):
    """A refusal of one field. ``choices`` are what may have been meant, each with its id and words, for a person to choose."""

    def __init__(self, at: str, code: str, message: str, choices: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(code, message)
        self.at = at
        self.choices = choices


@dataclass(frozen=True, slots=True)
class Field:
    """``kind``: ``text``, ``day``, ``choice`` (of ``options``), ``tick``, or what names are suggested of: ``unit``, ``post``,
    ``person``. ``value`` is what stands in it; ``fault`` what is wrong with it; ``choices`` what may have been meant."""

    name: str
    label: str
    hint: str = ""
    kind: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    is_optional: bool = False
    longest: int = 120
    value: str = ""
    fault: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ActForm:
    """An act that may be done here: ``summary`` names it, the button says ``verb``. ``why_not``: why it cannot be done.

    ``key`` lets the form be taken once only.
    """

    name: str
    address: str
    summary: str
    verb: str
    fields: tuple[Field, ...] = ()
    note: str = ""
    why_not: str = ""
    fault: str = ""
    is_open: bool = False
    key: str = field(default_factory=new_key)

    def given(self, values: Mapping[str, str], refusal: Refusal) -> ActForm:
        """The form as it comes back: with what was typed, open, and the refusal where it belongs."""
        at = refusal.at if isinstance(refusal, AtField) else _FIELD_OF.get(refusal.code, "")
        known = {each.name for each in self.fields}
        choices: Any = refusal.choices if isinstance(refusal, AtField) else ()
        fields = tuple(
            replace(
                each,
                value=str(values.get(each.name, ""))[:400],
                fault=refusal.message if each.name == at else "",
                choices=choices if each.name == at else (),
            )
            for each in self.fields
        )
        return replace(self, fields=fields, is_open=True, fault="" if at in known else refusal.message)

    @property
    def first_fault(self) -> Field | None:
        """The field that is wrong, if one is."""
        return next((each for each in self.fields if each.fault), None)
