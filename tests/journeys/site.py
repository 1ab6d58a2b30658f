"""A district served to a browser on this machine: a database of its own, real commits, the demonstration's clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luodi.kernel.clocks import now as clock
from tests.portal.town import TODAY


@dataclass(frozen=True)
class Site:
    """Where it is served, and what ``build`` made."""

    url: str
    made: Any
    data: Path


@contextmanager
def served(template: Any, blocker: Any, folder: Path, build: Callable[[], Any]) -> Iterator[Site]:
    """Build a district in a copy of the template and serve it until the end."""
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    before, data = template.connection.settings_dict["NAME"], settings.DATA
    offset = clock._offset
    name = template.copy()
    with blocker.unblock():
        template.point_at(name)
        settings.DATA = folder
        clock.start_from(TODAY, dt.datetime.now(dt.UTC))
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        try:
            made = build()
            template.connection.close()
            server.daemon = True
            server.start()
            server.is_ready.wait()
            if server.error:
                raise server.error
            yield Site(f"http://127.0.0.1:{server.port}", made, folder)
        finally:
            server.terminate()
            clock._offset = offset
            settings.DATA = data
            template.point_at(before)
            template.drop(name)
