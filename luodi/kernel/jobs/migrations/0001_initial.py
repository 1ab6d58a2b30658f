"""The first form of jobs and their items."""

import django.db.models.deletion
from django.db import migrations, models

import luodi.kernel.jobs.models


class Migration(migrations.Migration):
    """The first form of jobs and their items."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=luodi.kernel.jobs.models.job_id,
                        editable=False,
                        max_length=14,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("note", models.CharField(blank=True, max_length=120, null=True)),
                ("account", models.CharField(max_length=14)),
                ("post", models.CharField(max_length=14)),
                ("asked_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                ("all_sent_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("trouble", models.TextField(blank=True)),
                ("expected", models.IntegerField(default=0)),
                ("come", models.IntegerField(default=0)),
                ("total", models.IntegerField(default=0)),
                ("taken", models.IntegerField(default=0)),
                ("known", models.IntegerField(default=0)),
                ("refused", models.IntegerField(default=0)),
                ("containers", models.IntegerField(default=0)),
                ("findings", models.IntegerField(default=0)),
                ("size", models.BigIntegerField(default=0)),
                ("worked_ms", models.BigIntegerField(default=0)),
            ],
            options={
                "db_table": "luodi_jobs_job",
                "indexes": [models.Index(fields=["kind", "asked_at"], name="luodi_jobs__kind_d27e7f_idx")],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("place", models.IntegerField(default=0)),
                ("key", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=1000, null=True)),
                ("note", models.TextField(blank=True, null=True)),
                ("role", models.CharField(blank=True, max_length=10)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等着"),
                            ("taken", "新收"),
                            ("known", "早已有"),
                            ("refused", "拒收"),
                            ("opened", "已展开"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.SmallIntegerField(default=0)),
                ("result", models.CharField(blank=True, max_length=14)),
                ("findings", models.IntegerField(default=0)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("words", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="luodi_jobs.item",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="luodi_jobs.job"
                    ),
                ),
            ],
            options={
                "db_table": "luodi_jobs_item",
                "indexes": [
                    models.Index(fields=["job", "state", "id"], name="luodi_jobs__job_id_b1fc0f_idx")
                ],
                "unique_together": {("job", "key")},
            },
        ),
    ]
