"""Garble five demonstration pages and carry their labels over; run by hand when a page or the garbler changes:

python -m tests.garbler.demonstration
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.garbler.outcome import Garbled
from tests.garbler.profiles import BARE, COMMAS, FEW, LONG, SHORT, Profile

FOLDER = Path(__file__).resolve().parents[2] / "demonstration"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which page is garbled, by which kind of site, and the name of the result."""

    page: str
    name: str
    profile: Profile
    seed: int


CHOICES = (
    Choice("a01-interview-2023", "g01-interview-2023", SHORT, 1),
    Choice("b02-reactions-2021", "g02-reactions-2021", COMMAS, 2),
    Choice("a09-start-of-works-2025", "g03-start-of-works-2025", BARE, 3),
    Choice("a07-five-year-plan-2021", "g04-five-year-plan-2021", FEW, 4),
    Choice("a10-policy-2023", "g05-policy-2023", LONG, 5),
)

WIDE = str.maketrans(",!?():;", "，！？（）：；")
BESIDE_HAN = re.compile(r"(?<=[\u4e00-\u9fff”’》）%])[,!?():;]|[,!?():;](?=[\u4e00-\u9fff“‘《（])")


def widen(page: str) -> str:
    """The marks beside Chinese as they were before a copy narrowed them; one character for one."""
    return BESIDE_HAN.sub(lambda mark: mark[0].translate(WIDE), page)


def carry_over(label: dict[str, Any], garbled: Garbled, name: str) -> dict[str, Any]:
    """The labels of the clean page with offsets into the garbled one; figures that can not be known are dropped."""
    statements = []
    for statement in label["statements"]:
        start, end = garbled.span(statement["start"], statement["end"])
        figures = [
            {
                **figure,
                **dict(zip(("start", "end"), garbled.span(figure["start"], figure["end"]), strict=True)),
            }
            for figure in statement["figures"]
            if garbled.survives(figure["start"], figure["end"])
        ]
        moved = {**statement, "start": start, "end": end, "figures": figures}
        if "quote" in statement:
            moved["quote"] = garbled.text[start:end]
        statements.append(moved)
    return {**label, "doc": name, "statements": statements}


def produce(choice: Choice) -> tuple[str, dict[str, Any]]:
    """The garbled page and its labels."""
    page = (FOLDER / "pages" / f"{choice.page}.txt").read_bytes().decode("utf-8")
    label = json.loads((FOLDER / "labels" / f"{choice.page}.json").read_text(encoding="utf-8"))
    garbled = choice.profile.garble(widen(page), choice.seed)
    return garbled.text, carry_over(label, garbled, choice.name)


def main() -> None:
    """Write every chosen page and its labels beside the clean ones."""
    for choice in CHOICES:
        page, label = produce(choice)
        (FOLDER / "pages" / f"{choice.name}.txt").write_bytes(page.encode("utf-8"))
        labels = json.dumps(label, ensure_ascii=False, indent=1) + "\n"
        (FOLDER / "labels" / f"{choice.name}.json").write_text(labels, encoding="utf-8")


if __name__ == "__main__":
    main()
