"""Finding words among a million sentences, beside reading them all (LIKE), on the database in use:

    python bench/search.py [--sentences N] [--shape sentences|documents] [--database postgresql]

``sentences``: every sentence a row of its own, as promises and statements are. ``documents``: a hundred sentences each, indexed
in parts of ``parts.LONGEST`` characters, as sources are; LIKE then reads the documents whole. Both sides give the newest twenty
rows, and the number of rows up to a thousand; the database and its pragmas are the program's own. PostgreSQL is the server that
LUODI_TEST_POSTGRES names, in a scratch database that is dropped. The last line is the smallest ratio of a word that is rare or
absent, for which reading has nothing to stop early at.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.scratch import ENGINES, scratch_district  # noqa: E402

UNITS = [
    "区发展和改革局",
    "区教育局",
    "区民政局",
    "区住房城乡建设局",
    "区交通运输局",
    "区水务局",
    "枫桥街道",
    "松湾街道",
    "云岭镇",
    "石塘镇",
    "柳河镇",
]
VERBS = ["新建", "改造", "完成", "新增", "建成", "启动", "提升", "修复", "引进", "培育", "加装", "整治"]
THINGS = [
    "老旧小区",
    "养老床位",
    "幼儿园学位",
    "背街小巷",
    "排水管网",
    "智慧停车泊位",
    "口袋公园",
    "农村公路",
    "高标准农田",
    "社区食堂",
    "标准厂房",
    "污水处理站",
    "电梯",
    "充电桩",
    "图书馆",
    "文化广场",
    "卫生院",
    "公交线路",
]
MEASURES = ["个", "公里", "万平方米", "张", "家", "亩", "处", "条", "台"]
TAILS = [
    "惠及居民",
    "改善人居环境",
    "计划年底前完工",
    "三季度投入使用",
    "确保按期交付",
    "带动就业",
    "补齐短板",
    "力争上半年开工",
]
QUERIES = {
    "养老": "frequent, two characters",
    "老旧小区": "frequent, four",
    "养": "one character",
    "氢能": "3 in 1,000, two",
    "氢能公交": "3 in 1,000, four",
    "鼉鼊": "1 in 100,000",
    "区改": "absent, across words",
    "养老 氢能": "two words",
}
RARE = ("鼉鼊", "区改")


def sentences(number: int) -> Iterator[str]:
    """Invented sentences, the same on every run."""
    chosen = random.Random(1)
    for at in range(number):
        made = (
            f"{chosen.choice(UNITS)}{chosen.choice(VERBS)}{chosen.choice(THINGS)}{chosen.randint(1, 9999)}"
            f"{chosen.choice(MEASURES)}，{chosen.choice(TAILS)}{chosen.randint(1, 99999)}户。"
        )
        if chosen.random() < 0.003:
            made += "同步实施氢能公交示范。"
        if at % 100_000 == 7:
            made += "其中罕见字鼉鼊一处。"
        yield made


def texts(number: int, shape: str) -> Iterator[str]:
    """The texts of the rows: a sentence each, or a hundred."""
    if shape == "sentences":
        yield from sentences(number)
        return
    held: list[str] = []
    for sentence in sentences(number):
        held.append(sentence)
        if len(held) == 100:
            yield "".join(held)
            held = []


def best_of(times: int, call: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds of the fastest call, and its answer."""
    fastest, answer = float("inf"), None
    for _ in range(times):
        begun = time.perf_counter()
        answer = call()
        fastest = min(fastest, (time.perf_counter() - begun) * 1_000)
    return fastest, answer


def fill(number: int, shape: str) -> None:
    """Enter the texts through the index's own door."""
    from django.db import connection, transaction

    from luodi.kernel.search import index
    from luodi.kernel.search.texts import Text

    begun = time.perf_counter()
    kind = "s" if shape == "sentences" else "d"
    batch: list[Text] = []
    for at, text in enumerate(texts(number, shape)):
        batch.append(Text(f"{kind}{at:013}", text, True))
        if len(batch) == 5_000:
            index.put_all(kind, batch)
            batch = []
    index.put_all(kind, batch)
    with transaction.atomic(), connection.cursor() as cursor:
        # the plain table that LIKE reads: one row a text, as without an index
        cursor.execute("CREATE TABLE plain_texts (id bigint PRIMARY KEY, text text NOT NULL)")
        rows = ((at, text) for at, text in enumerate(texts(number, shape)))
        while chunk := [row for _, row in zip(range(5_000), rows, strict=False)]:
            cursor.executemany("INSERT INTO plain_texts VALUES (%s, %s)", chunk)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"filled in {time.perf_counter() - begun:.0f} s")


def like(query: str) -> tuple[float, float, int]:
    """The scan: milliseconds for the newest twenty, for counting up to a thousand, and the count."""
    from django.db import connection

    words = query.split()
    where = " AND ".join(["text LIKE %s"] * len(words))
    values = [f"%{word}%" for word in words]

    def run(sql: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    newest, _ = best_of(
        3, lambda: run(f"SELECT id, text FROM plain_texts WHERE {where} ORDER BY id DESC LIMIT 20")
    )
    counted, rows = best_of(
        3, lambda: run(f"SELECT count(*) FROM (SELECT 1 FROM plain_texts WHERE {where} LIMIT 1001) c")
    )
    return newest, counted, rows[0][0]


def measure() -> float:
    """Print a line a query; the smallest ratio of a rare word."""
    from luodi.kernel.search import index

    print(
        f"{'words':<12}{'':<26}{'LIKE 20':>10}{'find 20':>10}{'LIKE n':>10}{'count n':>10}{'rows':>7}{'ratio':>8}"
    )
    worst = float("inf")
    for query, what in QUERIES.items():
        like_newest, like_counted, like_rows = like(query)
        newest, hits = best_of(3, lambda query=query: index.find(query, public_only=True))  # type: ignore[misc]
        counted, rows = best_of(3, lambda query=query: index.count(query, public_only=True))  # type: ignore[misc]
        assert rows == like_rows, f"{query}: the index finds {rows}, LIKE {like_rows}"
        assert len(hits) == min(20, rows)
        ratio = like_newest / newest
        if query in RARE:
            worst = min(worst, ratio)
        wide = 12 - sum(ord(c) > 127 for c in query)
        print(
            f"{query:<{wide}}{what:<26}{like_newest:>8.1f}ms{newest:>8.1f}ms{like_counted:>8.1f}ms{counted:>8.1f}ms"
            f"{rows:>7}{ratio:>7.1f}x"
        )
    return worst


def main() -> None:
    """Fill and measure."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--sentences", type=int, default=1_000_000)
    options.add_argument("--shape", choices=("sentences", "documents"), default="sentences")
    options.add_argument("--database", choices=ENGINES, default="sqlite")
    given = options.parse_args()
    with scratch_district(given.database):
        from django.db import connection

        print(f"{given.sentences:,} sentences as {given.shape} on {connection.vendor}")
        fill(given.sentences, given.shape)
        print(f"smallest ratio of a rare word: {measure():.0f}")


if __name__ == "__main__":
    main()
