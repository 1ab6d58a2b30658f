"""What reading says when it will not read: one code for machines, one sentence for people."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 (a refusal is an answer, not a fault)
    """The input was refused whole; nothing of it was kept.

    ``code`` is stable and machine-readable; ``message`` says in Chinese what was given, what is allowed, what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[Refused], tuple[str, str]]:
        """It travels between processes."""
        return Refused, (self.code, self.message)
