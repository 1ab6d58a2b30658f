"""The names that units had, and those by which people call them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("luodi_register", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="UnitName",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("full", "曾用名"), ("short", "曾用简称"), ("alias", "别称")], max_length=10
                    ),
                ),
                ("since", models.DateField(null=True)),
                ("until", models.DateField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="names",
                        to="luodi_register.unit",
                    ),
                ),
            ],
            options={"db_table": "luodi_register_unit_name"},
        ),
    ]
