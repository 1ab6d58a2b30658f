"""What a person asked for and may not have, or not so. The message is for them; the code is for programs and documents."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 (said to people, not raised at programmers)
    """``code`` is stable and documented; ``message`` says in Chinese what was given, what is allowed and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
