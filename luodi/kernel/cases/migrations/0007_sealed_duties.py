"""Who is bound to do what stands sealed in the database from now on; rows written before are read as they are."""

from django.db import migrations

import luodi.kernel.privacy.sealed_field


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_cases", "0006_titles_found"),
    ]

    operations = [
        migrations.AlterField(
            model_name="duty",
            name="does",
            field=luodi.kernel.privacy.sealed_field.SealedTextField(null=True),
        ),
        migrations.AlterField(
            model_name="duty",
            name="who",
            field=luodi.kernel.privacy.sealed_field.SealedTextField(null=True),
        ),
    ]
