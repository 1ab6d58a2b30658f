"""What repair promises: each damage undone as labelled, every rule shown, nothing touched that is not damaged."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from luodi.reading.repair.driver import repair
from luodi.reading.repair.rules import RULES
from luodi.reading.repair.traditional import simplify
from tests import real_pages

CASES = Path(__file__).with_name("cases")
LABELLED = json.loads((CASES / "repair.json").read_text("utf-8"))
UNTOUCHED = json.loads((CASES / "repair_negative.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["comment"])] if case.get("fails") else [],
        )
        for case in LABELLED
    ],
)
def test_a_damaged_line_comes_back_as_labelled(case):
    repaired = repair(case["original"])
    assert repaired.text == case["fixed"]
    assert {edit.rule for edit in repaired.edits} <= {rule.name for rule in RULES}


@pytest.mark.parametrize("case", UNTOUCHED, ids=lambda case: case["label"])
def test_what_is_not_damaged_is_not_touched(case):
    repaired = repair(case["text"])
    assert repaired.text == case["text"]
    assert repaired.edits == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_an_example_that_shows_it(rule):
    repaired = repair(rule.example)
    assert repaired.text == rule.text
    assert rule.certainty in {edit.certainty for edit in repaired.edits if edit.rule == rule.name}


def test_a_lost_digit_is_never_invented():
    for case in LABELLED:
        repaired = repair(case["original"])
        for edit in repaired.edits:
            if edit.certainty != "exact":
                assert not re.search("[0-9０-９.%．％零一二三四五六七八九十百千万亿两]", edit.replacement), (
                    case["label"]
                )
        kept = re.findall("[0-9]", case["original"])
        assert re.findall("[0-9]", repaired.text) == kept, case["label"]


def test_a_guess_offers_what_else_it_could_be_and_makes_its_neighbourhood_damaged():
    repaired = repair("青嵐區(qū)新開(kāi)辦學(xué)?!⒂變簣@12所。")
    (guess,) = [edit for edit in repaired.edits if edit.certainty == "guessed"]
    assert guess.replacement == "校"
    assert guess.candidates[0] == "校"
    assert len(guess.candidates) > 1
    at = repaired.text.index("校")
    assert repaired.is_damaged(at, at + 1)
    assert not repaired.is_damaged(at + 1, len(repaired.text))


def test_each_character_of_a_damaged_run_knows_the_source_it_came_from():
    repaired = repair("民生實(shí)事辦好?!笔痉秴^(qū)負責人")
    at = repaired.text.index("示范区")
    start, stop = repaired.source_span(at, at + 3)
    assert repaired.source[start:stop] == "笔痉秴^(qū)"


def test_a_note_and_its_character_are_one_edit():
    (edit,) = repair("青山區(qū)").edits
    assert (edit.start, edit.stop, edit.replacement, edit.rule) == (2, 7, "区", "pinyin_note")


def test_a_traditional_page_is_simplified_only_when_asked():
    page = "學校將於後年落成，裡面設有圖書館；乾隆年間的瞭望塔與藉此慰藉的著名景點圍繞著廣場。"
    assert repair(page).text == page
    simplified = simplify(page)
    assert (
        simplified.text
        == "学校将于后年落成，里面设有图书馆；乾隆年间的瞭望塔与借此慰藉的著名景点围绕着广场。"
    )
    assert {edit.rule for edit in simplified.edits} == {"traditional"}
    assert len(simplified.text) == len(page)


REAL_RUNS = {
    "003": ["?qǐng)?bào) → 报", "?qǐng)?bào) → 报", "?！睄{ → 。”峡"],
    "004": [
        "?tīng)?zhēng) → 争",
        "?！笔痉秴^(qū) → 。”示范区",
        "?！焙幽宵S → 。”河南黄",
        "?！笔痉秴^(qū) → 。”示范区",
    ],
}
REAL_LENGTHS = {"003": (2311, 1211), "004": (2620, 1284)}


@pytest.mark.skipif(not real_pages.are_here(), reason=real_pages.ABSENT)
@pytest.mark.parametrize("number", REAL_RUNS)
def test_the_real_garbled_pages_come_back_without_a_wrong_character(number):
    (raw,) = [raw for stem, raw in real_pages.read_all().items() if stem.startswith(number)]
    repaired = repair(raw.decode("utf-8"))
    text = repaired.text
    assert (len(repaired.source), len(text)) == REAL_LENGTHS[number]
    runs = [edit for edit in repaired.edits if edit.rule.startswith("damaged_run")]
    shown = [
        f"{repaired.source[run.start : run.stop]} → {run.replacement}".replace("!", "！") for run in runs
    ]
    assert shown == REAL_RUNS[number]
    assert {edit.certainty for edit in repaired.edits} == {"exact"}
    assert not re.search(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)|[?？\ufffd]|[,，][,，。、]|著", text)
    han = re.findall("[\u3400-\u9fff]", text)
    assert "".join(han).encode("gb2312", "strict")


@pytest.mark.skipif(not real_pages.are_here(), reason=real_pages.ABSENT)
@pytest.mark.parametrize("number", ["000", "001", "002"])
def test_the_real_clean_pages_are_not_touched(number):
    (raw,) = [raw for stem, raw in real_pages.read_all().items() if stem.startswith(number)]
    assert repair(raw.decode("utf-8")).edits == ()
