"""``figures`` and ``periods``: a line in, a JSON list out."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from luodi.command_line.outputs import flush, put
from luodi.command_line.usage import USED_WRONGLY

# a longer line is answered with an error object in its place, so that answers stay in step with lines
LONGEST_LINE = 1_000_000


def _lines() -> Iterator[str | None]:
    """Standard input, line by line, without line ends; ``None`` for a line that is too long."""
    if sys.stdin is None:
        return
    source = sys.stdin.buffer
    if source.isatty():
        print("luodi: 逐行从键盘读入，以 Ctrl-D 结束。", file=sys.stderr)
    mark = b"\xef\xbb\xbf"
    while raw := source.readline(LONGEST_LINE + 2):
        line = raw.removeprefix(mark)
        mark = b""
        if len(line.rstrip(b"\r\n")) > LONGEST_LINE:
            while raw and not raw.endswith(b"\n"):
                raw = source.readline(LONGEST_LINE)
            yield None
            continue
        yield _decoded(line).removesuffix("\n").removesuffix("\r")


def _decoded(line: bytes) -> str:
    """UTF-8, else GB 18030; what is neither, with U+FFFD for each byte that is not UTF-8."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as fault:
        try:
            return line.decode("gb18030")
        except UnicodeDecodeError:
            return fault.object.decode("utf-8", "replace")


def _answer(find: Callable[[str], list[dict[str, Any]]]) -> int:
    code = 0
    for line in _lines():
        if line is None:
            print(f"luodi: 有一行超过 {LONGEST_LINE:,} 字节，未读。(line-too-long)", file=sys.stderr)
            put(b'{"error":"line-too-long"}\n')
            code = 1
        else:
            put(orjson.dumps(find(line)) + b"\n")
        flush()  # whoever asks line by line through a pipe waits for the answer
    return code


def run_figures(bare: bool = False) -> int:
    """Per line of standard input, a JSON list of its figures, or of all its numbers; 1 where a line was too long."""
    if bare:
        from luodi.reading.bare import bare_as_dict, find_bare

        return _answer(lambda line: [bare_as_dict(number) for number in find_bare(line)])
    from luodi.reading.figures.find import figure_as_dict, find_figures

    return _answer(lambda line: [figure_as_dict(figure) for figure in find_figures(line)])


def run_periods(on: str | None, only_stretches: bool = False) -> int:
    """Per line of standard input, a JSON list of its times, resolved against the day ``on``; 1 as above.

    ``only_stretches`` leaves out what a document's own reading does not take for a stretch of days.
    """
    day = None
    if on is not None:
        try:
            day = dt.date.fromisoformat(on)
        except ValueError:
            print(f"luodi: --on 得到“{on}”，应为 2026-11-21 这样的日期。(bad-day)", file=sys.stderr)
            return USED_WRONGLY
    if only_stretches:
        from luodi.reading.periods.find import find_periods, period_as_dict

        return _answer(lambda line: [period_as_dict(period) for period in find_periods(line, day)])
    from luodi.reading.times.find import find_times, time_as_dict

    return _answer(lambda line: [time_as_dict(time) for time in find_times(line, day)])
