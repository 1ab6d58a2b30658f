"""What stands in the desk's main navigation, by the roles of the post acted as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from luodi.desk.areas import announced


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of the navigation. ``roles``: who sees it; empty for everybody with a post. ``here`` marks the current page.

    ``is_rare``: asked for seldom; folded away with its like, so that what is used daily fits on one line.
    """

    here: str
    word: str
    address: str
    roles: tuple[str, ...] = ()
    is_rare: bool = False

    @property
    def shown(self) -> str:
        """The word in the language of the page."""
        return gettext(self.word)


ENTRIES = (
    Entry("home", _("工作台"), "/desk/"),
    Entry("inbox", _("待办"), "/desk/inbox"),
    Entry("leading", _("领导一屏"), "/desk/leader", ("leader", "office")),
    Entry("promises", _("承诺"), "/desk/promises"),
    Entry("cases", _("事项"), "/desk/cases"),
    Entry("review", _("复核"), "/desk/review", ("office", "reviewer")),
    Entry("intake", _("收文件"), "/desk/intake", ("office", "reviewer")),
    Entry("documents", _("文件"), "/desk/documents", is_rare=True),
    Entry("directory", _("单位和人"), "/desk/directory", ("administrator", "office"), is_rare=True),
    Entry("rules", _("规则"), "/desk/rules", ("administrator", "office", "leader"), is_rare=True),
    Entry("accounts", _("账号"), "/desk/accounts", ("administrator",), is_rare=True),
    Entry("me", _("我的登录"), "/desk/me", is_rare=True),
)
_WITHOUT_POST = ("home", "me")


def entries_for(has_post: bool, has_role: Callable[..., bool]) -> list[Entry]:
    """The entries that an account sees, in order; only those of its own log-in while it acts as no post."""
    if not has_post:
        return [entry for entry in ENTRIES if entry.here in _WITHOUT_POST]
    return [entry for entry in _entries() if not entry.roles or has_role(*entry.roles)]


def _entries() -> list[Entry]:
    """What is used daily, then the words of the areas, then what is rare."""
    of_areas = [Entry(area.name, area.word, area.address, area.roles) for area in announced()]
    daily = [entry for entry in ENTRIES if not entry.is_rare]
    return [*daily, *of_areas, *(entry for entry in ENTRIES if entry.is_rare)]
