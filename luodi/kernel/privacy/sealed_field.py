"""A text column whose values lie sealed in the database: worthless in a stolen file or back-up, since keys stay outside both.

AES-256-GCM or, where ``FIELD_CIPHER`` says so, SM4-GCM (GB/T 32907), under a key with an id. Each value is bound to its table,
row and field: moved elsewhere it does not open. In Python it reads like any text, opened when looked at. The database can be
asked whether there is one, and nothing else: it cannot compare what it cannot read.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES, SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from luodi.kernel.privacy.field_keys import derived_key, newest_key
from luodi.kernel.privacy.sealing import SealBroken

CIPHERS = {"aes-256-gcm": (AES, 32), "sm4-gcm": (SM4, 16)}
USUAL = "aes-256-gcm"
_MARK = "sealed"
_NONCE, _TAG = 12, 16


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value as it stands in the database, not opened yet."""

    text: str

    def __str__(self) -> str:
        return "（已加密）"


class OpenedText(str):
    """What was read, with what stands in the database for it: a row that is copied as it stands is not sealed anew."""

    stored: str


def sealed_text(plain: str, place: str) -> str:
    """``plain`` sealed for one place (``table.row.field``), as ASCII: mark, key, cipher and the sealed bytes."""
    name = str(getattr(settings, "FIELD_CIPHER", USUAL))
    if name not in CIPHERS:
        raise ImproperlyConfigured(f"FIELD_CIPHER is {name!r}; it may be {' or '.join(CIPHERS)}")
    data = Path(settings.DATA)
    key, nonce = newest_key(data), secrets.token_bytes(_NONCE)
    work = _cipher(data, key, name, GCM(nonce)).encryptor()
    work.authenticate_additional_data(_bound(key, name, place))
    raw = work.update(plain.encode()) + work.finalize()
    return ":".join((_MARK, key, name, base64.b64encode(nonce + raw + work.tag).decode()))


def opened_text(sealed: str, place: str) -> OpenedText:
    """What was sealed for that place. Raises ``SealBroken``, ``KeyMissing``."""
    try:
        _, key, name, text = sealed.split(":")
        raw = base64.b64decode(text, validate=True)
        nonce, body, tag = raw[:_NONCE], raw[_NONCE:-_TAG], raw[-_TAG:]
        work = _cipher(Path(settings.DATA), key, name, GCM(nonce, tag)).decryptor()
        work.authenticate_additional_data(_bound(key, name, place))
        plain = (work.update(body) + work.finalize()).decode()
    except (InvalidTag, KeyError, UnicodeDecodeError) as cause:
        raise SealBroken(f"what is sealed at {place} does not open") from cause
    return _as_it_stands(plain, sealed)


class SealedAttribute(DeferredAttribute):
    """Opens the value when it is first looked at."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = opened_text(value.text, _place(self.field, instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):
    """Text that is sealed on its way into the database. Older rows that are not sealed yet are read as they are."""

    descriptor_class = SealedAttribute

    def from_db_value(
        self, value: str | None, _expression: Any, _connection: Any
    ) -> Sealed | OpenedText | None:
        """What the database holds, to be opened by whoever looks at it."""
        if value is None or value.startswith(f"{_MARK}:"):
            return value if value is None else Sealed(value)
        return _as_it_stands(value, value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: ARG002 (Django's signature)
        """Sealed for this very row."""
        value = getattr(model_instance, self.attname)
        return None if value is None else Sealed(sealed_text(value, _place(self, model_instance)))

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What was sealed, as it stands. Raises ``TypeError`` for open text: only a row can seal it."""
        if isinstance(value, Sealed):
            value = value.text
        elif isinstance(value, OpenedText):
            value = value.stored
        elif value is not None:
            raise TypeError(f"{self.name} is sealed for each row by itself; save the row")
        return super().get_db_prep_save(value, connection)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is one."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


def _as_it_stands(plain: str, stored: str) -> OpenedText:
    found = OpenedText(plain)
    found.stored = stored
    return found


def _place(field: models.Field[Any, Any], instance: models.Model) -> str:
    return f"{instance._meta.db_table}.{instance.pk}.{field.column}"


def _bound(key: str, name: str, place: str) -> bytes:
    return f"{key}:{name}:{place}".encode()


def _cipher(data: Path, key: str, name: str, mode: GCM) -> Cipher[GCM]:
    algorithm, length = CIPHERS[name]
    return Cipher(algorithm(derived_key(data, key, name, length)), mode)
