"""What the second reader says where it and the rules do not agree, and what it was asked."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_documents", "0002_sightings"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondAsked",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="second_asked",
                        serialize=False,
                        to="luodi_documents.source",
                    ),
                ),
                ("account", models.CharField(max_length=14)),
                ("post", models.CharField(max_length=14)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "等着"), ("done", "读完了"), ("failed", "没有读成")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.SmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("asked", models.IntegerField(default=0)),
                ("answered", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("found", models.IntegerField(default=0)),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "db_table": "luodi_documents_second_asked",
                "indexes": [models.Index(fields=["state", "next_at"], name="luodi_second_waiting")],
            },
        ),
        migrations.CreateModel(
            name="SecondSaid",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("reader", models.CharField(max_length=40)),
                ("model", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("differences", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("commitment", "承诺"), ("result", "成果"), ("status", "现状")],
                        max_length=10,
                    ),
                ),
                ("start", models.IntegerField(null=True)),
                ("end", models.IntegerField(null=True)),
                ("quote", models.TextField(blank=True)),
                ("figures", models.TextField(blank=True)),
                ("owner", models.TextField(blank=True)),
                ("due", models.TextField(blank=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "照第二个读者的"), ("refused", "照规则的")],
                        max_length=10,
                    ),
                ),
                ("judged_at", models.DateTimeField(null=True)),
                ("post", models.CharField(blank=True, max_length=14)),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_said",
                        to="luodi_documents.statementkey",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_documents_second_said",
            },
        ),
    ]
