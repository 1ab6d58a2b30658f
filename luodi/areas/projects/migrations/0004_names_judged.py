"""What became of the names that sentences gave to projects."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_documents", "0002_sightings"),
        ("luodi_projects", "0003_meetings"),
        ("luodi_register", "0002_unit_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameJudged",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("opened", "立了项目"), ("refused", "不立项"), ("recalled", "收回不立项")],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_documents.statementkey",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_name_judged",
            },
        ),
    ]
