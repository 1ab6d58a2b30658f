"""Two documents side by side: what changed, what is gone, what is new, what a later sentence claims; and kindred texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.reading.comparing.likeness import bands, likeness, relation, sketch
from luodi.reading.comparing.pairing import Pair, pair_up, sentences_of
from luodi.reading.reader import read

HEAD = "青岚区{}年重点工作安排\n发布时间：{}-03-05 来源：青岚区人民政府办公室\n\n"
PROMISES = {
    "park": "今年，全区将新建口袋公园5个。",
    "homes": "年底前改造老旧小区12个，惠及居民3000户。",
    "yard": "6月底前建成云川湾智慧物流园项目一期。",
    "clinic": "确保2027年底前建成区第二人民医院。",
    "work": "今年新增城镇就业5800人。",
}


def compared(later: str, earlier: str = "\n".join(PROMISES.values())) -> list[Pair]:
    one, other = (
        read((HEAD.format(year, year) + body).encode()) for year, body in ((2025, earlier), (2026, later))
    )
    return pair_up(sentences_of(one, "a"), sentences_of(other, "b"))


def told(pairs: list[Pair], words: str) -> Pair:
    found = [p for p in pairs if words in (p.before or p.after).text]  # type: ignore[union-attr]
    assert len(found) == 1
    return found[0]


def test_a_changed_number_is_told_with_both_sentences() -> None:
    pair = told(compared("今年，全区将新建口袋公园3个。"), "口袋公园")
    assert pair.outcome == "changed"
    assert [(f.what, f.before, f.after) for f in pair.changes][:1] == [("number_lowered", "5个", "3个")]
    assert pair.changes[0].is_quiet
    assert pair.after is not None
    assert "3个" in pair.after.text
    assert {reason.name for reason in pair.reasons} >= {"object", "unit"}
    assert pair.score >= 0.5


@pytest.mark.parametrize(
    ("earlier", "later", "told_as"),
    [
        ("全年完成年度投资130亿元。", "全年完成年度投资132亿元。", ("130亿元", "132亿元")),
        ("年内新建标准厂房18万平方米。", "年内新建标准厂房12.5万平方米。", ("18万平方米", "12.5万平方米")),
        ("年内改造燃气管道惠及居民12345户。", "年内改造燃气管道惠及居民9800户。", ("12,345户", "9,800户")),
    ],
)
def test_large_numbers_are_told_as_they_are_spoken(
    earlier: str, later: str, told_as: tuple[str, str]
) -> None:
    found = [change for pair in compared(later, earlier) for change in pair.changes]
    assert told_as in [(change.before, change.after) for change in found]


def test_days_are_told_in_words() -> None:
    pair = told(compared("12月底前建成云川湾智慧物流园项目一期。"), "物流园")
    assert ("2025年6月30日", "2026年12月31日") in [(found.before, found.after) for found in pair.changes]


def test_a_moved_day_and_weaker_words_are_told() -> None:
    pair = told(compared("力争12月底前建成云川湾智慧物流园项目一期。"), "物流园")
    assert {found.what for found in pair.changes} >= {"due_later", "weakened"}


def test_what_is_not_spoken_of_any_more_is_gone_and_what_was_not_is_new() -> None:
    pairs = compared("年内改建农村公路36公里。")
    assert told(pairs, "人民医院").outcome == "gone"
    assert told(pairs, "农村公路").outcome == "new"
    assert sum(pair.outcome == "gone" for pair in pairs) == len(PROMISES)


def test_a_later_result_claims_the_promise_with_score_and_reason() -> None:
    pair = told(compared("去年，改造老旧小区12个，惠及居民3000户。"), "老旧小区")
    assert pair.outcome == "claimed"
    assert {reason.name for reason in pair.reasons} >= {"object", "number"}


def test_the_same_document_again_changes_nothing() -> None:
    whole = "\n".join(PROMISES.values())
    one = read((HEAD.format(2025, 2025) + whole).encode())
    pairs = pair_up(sentences_of(one, "a"), sentences_of(one, "b"))
    assert {pair.outcome for pair in pairs} == {"same"}
    assert all(p.before and p.after and p.before.text == p.after.text for p in pairs)


@settings(max_examples=30)
@given(
    st.lists(st.sampled_from(sorted(PROMISES)), unique=True),
    st.lists(st.sampled_from(sorted(PROMISES)), unique=True),
)
def test_every_sentence_is_in_one_pair_and_none_is_lost(before: list[str], after: list[str]) -> None:
    pairs = compared("\n".join(PROMISES[n] for n in after), "\n".join(PROMISES[n] for n in before))
    ids = [said.id for pair in pairs for said in (pair.before, pair.after) if said is not None]
    assert len(ids) == len(set(ids))
    assert sum(pair.before is not None for pair in pairs) >= len(before)
    assert {pair.outcome for pair in pairs if pair.after is None} <= {"gone"}


BODY = "".join(
    f"第{n}项工作由第{n * 7 % 11}工作组承担，计划在第{n % 4 + 1}季度完成{n * 13}件事项，涉及{n * 3 % 17}个社区。"
    for n in range(60)
)
OTHER = "".join(
    f"本报讯：{n}号地块昨日完成交付，参加人员{n * 5}名，现场秩序良好，天气晴，{n}人发言。" for n in range(80)
)


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        (f"云川日报转载\n{BODY}\n责任编辑：某人", BODY, "same"),
        (BODY[: len(BODY) * 5 // 6] + OTHER[:300], BODY, "updated"),
        (OTHER + BODY[:700], BODY[:700], "quotes"),
        (BODY[:900], OTHER + BODY[:900], "quoted"),
        (OTHER, BODY, None),
    ],
)
def test_kindred_texts_are_told_apart(later: str, earlier: str, expected: str | None) -> None:
    one, other = sketch(later), sketch(earlier)
    assert one is not None
    assert other is not None
    found = relation(one, other)
    assert (found and found[0]) == expected
    assert bool(set(bands(one)) & set(bands(other))) == (expected in ("same", "updated")) or expected in (
        "quotes",
        "quoted",
    )


def test_the_likeness_is_that_of_the_sets_nearly() -> None:
    one, other = sketch(BODY), sketch(BODY[: len(BODY) // 2])
    assert one is not None
    assert other is not None
    assert abs(likeness(one, other).shared - 0.5) < 0.15
    assert likeness(one, other).contained > 0.8
    assert sketch("太短") is None


PINNED = (25, (349429840, 2397574629), (1793693876,))


def test_a_sketch_is_for_ever() -> None:
    made = sketch("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")
    assert made is not None
    assert (made.runs, made.entries[:2], bands(made)[:1]) == PINNED
