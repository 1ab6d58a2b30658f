"""The serving child: granian with one worker and four threads. Started by ``up``; killed, it is started again."""

from __future__ import annotations

import os
import sys

from luodi.website.parenthood import end_with_parent

THREADS = 4


def main(host: str, port: int) -> None:
    """Serve until told to end."""
    end_with_parent()
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces

    from luodi.website.configuration import Configuration

    data = Configuration.from_environment().data
    Granian(
        "luodi.website.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
        static_path_route=["/static"],
        static_path_mount=[data / "static"],
        static_path_expires=3600,
    ).serve()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.website.settings")
    main(sys.argv[1], int(sys.argv[2]))
