"""Sheets sent again are looked up by file and cell."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_commitments", "0002_standing"),
        ("luodi_files", "0002_photos"),
        ("luodi_register", "0002_unit_names"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["origin_file", "origin_cell"], name="luodi_commitment_cell"),
        ),
    ]
