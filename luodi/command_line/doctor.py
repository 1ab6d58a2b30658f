"""``doctor``: is this installation well?"""

from __future__ import annotations

import argparse

from luodi.command_line.outputs import put
from luodi.command_line.said import say

FOUND = 1


def run_doctor(options: argparse.Namespace) -> int:
    """A line a thing; 1 where one is not well."""
    from luodi.website.opening import exists, no_district, reached, refuse_moved, set_up

    data = set_up(options.data)
    refuse_moved(data)
    if not exists(data):
        raise no_district(data)
    from luodi.website import clock
    from luodi.website.examining import examine, mend

    with reached():
        if options.mend:
            mend(data, say)
        clock.start()
        lines = list(examine(data))
    put("".join(f"{line}\n" for line in lines).encode())
    bad = sum(line.grade == "不好" for line in lines)
    say(f"有 {bad} 处不好，按上面说的处理。" if bad else "都好。")
    return FOUND if bad else 0
