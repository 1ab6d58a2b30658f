"""Lists and counts at any size: whose case a due item is, which of its items is due first, indexes for pages in order."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_FILL = (
    "UPDATE luodi_cases_due_item SET owner_id = "
    "(SELECT unit_id FROM luodi_cases_case WHERE id = luodi_cases_due_item.subject) WHERE subject LIKE 'k%'",
    "UPDATE luodi_cases_due_item SET is_first = (light <> 'paused' AND NOT EXISTS ("
    "SELECT 1 FROM luodi_cases_due_item other WHERE other.subject = luodi_cases_due_item.subject AND other.light <> 'paused' "
    "AND (other.due_at < luodi_cases_due_item.due_at "
    "OR other.due_at = luodi_cases_due_item.due_at AND other.name < luodi_cases_due_item.name))) WHERE owner_id IS NOT NULL",
)


def _fill(_apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM luodi_cases_due_item LIMIT 1")
        if cursor.fetchone() is None:
            return  # a database that is just being made
        for statement in _FILL:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_cases", "0003_merged_into"),
        ("luodi_register", "0002_unit_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="dueitem",
            name="is_first",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="dueitem",
            name="owner",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="luodi_register.unit",
            ),
        ),
        migrations.RunPython(_fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("planned_due__isnull", False)),
                fields=["planned_due", "id"],
                name="luodi_case_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("planned_due__isnull", False)),
                fields=["kind", "planned_due", "id"],
                name="luodi_case_kind_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True), ("planned_due__isnull", True)),
                fields=["id"],
                name="luodi_case_no_clock",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)),
                fields=["outcome", "id"],
                name="luodi_case_ended",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)),
                fields=["opened_on", "planned_due", "id"],
                name="luodi_case_opened",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)), fields=["id"], name="luodi_case_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(fields=["move", "case"], name="luodi_step_move"),
        ),
    ]
