"""Keys of screens that hang on a wall."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_accounts", "0003_tokens"),
    ]

    operations = [
        migrations.AlterField(
            model_name="token",
            name="kind",
            field=models.CharField(
                choices=[("api", "程序接口"), ("calendar", "日历"), ("screen", "挂墙的屏")], max_length=10
            ),
        ),
    ]
