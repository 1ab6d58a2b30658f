"""What the machine suggests, and why: which promise a result claims, and what quietly became of a target."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from luodi.kernel.documents import lookups
from luodi.kernel.documents.actions import intake
from luodi.kernel.documents.changes import WORDS, compare, gone
from luodi.kernel.documents.matching import Matcher
from luodi.kernel.documents.said import Amount, Sentence
from luodi.kernel.ledger.action import SYSTEM

SPRING, WINTER = dt.date(2026, 1, 26), dt.date(2026, 12, 20)
END = dt.date(2026, 12, 31)


def said(key: str, text: str, thing: str, number: str = "", unit: str = "", **given: object) -> Sentence:
    amounts = (Amount(Decimal(number), unit),) if number else ()
    values = {"kind": "commitment", "day": SPRING, "due_until": END, "force": "pledged", **given}
    return Sentence(id=key, text=text, object=thing, amounts=amounts, **values)  # type: ignore[arg-type]


def result(text: str, thing: str, number: str = "", unit: str = "", **given: object) -> Sentence:
    return said(
        "r", text, thing, number, unit, **{"kind": "result", "day": WINTER, "force": "achieved", **given}
    )


PROMISES = [
    said("s1", "年内改造老旧小区23个", "老旧小区改造", "23", "个"),
    said("s2", "年内新增养老床位500张", "养老床位", "500", "张"),
    said("s3", "枫桥街道建成社区食堂5家", "社区食堂", "5", "家"),
    said("s4", "松湾镇建成社区食堂3家", "社区食堂", "3", "家"),
    said("s5", "云川湾物流园年底前投产", "物流园", project="“云川湾”物流园建设项目"),
    said("s6", "新建农村公路60公里", "农村公路", "60", "公里"),
    said("s7", "新增公办幼儿园学位1800个", "公办幼儿园学位", "1800", "个"),
]


def best(spoken: Sentence) -> str | None:
    found = Matcher(PROMISES).claims(spoken)
    return found[0].id if found else None


@pytest.mark.parametrize(
    ("spoken", "promise"),
    [
        (result("全年完成老旧小区改造23个", "老旧小区", "23", "个"), "s1"),
        (result("养老床位增加520张", "养老床位", "520", "张"), "s2"),
        (result("枫桥街道社区食堂5家全部开业", "社区食堂", "5", "家"), "s3"),
        (result("松湾镇办起社区食堂3家", "社区食堂", "3", "家"), "s4"),
        (result("云川湾物流园建成投产", "云川湾物流园", project="云川湾物流园项目"), "s5"),
        (result("建成农村公路48公里", "农村公路", "48", "公里"), "s6"),
        (result("城区绿化提档升级", "城区绿化"), None),
        (result("招商引资签约23个项目", "招商引资项目", "23", "个"), None),
    ],
)
def test_a_result_is_proposed_for_the_promise_it_speaks_of(spoken: Sentence, promise: str | None) -> None:
    assert best(spoken) == promise


def test_a_suggestion_says_why() -> None:
    (first, *_) = Matcher(PROMISES).claims(result("枫桥街道社区食堂5家开业", "社区食堂", "5", "家"))
    assert {reason.name for reason in first.reasons} >= {"object", "unit", "number", "place", "year"}
    assert "地点相同：枫桥街道" in {reason.words for reason in first.reasons}
    assert 0 < first.score <= 1
    assert first.score == round(min(1, sum(reason.weight for reason in first.reasons)), 2)


def test_nothing_said_before_a_promise_can_have_kept_it() -> None:
    assert (
        best(result("完成老旧小区改造23个", "老旧小区改造", "23", "个", day=SPRING - dt.timedelta(1))) is None
    )


def test_the_same_task_of_another_year_is_another_promise() -> None:
    of_last_year = result(
        "2024年完成老旧小区改造23个", "老旧小区改造", "23", "个", due_until=dt.date(2024, 12, 31)
    )
    this_year = result("完成老旧小区改造23个", "老旧小区改造", "23", "个")
    one, other = (Matcher(PROMISES).claims(spoken)[0].score for spoken in (of_last_year, this_year))
    assert one < other


@pytest.mark.parametrize(
    ("later", "what", "is_quiet"),
    [
        (said("l", "年内改造老旧小区18个", "老旧小区改造", "18", "个"), ["number_lowered"], True),
        (said("l", "年内改造老旧小区30个", "老旧小区改造", "30", "个"), ["number_raised"], True),
        (said("l", "年内改造老旧小区", "老旧小区改造"), ["number_dropped"], True),
        (
            said("l", "改造老旧小区23个", "老旧小区改造", "23", "个", due_until=dt.date(2027, 6, 30)),
            ["due_later"],
            True,
        ),
        (
            said("l", "改造老旧小区23个", "老旧小区改造", "23", "个", due_until=dt.date(2026, 6, 30)),
            ["due_earlier"],
            True,
        ),
        (said("l", "改造老旧小区23个", "老旧小区改造", "23", "个", due_until=None), ["due_dropped"], True),
        (said("l", "力争年内改造老旧小区23个", "老旧小区改造", "23", "个"), ["weakened"], True),
        (said("l", "年内改造老旧小区23个", "老旧小区改造", "23", "个", force="expected"), ["weakened"], True),
        (said("l", "目标调整为改造老旧小区18个", "老旧小区改造", "18", "个"), ["number_lowered"], False),
        (said("l", "年内改造老旧小区23个", "老旧小区改造", "23", "个"), [], True),
    ],
)
def test_a_changed_target_is_found(later: Sentence, what: list[str], is_quiet: bool) -> None:
    found = compare(PROMISES[0], later)
    assert [each.what for each in found] == what
    assert all(each.is_quiet is is_quiet for each in found)
    assert all(each.words.startswith(WORDS[each.what]) for each in found)


def test_the_change_is_told_with_both_numbers() -> None:
    (found,) = compare(PROMISES[0], said("l", "改造老旧小区18个", "老旧小区改造", "18", "个"))
    assert found.words == "目标数调低：23个→18个"


def test_several_numbers_of_one_unit_are_not_guessed_at() -> None:
    two = Sentence("l", "commitment", SPRING, "改造小区18个、新建23个", "老旧小区改造",
                   amounts=(Amount(Decimal(18), "个"), Amount(Decimal(23), "个")), due_until=END, force="pledged")  # fmt: skip
    assert compare(PROMISES[0], two) == []


def test_a_promise_not_yet_due_that_is_no_longer_spoken_of_is_gone() -> None:
    later = [
        said("l1", "改造老旧小区18个", "老旧小区改造", "18", "个", day=WINTER),
        result("养老床位新增500张", "养老床位", "500", "张"),
    ]
    long = [said(p.id, p.text, p.object, due_until=dt.date(2027, 12, 31)) for p in PROMISES[:2]] + [
        said("s8", "2027年建成轨道快线", "轨道快线", due_until=dt.date(2027, 12, 31)),
        said("s9", "2026年底前建成会展中心", "会展中心", due_until=END),
    ]
    found = gone(long, later, dt.date(2027, 1, 20))
    assert [(each.earlier, each.what) for each in found] == [("s8", "gone")]


@pytest.mark.django_db
def test_kept_documents_can_be_matched(data_folder: Path) -> None:
    pages = Path(__file__).parents[2] / "demonstration" / "pages"
    plan = intake((pages / "b06-livelihood-list-2025.txt").read_bytes(), by=SYSTEM)
    sentences = lookups.sentences_of_source(plan)
    promises = [s for s in sentences if s.kind == "commitment"]
    assert promises
    matcher = Matcher(promises)
    for promise in promises:
        again = Sentence(**{**{f: getattr(promise, f) for f in promise.__slots__}, "id": "r"})
        scores = {found.id: found.score for found in matcher.repeats(again)}
        assert scores[promise.id] == max(scores.values())
    assert lookups.sentences_of_source(plan) == sentences
