"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature), with Ed25519. Pure.

A checkpoint is three lines (origin, size, root in base 64), an empty line and signatures. Ours bears two by the same key: the
log's own (type 1) over the text, and a timestamped one (type 4) over the text and the second it was made in.

Reading raises ``NotANote`` and nothing else, whatever is in the bytes or the text: ``open_note`` checks any note,
``read_checkpoint`` one whose text is a checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PLAIN = b"\x01"
TIMED = b"\x04"
_MARK = "— "
_MOST_SIGNATURES = 64
_SECONDS = 1 << 63
_SIZES = 1 << 64
# no space, no plus; half of a surrogate pair is no character
_NAME = re.compile(r"[^\s+\ud800-\udfff]+")


class NotANote(ValueError):  # noqa: N818
    """The text is no signed note, no checkpoint or no key of the expected form; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """What signatures are checked with. As text: ``name+hash+base64``."""

    name: str
    public: bytes  # 32 bytes, RFC 8032

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read the key from its text. Raises ``NotANote``."""
        name, plus, rest = text.strip().partition("+")
        digest, second, encoded = rest.partition("+")
        raw = _unbase64(encoded)
        if not plus or not second or _NAME.fullmatch(name) is None or len(raw) != 33 or raw[:1] != PLAIN:
            raise NotANote("a verifier key reads name+hash+base64 of one byte 1 and 32 bytes of Ed25519 key")
        key = cls(name, raw[1:])
        if key.identifier(PLAIN).hex() != digest:
            raise NotANote(
                f"the hash in the verifier key is {digest}, its name and key give {key.identifier(PLAIN).hex()}"
            )
        return key

    def __str__(self) -> str:
        return f"{self.name}+{self.identifier(PLAIN).hex()}+{base64.b64encode(PLAIN + self.public).decode()}"

    def identifier(self, kind: bytes) -> bytes:
        """Four bytes that tell this key with signatures of ``kind`` from others."""
        return hashlib.sha256(self.name.encode() + b"\n" + kind + self.public).digest()[:4]

    def holds(self, signature: bytes, message: bytes) -> bool:
        """Whether the key made ``signature`` over ``message``."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SignerKey:
    """What checkpoints are signed with. As text: ``PRIVATE+KEY+name+hash+base64``, as other tools for notes write it."""

    name: str
    seed: bytes

    @classmethod
    def parse(cls, text: str) -> SignerKey:
        """Read the key from its text. Raises ``NotANote``."""
        words = text.strip().split("+", 4)
        raw = _unbase64(words[-1])
        if len(words) != 5 or words[:2] != ["PRIVATE", "KEY"] or len(raw) != 33 or raw[:1] != PLAIN:
            raise NotANote(
                "a signer key reads PRIVATE+KEY+name+hash+base64 of one byte 1 and 32 bytes of Ed25519 seed"
            )
        key = cls(words[2], raw[1:])
        if _NAME.fullmatch(key.name) is None or key.verifier().identifier(PLAIN).hex() != words[3]:
            raise NotANote("the hash in the signer key does not fit its name and key")
        return key

    def __str__(self) -> str:
        digest = self.verifier().identifier(PLAIN).hex()
        return f"PRIVATE+KEY+{self.name}+{digest}+{base64.b64encode(PLAIN + self.seed).decode()}"

    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(self.name, self._key().public_key().public_bytes_raw())

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign_checkpoint(self, size: int, root: bytes, second: int) -> str:
        """The checkpoint of a tree of ``size`` with ``root``, made in the ``second`` since 1970 (UTC)."""
        text = f"{self.name}\n{size}\n{base64.b64encode(root).decode()}\n"
        verifier = self.verifier()
        time = second.to_bytes(8, "big")
        signatures = (
            verifier.identifier(PLAIN) + self._key().sign(text.encode()),
            verifier.identifier(TIMED) + time + self._key().sign(_timed(text, second)),
        )
        return (
            text + "\n" + "".join(f"{_MARK}{self.name} {base64.b64encode(s).decode()}\n" for s in signatures)
        )


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says, its signature found good. ``second`` is when, since 1970; ``None`` where that is not signed."""

    origin: str
    size: int
    root: bytes
    second: int | None


