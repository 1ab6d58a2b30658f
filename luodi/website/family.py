"""The parent of ``up``: starts the serving and the working child, starts anew whichever dies, ends both when it is told to."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from luodi.kernel.refusal import Refusal
from luodi.website.parenthood import PARENT

LONGEST_START = 60.0  # seconds
PATIENCE = 10.0  # seconds a child gets to end by itself
FASTEST_RESTART = 1.0
_LOOK_EVERY = 0.2


@dataclass
class Child:
    """One child, kept alive."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = field(default=0.0)

    def start(self) -> None:
        """Start it, now."""
        self.started = time.monotonic()
        environment = {**os.environ, PARENT: str(os.getpid())}
        command = [sys.executable, "-I", "-X", "utf8", "-m", *self.arguments]
        # a session of its own: Ctrl-C on the terminal reaches the parent, which ends its children in order
        self.process = subprocess.Popen(  # noqa: S603 (our own module)
            command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, start_new_session=True
        )

    def look(self, say: Callable[[str], None]) -> None:
        """Start it anew where it has died; not faster than once a second."""
        if self.process is None or self.process.poll() is None:
            return
        if time.monotonic() - self.started < FASTEST_RESTART:
            return
        self.deaths += 1
        say(f"{self.name}进程停了（{_why(self.process.returncode)}），已重新启动。(restarted)")
        self.start()

    def end(self) -> None:
        """End it: asked first, killed where it will not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Family:
    """Both children of one address."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.children = [
            Child("网页服务", ["luodi.website.serve", host, str(port)]),
            Child("后台工作", ["luodi.website.worker"]),
        ]

    def start(self) -> None:
        """Start both and wait until the pages answer. Raises ``Refusal`` where they do not."""
        for child in self.children:
            child.start()
        until = time.monotonic() + LONGEST_START
        while not self.answers():
            server = self.children[0].process
            has_died = server is not None and server.poll() is not None
            if has_died or time.monotonic() > until:
                self.end()
                raise Refusal(
                    "not-serving", "网页服务没有起来，原因见上面几行。请执行 bin/luodi doctor 查一查。"
                )
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether a page comes, whatever its status."""
        here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        asked = http.client.HTTPConnection(here, self.port, timeout=10)
        try:
            asked.request("GET", "/log/key")
            asked.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()
        return True

    def keep(self, say: Callable[[str], None], ended: Callable[[], bool]) -> None:
        """Look after them until ``ended``."""
        while not ended():
            for child in self.children:
                child.look(say)
            time.sleep(_LOOK_EVERY)

    def end(self) -> None:
        """End both; the pages first, so that nothing is begun that the worker would have to finish."""
        for child in self.children:
            child.end()


def _why(code: int | None) -> str:
    return f"信号 {-code}" if code is not None and code < 0 else f"退出码 {code}"


def data_variables(data: Path) -> dict[str, str]:
    """What children must find in their environment."""
    return {"LUODI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "luodi.website.settings"}
