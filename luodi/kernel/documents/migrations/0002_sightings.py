"""Sightings of kindred sources, and the sketches they are found by."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_documents", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sketch",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sketch",
                        serialize=False,
                        to="luodi_documents.source",
                    ),
                ),
                ("entries", models.TextField()),
                ("runs", models.IntegerField()),
            ],
            options={
                "db_table": "luodi_documents_sketch",
            },
        ),
        migrations.CreateModel(
            name="SketchBand",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("band", models.BigIntegerField(db_index=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="luodi_documents.source",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_documents_sketch_band",
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("same", "同一篇"),
                            ("updated", "更新"),
                            ("quotes", "引用"),
                            ("quoted", "摘自"),
                        ],
                        max_length=8,
                    ),
                ),
                ("share", models.CharField(max_length=6)),
                ("at", models.DateTimeField()),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="luodi_documents.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sighted",
                        to="luodi_documents.source",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_documents_sighting",
                "unique_together": {("source", "first")},
            },
        ),
    ]
