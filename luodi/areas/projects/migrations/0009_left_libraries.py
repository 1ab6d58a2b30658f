"""Leaving a library, remedies that were carried out, papers of corrections."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_files", "0002_photos"),
        ("luodi_projects", "0008_sealed_contact"),
        ("luodi_register", "0003_sealed_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="explanation",
            name="remedied_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="luodi_register.post",
            ),
        ),
        migrations.AddField(
            model_name="explanation",
            name="remedied_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="filecorrection",
            name="kept",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="luodi_files.keptfile",
            ),
        ),
        migrations.AddField(
            model_name="libraryentry",
            name="left_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="luodi_register.post",
            ),
        ),
        migrations.AddField(
            model_name="libraryentry",
            name="left_paper",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="libraryentry",
            name="left_reason",
            field=models.TextField(null=True),
        ),
    ]
