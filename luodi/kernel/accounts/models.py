"""Who may come in. An account is a person; roles are granted to posts, with a scope; one acts as one post at a time.

``Account`` and ``Grant`` are rows of the ledger. What only opens the door (password hash, second factor, one-time links, open
sessions) stands apart, never enters an event, and is worthless outside: hashes, or sealed under the installation's key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.utils.crypto import salted_hmac

from luodi.kernel.accounts.own_ids import own_id
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Person, Post, Unit


class AccountsByLogin(models.Manager["Account"]):
    """Finds accounts as the log-in asks for them."""

    def get_by_natural_key(self, login: str | None) -> Account:
        """The account of this log-in name. Raises ``Account.DoesNotExist``."""
        return self.select_related("credential").get(login=login)


class Account(LedgerRow):
    """A log-in of one person, who acts as the post ``acts_as``. Django knows it as its user."""

    IS_RESTED_ON = True
    LETTER = "w"
    PRIVACY = Privacy(internal=("id", "login", "person", "is_active", "acts_as"), personal=("login",))
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: tuple[str, ...] = ()
    is_authenticated = True
    is_anonymous = False

    login = models.CharField(max_length=60, unique=True, null=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    acts_as = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    objects = AccountsByLogin()

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_account"

    def get_username(self) -> str:
        """The log-in name, as Django asks for it."""
        return self.login or ""

    def check_password(self, raw: str) -> bool:
        """Whether ``raw`` is the password; takes as long where there is none."""
        credential = Credential.objects.filter(account=self).first()
        if credential is None:
            make_password(raw)
            return False
        return credential.opens(raw)

    def set_password(self, raw: str | None) -> None:
        """Spend the time of one hash and keep nothing: Django calls this on an account that does not exist, so that the
        answer for an unknown name comes no sooner. Passwords are set in ``actions.py``."""
        make_password(raw)

    def get_session_auth_hash(self) -> str:
        """Changes with the password, so that a new one ends every open session."""
        password = Credential.objects.filter(account=self).values_list("password", flat=True).first() or ""
        return salted_hmac("luodi.accounts.session", password, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """No earlier key of the site is believed."""
        return iter(())


class Grant(LedgerRow):
    """A role given to a post within a unit and what stands below it (``scope`` empty: the whole district)."""

    IS_RESTED_ON = True
    LETTER = "g"
    PRIVACY = Privacy(internal=("id", "post", "role", "scope", "since", "until"))
    ROLES = (
        ("administrator", "系统管理员"),
        ("office", "督查办公室"),
        ("reviewer", "复核员"),
        ("reporter", "填报员"),
        ("verifier", "核实员"),
        ("leader", "领导"),
    )

    post = models.ForeignKey(Post, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLES)
    scope = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_grant"


class Credential(models.Model):
    """What opens an account: the password's hash and the sealed secret of its second factor.

    ``last_step`` is the last time step whose code was used, so that a code works once.
    """

    PRIVACY = Privacy(sensitive=("account", "password", "second_factor", "last_step"))

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="credential")
    password = models.CharField(max_length=128, blank=True)
    second_factor = models.CharField(max_length=200, blank=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_credential"

    def opens(self, raw: str) -> bool:
        """Whether ``raw`` is the password."""
        return bool(self.password) and check_password(raw, self.password)


class RecoveryCode(models.Model):
    """A code that stands in for the second factor once, for whoever lost the device. Only its hash is kept."""

    PRIVACY = Privacy(sensitive=("id", "account", "code_hash", "used_at"))

    id = models.CharField(primary_key=True, max_length=14, default=own_id)
    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_recovery_code"
        unique_together = (("account", "code_hash"),)


class Ticket(models.Model):
    """An invitation, a reset, or a link that ties an outer log-in: the hash of a token that works once, for a while."""

    PRIVACY = Privacy(sensitive=("id", "kind", "account", "token_hash", "expires_at", "used_at"))
    KINDS = (("invite", "邀请"), ("reset", "重设密码"), ("bind", "绑定统一登录"))

    id = models.CharField(primary_key=True, max_length=14, default=own_id)
    kind = models.CharField(max_length=10, choices=KINDS)
    account = models.ForeignKey(Account, models.CASCADE, related_name="tickets")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_ticket"


class OuterIdentity(models.Model):
    """Who an account is at an outer log-in (OpenID Connect): the subject that ``issuer`` gave, never an address of mail.

    What that provider says of a person beside it is not kept.
    """

    PRIVACY = Privacy(sensitive=("account", "issuer", "subject", "bound_at"))

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="outer_identity")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_outer_identity"
        unique_together = (("issuer", "subject"),)


class Session(models.Model):
    """One coming in, from log-in to log-out, on one device. The browser's own session names it."""

    PRIVACY = Privacy(
        sensitive=("id", "account", "began_at", "expires_at", "ended_at", "address", "device", "way")
    )
    WAYS = (("password", "密码"), ("outer", "统一登录"), ("public", "演示"))

    id = models.CharField(primary_key=True, max_length=14, default=own_id)
    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    began_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=10, choices=WAYS, default="password")

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_session"
        indexes = (models.Index(fields=["account", "ended_at"]),)


class Token(models.Model):
    """A key with which a program (``api``), a calendar or a ``screen`` on a wall comes in the name of one post of an account.

    Shown once; only its hash is kept. ``scopes`` are words with spaces between; a calendar's key opens its calendar and nothing
    else, a screen's the page that was hung up there. ``used_on`` is the last day on which it was used.
    """

    PRIVACY = Privacy(
        sensitive=(
            "id", "kind", "account", "post", "name", "scopes", "token_hash", "made_at", "expires_at", "revoked_at", "used_on",
        ),
    )  # fmt: skip
    KINDS = (("api", "程序接口"), ("calendar", "日历"), ("screen", "挂墙的屏"))
    SCOPES = (
        ("read", "读岗位看得到的事项和期限"),
        ("cases:write", "以岗位的身份立事项、办事项"),
        ("cases:sign", "以岗位的身份签别人提出的一步"),
    )

    id = models.CharField(primary_key=True, max_length=14, default=own_id)
    kind = models.CharField(max_length=10, choices=KINDS)
    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40, blank=True)
    scopes = models.CharField(max_length=100, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_on = models.DateField(null=True)

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_token"
        indexes = (models.Index(fields=["account", "kind"], name="luodi_token_account"),)

    def has_scope(self, scope: str) -> bool:
        """Whether it may be used for this."""
        return scope in self.scopes.split()


def is_account(user: Any) -> bool:
    """Whether ``request.user`` is somebody who has come in."""
    return isinstance(user, Account)
