"""What is remembered of sheets."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Mapping",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                (
                    "use",
                    models.CharField(
                        choices=[("promises", "任务分解表"), ("register", "单位岗位人员表")], max_length=12
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("headers", models.TextField()),
                ("columns", models.TextField()),
                ("confirmed_at", models.DateTimeField()),
                ("post", models.CharField(blank=True, max_length=14)),
            ],
            options={
                "db_table": "luodi_sheets_mapping",
            },
        ),
    )
