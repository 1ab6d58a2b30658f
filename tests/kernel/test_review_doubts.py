"""Places where a sign was lost: what may have stood there is gathered, and nothing is chosen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luodi.kernel.documents.repaired import Repaired
from luodi.kernel.review.doubts import HOLE, Known, doubts_of, touches
from luodi.reading.edits import Edit
from luodi.reading.reader import read
from tests.desk.review_world import ROADS
from tests.garbler.profiles import SHORT

PAGE = "农村公路按每公里58万元安排，共7308万元。2025年新改建农村公路116公里。"
SENTENCE = "新改建农村公路1?6公里，11月底前全部通车"


def lost(text: str) -> tuple[tuple[int, int], Edit]:
    at = text.index("\ufffd")
    return (at, at + 1), Edit(at, at, "\ufffd", "damaged_run_lost", "lost")


def test_a_missing_digit_is_found_where_the_page_reckons_with_it_and_where_it_writes_it_out() -> None:
    (doubt,) = doubts_of(SENTENCE, [], PAGE)
    assert (doubt.is_number, doubt.shown) == (True, f"1{HOLE}6公里")
    assert [(choice.number, choice.unit, choice.text) for choice in doubt.choices] == [
        ("126", "公里", "2"),
        ("116", "公里", "1"),
    ]
    reckoned, written = doubt.choices
    assert reckoned.evidence == "本页：每公里58万元，共7308万元，相除得126"
    assert written.evidence == "本页另一处写着“2025年新改建农村公路116公里”"
    assert [PAGE[start:stop] for start, stop in reckoned.spans] == ["每公里58万元", "7308万元"]
    assert [PAGE[start:stop] for start, stop in written.spans] == ["116公里"]


def test_what_is_said_in_another_unit_or_of_another_length_is_no_reading() -> None:
    (doubt,) = doubts_of(SENTENCE, [], "改造农村公路116条，另有1116公里、96公里。")
    assert doubt.choices == ()


def test_a_promise_that_is_like_it_may_give_the_digit_and_says_that_it_does() -> None:
    known = [Known(Decimal(146), "公里", "已有的一件承诺写着146公里"), Known(Decimal(146), "条", "不算")]
    (doubt,) = doubts_of(SENTENCE, [], "", known)
    assert [(choice.reads, choice.evidence) for choice in doubt.choices] == [
        ("146公里", "已有的一件承诺写着146公里")
    ]


def test_the_same_number_from_two_places_is_one_reading_with_both_reasons() -> None:
    (doubt,) = doubts_of(SENTENCE, [], PAGE + "全长126公里。")
    assert [choice.number for choice in doubt.choices] == ["126", "116"]
    assert "相除得126" in doubt.choices[0].evidence
    assert "全长126公里" in doubt.choices[0].evidence


def test_scaled_numbers_are_expanded_as_the_reader_expands_them() -> None:
    (doubt,) = doubts_of("完成投资3?亿元", [], "去年完成投资36亿元。")
    assert [(choice.number, choice.unit, choice.reads) for choice in doubt.choices] == [
        ("3600000000", "元", "36.0亿元")
    ]


def test_before_a_number_what_was_lost_may_be_no_digit_at_all() -> None:
    text = "\ufffd26公里年内全部建成"
    (doubt,) = doubts_of(text, [lost(text)], "二期工程926公里。")
    assert [choice.reads for choice in doubt.choices] == ["926公里", "26公里"]
    assert doubt.choices[-1].text == ""


def test_a_question_mark_behind_words_is_no_missing_digit() -> None:
    assert doubts_of("停车难怎么办？年内建成泊位3000个", [], "") == []


def test_words_chosen_by_context_are_shown_with_the_others_and_as_no_number() -> None:
    text = "办好学校、幼儿园12所"
    edit = ((3, 5), Edit(3, 5, "校、", "damaged_run_guessed", "guessed", ("校、", "校。")))
    (doubt,) = doubts_of(text, [edit], "")
    assert not doubt.is_number
    assert [choice.reads for choice in doubt.choices] == ["办好学校、幼儿园12所", "办好学校。幼儿园12所"]
    assert [choice.evidence for choice in doubt.choices] == ["机器按前后文选的", "另一种读法"]


def test_what_a_damaged_place_touches_is_told_from_what_it_does_not() -> None:
    text = "\ufffd26公里年内建成，另有桥3座"
    found = doubts_of(text, [lost(text)], "")
    assert touches(found, 1, 5)
    assert not touches(found, text.index("3座"), text.index("3座") + 2)


@pytest.mark.parametrize("text", ["", "?", "1?", "?1", "\ufffd", "1\ufffd\ufffd2公里", "？？3", "1,2?,3公里"])
def test_no_text_is_too_odd(text: str) -> None:
    for doubt in doubts_of(text, [], text):
        assert all(choice.evidence for choice in doubt.choices)


def test_a_garbled_page_shows_the_place_of_a_lost_sign_though_it_shares_its_bytes() -> None:
    document = read(SHORT.garble(ROADS, 3).text.encode())
    whole = Repaired(document.source)
    placed = [whole.text[low:high] for _, (low, high), edit in whole.edits() if edit.certainty == "lost"]
    assert placed == ["\ufffd"]
    statement = next(s for s in document.statements if s.damaged)
    text = document.text[statement.start : statement.stop]
    edits = [
        ((low - statement.start, high - statement.start), edit)
        for _, (low, high), edit in whole.edits()
        if edit.certainty != "exact"
    ]
    (doubt,) = [each for each in doubts_of(text, edits, whole.text) if each.is_number]
    assert doubt.choices[0].number == "126"
