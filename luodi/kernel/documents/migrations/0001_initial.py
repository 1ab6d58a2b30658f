"""Sources, statements, readings and judgements."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("luodi_files", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("reader", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("force", models.CharField(max_length=12)),
                ("object", models.TextField(blank=True)),
                ("owner", models.TextField(blank=True)),
                ("project", models.TextField(blank=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("due_since", models.DateField(null=True)),
                ("due_until", models.DateField(null=True)),
                ("due_precision", models.CharField(blank=True, max_length=10)),
                ("damaged", models.BooleanField(default=False)),
                ("score", models.CharField(max_length=6)),
                ("rule", models.CharField(max_length=60)),
                ("kind_rule", models.CharField(blank=True, max_length=60)),
                ("owner_rule", models.CharField(blank=True, max_length=60)),
                ("due_rule", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "db_table": "luodi_documents_reading",
            },
        ),
        migrations.CreateModel(
            name="ReadFigure",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                ("number", models.TextField()),
                ("unit", models.CharField(max_length=40)),
                ("approx", models.CharField(blank=True, max_length=10)),
                ("change", models.CharField(blank=True, max_length=10)),
                ("end_of_range", models.CharField(blank=True, max_length=4)),
                ("rule", models.CharField(blank=True, max_length=60)),
                ("sort", models.FloatField(null=True)),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="luodi_documents.reading",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_documents_figure",
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("address", models.TextField(blank=True)),
                ("kept_at", models.DateTimeField()),
                ("encoding", models.CharField(max_length=60)),
                ("decoder", models.CharField(max_length=20)),
                ("published", models.DateField(null=True)),
                ("speaks_of", models.DateField(null=True)),
                ("region", models.CharField(blank=True, max_length=60)),
                ("issuer", models.CharField(blank=True, max_length=120)),
                ("speaker_post", models.CharField(blank=True, max_length=120)),
                ("genre", models.CharField(blank=True, max_length=20)),
                ("withdrawn_on", models.DateField(null=True)),
                ("text", models.TextField(blank=True)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="source",
                        to="luodi_files.keptfile",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_documents_source",
            },
        ),
        migrations.CreateModel(
            name="StatementKey",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=32, unique=True)),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("commitment", "承诺"), ("result", "成果"), ("status", "现状")],
                        max_length=10,
                    ),
                ),
                ("quote", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unread", "待复核"),
                            ("adopted", "已采纳"),
                            ("refused", "不采纳"),
                            ("merged", "已并入"),
                            ("kept", "留作佐证"),
                        ],
                        default="unread",
                        max_length=10,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="luodi_documents.source",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_documents_statement",
            },
        ),
        migrations.AddField(
            model_name="reading",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="luodi_documents.statementkey",
            ),
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("accept", "采纳"),
                            ("correct", "改后采纳"),
                            ("refuse", "不采纳"),
                            ("merge", "并入"),
                            ("keep", "留作佐证"),
                            ("undo", "撤回"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("post", models.CharField(blank=True, max_length=14)),
                ("reason", models.TextField(blank=True, null=True)),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="luodi_documents.statementkey",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_documents_judgement",
            },
        ),
        migrations.AddIndex(
            model_name="statementkey",
            index=models.Index(fields=["source", "start"], name="luodi_docum_source__c31a25_idx"),
        ),
        migrations.AddIndex(
            model_name="statementkey",
            index=models.Index(fields=["state", "kind"], name="luodi_docum_state_448a57_idx"),
        ),
        migrations.AlterUniqueTogether(
            name="reading",
            unique_together={("statement", "reader")},
        ),
    ]
