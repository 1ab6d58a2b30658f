"""figures-and-periods.md: what the two line commands answer, field by field, with examples as the code reads them now."""

from __future__ import annotations

from collections.abc import Iterator

from docs.reference.making.markdown import NOTE, cell, code, page, table
from luodi.reading.bare import Bare, find_bare
from luodi.reading.figures.find import Figure, find_figures
from luodi.reading.periods.find import EXAMPLE_DAY
from luodi.reading.times.find import TIME_RULES, find_times
from luodi.reading.times.shape import Time

FIGURE_FIELDS = (
    ("start", "从第几个字起，从 0 数"),
    ("end", "到第几个字止，不含；从数到单位，不含“约”“以上”"),
    ("number", "十进制的数，字符串，不带指数；亿、万已经展开"),
    ("unit", "单位，简体，不带量级；除不尽的分数以“个三分之一”之类为单位"),
    ("approx", "`about` 约、`at_least` 以上、`at_most` 以内、`more_than` 超过；没说为 null"),
    ("change", "`increase` 增、`decrease` 减；说的是水平为 null"),
    ("rule", "哪条规则读的，见[读取规则](reading-rules.md)"),
    ("end_of_range", "范围的一端：`low` 起、`high` 止；不是范围为 null"),
)
BARE_FIELDS = (
    ("start", "同上"),
    ("end", "同上"),
    ("number", "十进制的数；分数写作 2/3，比写作 5:3:2，编号照原样"),
    ("unit", "单位；没有为空"),
    ("kind", "种类，见下表"),
    ("approx", "同上；十余万是 `more_than`，十来万是 `about`"),
    ("stop", "带单位而不算数量的，写明是哪条规则不算；`not_read` 是数量的规则不读的写法；此外为 null"),
)
KINDS = (
    ("money", "钱", "总投资3.2亿元"),
    ("measure", "长短、轻重、面积、电量等", "修渠三公里半"),
    ("temperature", "温度", "气温12度"),
    ("age", "年岁", "年满十八周岁"),
    ("percentage", "百分数、千分数、百分点、成、折", "打八五折"),
    ("multiple", "倍", "是上年的1.8倍"),
    ("duration", "时长", "半小时车程"),
    ("count", "个数", "从三个方面发力"),
    ("fraction", "分数，可带整数", "一百二十又三分之一"),
    ("ratio", "比", "三次产业结构为5.1∶44.6∶50.3"),
    ("ordinal", "序数", "位居第三"),
    ("number", "没有单位的数", "负二十一点五"),
    ("date", "日期里的数", "2024年3月"),
    ("time", "时刻里的数", "上午9:30"),
    ("code", "编号、电话、版本", "编号20240305001"),
)
TIME_FIELDS = (
    ("start", "从第几个字起，从 0 数"),
    ("end", "到第几个字止，不含"),
    ("kind", "种类，见下表"),
    ("from", "第一天；没有说死或算不出为 null"),
    ("to", "最后一天，这一天算在内；没有说死或算不出为 null"),
    (
        "precision",
        "精确到：day 日、decade 旬、month 月、quarter 季、half 半年、year 年、plan 五年规划、season 季节；别的种类为 null",
    ),
    (
        "relation",
        "怎样约束：within 之内、by 之前（含最后一天）、since 以来、from 起；"
        "时长：lasting 长达、within 以内、before 以前、after 以后",
    ),
    ("time_from", "时刻，HH:MM 或 HH:MM:SS；没有为 null"),
    ("time_to", "终了的时刻；只说一个时刻的与 time_from 相同"),
    (
        "timex",
        "ISO 8601 及 TIMEX3 的记号：P3M 三个月、P45BD 45个工作日、XXXX-WXX-1 周一、T09:30 九点半；没有为 null",
    ),
    ("rule", "哪条规则读的；几条相接以 + 相连"),
)
TIME_KINDS = (
    ("stretch", "一段日子", "6月30日17时前报送"),
    ("time", "一天里的时刻", "9:30—11:30受理"),
    ("duration", "时长，不知从哪天起", "自收到之日起15日内"),
    ("recurring", "反复的时间", "每月5日前报送"),
    ("named", "只有名字，算不出日子，也不猜", "汛期前"),
)
DIFFERENCES = (
    "首末两天都算：“2016年至2018年”到 2018-12-31 止。有的资料只算到后一个时间的开头。",
    "“2025年前”“6月底前”含最后一天：最晚的读法不会把没到期的说成逾期。",
    "“近三年”一至三月里说指已满的整年，十一、十二月里说从整年头算起；别的月份算到说话那天。",
    "春节、端午、中秋等查农历表；表外的年份和正月以外的农历日子只记名，不按公历的同月同日算。",
    "“周三”“29日”没说哪一周、哪个月，“汛期前”没说哪一天，都不猜；记号写在 timex。",
    "“2小时后”要知道此刻几点，这里只知道日子，所以记作时长。",
    "三双、十对是 3 双、10 对，单位在 unit；不折成 6、20。一打折成 12。",
    "分数除得尽的，在数量里折成百分数；除不尽的以“个三分之一”为单位。逐个列数时都写作 2/3，不取近似值。",
    "“百分之二三十”“几十万”没有说死，不列。",
)


