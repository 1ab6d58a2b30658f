"""Leases, what was set aside, corrections, what was told apart."""

import django.db.models.deletion
from django.db import migrations, models

import luodi.kernel.accounts.own_ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("luodi_commitments", "0002_standing"),
        ("luodi_documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lease",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="luodi_documents.statementkey",
                    ),
                ),
                ("holder", models.CharField(db_index=True, max_length=14)),
                ("post", models.CharField(blank=True, max_length=14)),
                ("until", models.DateTimeField()),
            ],
            options={
                "db_table": "luodi_review_lease",
            },
        ),
        migrations.CreateModel(
            name="Apart",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("score", models.CharField(blank=True, max_length=6)),
                ("at", models.DateTimeField()),
                ("post", models.CharField(blank=True, max_length=14)),
                ("undone", models.BooleanField(default=False)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apart",
                        to="luodi_commitments.commitment",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apart",
                        to="luodi_documents.statementkey",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_review_apart",
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("owner", "牵头单位"),
                            ("due", "期限"),
                            ("amount", "目标数"),
                            ("kind", "类型"),
                        ],
                        max_length=10,
                    ),
                ),
                ("machine", models.TextField(blank=True)),
                ("value", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("post", models.CharField(blank=True, max_length=14)),
                ("undone", models.BooleanField(default=False)),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_documents.reading",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="luodi_documents.statementkey",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_review_correction",
                "indexes": [models.Index(fields=["statement", "field"], name="luodi_corr_statement")],
            },
        ),
        migrations.CreateModel(
            name="SetAside",
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
                ("account", models.CharField(max_length=14)),
                ("at", models.DateTimeField()),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="set_aside",
                        to="luodi_documents.statementkey",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_review_set_aside",
                "unique_together": {("account", "statement")},
            },
        ),
    ]
