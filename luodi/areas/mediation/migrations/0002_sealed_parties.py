"""Who is at odds stands sealed in the database from now on; rows written before are read as they are."""

from django.db import migrations

import luodi.kernel.privacy.sealed_field


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_mediation", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="dispute",
            name="parties",
            field=luodi.kernel.privacy.sealed_field.SealedTextField(null=True),
        ),
    ]