def write() -> str:
    """The page."""
    return page([NOTE, "", *_head(), *_figures(), *_bare(), *_times(), *_different()])


def _head() -> Iterator[str]:
    yield from (
        "# 数量和时间：逐行命令的输出",
        "",
        "`bin/luodi figures` 和 `bin/luodi periods` 逐行读标准输入，每行输出一个 JSON 列表。例子由代码现读，不是手写的；",
        f"时间的例句说于 {EXAMPLE_DAY.isoformat()}。整篇文件用 `bin/luodi read`，见[记录](records.md)。",
        "",
    )


def _fields(fields: tuple[tuple[str, str], ...]) -> list[str]:
    return table(("字段", "意思"), [(code(name), meaning) for name, meaning in fields])


def _figures() -> Iterator[str]:
    yield from ("## `figures`：数量", "")
    yield from _fields(FIGURE_FIELDS)
    lines = (
        "新建改造农村公路86公里以上",
        "力争增长6%—7%",
        "四分之三以上的乡镇",
        "超过三分之一的企业",
        "每吨水费3元5角",
    )
    yield from table(("例", "读作"), [(cell(line), cell(_all_figures(line))) for line in lines])


def _all_figures(line: str) -> str:
    return "；".join(_shown(line, figure) for figure in find_figures(line))


def _shown(line: str, figure: Figure) -> str:
    meant = [word for word in (figure.approx, figure.change, figure.end_of_range) if word]
    return " ".join([line[figure.start : figure.stop], "=", format(figure.number, "f"), figure.unit, *meant])


def _bare() -> Iterator[str]:
    yield from (
        "## `figures --bare`：每一个数",
        "",
        "每个阿拉伯数字都在某一个数里，一个也不漏；汉字数只列确实是数的。全角、繁体照样读，位置仍按原文。",
        "",
    )
    yield from _fields(BARE_FIELDS)
    rows = []
    for name, meaning, line in KINDS:
        shown = [_told(line, bare) for bare in find_bare(line) if bare.kind == name]
        rows.append((code(name), meaning, cell(line), cell("；".join(shown))))
    yield from table(("kind", "种类", "例", "读作"), rows)


def _told(line: str, bare: Bare) -> str:
    words = (
        line[bare.start : bare.stop],
        "=",
        bare.number,
        bare.unit,
        f"（{bare.stop_name}）" if bare.stop_name else "",
    )
    return " ".join(word for word in words if word)


def _times() -> Iterator[str]:
    yield from (
        "## `periods`：时间",
        "",
        "读文件时只有 `stretch` 里由[读取规则](reading-rules.md)所列规则读出的才作期限；`--stretches` 只列这些。",
        "",
    )
    yield from _fields(TIME_FIELDS)
    rows = []
    for name, meaning, line in TIME_KINDS:
        shown = [_time(line, time) for time in find_times(line, EXAMPLE_DAY) if time.kind == name]
        rows.append((code(name), meaning, cell(line), cell("；".join(shown))))
    yield from table(("kind", "种类", "例", "读作"), rows)
    yield from ("### 逐行命令另有的规则", "")
    rows = []
    for rule in TIME_RULES:
        shown = [_time(rule.example, time) for time in find_times(rule.example, EXAMPLE_DAY)]
        rows.append((code(rule.name), rule.meaning, cell(rule.example), cell("；".join(shown))))
    yield from table(("规则", "意思", "例", "读作"), rows)


def _time(line: str, time: Time) -> str:
    days = f"{time.since or '…'} 至 {time.until or '…'}" if time.since or time.until else ""
    clock = time.time_from or ""
    if time.time_to and time.time_to != time.time_from:
        clock = f"{clock}—{time.time_to}"
    words = [word for word in (days, clock, time.notation or "") if word] or ["日子不知"]
    return f"{line[time.start : time.stop]} = {'，'.join(words)}（{time.relation}）"


def _different() -> Iterator[str]:
    yield from ("## 与公开资料的约定不同之处", "")
    yield from (f"- {difference}" for difference in DIFFERENCES)
