"""Who may come in. An account is a person; roles are granted to posts, with a scope; one acts as one post at a time."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from luodi.kernel.ids import new_id
from luodi.kernel.ledger.rows import LedgerRow
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Person, Post, Unit


class Account(AbstractBaseUser):
    """A log-in. The password hash and the second factor are secrets of the account, never part of an event."""

    id = models.CharField(primary_key=True, max_length=14, editable=False)
    login = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    acts_as = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    second_factor = models.CharField(max_length=64, blank=True)  # TOTP secret, base 32; empty: not set up
    second_factor_last = models.BigIntegerField(default=0)  # the last time step used, so that a code works once

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: list[str] = []
    objects = BaseUserManager()

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_account"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not self.id:
            self.id = new_id("w")


class Grant(LedgerRow):
    """A role given to a post within a unit and what stands below it (``scope`` empty: the whole district)."""

    LETTER = "g"
    PRIVACY = Privacy(internal=("id", "post", "role", "scope", "until"))
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
    until = models.DateField(null=True)

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_grant"


class Ticket(models.Model):
    """An invitation or a reset: the hash of a token that works once, for a while."""

    KINDS = (("invite", "邀请"), ("reset", "重设密码"))

    id = models.CharField(primary_key=True, max_length=14)
    kind = models.CharField(max_length=10, choices=KINDS)
    account = models.ForeignKey(Account, models.CASCADE, related_name="tickets")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "luodi_accounts"
        db_table = "luodi_accounts_ticket"
