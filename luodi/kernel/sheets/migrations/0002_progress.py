"""Layouts of the month's progress are remembered too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("luodi_sheets", "0001_initial"),)

    operations = (
        migrations.AlterField(
            model_name="mapping",
            name="use",
            field=models.CharField(
                choices=[
                    ("promises", "任务分解表"),
                    ("register", "单位岗位人员表"),
                    ("progress", "月度进展表"),
                ],
                max_length=12,
            ),
        ),
    )
