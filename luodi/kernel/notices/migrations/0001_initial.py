"""Notices, who has read them, channels, and what waits to be sent over them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import luodi.kernel.notices.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("luodi_register", "0002_unit_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Channel",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mail", "电子邮件"),
                            ("wecom", "企业微信群机器人"),
                            ("dingtalk", "钉钉群机器人"),
                            ("feishu", "飞书群机器人"),
                            ("webhook", "自己的程序"),
                        ],
                        max_length=10,
                    ),
                ),
                ("address", models.TextField()),
                ("secret", models.TextField(blank=True)),
                ("is_on", models.BooleanField(default=True)),
                ("set_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("fails", models.IntegerField(default=0)),
                ("fault", models.CharField(blank=True, max_length=40)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "luodi_notices_channel",
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=luodi.kernel.notices.models.notice_id,
                        editable=False,
                        max_length=14,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("what", models.CharField(max_length=10)),
                ("subject", models.CharField(blank=True, max_length=14)),
                ("label", models.CharField(blank=True, max_length=80)),
                ("number", models.CharField(blank=True, max_length=30)),
                ("says", models.CharField(blank=True, max_length=80)),
                ("due_on", models.DateField(null=True)),
                ("at", models.DateTimeField(db_index=True)),
                ("mark", models.CharField(max_length=100, unique=True)),
                ("is_spread", models.BooleanField(default=False)),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_notices_notice",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "等着发"), ("sent", "发了"), ("given_up", "发不出去")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, max_length=40)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="luodi_notices.channel",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="luodi_notices.notice",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_notices_delivery",
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="luodi_notices.notice",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_notices_seen",
            },
        ),
        migrations.AddConstraint(
            model_name="channel",
            constraint=models.UniqueConstraint(fields=("account", "kind"), name="luodi_channel_once"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["post", "id"], name="luodi_notice_post"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["unit", "id"], name="luodi_notice_unit"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("is_spread", False)), fields=["id"], name="luodi_notice_spread"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["next_at"], name="luodi_delivery_next"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("notice", "channel"), name="luodi_delivery_once"),
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.UniqueConstraint(fields=("account", "notice"), name="luodi_seen_once"),
        ),
    ]
