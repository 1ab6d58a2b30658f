"""The tables of this part, as they began."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("previous", models.BigIntegerField()),
                ("frontier", models.TextField()),
                ("note", models.TextField()),
            ],
            options={
                "db_table": "luodi_ledger_checkpoint",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.CharField(max_length=14, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("subject", models.CharField(blank=True, db_index=True, max_length=14)),
                ("post", models.CharField(blank=True, max_length=14)),
                ("account", models.CharField(blank=True, max_length=14)),
                ("payload", models.TextField()),
                ("salt", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("closed", models.TextField()),
                ("closed_salt", models.CharField(max_length=32)),
                ("closed_digest", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "luodi_ledger_event",
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "luodi_ledger_leaf",
            },
        ),
        migrations.CreateModel(
            name="Secret",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("row", models.CharField(db_index=True, max_length=14)),
                ("key", models.BinaryField(null=True)),
                ("cipher", models.BinaryField(null=True)),
            ],
            options={
                "db_table": "luodi_ledger_secret",
            },
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="unsealed",
                        serialize=False,
                        to="luodi_ledger.event",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_ledger_unsealed",
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["kind", "at"], name="luodi_ledge_kind_badd18_idx"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["at", "id"], name="luodi_ledge_at_0b7f43_idx"),
        ),
        migrations.AddField(
            model_name="leaf",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="leaf", to="luodi_ledger.event"
            ),
        ),
        migrations.AddField(
            model_name="secret",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="secrets", to="luodi_ledger.event"
            ),
        ),
    ]
