"""Keys of secrets lay bare beside what they close; from now on each is sealed under the district's, which is not in here."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations


def _seal(_apps: Any, editor: Any) -> None:
    from luodi.kernel.ledger.bare_keys import seal_bare_keys

    seal_bare_keys(editor.connection, Path(settings.DATA))


class Migration(migrations.Migration):
    dependencies = [("luodi_ledger", "0001_initial")]

    operations = [migrations.RunPython(_seal, migrations.RunPython.noop)]
