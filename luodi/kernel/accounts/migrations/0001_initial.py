"""The tables of accounts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import luodi.kernel.accounts.own_ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("luodi_register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("login", models.CharField(max_length=60, null=True, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "acts_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="luodi_register.person",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_accounts_account",
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="credential",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("password", models.CharField(blank=True, max_length=128)),
                ("second_factor", models.CharField(blank=True, max_length=200)),
                ("last_step", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "luodi_accounts_credential",
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "系统管理员"),
                            ("office", "督查办公室"),
                            ("reviewer", "复核员"),
                            ("reporter", "填报员"),
                            ("verifier", "核实员"),
                            ("leader", "领导"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grants",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "scope",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_accounts_grant",
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=luodi.kernel.accounts.own_ids.own_id,
                        max_length=14,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("invite", "邀请"), ("reset", "重设密码")], max_length=10),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tickets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "luodi_accounts_ticket",
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=luodi.kernel.accounts.own_ids.own_id,
                        max_length=14,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code_hash", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "luodi_accounts_recovery_code",
                "unique_together": {("account", "code_hash")},
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=luodi.kernel.accounts.own_ids.own_id,
                        max_length=14,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("address", models.CharField(blank=True, max_length=45)),
                ("device", models.CharField(blank=True, max_length=200)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table": "luodi_accounts_session",
                "indexes": [
                    models.Index(fields=["account", "ended_at"], name="luodi_accou_account_050d95_idx")
                ],
            },
        ),
    ]
