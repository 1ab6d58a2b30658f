"""Titles that are there already come into the search index."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def index_titles(_apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Those of every case."""
    from luodi.kernel.ids import CASE
    from luodi.kernel.search import index

    index.rebuild([CASE])


class Migration(migrations.Migration):
    dependencies = [
        ("luodi_cases", "0005_reckoned_rates"),
        ("luodi_search", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(index_titles, migrations.RunPython.noop),
    ]
