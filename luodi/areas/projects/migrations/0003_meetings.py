"""How many people a bottleneck touches; decisions of dispatch meetings."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_cases", "0004_at_any_size"),
        ("luodi_projects", "0002_months_and_leaders"),
    ]

    operations = [
        migrations.AddField(
            model_name="bottleneck",
            name="impact_people",
            field=models.CharField(blank=True, max_length=12, null=True),
        ),
        migrations.CreateModel(
            name="MeetingDecision",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("subject", models.CharField(db_index=True, max_length=14)),
                ("bottleneck", models.CharField(blank=True, db_index=True, max_length=14)),
                ("meeting", models.CharField(max_length=300)),
                ("held_on", models.DateField(db_index=True)),
                ("due_by", models.DateField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="luodi_cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_meeting_decision",
            },
        ),
    ]
