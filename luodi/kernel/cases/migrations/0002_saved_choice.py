"""Choices of lists that posts keep under a name."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_cases", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedChoice",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("place", models.CharField(choices=[("inbox", "待办"), ("cases", "事项")], max_length=10)),
                ("name", models.CharField(max_length=30, null=True)),
                ("query", models.TextField(null=True)),
                ("saved_at", models.DateTimeField()),
                ("dropped_at", models.DateTimeField(null=True)),
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
                "db_table": "luodi_cases_saved_choice",
            },
        ),
    ]
