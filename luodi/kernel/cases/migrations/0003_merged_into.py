"""A merged case points to the one that goes on; closed cases that still hold something of a person are found by their day."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_cases", "0002_saved_choice"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="taken_in",
                to="luodi_cases.case",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False), ("title__isnull", False)),
                fields=["kind", "closed_at"],
                name="luodi_case_kept",
            ),
        ),
    ]
