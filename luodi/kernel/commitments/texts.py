"""What search finds of commitments: their titles."""

from __future__ import annotations

from collections.abc import Iterator

from luodi.kernel.commitments.models import Commitment
from luodi.kernel.search.texts import Text


def titles() -> Iterator[Text]:
    """The title of every commitment that was not taken back, oldest first."""
    rows = Commitment.objects.exclude(state="undone").order_by("id").values_list("id", "title")
    for key, title in rows.iterator(chunk_size=2_000):
        yield Text(key, title, is_public=True)
