"""``backup``, ``restore`` and ``move``: a district into a file, out of one, and to another database."""

from __future__ import annotations

import argparse

from luodi.command_line.outputs import put
from luodi.command_line.said import say

FOUND = 1


def run_backup(options: argparse.Namespace) -> int:
    """Write the back-up and say what it holds."""
    from luodi.website.opening import open_district, reached

    data = open_district(options.data)
    from luodi.website.backups import write_backup

    with reached():
        manifest = write_backup(data, options.file.absolute())
    size = options.file.stat().st_size
    say(f"已备份到 {options.file}：{size / 1e6:.1f} MB，{manifest['files']} 个原件。")
    say(f"密钥不在里面，请把 {data / 'keys'} 另存一份，不要和备份放在一起。")
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Restore, then verify; 1 where verification finds something."""
    from luodi.website.claim import claimed
    from luodi.website.opening import reached, set_up

    data = set_up(options.data, make=True)
    with claimed(data), reached():
        from luodi.website.restoring import restore

        manifest = restore(data, options.file.absolute(), say)
        say(f"已恢复“{manifest['district'] or '尚未命名的区县'}”（{manifest['made']} 的备份），正在核验……")
        from luodi.kernel.ledger.verify import verify

        found = [finding for finding in verify(data) if finding.is_wrong]
    put("".join(f"{finding}\n" for finding in found).encode())
    say(f"核验查出 {len(found)} 处不符，见上。" if found else "核验没有查出不符。")
    return FOUND if found else 0


def run_move(options: argparse.Namespace) -> int:
    """Move to PostgreSQL and say how to start from now on."""
    from luodi.website.claim import claimed
    from luodi.website.opening import open_district

    data = open_district(options.data)
    with claimed(data):
        from luodi.kernel.ledger.sealing import seal
        from luodi.website.moving import move, without_password

        seal(data)
        rows = move(data, options.target, say)
    say(f"搬好了：{rows:,} 行，两边逐表一致，日志的根相同。")
    say(f"从现在起这样启动：LUODI_DATABASE_URL={without_password(options.target)} bin/luodi up（补上密码）")
    return 0
