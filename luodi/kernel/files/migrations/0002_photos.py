"""What is known of kept photos, and the copies that go out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("luodi_files", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("width", models.IntegerField()),
                ("height", models.IntegerField()),
                ("likeness", models.CharField(max_length=200)),
                ("taken_at", models.DateTimeField(null=True)),
                ("east", models.IntegerField(null=True)),
                ("north", models.IntegerField(null=True)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photo",
                        to="luodi_files.keptfile",
                    ),
                ),
                (
                    "shown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shown_for",
                        to="luodi_files.keptfile",
                    ),
                ),
                (
                    "small",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="small_for",
                        to="luodi_files.keptfile",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_files_photo",
            },
        ),
    ]
