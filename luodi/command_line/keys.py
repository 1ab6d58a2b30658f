"""``keys``: the keys under which what is kept of people lies sealed."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from luodi.command_line.outputs import put
from luodi.command_line.said import say
from luodi.kernel.refusal import Refusal

FOUND = 1
_EVERY = 2.0  # seconds between two lines of progress


def run_keys(options: argparse.Namespace) -> int:
    """List them; add one, take in a kept copy, seal everything under the newest. 1 where something does not open."""
    from luodi.kernel.privacy.field_keys import KeysSpoilt
    from luodi.website.opening import open_district, reached

    data = open_district(options.data)
    with reached():
        try:
            if options.take_in is not None:
                _take_in(data, options.take_in)
            elif options.add:
                _add(data)
            elif options.reseal:
                return _reseal(data)
            return _list(data)
        except KeysSpoilt as fault:
            raise Refusal(
                "keys-spoilt",
                f"密钥文件不对（{fault}），什么也没有动。每行应是编号、空格、64 位十六进制；请用另存的那一份。",
            ) from fault


def _list(data: Path) -> int:
    """One line a key: its id, how many places lie under it, which one seals. Exit code 1 where one is not here."""
    from luodi.kernel.ledger.resealing import in_use
    from luodi.kernel.privacy.field_keys import key_ids

    used, here = in_use(), key_ids(data)
    lines = [f"{key}\t{used.get(key, 0)}\t{'加密用它' if key == here[-1] else '只用来打开'}" for key in here]
    lines += [f"{key}\t{count}\t不在这里" for key, count in used.items() if key and key not in here]
    if used.get(""):
        lines.append(f"-\t{used['']}\t还没有加密，执行 --reseal")
    put("".join(f"{line}\n" for line in lines).encode())
    if missing := [key for key in used if key and key not in here]:
        say(f"缺 {len(missing)} 把密钥，用它们加密的内容打不开。请找到另存的 fields.key，用 --take-in 取回。")
        return FOUND
    return 0


def _add(data: Path) -> None:
    from luodi.kernel.ledger.action import SYSTEM, action
    from luodi.kernel.privacy.field_keys import FILE, add_key

    key = add_key(data)
    with action("field_key.added", by=SYSTEM, subject="", data={"key": key}):
        pass
    say(f"加了一把，编号 {key}：从现在起用它加密，以前的照样打得开。请把 {data / FILE} 再另存一份。")
    say("要把以前的也换成它，执行 bin/luodi keys --reseal。")


def _take_in(data: Path, path: Path) -> None:
    from luodi.kernel.ledger.action import SYSTEM, action
    from luodi.kernel.privacy.field_keys import take_in

    try:
        kept = path.read_text(encoding="ascii", errors="replace")
    except OSError as fault:
        from luodi.command_line.faults import in_words

        raise Refusal("unreadable", f"{path} 打不开：{in_words(fault)}。请检查路径与权限。") from fault
    new = take_in(data, kept)
    if new:
        with action("field_key.taken_in", by=SYSTEM, subject="", data={"keys": new}):
            pass
    say(f"取回 {len(new)} 把密钥。" if new else "里面的密钥这里都有。")


def _reseal(data: Path) -> int:
    from luodi.kernel.ledger.action import SYSTEM
    from luodi.kernel.ledger.resealing import reseal, waiting

    total, shown = waiting(data), time.monotonic()

    def told(done: int) -> None:
        nonlocal shown
        if time.monotonic() - shown >= _EVERY:
            shown = time.monotonic()
            say(f"已换 {done:,}/{total:,} 处……")

    result = reseal(data, by=SYSTEM, told=told)
    say(f"换好了 {result.done:,} 处。旧密钥先留着：以前的备份还要靠它打开。")
    if result.broken:
        say(f"有 {result.broken:,} 处打不开，没有动。请执行 bin/luodi verify 看是哪些。")
    for key, count in (result.missing or {}).items():
        say(f"有 {count:,} 处要用编号 {key} 的密钥，这里没有，没有动。请用 --take-in 取回后再换一次。")
    return FOUND if result.broken or result.missing else 0
