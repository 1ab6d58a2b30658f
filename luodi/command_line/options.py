"""The commands and their options."""

from __future__ import annotations

import argparse
from pathlib import Path

from luodi.command_line.district_options import add_district_commands
from luodi.command_line.usage import Parser

MOST_JOBS = 256
FORMATS = ("table", "jsonl", "parquet", "gold")
CLOCKS = ("workday", "calendar_day", "work_hour", "wall_hour")

EXIT_CODES = {
    0: "做完",
    1: "做完，但有文件被拒收，有一行没读，或核验查出不符",
    2: "命令写法不对，什么也没做",
    3: "没能开始，写不出结果，或程序内部出错",
    130: "被中断（Ctrl-C）",
    143: "被要求结束（kill）",
}

_EXAMPLES = """例：
  bin/luodi up
  bin/luodi read demonstration/pages
  bin/luodi read --format jsonl --out 条目.jsonl 文件夹
  bin/luodi repair --map 页面.txt
  echo 今年新建公园5个 | bin/luodi periods --on 2026-03-01
  bin/luodi due 2026-09-15 10 workday

"""


def _exit_codes() -> str:
    return "退出码：" + "；".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items()) + "。"


def parser() -> Parser:
    """The whole command line; the reference page and its test read it too."""
    top = Parser(
        prog="bin/luodi",
        description="落地：把文件里的话变成有出处、有主责、有期限的条目。",
        epilog=_EXAMPLES + _exit_codes(),
    )
    commands = top.add_subparsers(
        dest="command", metavar="命令", required=True, title="命令", parser_class=Parser
    )
    _add_read(commands)
    _add_repair(commands)
    _add_compare(commands)
    _add_report(commands)
    _add_second(commands)
    figures = _command(
        commands,
        "figures",
        "逐行读标准输入，每行输出一个 JSON 列表：其中的数量",
        "位置按字数计，从 0 起，含首不含尾。行按 UTF-8 解码，不成则按 GB 18030。"
        "各字段见 docs/reference/figures-and-periods.md。",
    )
    figures.add_argument(
        "--bare",
        action="store_true",
        help="每一个数都列出：没有单位的数、百分数、分数、比、序数、日期和时刻里的数、编号，各注明种类 kind；"
        "带单位而不算数量的，stop 写明缘由",
    )
    periods = _command(
        commands,
        "periods",
        "逐行读标准输入，每行输出一个 JSON 列表：其中的时间",
        "首末两天都算在内；文中没有说死的一头为 null。kind 分一段日子、时刻、时长、反复和只有名字的时间，"
        "各字段见 docs/reference/figures-and-periods.md。",
    )
    periods.add_argument(
        "--on", metavar="DAY", help="“今年”“年底”所依据的日期，如 2026-11-21；不给则只认写明年份的时间"
    )
    periods.add_argument(
        "--stretches",
        action="store_true",
        help="只列读文件时认作一段日子的，不列时刻、时长、反复和只有名字的时间",
    )
    _add_due(commands)
    area = _command(
        commands,
        "new-area",
        "给新的一类事项写好一个文件夹：状态和动作、明细、期限、测试，登记进设置",
        "写出来的马上能用，也过得了测试；再一行行改成要的样子。只在源代码的文件夹里用。",
    )
    area.add_argument("name", metavar="NAME", help="英文名字，小写字母、数字和下划线，如 appeals")
    area.add_argument("--label", metavar="名称", default="新的事项", help="中文名称，如 诉求办理")
    add_district_commands(commands)
    return top


Commands = argparse._SubParsersAction  # the only name argparse has for it


def _command(commands: Commands[Parser], name: str, description: str, more: str = "") -> Parser:
    return commands.add_parser(
        name, help=description, description=f"{description}。{more}", prog=f"bin/luodi {name}"
    )


def _add_due(commands: Commands[Parser]) -> None:
    due = _command(
        commands,
        "due",
        "算期限：从哪天起、几天或几小时、按哪种时间，到期是什么时候",
        "每一步都列出来，加起来就是结果。2015至2026年的放假和调休已经录入；没有公布的年份暂按周末算，并且写明。",
    )
    due.add_argument("start", metavar="START", help="开始的日子或时分，如 2026-09-15、2026-09-15T09:10")
    due.add_argument("limit", metavar="N", help="期限，几天或几小时；小时可以有小数")
    due.add_argument("clock", metavar="CLOCK", choices=CLOCKS, help="按哪种时间：" + "、".join(CLOCKS))
    due.add_argument(
        "--suspend",
        metavar="FROM..TO",
        action="append",
        default=[],
        help="停表的一段，两头都算停表；可以给几次",
    )
    due.add_argument("--extend", metavar="N", default="0", help="经批准最多还能延多少，单位同期限")
    due.add_argument(
        "--extend-on-holiday", action="store_true", help="日历日期满那天放假的，顺延到第一个工作日"
    )
    due.add_argument(
        "--hours", metavar="H", default="", help="办公时间，如 08:30-12:00,13:30-17:30（不给就是这个）"
    )
    due.add_argument("--json", action="store_true", help="输出一个 JSON 对象")


