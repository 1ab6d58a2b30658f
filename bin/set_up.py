"""Puts the packages of a lock file into an environment folder: once, whole, and one process at a time.

Called by setup.sh with a bare Python 3.11 to 3.13 that has pip; uses the standard library only. stdout stays empty (it
belongs to the command the person typed), stdin is left alone (it belongs to that command too).

    python3.11 bin/set_up.py HOME LOCK ENVIRONMENT

Invariants: ``ENVIRONMENT/.lock`` equals the lock file exactly when the environment is complete, since it is removed
before the first change and written after the last; an environment without it is made anew. The lock on
``.tools/setup.lock`` is handed to the child processes, so an installer that outlives us still keeps others out.
"""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

try:
    import fcntl
except ImportError:  # no such lock outside Unix; two first runs at once are then on their own
    fcntl = None  # type: ignore[assignment]

CANNOT_TELL = 3  # the exit code of a command that could not begin


class SetUpFailed(Exception):  # noqa: N818 (an answer to the person, like Refused)
    """Set-up cannot be finished; ``code`` for machines, ``message`` says in Chinese what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def say(message: str) -> None:
    print(f"luodi: {message}", file=sys.stderr, flush=True)


def is_complete(lock: Path, environment: Path) -> bool:
    """Whether ``environment`` holds what ``lock`` names and its Python still starts."""
    mark = environment / ".lock"
    python = environment / "bin" / "python"
    try:
        return mark.read_bytes() == lock.read_bytes() and os.access(python, os.X_OK)
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def alone(tools: Path) -> Iterator[int]:
    """Hold the set-up lock; yields its descriptor, to be handed to children."""
    descriptor = os.open(tools / "setup.lock", os.O_CREAT | os.O_RDWR, 0o666)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("另一个进程正在安装，等待其完成… waiting for another set-up")
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            except OSError as error:  # some network disks cannot lock: better to go on than to refuse
                if error.errno not in (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL):
                    raise
        yield descriptor
    finally:
        os.close(descriptor)


def run(command: Sequence[str | Path], held: int, settings: dict[str, str], attempts: int = 1) -> bool:
    """Run an installer with its output on stderr, again where it fails and ``attempts`` are left."""
    for attempt in range(attempts):
        if attempt:
            time.sleep(2 * attempt)
        finished = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            env={**os.environ, **settings},
            pass_fds=(held,),
            check=False,
        )
        if finished.returncode == 0:
            return True
    return False


def pip_settings() -> str:
    """pip's own list of its settings, one a line: files, and the environment as ``:env:``."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    ).stdout


