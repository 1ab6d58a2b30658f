"""Finding a port to listen on."""

from __future__ import annotations

import errno
import socket

from luodi.kernel.refusal import Refusal

USUAL = 8000
_TRIED = 20


def choose(host: str, wanted: int | None) -> int:
    """The wanted port; where none is wanted, 8000 or the next that is free. Raises ``Refusal``."""
    if wanted is not None:
        _try(host, wanted)
        return wanted
    for port in range(USUAL, USUAL + _TRIED):
        try:
            _try(host, port)
        except Refusal as refusal:
            if refusal.code != "port-busy":
                raise
            continue
        return port
    raise Refusal(
        "port-busy",
        f"{USUAL} 到 {USUAL + _TRIED - 1} 的端口都被占用了。请用 --port 另给一个，如 --port 9000。",
    )


def _try(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
            tried.listen(1)
        except OSError as fault:
            raise _refusal(host, port, fault) from fault


def _refusal(host: str, port: int, fault: OSError) -> Refusal:
    if fault.errno == errno.EADDRINUSE:
        return Refusal(
            "port-busy", f"端口 {port} 已被别的程序占用。请用 --port 另给一个，或不给 --port，由落地自己找。"
        )
    if fault.errno == errno.EACCES:
        return Refusal(
            "port-forbidden", f"端口 {port} 没有权限使用（1024 以下要管理员）。请用 1024 以上的端口。"
        )
    return Refusal(
        "bad-host", f"--host 得到“{host}”，不是本机的地址。只给本机用就不写 --host；给全网用写 0.0.0.0。"
    )
