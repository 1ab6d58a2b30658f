"""Rules of who may change accounts and roles; asked inside the actions, before anything is written."""

from __future__ import annotations

import re
import unicodedata

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from luodi.kernel.accounts.access import has_role, may
from luodi.kernel.accounts.models import Account, Grant
from luodi.kernel.clocks.now import today
from luodi.kernel.ledger.action import SYSTEM, Actor
from luodi.kernel.refusal import Refusal
from luodi.kernel.register.lookups import appointments_on, is_demonstration, on_day, posts_of

LONGEST_PASSWORD = 200
_WHY_WEAK = {
    "password_too_short": "太短。",
    "password_too_common": "太常见，一猜就中。",
    "password_entirely_numeric": "不能全是数字。",
}
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


def login_name(text: str) -> str:
    """A log-in name as it is kept: half width, small letters. Refused unless 3 to 60 letters, digits, ``.``, ``_``, ``-``."""
    login = normal_login(text)
    if not _LOGIN.fullmatch(login):
        raise Refusal(
            "login-wrong",
            f"登录名得到“{text[:60]}”，应为3至60位小写字母、数字、点、横线或下划线。请改后再试。",
        )
    return login


def normal_login(text: str) -> str:
    """What somebody typed as a log-in name, as it would be kept. PostgreSQL cannot even be asked for a NUL."""
    return unicodedata.normalize("NFKC", text).strip().casefold().replace("\0", "\ufffd")


def require_administrator(by: Actor) -> None:
    """Refuse whoever is neither the system nor an administrator."""
    if by != SYSTEM and not has_role(by, "administrator"):
        raise Refusal("not-administrator", "这件事由系统管理员来办。请找本单位或区里的系统管理员。")


def require_administrator_of(by: Actor, account: Account) -> None:
    """Refuse an administrator whose reach does not cover every post that the account's person holds."""
    require_administrator(by)
    if by == SYSTEM:
        return
    for post in posts_of(account.person_id):
        if not may(by, "administrator", post.unit_id):
            raise Refusal("out-of-reach", f"“{post.title}”不在您管理的单位内。请找管这个单位的系统管理员。")


def require_reach(by: Actor, grant: Grant) -> None:
    """Refuse to give or take a role that reaches further than the administrator's own."""
    require_administrator(by)
    within = may(by, "administrator", grant.scope_id)
    if by != SYSTEM and not (within and may(by, "administrator", grant.post.unit_id)):
        raise Refusal("out-of-reach", "这个角色超出您管理的单位。请找区里的系统管理员。")


def require_own(by: Actor, account: Account) -> None:
    """Refuse whoever is neither the system nor the account itself."""
    if by != SYSTEM and by.account != account.id:
        raise Refusal("not-own-account", "只能改自己的登录设置。替别人办，请发一次性重设链接。")


def require_not_shared(by: Actor) -> None:
    """In the demonstration the log-ins are everybody's: nobody may lock the others out."""
    if by != SYSTEM and is_demonstration():
        raise Refusal(
            "shared-account", "演示区的登录人人可用，密码、手机验证和账号都不能改。正式的区县里可以。"
        )


def require_good_password(raw: str, account: Account) -> None:
    """Refuse a password that is short, common, digits only, or the log-in name."""
    reasons: list[str] = []
    try:
        validate_password(raw)
    except ValidationError as found:
        reasons = [_WHY_WEAK.get(str(each.code), "不能用。") for each in found.error_list]
    if account.login and account.login in raw.casefold():
        reasons.append("不能含有登录名。")
    if len(raw) > LONGEST_PASSWORD:
        reasons.append(f"最长{LONGEST_PASSWORD}位。")
    if reasons:
        raise Refusal("password-weak", "密码没有改。" + "".join(reasons) + "请换一个至少10位、别人想不到的。")


def require_administrator_left() -> None:
    """Refuse a change after which nobody could administer the district; asked after the change, before it is kept."""
    posts = Grant.objects.filter(on_day(today()), role="administrator", scope__isnull=True).values("post")
    people = appointments_on().filter(post__in=posts).values("person")
    if not Account.objects.filter(is_active=True, person__in=people).exists():
        raise Refusal(
            "last-administrator", "这样一来区里就没有系统管理员了。请先让另一个在岗的人当系统管理员。"
        )
