"""One command run, whatever happens: an exit code, and where needed a sentence in Chinese with a code.

What the exit codes mean stands in ``options.EXIT_CODES``. Modules are imported where they are used, so that a command
loads only what it needs.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType

from luodi.command_line.options import parser as parser
from luodi.command_line.outputs import CannotWrite, abandon_stdout, flush
from luodi.kernel.refusal import Refusal

CANNOT = 3
INTERRUPTED = 130
# the module and the function of every command that needs a district
DISTRICT = {
    "up": ("up", "run_up"),
    "prepare": ("up", "run_prepare"),
    "intake": ("intake", "run_intake"),
    "verify": ("verify", "run_verify"),
    "backup": ("backup", "run_backup"),
    "restore": ("backup", "run_restore"),
    "move": ("backup", "run_move"),
    "doctor": ("doctor", "run_doctor"),
    "keys": ("keys", "run_keys"),
}
ENDED = 128 + signal.SIGTERM


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    signal.signal(signal.SIGTERM, _end)
    try:
        code = _run(parser().parse_args(argv))
        flush()
    except SystemExit as ended:  # argparse, after help or a complaint; or we were told to end
        return _leave(ended.code if isinstance(ended.code, int) else CANNOT)
    except Refusal as refusal:
        abandon_stdout()
        print(f"luodi: {refusal.message}({refusal.code})", file=sys.stderr)
        return CANNOT
    except BrokenPipeError:
        # the reader of our output went away (… | head): not a fault
        abandon_stdout()
        return 0
    except CannotWrite as fault:
        abandon_stdout()
        print(f"luodi: {fault}", file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        abandon_stdout()
        print("\nluodi: 已中断，没有写完的结果不保留。(interrupted)", file=sys.stderr)
        return INTERRUPTED
    except Exception as fault:  # our own fault; said with its place instead of a page of traces
        abandon_stdout()
        where = traceback.extract_tb(fault.__traceback__)[-1]
        kind = f"{type(fault).__name__}：{fault}，{Path(where.filename).name} 第 {where.lineno} 行"
        print(f"luodi: 程序内部出错（{kind}）。请把命令与本行一并报告。(fault)", file=sys.stderr)
        return CANNOT
    return code


def _speak_utf8() -> None:
    """The same bytes in every locale; what UTF-8 cannot hold (undecodable file names) is escaped."""
    if sys.stderr is None:  # closed by whoever started us; what we would say there is said to nobody
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 (for the rest of the process)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Told to end (kill): unwind, so that half-written files go."""
    raise SystemExit(ENDED)


def _leave(code: int) -> int:
    try:
        flush()
    except (BrokenPipeError, CannotWrite):
        abandon_stdout()
        return code or CANNOT
    return code


def _run(options: argparse.Namespace) -> int:
    if options.command == "read":
        from luodi.command_line.read import run_read

        return run_read(options)
    if options.command == "repair":
        from luodi.command_line.repair import run_repair

        return run_repair(options.path, as_map=options.map)
    if options.command == "compare":
        from luodi.command_line.compare import run_compare

        return run_compare(options)
    if options.command == "report":
        from luodi.command_line.report import run_report

        return run_report(options)
    if options.command == "second":
        from luodi.command_line.second import run_second

        return run_second(options)
    if options.command == "due":
        from luodi.command_line.due import run_due

        return run_due(options)
    if options.command == "new-area":
        from luodi.command_line.new_area import run_new_area

        return run_new_area(options)
    if options.command in DISTRICT:
        return _run_on_district(options)
    from luodi.command_line.lines import run_figures, run_periods

    if options.command == "figures":
        return run_figures(options.bare)
    return run_periods(options.on, options.stretches)


def _run_on_district(options: argparse.Namespace) -> int:
    from luodi.website.configuration import Misconfigured

    module, name = DISTRICT[options.command]
    run: Callable[[argparse.Namespace], int] = getattr(import_module(f"luodi.command_line.{module}"), name)
    try:
        return run(options)
    except Misconfigured as wrong:
        raise Refusal("misconfigured", str(wrong)) from wrong
