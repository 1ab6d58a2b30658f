"""Notices, who has read them, where else people want to be told, and what waits to be sent there. Operational rows.

What happened is in the ledger; that somebody was told of it can be told again, and is forgotten after half a year.
"""

from __future__ import annotations

from django.db import models

from luodi.kernel.accounts.models import Account
from luodi.kernel.ids import new_id
from luodi.kernel.privacy.classes import Privacy
from luodi.kernel.register.models import Post, Unit


def notice_id() -> str:
    """A new id."""
    return new_id("t")


class Notice(models.Model):
    """Something that a post, or whoever is at work in a unit, ought to know. Holds no title and no name.

    ``subject`` is the id of what it is about; ``mark`` keeps the same thing from being told twice; ``is_spread`` once it was
    laid out for the channels of those who are concerned. Unit and post are those of a due item, which the database has held
    to be there: it does not look them up once more for each of a thousand lights that turn at once.
    """

    PRIVACY = Privacy(
        internal=(
            "id",
            "what",
            "subject",
            "label",
            "number",
            "says",
            "due_on",
            "unit",
            "post",
            "at",
            "mark",
            "is_spread",
        ),
    )

    id = models.CharField(primary_key=True, max_length=14, default=notice_id, editable=False)
    what = models.CharField(max_length=10)
    subject = models.CharField(max_length=14, blank=True)
    label = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=30, blank=True)
    says = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False, db_constraint=False)
    post = models.ForeignKey(
        Post, models.CASCADE, null=True, related_name="+", db_index=False, db_constraint=False
    )
    at = models.DateTimeField(db_index=True)
    mark = models.CharField(max_length=100, unique=True)
    is_spread = models.BooleanField(default=False)

    class Meta:
        app_label = "luodi_notices"
        db_table = "luodi_notices_notice"
        indexes = (
            models.Index(fields=["post", "id"], name="luodi_notice_post"),
            models.Index(fields=["unit", "id"], name="luodi_notice_unit"),
            models.Index(fields=["id"], condition=models.Q(is_spread=False), name="luodi_notice_spread"),
        )


class Seen(models.Model):
    """An account has read a notice."""

    PRIVACY = Privacy(internal=("id", "account", "notice"))

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", db_index=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="seen")

    class Meta:
        app_label = "luodi_notices"
        db_table = "luodi_notices_seen"
        constraints = (models.UniqueConstraint(fields=["account", "notice"], name="luodi_seen_once"),)


class Channel(models.Model):
    """Where else an account wants to be told. Address and secret are sealed; ``fails`` counts failures in a row."""

    PRIVACY = Privacy(
        sensitive=(
            "id",
            "account",
            "kind",
            "address",
            "secret",
            "is_on",
            "set_at",
            "sent_at",
            "fails",
            "fault",
        ),
    )
    KINDS = (
        ("mail", "电子邮件"),
        ("wecom", "企业微信群机器人"),
        ("dingtalk", "钉钉群机器人"),
        ("feishu", "飞书群机器人"),
        ("webhook", "自己的程序"),
    )

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=10, choices=KINDS)
    address = models.TextField()
    secret = models.TextField(blank=True)
    is_on = models.BooleanField(default=True)
    set_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    fails = models.IntegerField(default=0)
    fault = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "luodi_notices"
        db_table = "luodi_notices_channel"
        constraints = (models.UniqueConstraint(fields=["account", "kind"], name="luodi_channel_once"),)


class Delivery(models.Model):
    """One notice to be sent over one channel: written with the notice, sent afterwards, tried again until it is given up."""

    PRIVACY = Privacy(sensitive=("id", "notice", "channel", "state", "tries", "next_at", "ended_at", "fault"))
    STATES = (("waiting", "等着发"), ("sent", "发了"), ("given_up", "发不出去"))

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    tries = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=40, blank=True)

    class Meta:
        app_label = "luodi_notices"
        db_table = "luodi_notices_delivery"
        constraints = (models.UniqueConstraint(fields=["notice", "channel"], name="luodi_delivery_once"),)
        indexes = (
            models.Index(fields=["next_at"], condition=models.Q(state="waiting"), name="luodi_delivery_next"),
        )
