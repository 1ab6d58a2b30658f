"""Mail by the server of the settings, within a time for all of it: one that says a sign now and then would hold the sender up.

The time-outs that the library knows are for each step alone.
"""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from luodi.kernel.notices.outgoing import cut

PATIENCE = 30.0  # seconds for all of it; each step has less
A_STEP = 10


class BoundedBackend(EmailBackend):
    """Django's, whose connection is cut when its time is over. Raises ``TimeoutError`` then."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.timeout = A_STEP if self.timeout is None else self.timeout
        self._lines: list[socket.socket] = []
        self._begun: list[smtplib.SMTP] = []

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The library's, telling what it is connected by before the server has said a word."""
        lines, begun, usual = self._lines, self._begun, super().connection_class

        class Watched(usual):  # type: ignore[misc, valid-type]
            def __init__(self, *args: Any, **more: Any) -> None:
                begun.append(self)
                super().__init__(*args, **more)

            def _get_socket(self, *args: Any) -> socket.socket:
                line: socket.socket = super()._get_socket(*args)
                lines.append(line)
                return line

        return Watched

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many were taken."""
        is_over = threading.Event()
        watch = threading.Timer(PATIENCE, cut, (self._lines, is_over))
        watch.daemon = True
        watch.start()
        try:
            return super().send_messages(email_messages) or 0
        except OSError:  # those of the library are such, too
            if is_over.is_set():
                raise TimeoutError from None
            raise
        finally:
            watch.cancel()
            for each in self._begun:
                each.close()  # one that was left halfway is still open
            self._begun.clear()
            self._lines.clear()
