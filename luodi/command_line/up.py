"""``up`` and ``prepare``: a district from nothing, served."""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path
from types import FrameType

from luodi.command_line.outputs import flush, put
from luodi.command_line.said import say

_ONE_TIME = "这个网址里有开通码，只能用一次，请不要转给别人。"


def run_prepare(options: argparse.Namespace) -> int:
    """Make the district, or bring it up to date; serve nothing."""
    from luodi.website.claim import claimed
    from luodi.website.opening import set_up

    data = set_up(options.data, make=True)
    with claimed(data):
        _prepare(data, options.empty, options.size or 0)
        way = _founding_way()
    say(f"已就绪：{data}")
    if way:
        say(f"还没有开通。先用 bin/luodi up --data {data} 启动，再打开它的网址加上 {way}")
        say(_ONE_TIME)
    return 0


def run_up(options: argparse.Namespace) -> int:
    """Make the district where there is none, serve it, print its address, stay until told to end."""
    from luodi.website.claim import claimed
    from luodi.website.opening import set_up

    data = set_up(options.data, make=True)
    with claimed(data) as claim:
        from luodi.website.ports import choose

        port = choose(options.host, options.port)
        _prepare(data, options.empty)
        way = _founding_way()
        _warn_of_clock()
        ended = _Ended()
        from luodi.website.family import Family, data_variables

        os.environ.update(data_variables(data))
        family = Family(options.host, port)
        try:
            family.start()
            address = _address(options.host, port)
            claim.write(address)
            put(f"{address}\n".encode())
            flush()
            say("用浏览器打开上面的网址；按 Ctrl-C 停下。")
            if way:
                say(f"还没有开通。开通请打开 {address.rstrip('/')}{way}")
                say(_ONE_TIME)
            family.keep(say, lambda: ended.is_set)
        finally:
            family.end()
    say("已停下。")
    return 0


def _founding_way() -> str:
    """Where a district is founded, below the site's address; empty where that was done or no desk is served."""
    from django.conf import settings
    from django.db import connection

    from luodi.desk.first_hour.setup_code import founding_address
    from luodi.kernel.register.lookups import district

    is_to_be_founded = district() is None and "desk" in settings.CONFIGURATION.surfaces
    connection.close()
    return founding_address() if is_to_be_founded else ""


class _Ended:
    """Ctrl-C or kill: ends the waiting, so that the children are ended in order."""

    def __init__(self) -> None:
        self.is_set = False
        signal.signal(signal.SIGTERM, self._note)
        signal.signal(signal.SIGINT, self._note)

    def _note(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_set = True


def _prepare(data: Path, empty: bool, size: int = 0) -> None:
    from django.db import connection

    from luodi.website.birth import prepare
    from luodi.website.statics import gather

    prepare(data, empty=empty, say=say, size=size)
    gather(data)
    connection.close()


def _warn_of_clock() -> None:
    from django.db import connection

    from luodi.kernel.ledger.set_back import warning

    if told := warning():
        say(f"luodi: {told}")
    connection.close()


def _address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{shown}:{port}/"
