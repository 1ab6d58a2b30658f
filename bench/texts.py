"""Pages to measure with: invented, each another, made from a number that says which.

Five genres from templates of our own, with the furniture of a site around them; digits, places, people and projects vary,
so that no cache sees a page twice. One page in ten is garbled as sites garble.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from tests.garbler.profiles import COMMAS, SHORT

_TEMPLATES = json.loads(Path(__file__).with_name("sentences.json").read_text(encoding="utf-8"))
_FIRST = "青云澜岚霁槐栖枫澄芃茶鹿临沅砚渚汀屿霞岫坪埠川原"
_SURNAMES = "陆商温季祝施何方邵贺柳江"
_GIVEN = "明川以宁小禾岚牧野望舒清和远山"
_PRODUCTS = (
    "新材料",
    "智能装备",
    "精密轴承",
    "中央厨房",
    "冷链物流",
    "光伏组件",
    "生物制药",
    "家居制造",
    "蔬菜基地",
    "文旅小镇",
)
_KINDS = ("产业园", "一期项目", "二期工程", "生产线", "示范园", "学校", "提升工程")
_SENTENCES = 60
_PLAIN = 0.55  # of the sentences of a page that is no list say nothing one could check
_GARBLED_EACH = 10


def pages(megabytes: float, first: int = 0) -> Iterator[bytes]:
    """UTF-8 pages, together at least ``megabytes``; the same ``first`` gives the same pages."""
    number, left = first, megabytes * 1e6
    while left > 0:
        page = make_page(number).encode("utf-8")
        yield page
        left -= len(page)
        number += 1


def make_page(number: int) -> str:
    """The page of that number."""
    random = Random(number)
    genre = random.choice(sorted(_TEMPLATES["genres"]))
    text = "\n\n".join(_lines(_TEMPLATES["genres"][genre], random))
    if number % _GARBLED_EACH == _GARBLED_EACH - 1:
        return (COMMAS if random.random() < 0.5 else SHORT).garble(text, number % 7).text
    return text


def _lines(genre: dict[str, Any], random: Random) -> Iterator[str]:
    page = _page_words(random)
    yield random.choice(_TEMPLATES["heads"]).format(**page)
    yield genre["title"].format(**page)
    yield random.choice(_TEMPLATES["bylines"]).format(**page, n=random.randrange(100, 9999))
    yield genre["opening"].format(**page)
    headings = list(genre["headings"])
    paragraph: list[str] = []
    for row in range(1, random.randrange(_SENTENCES // 2, _SENTENCES)):
        plain = genre["prose"] and random.random() < _PLAIN
        sentence = random.choice(_TEMPLATES["plain"] if plain else genre["sentences"])
        paragraph.append(sentence.format(**page, **_sentence_words(random), row=row))
        if random.random() < 0.4 or "\n" in sentence or "：" in sentence[:9]:
            yield "　　" * ("\n" not in sentence) + "".join(paragraph)
            paragraph = []
            if headings and random.random() < 0.3:
                yield headings.pop(0).format(**page)
    yield "".join(paragraph) or "特此通知。"
    for tail in _TEMPLATES["tails"]:
        yield tail.format(**page, n=random.randrange(100, 9999))


def _name(random: Random, suffix: str) -> str:
    return "".join(random.sample(_FIRST, 2)) + suffix


def _page_words(random: Random) -> dict[str, Any]:
    year = random.randrange(2016, 2027)
    return {
        "place": _name(random, random.choice("区县")),
        "other": _name(random, random.choice("区县")),
        "city": _name(random, "市"),
        "person": random.choice(_SURNAMES) + "".join(random.sample(_GIVEN, 2)),
        "year": year,
        "last": year - 1,
        "next": year + 1,
        "month": random.randrange(1, 13),
        "day": random.randrange(1, 29),
    }


def _sentence_words(random: Random) -> dict[str, Any]:
    return {
        "project": _name(random, random.choice(_PRODUCTS) + random.choice(_KINDS)),
        "n": random.randrange(2, 999),
        "n2": random.randrange(1_000, 99_999),
        "x": f"{random.uniform(0.5, 300):.2f}",
        "x2": f"{random.uniform(1, 80):.1f}",
        "p": random.randrange(1, 10),
        "p2": f"{random.uniform(3, 90):.1f}",
    }
