"""What a notice says. Pure. Numbers, kinds and days only: titles and names stay behind the log-in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

What = Literal["assigned", "returned", "amber", "red", "signature", "hand_over", "reminder", "trial"]
WORDS: dict[str, str] = {
    "assigned": "交到您这里",
    "returned": "退回来了",
    "amber": "快到期了",
    "red": "到期了",
    "signature": "等您签字",
    "hand_over": "有一份交接等您签字",
    "reminder": "还没有，请尽快",
    "trial": "试发一条，收到就是通了",
}


@dataclass(frozen=True, slots=True)
class Message:
    """``title`` alone says what is the matter; ``lines`` add what to do and until when; ``link`` leads there."""

    what: str
    title: str
    lines: tuple[str, ...]
    link: str

    @property
    def text(self) -> str:
        """Everything as plain text, a line each."""
        return "\n".join((self.title, *self.lines, self.link) if self.link else (self.title, *self.lines))


def compose(
    what: str,
    *,
    label: str = "",
    number: str = "",
    says: str = "",
    due_on: dt.date | None = None,
    link: str = "",
) -> Message:
    """The message about one thing.

    >>> compose("assigned", label="督办单", number="990102-260901-0001", says="办理并反馈", due_on=dt.date(2026, 9, 30)).text
    '督办单990102-260901-0001交到您这里\\n要做的事：办理并反馈\\n期限：2026年9月30日'
    """
    lines = []
    if says:
        lines.append(f"要做的事：{says}")
    if due_on is not None:
        lines.append(f"期限：{due_on.year}年{due_on.month}月{due_on.day}日")
    return Message(what, f"{label}{number}{WORDS[what]}", tuple(lines), link)


def as_json(message: Message, **more: Any) -> dict[str, Any]:
    """The message as a program gets it."""
    return {
        "what": message.what,
        "title": message.title,
        "lines": list(message.lines),
        "link": message.link,
        **more,
    }