def in_words_of_uv(listing: str) -> dict[str, str]:
    """What pip was told about where packages are, for uv, which does not read pip's settings.

    A person who has set a mirror, a folder of wheels or a certificate for pip has set it for Luodi too. Anything
    already said to uv in its own words wins.
    """
    told: dict[str, str] = {}
    for section in ("global", "install", ":env:"):  # the later one wins, as in pip
        for line in listing.splitlines():
            name, _, value = line.partition("=")
            if name.startswith(section + "."):
                told[name.removeprefix(section + ".")] = value.strip().strip("'\"").replace("\\n", " ")
    asked: dict[str, str] = {}
    if "index-url" in told:
        asked["UV_DEFAULT_INDEX"] = told["index-url"]
    if "extra-index-url" in told:
        asked["UV_INDEX"] = " ".join(told["extra-index-url"].split())
        # pip looks in all indexes; every file is checked against its hash, so any of them may serve it
        asked["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if "find-links" in told:
        asked["UV_FIND_LINKS"] = ",".join(told["find-links"].split())
    if "trusted-host" in told:
        asked["UV_INSECURE_HOST"] = " ".join(told["trusted-host"].split())
    if "cert" in told:
        asked["SSL_CERT_FILE"] = told["cert"]
    if "proxy" in told:
        asked["ALL_PROXY"] = told["proxy"]
    if told.get("no-index", "").lower() in ("1", "true", "yes", "on"):
        asked["UV_OFFLINE"] = "1"
    return {name: value for name, value in asked.items() if not os.environ.get(name)}


def install_tools(home: Path, held: int) -> Path:
    """The pinned installer in ``.tools``, fetched by pip beside the system rather than into it."""
    lock, tools = home / "requirements.tools.lock", home / ".tools"
    installer = tools / "bin" / "uv"
    mark = tools / ".lock"
    if os.access(installer, os.X_OK) and mark.is_file() and mark.read_bytes() == lock.read_bytes():
        return installer
    if subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
    ).returncode:
        raise SetUpFailed("no-pip", f"{sys.executable} 没有 pip。请安装 python3-pip 后重试。")
    mark.unlink(missing_ok=True)
    options = "-q --no-input --disable-pip-version-check --root-user-action=ignore --no-deps --require-hashes"
    options += " --only-binary=:all: --upgrade"
    fetched = run(
        [sys.executable, "-m", "pip", "install", *options.split(), "--target", tools, "-r", lock],
        held,
        {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"},  # a person's habits that do not go with --target
        attempts=2,
    )
    if not fetched:
        raise SetUpFailed("setup-failed", "安装失败：pip 无法取得安装工具。请检查网络或软件源设置后重试。")
    mark.write_bytes(lock.read_bytes())
    return installer


def make_environment(home: Path, lock: Path, environment: Path, installer: Path, held: int) -> None:
    """Bring ``environment`` to exactly what ``lock`` names."""
    settings = {
        **in_words_of_uv(pip_settings()),
        "UV_PYTHON_DOWNLOADS": "never",
        # a cache that others write to must not be able to change us
        "UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy"),
    }
    if not os.access(Path.home(), os.W_OK) and not os.environ.get("UV_CACHE_DIR"):
        settings["UV_CACHE_DIR"] = str(home / ".tools" / "cache")
    mark = environment / ".lock"
    was_complete = mark.is_file() and os.access(environment / "bin" / "python", os.X_OK)
    mark.unlink(missing_ok=True)
    if not was_complete:  # never made, interrupted, or its Python is gone
        made = run(
            [installer, "venv", "-q", "--no-project", "--clear", "--python", sys.executable, environment],
            held,
            settings,
        )
        if not made:
            raise SetUpFailed("setup-failed", f"安装失败：无法在 {environment} 建立运行环境，原因见上。")
    python = environment / "bin" / "python"
    options = ("-q", "--require-hashes", "--only-binary", ":all:", "--python", str(python))
    command = [str(installer), "pip", "sync", *options, str(lock)]
    if not run(command, held, settings, attempts=2):
        raise SetUpFailed("setup-failed", "安装失败：依赖未能全部取得。请检查网络或软件源设置后重试。")
    for site_packages in environment.glob("lib/python*/site-packages"):
        # relative to that folder, so that the whole checkout may be moved
        (site_packages / "luodi.pth").write_text("../" * len(site_packages.relative_to(home).parts) + "\n")
    mark.write_bytes(lock.read_bytes())


def set_up(home: Path, lock: Path, environment: Path) -> None:
    tools = home / ".tools"
    try:
        tools.mkdir(exist_ok=True)
        with alone(tools) as held:
            if is_complete(lock, environment):
                return  # another process did it while we waited
            began = time.monotonic()
            say("首次运行或依赖有变，正在安装（约十秒）… setting up, once")
            make_environment(home, lock, environment, install_tools(home, held), held)
            say(f"安装完成，用时 {time.monotonic() - began:.0f} 秒。done")
    except OSError as error:
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise SetUpFailed(
                "read-only",
                f"首次运行需要在 {home} 写入 .tools 与 {environment.name}，但该处不可写。"
                "请改用可写的副本，或由有权限的用户先运行一次。",
            ) from error
        if error.errno == errno.ENOSPC:
            raise SetUpFailed(
                "disk-full", f"{home} 所在磁盘已满，安装未完成。请腾出约 300 MB 后重试。"
            ) from error
        raise


def main(arguments: list[str]) -> int:
    home, lock, environment = (Path(argument) for argument in arguments)
    try:
        set_up(home, home / lock, home / environment)
    except SetUpFailed as failure:
        say(f"{failure.message} ({failure.code})")
        return CANNOT_TELL
    except KeyboardInterrupt:
        say("安装已中断；下次运行会重新安装。(interrupted)")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
