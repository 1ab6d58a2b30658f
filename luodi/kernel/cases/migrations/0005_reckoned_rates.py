"""Rates that are reckoned once a day, where there are very many cases."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_cases", "0004_at_any_size"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reckoned",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("measure", models.CharField(max_length=40)),
                ("since", models.DateField()),
                ("until", models.DateField()),
                ("at", models.DateTimeField()),
                ("among", models.IntegerField()),
                ("reported", models.IntegerField()),
                ("counted", models.IntegerField()),
                ("excluded", models.IntegerField()),
                ("forced", models.IntegerField()),
                ("merged", models.IntegerField()),
            ],
            options={
                "db_table": "luodi_cases_reckoned",
                "unique_together": {("until", "kind", "measure")},
            },
        ),
    ]
