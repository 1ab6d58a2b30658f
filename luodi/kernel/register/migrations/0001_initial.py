"""The tables of the register."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="District",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("code", models.CharField(max_length=12)),
                (
                    "shape",
                    models.CharField(
                        choices=[
                            ("urban_district", "市辖区"),
                            ("county", "县"),
                            ("county_level_city", "县级市"),
                            ("functional_zone", "功能区"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("demonstration", "演示"), ("real", "正式")], max_length=20),
                ),
                ("city", models.CharField(blank=True, max_length=60)),
                ("province", models.CharField(blank=True, max_length=60)),
            ],
            options={
                "db_table": "luodi_register_district",
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=40)),
                ("source", models.CharField(db_index=True, max_length=14)),
                ("target", models.CharField(db_index=True, max_length=14)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
            ],
            options={
                "db_table": "luodi_register_link",
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60, null=True)),
                ("phone", models.CharField(blank=True, max_length=20, null=True)),
                ("identity_number", models.CharField(blank=True, max_length=18, null=True)),
                ("erased_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "luodi_register_person",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=120)),
                ("is_leader", models.BooleanField(default=False)),
                ("is_sole", models.BooleanField(default=True)),
                ("closed_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "luodi_register_post",
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=60)),
                ("code", models.CharField(blank=True, max_length=12)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("district", "区县"),
                            ("township", "乡镇街道"),
                            ("village", "村、社区"),
                            ("site", "地点"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="luodi_register.place",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_register_place",
            },
        ),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("code", models.CharField(blank=True, max_length=32)),
                ("area_mu", models.CharField(blank=True, max_length=24)),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="luodi_register.place"
                    ),
                ),
            ],
            options={
                "db_table": "luodi_register_parcel",
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("given_on", models.DateField(null=True)),
                ("taken_on", models.DateField(null=True)),
                (
                    "after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="luodi_register.appointment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="luodi_register.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="luodi_register.post",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_register_appointment",
            },
        ),
        migrations.CreateModel(
            name="SameAs",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("left", models.CharField(db_index=True, max_length=14)),
                ("right", models.CharField(db_index=True, max_length=14)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("positive", "同一"), ("negative", "不同"), ("unsure", "待定")],
                        max_length=10,
                    ),
                ),
                ("score", models.CharField(blank=True, max_length=8)),
                ("day", models.DateField()),
                ("reason", models.TextField(blank=True)),
                (
                    "undoes",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.sameas",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_register_same_as",
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("short_name", models.CharField(blank=True, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("party", "党委"),
                            ("government", "政府部门"),
                            ("township", "乡镇街道"),
                            ("company", "企业"),
                            ("other", "其他"),
                        ],
                        default="government",
                        max_length=12,
                    ),
                ),
                ("credit_code", models.CharField(blank=True, max_length=18)),
                ("closed_on", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="luodi_register.unit",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="luodi_register.place",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_register_unit",
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("code", models.CharField(blank=True, max_length=32)),
                (
                    "place",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="luodi_register.place"
                    ),
                ),
                (
                    "owner_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="luodi_register.unit"
                    ),
                ),
            ],
            options={
                "db_table": "luodi_register_project",
            },
        ),
        migrations.AddField(
            model_name="post",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="luodi_register.unit"
            ),
        ),
    ]
