"""A notice's unit and post are not looked up once more by the database: they are those of a due item."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_notices", "0001_initial"),
        ("luodi_register", "0002_unit_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="post",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="luodi_register.post",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="luodi_register.unit",
            ),
        ),
    ]
