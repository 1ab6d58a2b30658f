"""Telephone and identity number of staff stand sealed in the database from now on; rows written before are read as they are."""

from django.db import migrations

import luodi.kernel.privacy.sealed_field


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_register", "0002_unit_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="identity_number",
            field=luodi.kernel.privacy.sealed_field.SealedTextField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="person",
            name="phone",
            field=luodi.kernel.privacy.sealed_field.SealedTextField(blank=True, null=True),
        ),
    ]
