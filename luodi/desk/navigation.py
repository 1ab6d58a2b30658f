"""What stands in the desk's main navigation, by the roles of the post acted as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the navigation. ``roles``: who sees it; empty for everybody with a post. ``here`` marks the current page."""

    here: str
    word: str
    address: str
    roles: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The word in the language of the page."""
        return gettext(self.word)


ENTRIES = (
    Entry("home", _("工作台"), "/desk/"),
    Entry("leading", _("领导一屏"), "/desk/leader", ("leader", "office")),
    Entry("promises", _("承诺"), "/desk/promises"),
    Entry("review", _("复核"), "/desk/review", ("office", "reviewer")),
    Entry("intake", _("收文件"), "/desk/intake", ("office", "reviewer")),
    Entry("directory", _("单位和人"), "/desk/directory", ("administrator", "office")),
    Entry("accounts", _("账号"), "/desk/accounts", ("administrator",)),
    Entry("me", _("我的登录"), "/desk/me"),
)


def entries_for(has_post: bool, has_role: Callable[..., bool]) -> list[Entry]:
    """The entries that an account sees, in order; only those of its own log-in while it acts as no post."""
    if not has_post:
        return [entry for entry in ENTRIES if entry.here in ("home", "me")]
    return [entry for entry in ENTRIES if not entry.roles or has_role(*entry.roles)]
