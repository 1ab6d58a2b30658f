"""Layouts of the project office's sheets are remembered too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("luodi_sheets", "0002_progress"),)

    operations = (
        migrations.AlterField(
            model_name="mapping",
            name="use",
            field=models.CharField(
                choices=[
                    ("promises", "任务分解表"),
                    ("register", "单位岗位人员表"),
                    ("progress", "月度进展表"),
                    ("projects", "重点项目表"),
                ],
                max_length=12,
            ),
        ),
    )
