"""The entries, and beside them what finds words in them: a full-text table on SQLite, a column and its index on PostgreSQL."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from luodi.kernel.search import postgresql, sqlite

BACKENDS = {"sqlite": sqlite, "postgresql": postgresql}


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001  # Django gives both
    """Make the part of the index that Django's models do not describe."""
    BACKENDS[editor.connection.vendor].create(editor)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001  # Django gives both
    """Take it away."""
    BACKENDS[editor.connection.vendor].drop(editor)


class Migration(migrations.Migration):
    """The first form of the index."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject", models.CharField(db_index=True, max_length=14)),
                ("kind", models.CharField(db_index=True, max_length=1)),
                ("start", models.IntegerField(default=0)),
                ("text", models.TextField()),
                ("is_public", models.BooleanField(default=False)),
            ],
            options={"db_table": "luodi_search_entry"},
        ),
        migrations.RunPython(create, drop),
    ]
