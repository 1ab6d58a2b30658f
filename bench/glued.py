"""What a user would glue together from the best permissively licensed libraries, step by step as the pages need it.

opencc turns traditional forms back, a pattern drops the notes in brackets, lines that look like furniture go, sentences
with a cue word are kept, rjieba tags them to find who acts, patterns find numbers and times, cn2an reads Chinese
numerals. Left out: cpca for places (it brings pandas and a table of places from before 2021), jionlp (its engine is
GPL-3), dateparser (harmful on Chinese). What it finds cannot be found again in a garbled page: it keeps no positions.
"""

from __future__ import annotations

import re
from typing import Any

import cn2an
import opencc
import orjson
import rjieba

from bench.rows import Read

_NOTE = re.compile(r"(?<=[一-鿿])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")
_FURNITURE = re.compile(
    r"^(?:首页|当前位置|您现在的位置|上一篇|下一篇|相关新闻|友情链接|版权所有|责任编辑|网站标识码|分享)|>.*>| \| "
)
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
_CUE = re.compile(
    r"将|要|力争|确保|完成|新建|建成|实现|达到|增长|新增|改造|投资|推进|开工|提高|建立|年底|实施"
)
_FIGURE = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|[一二三四五六七八九十百千]{1,6})(?P<scale>[万亿]{0,2})"
    r"(?P<unit>个百分点|平方米|公里|[一-鿿]|%)"
)
_TIME = re.compile(
    r"(?:20\d\d年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底前|底|以来|内|前)"
    r"|今年|去年|年内|20\d\d年|“十[三四五]五”期间|上半年|前\d+个月"
)
_SCALE = {"": 1.0, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_LONGEST_FURNITURE = 40


def make(*, tagged: bool = True) -> Read:
    """The reader of this row: how many sentences with a number it wrote."""
    convert = opencc.OpenCC("t2s").convert

    def read(raw: bytes) -> int:
        text = _NOTE.sub("", convert(raw.decode("utf-8"))).replace(",,", ",")
        written = []
        for line in text.splitlines():
            if len(line) < _LONGEST_FURNITURE and _FURNITURE.search(line):
                continue
            kept = filter(_CUE.search, _SENTENCE.findall(line))
            written += [orjson.dumps(_record(sentence, tagged)) for sentence in kept]
        return len(written)

    return read


def _record(sentence: str, tagged: bool) -> dict[str, Any]:
    figures = [
        {"number": value * _SCALE.get(found["scale"], 1.0), "unit": found["unit"]}
        for found in _FIGURE.finditer(sentence)
        if (value := _value(found["number"])) is not None
    ]
    bodies = [word for word, tag in rjieba.tag(sentence) if tag in ("nt", "ns")] if tagged else []
    return {
        "text": sentence,
        "kind": "commitment" if re.search(r"将|要|力争|确保|年底", sentence) else "result",
        "figures": figures,
        "due": _TIME.findall(sentence),
        "owner": bodies[0] if bodies else None,
    }


def _value(number: str) -> float | None:
    if number[0].isdigit():
        return float(number)
    try:
        return float(cn2an.cn2an(number, "smart"))
    except ValueError:  # 百 alone is no number to it
        return None
