"""The commands that work on a district, and their options."""

from __future__ import annotations

import argparse
from pathlib import Path

from luodi.command_line.usage import Parser

Commands = argparse._SubParsersAction  # the only name argparse has for it


def add_district_commands(commands: Commands[Parser]) -> None:
    """Put them behind those that need no district."""
    _add_up(commands)
    _add_prepare(commands)
    _add_intake(commands)
    _add_verify(commands)
    _add_backup(commands)
    _add_restore(commands)
    _add_move(commands)
    _add_doctor(commands)
    _add_keys(commands)


def _command(commands: Commands[Parser], name: str, description: str, more: str = "") -> Parser:
    made = commands.add_parser(
        name, help=description, description=f"{description}。{more}", prog=f"bin/luodi {name}"
    )
    made.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        help="区县的数据文件夹；不给则用环境变量 LUODI_DATA，再没有就是落地文件夹里的 data",
    )
    return made


def _add_empty(command: argparse._ActionsContainer) -> None:
    command.add_argument("--empty", action="store_true", help="建一个空的正式区县，不装演示区")


def _add_up(commands: Commands[Parser]) -> None:
    up = _command(
        commands,
        "up",
        "启动：没有区县就先建一个演示区，打印一个网址，一直服务到 Ctrl-C",
        "数据是旧版本的，先备份再升级。只在本机可见，除非给了 --host。",
    )
    up.add_argument("--host", metavar="HOST", default="127.0.0.1", help="在哪个地址上听；给全网用写 0.0.0.0")
    up.add_argument(
        "--port", metavar="PORT", type=_port, help="端口；不给则用 8000，被占用就用后面第一个空着的"
    )
    _add_empty(up)


def _add_prepare(commands: Commands[Parser]) -> None:
    prepare = _command(
        commands, "prepare", "只建区县、升级数据、收集静态文件，不启动服务", "已经建好的不会动。"
    )
    kind = prepare.add_mutually_exclusive_group()
    _add_empty(kind)
    kind.add_argument(
        "--size",
        metavar="N",
        type=_size,
        help="演示区至少要有N件承诺，供试负载：把演示的三年换上别的地名和数字再过几遍",
    )


def _add_intake(commands: Commands[Parser]) -> None:
    intake = _command(
        commands,
        "intake",
        "把文件或文件夹收进区县：留存原件，读出条目，等人复核",
        "收过的同一份不会再收一次；收不了的各报一行原因，其余照收。",
    )
    intake.add_argument(
        "paths", metavar="PATH", nargs="+", type=Path, help="文件或文件夹，可多个；- 为标准输入"
    )


def _add_verify(commands: Commands[Parser]) -> None:
    verify = _command(
        commands,
        "verify",
        "核验整个区县有没有被改动过；给了 FILE 则离线核验一份证明文件",
        "查出改动退出码为 1，查不了为 3。",
    )
    verify.add_argument("file", metavar="FILE", nargs="?", type=Path, help="从承诺页下载的证明文件")
    verify.add_argument(
        "--since", metavar="CHECKPOINT", type=Path, help="早先另存的检查点文件：日志必须是从它接着写的"
    )
    verify.add_argument(
        "--key", metavar="KEY", help="事先存下的公钥，或存着它的文件；不给则用数据文件夹里自己的那一把"
    )


def _add_backup(commands: Commands[Parser]) -> None:
    backup = _command(
        commands,
        "backup",
        "备份到一个文件，不必停服务",
        "含数据库、留存的原件和日志，不含密钥：密钥请另存。",
    )
    backup.add_argument("file", metavar="FILE", type=Path, help="备份文件，已有的不覆盖")


def _add_restore(commands: Commands[Parser]) -> None:
    restore = _command(
        commands,
        "restore",
        "从备份文件恢复，随后核验",
        "文件夹里已有区县时，原来的整个移到一旁，不删；依法删除过的个人信息会再删一次。",
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="备份文件")


def _add_move(commands: Commands[Parser]) -> None:
    move = _command(
        commands,
        "move",
        "把区县从 SQLite 搬到一个空的 PostgreSQL 数据库，并证明两边一样",
        "要先停下服务；原来的数据库改名留着。",
    )
    move.add_argument(
        "--to",
        metavar="URL",
        dest="target",
        required=True,
        help="postgresql://用户:密码@主机:端口/库名，数据库要先建好、是空的",
    )


def _add_doctor(commands: Commands[Parser]) -> None:
    doctor = _command(commands, "doctor", "检查这套安装：版本、磁盘、权限、数据库设置、时钟、密钥、遗留文件")
    doctor.add_argument("--mend", action="store_true", help="补上缺的触发器，删去中断时留下的半截文件")


def _add_keys(commands: Commands[Parser]) -> None:
    keys = _command(
        commands,
        "keys",
        "列出给个人信息加密的密钥：编号、有多少处用它、现在用哪一把",
        "密钥在数据文件夹的 keys/fields.key 里，不进备份。服务不用停。缺了密钥退出码为 1。",
    )
    act = keys.add_mutually_exclusive_group()
    act.add_argument("--add", action="store_true", help="加一把新的，从现在起用它加密；旧的照样打得开")
    act.add_argument(
        "--reseal", action="store_true", help="把以前加密的全部换成用最新的一把；可以中断，再做接着来"
    )
    act.add_argument(
        "--take-in", metavar="FILE", type=Path, help="把另存的 fields.key 里的密钥取回来，放在已有的旁边"
    )


def _size(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:8]) <= 1_000_000):
        raise argparse.ArgumentTypeError(f"得到“{value}”，应为 1 至 1000000 的整数")
    return int(value)


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:6]) <= 65_535):
        raise argparse.ArgumentTypeError(f"得到“{value}”，应为 1 至 65535 的整数")
    return int(value)
