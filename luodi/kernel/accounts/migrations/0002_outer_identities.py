"""Who accounts are at an outer log-in, and the links by which that is tied."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("luodi_accounts", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="ticket",
            name="kind",
            field=models.CharField(
                choices=[("invite", "邀请"), ("reset", "重设密码"), ("bind", "绑定统一登录")], max_length=10
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="way",
            field=models.CharField(
                choices=[("password", "密码"), ("outer", "统一登录"), ("public", "演示")],
                default="password",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="OuterIdentity",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="outer_identity",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("issuer", models.CharField(max_length=200)),
                ("subject", models.CharField(max_length=255)),
                ("bound_at", models.DateTimeField()),
            ],
            options={
                "db_table": "luodi_accounts_outer_identity",
                "unique_together": {("issuer", "subject")},
            },
        ),
    ]
