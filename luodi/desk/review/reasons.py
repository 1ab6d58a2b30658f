"""Why a statement is not adopted: nine reasons, each by one key, the last in one's own words."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

REASONS: tuple[tuple[str, str], ...] = (
    ("1", _("没有可以核对的内容：口号、原则")),
    ("2", _("不是本区的事，或说的是别人")),
    ("3", _("引用上级或别人的话")),
    ("4", _("同一份文件里已经说过")),
    ("5", _("只是预期效果或设想")),
    ("6", _("机器切错了句子")),
    ("7", _("机器读错了，不值得改")),
    ("8", _("原文残缺，看不出说的是什么")),
    ("9", _("其他")),
)
OTHER = "9"


def reason_of(key: str, words: str) -> str:
    """The reason as it is kept; empty where none was given. The words are needed for the last and added to the others."""
    own = words.strip()
    known = dict(REASONS).get(key, "")
    if key == OTHER or not known:
        return own
    return f"{known}。{own}" if own else known
