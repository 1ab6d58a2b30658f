"""The derived table of the board."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The derived table of the board."""

    dependencies = [
        ("luodi_commitments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "commitment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="luodi_commitments.commitment",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=20)),
                ("year", models.IntegerField(null=True)),
                ("state", models.CharField(max_length=10)),
                ("state_since", models.DateField()),
                ("has_number", models.BooleanField()),
                ("start", models.DateField()),
                ("due_until", models.DateField(null=True)),
                ("due_order", models.IntegerField()),
                ("share", models.CharField(blank=True, max_length=40)),
                ("reported_on", models.DateField(null=True)),
                ("verified_on", models.DateField(null=True)),
                ("news_on", models.DateField()),
                ("changed", models.BooleanField()),
                ("gone", models.BooleanField()),
                ("late", models.BooleanField()),
                (
                    "board",
                    models.CharField(
                        choices=[
                            ("kept", "已核实兑现"),
                            ("claimed", "报完成，未核实"),
                            ("going", "推进中"),
                            ("overdue", "已逾期"),
                            ("vague", "无法判断"),
                            ("dropped", "不再办"),
                            ("merged", "已并入"),
                            ("carried", "已结转"),
                            ("undone", "采纳已撤回"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "light",
                    models.CharField(
                        choices=[("red", "红灯"), ("amber", "黄灯"), ("green", "绿灯"), ("paused", "停表")],
                        max_length=6,
                    ),
                ),
                ("rule", models.CharField(max_length=30)),
                ("worst", models.IntegerField()),
                (
                    "lead_unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.unit",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="luodi_register.place",
                    ),
                ),
            ],
            options={
                "db_table": "luodi_commitments_standing",
            },
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["lead_unit", "board", "changed", "gone", "late", "news_on"],
                name="luodi_stand_by_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["place", "board", "changed", "gone", "late", "news_on"], name="luodi_stand_by_place"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["topic", "board", "changed", "gone", "late", "news_on"], name="luodi_stand_by_topic"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["year", "board", "changed", "gone", "late", "news_on"], name="luodi_stand_by_year"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["board", "changed", "gone", "late", "news_on"], name="luodi_stand_by_board"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["worst", "due_order", "commitment"], name="luodi_stand_worst"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["board", "worst", "due_order", "commitment"], name="luodi_stand_state_worst"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["lead_unit", "worst", "due_order", "commitment"], name="luodi_stand_unit_worst"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["topic", "worst", "due_order", "commitment"], name="luodi_stand_topic_worst"
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                condition=models.Q(("changed", True)),
                fields=["worst", "due_order", "commitment"],
                name="luodi_stand_changed",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                condition=models.Q(("gone", True)),
                fields=["worst", "due_order", "commitment"],
                name="luodi_stand_gone",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["news_on", "commitment"], name="luodi_stand_news"),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["due_order", "commitment"], name="luodi_stand_due"),
        ),
    ]
