"""To whom a link was given stands sealed in the database from now on; rows written before are read as they are."""

from django.db import migrations

import luodi.kernel.privacy.sealed_field


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_projects", "0007_corrections"),
    ]

    operations = [
        migrations.AlterField(
            model_name="reportinglink",
            name="contact",
            field=luodi.kernel.privacy.sealed_field.SealedTextField(null=True),
        ),
    ]
