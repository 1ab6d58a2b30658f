"""The log's key: made once, on first use, in DATA/keys/log.key (0600), outside back-ups. Its name is the log's origin."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from luodi.kernel.ids import new_id
from luodi.kernel.ledger.notes import NotANote, SignerKey, VerifierKey

PRIVATE = Path("keys", "log.key")


def signer_key(data: Path) -> SignerKey:
    """The key of the district in ``data``; made where there is none. Raises ``NotANote`` where the file is spoilt."""
    path = data / PRIVATE
    if not path.exists():
        _keep(path, str(SignerKey(_origin(), secrets.token_bytes(32))))
    return SignerKey.parse(path.read_text(encoding="utf-8"))


def verifier_key(data: Path) -> VerifierKey:
    """The public half, to be published and pinned: ``str()`` of it is the text."""
    return signer_key(data).verifier()


def existing_verifier_key(data: Path) -> VerifierKey | None:
    """The public half where there is a key; makes none. Raises ``NotANote`` where the file is spoilt."""
    path = data / PRIVATE
    try:
        return SignerKey.parse(path.read_text(encoding="utf-8")).verifier() if path.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise NotANote(str(error)) from error


def _origin() -> str:
    """Where the log will be found, without scheme; where no address is set, a name that nothing else has."""
    configuration = getattr(settings, "CONFIGURATION", None)
    parts = urlsplit(getattr(configuration, "public_url", ""))
    place = f"{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"
    return f"{place}/log" if place and not set(place) & set("+ \t\n") else f"luodi/{new_id('o')[1:]}"


def _keep(path: Path, text: str) -> None:
    """Write whole or not at all; whoever comes first wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, scratch = tempfile.mkstemp(dir=path.parent)  # 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text + "\n")
            opened.flush()
            os.fsync(opened.fileno())
        os.link(scratch, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(scratch)
