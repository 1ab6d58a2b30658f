"""Months reported and quoted, links to fill in, leaders, visits and judgements."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_projects", "0001_initial"),
        ("luodi_cases", "0003_merged_into"),
        ("luodi_files", "0002_photos"),
        ("luodi_register", "0002_unit_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="LeaderAssignment",
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
                        to="luodi_projects.leaderassignment",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_projects",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaders",
                        to="luodi_projects.projectfile",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_leader",
            },
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("start", "没有按期开工"),
                            ("statistics", "没有纳统"),
                            ("figures", "数字超出常理"),
                        ],
                        max_length=12,
                    ),
                ),
                ("month", models.DateField()),
                ("text", models.TextField(null=True)),
                ("at", models.DateTimeField()),
                ("accepted", models.BooleanField(null=True)),
                ("judged_at", models.DateTimeField(null=True)),
                (
                    "judged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="luodi_projects.projectfile",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_explanation",
            },
        ),
        migrations.CreateModel(
            name="ConfidenceReview",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("rating", models.CharField(max_length=10)),
                ("reason", models.TextField(null=True)),
                ("on", models.DateField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "unit_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confidence",
                        to="luodi_projects.projectfile",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_confidence",
            },
        ),
        migrations.CreateModel(
            name="ReportingLink",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("month", models.DateField()),
                (
                    "side",
                    models.CharField(choices=[("filler", "填报人"), ("head", "单位负责人")], max_length=6),
                ),
                ("contact", models.CharField(max_length=60, null=True)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reporting_links",
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
            ],
            options={
                "db_table": "luodi_projects_reporting_link",
            },
        ),
        migrations.CreateModel(
            name="MonthlyReport",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("version", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("filled", "等单位负责人签字"), ("signed", "已签"), ("sent_back", "已退回")],
                        max_length=10,
                    ),
                ),
                ("done", models.BigIntegerField()),
                ("paid", models.BigIntegerField(null=True)),
                ("physical_percent", models.IntegerField()),
                ("physical_text", models.TextField(null=True)),
                ("as_of", models.DateField()),
                ("reason", models.TextField(null=True)),
                ("filled_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "filler_post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "head_post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="luodi_projects.projectfile",
                    ),
                ),
                (
                    "filler_link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_projects.reportinglink",
                    ),
                ),
                (
                    "head_link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_projects.reportinglink",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_monthly_report",
            },
        ),
        migrations.CreateModel(
            name="ReportPhoto",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("caption", models.CharField(max_length=100, null=True)),
                ("taken_on", models.DateField(null=True)),
                ("point", models.CharField(max_length=40, null=True)),
                ("by_hand", models.BooleanField(default=False)),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_files.keptfile",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="luodi_projects.monthlyreport",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_report_photo",
            },
        ),
        migrations.CreateModel(
            name="StatisticalFigure",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("amount", models.BigIntegerField()),
                ("as_of", models.DateField()),
                ("paper", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statistics",
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
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_files.keptfile",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_projects_statistical_figure",
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("made_on", models.DateField()),
                ("is_working", models.BooleanField()),
                ("found", models.TextField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="luodi_projects.projectfile",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_files.keptfile",
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
            ],
            options={
                "db_table": "luodi_projects_visit",
            },
        ),
        migrations.AddIndex(
            model_name="monthlyreport",
            index=models.Index(fields=["month", "state"], name="luodi_project_month"),
        ),
        migrations.AlterUniqueTogether(
            name="monthlyreport",
            unique_together={("file", "month", "version")},
        ),
    ]
