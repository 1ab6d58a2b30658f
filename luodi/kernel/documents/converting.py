"""Old Word and WPS documents made new by LibreOffice, where this machine has it: in a folder of its own, for a bounded time.

The program gets an empty profile that runs no macros and follows no links, no proxy it could reach anything through, and is
ended with all it started when its time is over. Without the program there is no converter, and such documents are refused.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from luodi.reading.refusals import Refused

SECONDS = 90
LARGEST_RESULT = 64_000_000
_PROGRAMS = ("soffice", "libreoffice")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOWHERE = "http://127.0.0.1:9"
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


def converter(seconds: float = SECONDS) -> Callable[[bytes], bytes] | None:
    """What makes a .docx of an old document; ``None`` where the program is not installed."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return None
    return lambda raw: _convert(program, raw, seconds)


def converter_for(raw: bytes) -> Callable[[bytes], bytes] | None:
    """As ``converter``, but only for bytes that may need it: nobody looks for the program for every page."""
    return converter() if raw.startswith(_OLE) else None


def _convert(program: str, raw: bytes, seconds: float) -> bytes:
    """Raises ``Refused``: ``not-converted``."""
    with tempfile.TemporaryDirectory(prefix="luodi-old-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        profile = scratch / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
        given = scratch / "given.doc"
        given.write_bytes(raw)
        _run(program, scratch, seconds)
        made = scratch / "made" / "given.docx"
        if not made.is_file() or made.is_symlink() or not 0 < made.stat().st_size <= LARGEST_RESULT:
            raise _not_converted("没有转换成功")
        return made.read_bytes()


def _run(program: str, scratch: Path, seconds: float) -> None:
    command = [
        *(program, "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        f"-env:UserInstallation={(scratch / 'profile').as_uri()}",
        *("--convert-to", "docx", "--outdir", str(scratch / "made"), str(scratch / "given.doc")),
    ]
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ},
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOWHERE),
    }
    process = subprocess.Popen(  # noqa: S603 (a program found on the path, its arguments ours)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=scratch,
        env=environment,
        start_new_session=True,
        preexec_fn=_bounded,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise _not_converted(f"{seconds:.0f}秒没有转换完") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # whatever it started, too
        process.wait()


def _profile() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    space = 'xmlns:oor="http://openoffice.org/2001/registry"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {space}>{items}</oor:items>\n'


def _bounded() -> None:
    """Inside the new process: no file larger than a result may be."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_RESULT, LARGEST_RESULT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _not_converted(why: str) -> Refused:
    return Refused(
        "not-converted", f"这是旧格式的文档（.doc、.wps），{why}。请在 Word 或 WPS 里另存为 .docx 后再读。"
    )