def read_checkpoint(note: str | bytes, key: VerifierKey) -> Head:
    """Check the signatures of a checkpoint with ``key`` and read it. Raises ``NotANote``; believes nothing unsigned.

    Lines after the third are left aside. That the origin is the log's own is for the caller to ask.
    """
    text, second = _opened(note, key)
    return _head(text, second)


def open_note(note: str | bytes, key: VerifierKey) -> str:
    """The text of a note that ``key`` signed, its last newline included. Raises ``NotANote``; believes nothing unsigned."""
    return _opened(note, key)[0]


def _opened(note: str | bytes, key: VerifierKey) -> tuple[str, int | None]:
    """The text, and the second of the timestamped signature, if there is one by this key.

    Signatures of other keys are left aside, as the standard asks; one by this key that does not hold spoils the note.
    """
    text, signatures = split(note)
    second: int | None = None
    signed = False
    for name, raw in signatures:
        if name != key.name:
            continue
        identifier, signature = raw[:4], raw[4:]
        if identifier == key.identifier(PLAIN):
            if not key.holds(signature, text.encode()):
                raise NotANote("the log's signature does not fit the note")
            signed = True
        elif identifier == key.identifier(TIMED):
            second = int.from_bytes(signature[:8], "big")
            is_time = len(signature) > 8 and second < _SECONDS
            if not is_time or not key.holds(signature[8:], _timed(text, second)):
                raise NotANote("the timestamped signature does not fit the note")
    if not signed:
        raise NotANote(f"the note bears no signature by {key.name} with the key given")
    return text, second


def split(note: str | bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """The text of a note, its last newline included, and its signatures: name, then key id and signature. ``NotANote``.

    Nothing is checked by any key here.
    """
    text, gap, lines = _decoded(note).rpartition("\n\n")
    if not gap or not lines:
        raise NotANote("a note is a text, an empty line and signatures")
    signatures = []
    for line in lines[:-1].split("\n"):
        words = line.removeprefix(_MARK).split(" ")
        raw = _unbase64(words[-1])
        if not line.startswith(_MARK) or len(words) != 2 or _NAME.fullmatch(words[0]) is None or len(raw) < 5:
            raise NotANote("a signature line reads: em dash, name, base 64")
        signatures.append((words[0], raw))
    if len(signatures) > _MOST_SIGNATURES:
        raise NotANote(f"the note has {len(signatures)} signatures; {_MOST_SIGNATURES} are enough")
    return text + "\n", signatures


def _decoded(note: str | bytes) -> str:
    try:
        # text with half of a surrogate pair in it is no UTF-8 either
        text = note.decode("utf-8") if isinstance(note, bytes) else note.encode("utf-8").decode("utf-8")
    except UnicodeError as error:
        raise NotANote("a note is UTF-8") from error
    if any(ord(sign) < 0x20 and sign != "\n" for sign in text) or not text.endswith("\n"):
        raise NotANote("a note is lines of text without control characters, each ended by a newline")
    return text


def _head(text: str, second: int | None) -> Head:
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines) or re.fullmatch(r"0|[1-9][0-9]{0,19}", lines[1], re.ASCII) is None:
        raise NotANote("a checkpoint's text is its origin, its size and its root, one a line")
    size = int(lines[1])
    if size >= _SIZES:
        raise NotANote("the size of a checkpoint is a number of 64 bits")
    root = _unbase64(lines[2])
    if len(root) != 32:
        raise NotANote("the root of a checkpoint is 32 bytes in base 64")
    return Head(lines[0], size, root, second)


def _timed(text: str, second: int) -> bytes:
    """What a timestamped signature signs (C2SP tlog-cosignature)."""
    return f"cosignature/v1\ntime {second}\n{text}".encode()


def _unbase64(text: str) -> bytes:
    """The bytes; empty where ``text`` is not the one canonical base 64 of anything."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""
