"""The acts of this part, by what they are about; callers find them all in ``commitments.actions``."""
