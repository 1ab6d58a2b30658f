"""Ids of what opens an account: they share the account's letter, since nobody ever sees them."""

from luodi.kernel.ids import new_id


def own_id() -> str:
    """A new id."""
    return new_id("w")
