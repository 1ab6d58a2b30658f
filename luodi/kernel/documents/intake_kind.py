"""Taking in many documents, as a kind of long work: who may ask for it, how large a file may be."""

from __future__ import annotations

from luodi.kernel.files.names import ending_of
from luodi.kernel.files.tarballs import ENDINGS as TARBALLS
from luodi.kernel.jobs.kinds import Kind
from luodi.kernel.jobs.limits import LARGEST_ARCHIVE
from luodi.kernel.jobs.work import Work

ARCHIVES = ("zip", *TARBALLS)
LARGEST = 32_000_000  # bytes of one page: the reader's own limit, whose tables are not loaded to ask for it


def largest_of(name: str) -> int:
    """How many bytes a file of this name may have."""
    return LARGEST_ARCHIVE if ending_of(name) in ARCHIVES else LARGEST


def _handle(work: Work) -> None:
    from luodi.kernel.documents.intake_job import handle  # loads the reader

    handle(work)


INTAKE = Kind("intake", ("office", "reviewer"), largest_of, _handle)
