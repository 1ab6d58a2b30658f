"""The first form of the rows of commitments."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first form of the rows of commitments."""

    initial = True

    dependencies = [
        ("luodi_documents", "0001_initial"),
        ("luodi_files", "0001_initial"),
        ("luodi_register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=300)),
                ("topic", models.CharField(blank=True, max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "推进中"),
                            ("claimed", "报完成，未核实"),
                            ("kept", "已核实兑现"),
                            ("dropped", "不再办"),
                            ("merged", "已并入"),
                            ("carried", "已结转"),
                            ("undone", "采纳已撤回"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateField()),
                ("adopted_on", models.DateField()),
                ("prior_state", models.CharField(blank=True, max_length=10)),
                ("prior_since", models.DateField(null=True)),
                ("year", models.IntegerField(null=True)),
                ("number", models.CharField(blank=True, max_length=30)),
                ("reason", models.TextField(blank=True, null=True)),
                ("origin_cell", models.CharField(blank=True, max_length=80)),
                (
                    "carried_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_commitments.commitment",
                    ),
                ),
                (
                    "lead_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="luodi_register.unit",
                    ),
                ),
                (
                    "leader_post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="luodi_register.post",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_commitments.commitment",
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
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="luodi_register.place",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="luodi_register.project",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_commitments_commitment",
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("subject", models.CharField(db_index=True, max_length=14)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待答复"), ("answered", "已答复")], default="open", max_length=10
                    ),
                ),
                ("text", models.TextField(null=True)),
                ("answer", models.TextField(blank=True, null=True)),
                ("answered_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "luodi_commitments_objection",
            },
        ),
        migrations.CreateModel(
            name="CoUnit",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("until", models.DateField(null=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="co_units",
                        to="luodi_commitments.commitment",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_commitments_co_unit",
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("progress", "进展"), ("done", "报完成")], max_length=10)),
                ("number", models.CharField(blank=True, max_length=40)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("as_of", models.DateField()),
                ("at", models.DateTimeField()),
                ("note", models.TextField(blank=True, null=True)),
                ("sort", models.FloatField(null=True)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="luodi_commitments.commitment",
                    ),
                ),
                (
                    "evidence",
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
                (
                    "unit_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_commitments_report",
            },
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("made", "作出"),
                            ("repeats", "重申"),
                            ("claims", "称已完成"),
                            ("changes", "改口"),
                            ("evidence", "佐证"),
                            ("silent", "不再提"),
                        ],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField()),
                ("undone", models.BooleanField(default=False)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="luodi_commitments.commitment",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_documents.source",
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="luodi_documents.statementkey",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_commitments_said",
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                ("version", models.IntegerField()),
                ("number", models.CharField(blank=True, max_length=40)),
                ("unit", models.CharField(blank=True, max_length=20)),
                ("approx", models.CharField(blank=True, max_length=10)),
                ("basis", models.CharField(blank=True, max_length=60)),
                ("due_since", models.DateField(null=True)),
                ("due_until", models.DateField(null=True)),
                ("due_precision", models.CharField(blank=True, max_length=10)),
                ("wording", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("adopted", "采纳"), ("changed", "改过"), ("corrected", "更正")],
                        default="adopted",
                        max_length=10,
                    ),
                ),
                ("from_day", models.DateField()),
                ("reason", models.TextField(blank=True, null=True)),
                ("sort", models.FloatField(null=True)),
                (
                    "adopting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_documents.statementkey",
                    ),
                ),
                (
                    "adopting_source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_documents.source",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="luodi_commitments.commitment",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_commitments_target",
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.CharField(editable=False, max_length=14, primary_key=True, serialize=False)),
                (
                    "verdict",
                    models.CharField(choices=[("verified", "核实"), ("sent_back", "退回")], max_length=10),
                ),
                ("number", models.CharField(blank=True, max_length=40)),
                ("as_of", models.DateField()),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True, null=True)),
                (
                    "evidence",
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
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="luodi_commitments.report",
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
            ],
            options={
                "db_table": "luodi_commitments_verification",
            },
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["state", "lead_unit"], name="luodi_commi_state_fdc718_idx"),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["topic"], name="luodi_commi_topic_99b0e9_idx"),
        ),
        migrations.AlterUniqueTogether(
            name="target",
            unique_together={("commitment", "version")},
        ),
    ]