def _add_read(commands: Commands[Parser]) -> None:
    read = _command(
        commands,
        "read",
        "读文件或文件夹，列出其中的承诺、成果与现状",
        "子文件夹一并读，名字以点开头的跳过；读不了的各报一行原因，其余照读。",
    )
    read.add_argument(
        "paths", metavar="PATH", nargs="+", type=Path, help="文件或文件夹，可多个；- 为标准输入"
    )
    read.add_argument(
        "--format",
        metavar="FORM",
        choices=FORMATS,
        help="table 供人阅读（默认）；jsonl 每条一行；parquet 同 jsonl 而成表（要 LUODI_EXTRAS=1）；"
        "gold 每篇一个 JSON，写入 --out 所指的文件夹",
    )
    read.add_argument(
        "--out",
        metavar="OUT",
        help="jsonl、parquet 写入的文件（jsonl 默认为标准输出，也可写 -）；gold 写入的文件夹",
    )
    read.add_argument(
        "--resume",
        action="store_true",
        help="接着上一次没读完的读，每个文件只出一次；与 --format jsonl 或 parquet、--out 同用，第一次就要给",
    )
    read.add_argument("--explain", action="store_true", help="不出表格，逐句列出每个判断及其规则名")
    read.add_argument(
        "--jobs",
        metavar="N",
        type=_jobs,
        default=0,
        help="同时工作的进程数；不给则按文件多少自定，结果与次序都不变",
    )
    read.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="不在本机读，交给 Dask 集群；给调度器的地址，如 tcp://127.0.0.1:8786（要 LUODI_EXTRAS=1）",
    )


def _add_repair(commands: Commands[Parser]) -> None:
    repair = _command(
        commands,
        "repair",
        "输出修复后的文字；--map 逐条输出修复记录",
        "没有损坏的 UTF-8 文件原样输出（文件头的 BOM 除外）。网页的标记不去掉。",
    )
    repair.add_argument("path", metavar="PATH", type=Path, help="一个文件；- 为标准输入")
    repair.add_argument("--map", action="store_true", help="不输出文字，改为每处改动一行 JSON，位置指向原文")


def _add_compare(commands: Commands[Parser]) -> None:
    compare = _command(
        commands,
        "compare",
        "比两份文件：哪些数变了、期限动了、说法软了、悄悄不提了，前后两句并排",
        "先给早的，后给晚的；日期相反的会调换。有变动或不再提的，退出码为 1。",
    )
    compare.add_argument("earlier", metavar="EARLIER", type=Path, help="早的一份，如去年的计划")
    compare.add_argument("later", metavar="LATER", type=Path, help="晚的一份，如今年的计划")
    compare.add_argument(
        "--format",
        metavar="FORM",
        choices=("table", "jsonl"),
        default="table",
        help="table 供人阅读（默认）；jsonl 每对一行",
    )


def _add_report(commands: Commands[Parser]) -> None:
    report = _command(
        commands,
        "report",
        "按标注打分：各体裁、各规则读得怎样，比上一次多读对、少读对哪些",
        "标注与 read --format gold 的结果同形。比上一次差的，退出码为 1。",
    )
    report.add_argument(
        "gold", metavar="GOLD", nargs="+", type=Path, help="标注文件夹或文件（.json），可多个"
    )
    report.add_argument(
        "--pages", metavar="FOLDER", type=Path, help="页面所在；不给则找标注旁边，再找旁边的 pages 文件夹"
    )
    report.add_argument(
        "--last", metavar="FILE", type=Path, help="上一次的结果：有则与它相比，然后换成这一次的"
    )


def _add_second(commands: Commands[Parser]) -> None:
    second = _command(
        commands,
        "second",
        "请第二个读者（任何有 chat/completions 接口的模型）复读，两个读者说法不一的排在前面",
        "不设 LUODI_SECOND_READER_URL、LUODI_SECOND_READER_MODEL 就什么也不发。它说的每个字、每个数都要在原文里，否则不采用。",
    )
    second.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="文件或文件夹，可多个")
    second.add_argument("--estimate", action="store_true", help="只算要问几次、多少字、约多少钱，不问")
    second.add_argument(
        "--cache", metavar="FOLDER", type=Path, help="存下回答的文件夹；不给则在用户的 .cache/luodi/second"
    )
    second.add_argument("--no-cache", action="store_true", help="不用也不存下回答")


def _jobs(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= MOST_JOBS):
        raise argparse.ArgumentTypeError(f"得到“{value}”，应为 1 至 {MOST_JOBS} 的整数")
    return int(value)
