"""Corrections of a project's facts, each with its reason and paper."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_projects", "0006_explained_until"),
        ("luodi_register", "0002_unit_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileCorrection",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(null=True)),
                ("paper", models.CharField(blank=True, max_length=200)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="luodi_projects.projectfile",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_correction",
            },
        ),
    ]
