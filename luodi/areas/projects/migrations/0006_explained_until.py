"""What the doing side does about what it explains, and until when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_projects", "0005_standings"),
    ]

    operations = [
        migrations.AddField(
            model_name="explanation",
            name="remedy",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="explanation",
            name="until",
            field=models.DateField(null=True),
        ),
    ]
