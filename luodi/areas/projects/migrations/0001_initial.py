"""Project files, their stages, libraries and plans, and what only a bottleneck has."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("luodi_cases", "0003_merged_into"),
        ("luodi_files", "0002_photos"),
        ("luodi_register", "0002_unit_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bottleneck",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("subject", models.CharField(db_index=True, max_length=14)),
                ("found_on", models.DateField()),
                ("blocking", models.CharField(max_length=12)),
                ("sort", models.CharField(blank=True, max_length=12)),
                ("asked_act", models.CharField(blank=True, max_length=300)),
                ("impact_wan", models.CharField(blank=True, max_length=24, null=True)),
                ("impact_days", models.CharField(blank=True, max_length=12, null=True)),
                ("higher_authority", models.CharField(blank=True, max_length=300)),
                ("review_on", models.DateField(null=True)),
                ("owner_says", models.CharField(blank=True, max_length=12)),
                (
                    "asked_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="luodi_cases.case"
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_bottleneck",
            },
        ),
        migrations.CreateModel(
            name="ProjectFile",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("levels", models.CharField(blank=True, max_length=60)),
                ("goal", models.CharField(blank=True, max_length=300)),
                ("industry_code", models.CharField(blank=True, max_length=10)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("conceived", "谋划"),
                            ("reserved", "储备"),
                            ("preparing", "前期"),
                            ("newly_started", "新开工"),
                            ("under_construction", "在建"),
                            ("completed_works", "竣工"),
                            ("in_production", "投产"),
                            ("at_capacity", "达产"),
                            ("suspended", "停工缓建"),
                            ("removed", "调出"),
                        ],
                        max_length=20,
                    ),
                ),
                ("stage_since", models.DateField()),
                ("stage_left", models.CharField(blank=True, max_length=20)),
                ("total_investment", models.BigIntegerField(null=True)),
                ("land_cost", models.BigIntegerField(null=True)),
                ("fiscal", models.BigIntegerField(null=True)),
                ("bond", models.BigIntegerField(null=True)),
                ("loan", models.BigIntegerField(null=True)),
                ("own", models.BigIntegerField(null=True)),
                ("foreign_money", models.BigIntegerField(null=True)),
                ("site", models.CharField(blank=True, max_length=40)),
                ("start_planned", models.DateField(null=True)),
                ("start_actual", models.DateField(null=True)),
                ("completion_planned", models.DateField(null=True)),
                ("completion_actual", models.DateField(null=True)),
                ("is_eligible", models.BooleanField(default=True)),
                ("done_before", models.BigIntegerField(default=0)),
                ("paid_before", models.BigIntegerField(default=0)),
                ("opened_on", models.DateField()),
                ("entered_as", models.CharField(blank=True, max_length=30)),
                ("origin_cell", models.CharField(blank=True, max_length=80)),
                (
                    "lead_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
                (
                    "origin_file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_files.keptfile",
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file",
                        to="luodi_register.project",
                    ),
                ),
                (
                    "responsible_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_file",
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("year", models.IntegerField()),
                ("version", models.IntegerField()),
                ("annual", models.BigIntegerField()),
                ("january", models.BigIntegerField()),
                ("february", models.BigIntegerField()),
                ("march", models.BigIntegerField()),
                ("april", models.BigIntegerField()),
                ("may", models.BigIntegerField()),
                ("june", models.BigIntegerField()),
                ("july", models.BigIntegerField()),
                ("august", models.BigIntegerField()),
                ("september", models.BigIntegerField()),
                ("october", models.BigIntegerField()),
                ("november", models.BigIntegerField()),
                ("december", models.BigIntegerField()),
                ("from_day", models.DateField()),
                ("paper", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="luodi_projects.projectfile",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_plan_version",
            },
        ),
        migrations.CreateModel(
            name="LibraryEntry",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                (
                    "meaning",
                    models.CharField(
                        choices=[
                            ("planning", "进谋划储备库"),
                            ("provincial", "列入省重点名单"),
                            ("statistical", "统计入库（纳统）"),
                        ],
                        max_length=12,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("paper", models.CharField(max_length=200)),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="libraries",
                        to="luodi_projects.projectfile",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_library_entry",
            },
        ),
        migrations.CreateModel(
            name="StageMove",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("from_stage", models.CharField(max_length=20)),
                ("to_stage", models.CharField(max_length=20)),
                ("kind", models.CharField(max_length=10)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(null=True)),
                ("needs_signature", models.BooleanField(default=False)),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="luodi_projects.projectfile",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_stage_move",
            },
        ),
        migrations.CreateModel(
            name="GateEvidence",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("gate", models.CharField(max_length=20)),
                ("paper", models.CharField(blank=True, max_length=200)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_files.keptfile",
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="luodi_projects.stagemove",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_gate_evidence",
            },
        ),
        migrations.AddIndex(
            model_name="projectfile",
            index=models.Index(fields=["stage"], name="luodi_project_stage"),
        ),
        migrations.AlterUniqueTogether(
            name="planversion",
            unique_together={("file", "year", "version")},
        ),
    ]
