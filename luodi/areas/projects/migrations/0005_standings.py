"""Where each project stands at the end of each month, and how many stand where: derived, made by the worker."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_projects", "0004_names_judged"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandingTally",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("stage", models.CharField(max_length=20)),
                ("levels", models.CharField(blank=True, max_length=60)),
                ("rank", models.IntegerField()),
                ("number", models.BigIntegerField()),
                ("planned", models.BigIntegerField()),
                ("told", models.BigIntegerField()),
                ("done", models.BigIntegerField()),
                ("annual", models.BigIntegerField()),
                ("by_now", models.BigIntegerField()),
                ("paid", models.BigIntegerField()),
                ("nothing", models.BigIntegerField()),
                ("sent_back", models.BigIntegerField()),
                ("filled", models.BigIntegerField()),
                ("signed", models.BigIntegerField()),
            ],
            options={
                "db_table": "luodi_projects_standing_tally",
                "unique_together": {("month", "stage", "levels", "rank")},
            },
        ),
        migrations.CreateModel(
            name="MonthStanding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("stage", models.CharField(max_length=20)),
                ("levels", models.CharField(blank=True, max_length=60)),
                ("is_public", models.BooleanField()),
                ("is_over", models.BooleanField()),
                ("promised", models.IntegerField()),
                ("rank", models.IntegerField()),
                ("behind", models.BigIntegerField()),
                ("done", models.BigIntegerField(null=True)),
                ("annual", models.BigIntegerField(null=True)),
                ("by_now", models.BigIntegerField(null=True)),
                ("paid", models.BigIntegerField(null=True)),
                ("before", models.BigIntegerField()),
                ("owes", models.IntegerField()),
                ("news_on", models.DateField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="luodi_projects.projectfile",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_standing",
                "indexes": [
                    models.Index(fields=["month", "rank", "behind", "file"], name="luodi_pstand_worst"),
                    models.Index(
                        condition=models.Q(("is_public", True)),
                        fields=["month", "rank", "is_over", "promised", "file"],
                        name="luodi_pstand_public",
                    ),
                    models.Index(
                        condition=models.Q(("owes__gt", 0)),
                        fields=["month", "owes", "file"],
                        name="luodi_pstand_owes",
                    ),
                ],
                "unique_together": {("file", "month")},
            },
        ),
    ]
