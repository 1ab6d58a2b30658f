"""Keys of programs and calendars."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import luodi.kernel.accounts.own_ids


class Migration(migrations.Migration):
    dependencies = [("luodi_accounts", "0002_outer_identities"), ("luodi_register", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Token",
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
                    models.CharField(choices=[("api", "程序接口"), ("calendar", "日历")], max_length=10),
                ),
                ("name", models.CharField(blank=True, max_length=40)),
                ("scopes", models.CharField(blank=True, max_length=100)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("used_on", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
            ],
            options={"db_table": "luodi_accounts_token"},
        ),
        migrations.AddIndex(
            model_name="token",
            index=models.Index(fields=["account", "kind"], name="luodi_token_account"),
        ),
    ]
