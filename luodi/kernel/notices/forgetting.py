"""What is kept here of somebody who is erased: the addresses at which they wanted to be told."""

from __future__ import annotations

from luodi.kernel.ledger.sweeping import rewrite
from luodi.kernel.notices.models import Channel, Delivery, Seen


def forget(row: str) -> bool:
    """Remove the channels of an erased account, with what waits to be sent over them; whether there were any."""
    channels, _ = Channel.objects.filter(account=row).delete()
    seen, _ = Seen.objects.filter(account=row).delete()
    return bool(channels or seen)


def purge() -> None:
    """Let them stand on no page of the tables any more."""
    rewrite(*(model._meta.db_table for model in (Channel, Delivery, Seen)))
