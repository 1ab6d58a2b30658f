"""The page of rules: every one in force, the weakest first, with its source and use; the district's own, written and signed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.cases.registry import kinds
from luodi.kernel.commitments.light_rules import default_rules
from luodi.kernel.rules.actions import propose_rule, sign_rule, withdraw_rule
from luodi.kernel.rules.lookups import rulebook
from luodi.kernel.rules.models import OwnRule
from luodi.kernel.rules.reading import read_rules
from tests.areas.case_town import CaseTown, at, found
from tests.areas.test_own_rules import TEXT
from tests.desk.case_desk import HOUSING, LEADER, OFFICE, browser, text_of

pytestmark = pytest.mark.django_db
RULES = "/desk/rules"
FORM = {
    "name": "supervision.check", "of": "0", "title": "收到反馈后核查，本区从快", "limit": "3", "clock": "workday",
    "extension": "", "source_title": "青岚区“督查”办法", "article": "第六条", "evidence": "◐",
    "effective_from": "2026-09-01", "effective_to": "",
}  # fmt: skip


@pytest.fixture
def town(data_folder: object) -> CaseTown:
    return found()


def shown(page: Any) -> list[Any]:
    return [rule for _, _, lines in page.context["groups"] for rule, _ in lines]


def by_name(page: Any, name: str) -> list[Any]:
    return [rule for rule in shown(page) if rule.name == name]


def form(client: Client, **given: str) -> dict[str, str]:
    page = client.get(f"{RULES}/new?name=supervision.check&of=0")
    assert page.status_code == 200
    return {**FORM, "key": page.context["key"], **given}


def test_every_rule_in_force_stands_there_with_source_article_and_use(town: CaseTown) -> None:
    with at(9, 22):
        page = browser(town, HOUSING).get(RULES)
        rules = {rule.name for rule in rulebook().in_force(dt.date(2026, 9, 22))}
    names = {rule.name for rule in shown(page)}
    assert rules <= names
    assert {rule.name for rule in default_rules()} <= names
    assert "leader.silent" in names
    (contest,) = by_name(page, "supervision.contest")
    assert (contest.sets, contest.source_title, contest.article, contest.evidence) == (
        "30日", "《政府督查工作条例》", "第十七条", "✔",
    )  # fmt: skip
    assert [(use.words, use.href) for use in contest.uses] == [
        ("督办单：申请复核的期限", "/desk/playbooks/supervision")
    ]
    nears = by_name(page, "case.near")
    assert {near.sets for near in nears} == {
        "1个工作日",
        "3个工作日",
        "15个工作日",
    }  # of all cases; of what an explanation promised; of a project's planned days
    assert "各类事项亮黄灯" in [use.words for near in nears if near.sets == "1个工作日" for use in near.uses]
    anchors = re.findall(r'id="(rule-[^"]+)"', text_of(page))
    assert len(anchors) == len(set(anchors))
    timed = {clock.rule for kind in kinds() for clock in kind.newest.clocks if clock.rule}
    assert {rule.name for rule in shown(page) if rule.uses} >= timed & rules
    text = text_of(page)
    for rule in shown(page):
        assert rule.title in text
        assert rule.article in text
    assert text.count('id="rule-supervision-contest"') == 1


def test_the_weakest_evidence_comes_first(town: CaseTown) -> None:
    with at(9, 22):
        page = browser(town, HOUSING).get(RULES)
    marks = [rule.evidence for rule in shown(page)]
    assert marks == sorted(marks, key="○⚙◐✔".index)
    assert len(set(marks)) > 1


def test_another_day_has_other_rules(town: CaseTown) -> None:
    with at(9, 22):
        housing = browser(town, HOUSING)
        assert by_name(housing.get(f"{RULES}?on=2020-12-31"), "supervision.contest") == []
        page = housing.get(f"{RULES}?on=2021-02-01")
        assert len(by_name(page, "supervision.contest")) == 1
        assert "2021年2月1日有效的规则" in text_of(page)
        wrong = housing.get(f"{RULES}?on=昨天")
    assert wrong.status_code == 422
    assert "写的是“昨天”，应是一天" in text_of(wrong)
    assert 'value="昨天"' in text_of(wrong)


def test_the_district_s_own_stands_there_with_both_hands(town: CaseTown) -> None:
    with at(8, 28):
        own = propose_rule(TEXT, by=town.actors[OFFICE])
    with at(9, 1):
        waiting = browser(town, LEADER).get(RULES)
        assert [each.state for each in waiting.context["own"]] == ["等签字"]
        assert not any(rule.is_own for rule in shown(waiting))
        sign_rule(own, by=town.actors[LEADER])
    with at(9, 10):
        page = browser(town, HOUSING).get(RULES)
        (mine,) = [rule for rule in shown(page) if rule.is_own]
        assert (mine.name, mine.sets, mine.until) == ("supervision.check", "3个工作日", dt.date(2026, 12, 31))
        assert [rule.is_set_aside for rule in by_name(page, "supervision.check")].count(True) == 1
        assert not any(rule.is_set_aside for rule in by_name(page, "supervision.contest"))
        text = text_of(page)
        assert "本区另定了，这一条眼下不用" in text
        assert "区督查室负责人，2026年8月28日10:00提出" in text
        assert "区政府负责人，2026年9月1日10:00签字" in text
        withdraw_rule(own, by=town.actors[OFFICE])
    with at(9, 22):
        housing = browser(town, HOUSING)
        assert not any(rule.is_own for rule in shown(housing.get(RULES)))
        assert "2026年9月10日10:00撤回" in text_of(housing.get(RULES))
        # what held on a day is told of that day, whatever became of it since
        assert any(rule.is_own for rule in shown(housing.get(f"{RULES}?on=2026-09-05")))
        assert not any(rule.is_own for rule in shown(housing.get(f"{RULES}?on=2026-08-31")))


def test_a_rule_is_written_by_the_office_and_signed_by_a_leader(town: CaseTown) -> None:
    with at(8, 28):
        office, leader = browser(town, OFFICE), browser(town, LEADER)
        assert "本区另定" in text_of(office.get(RULES))
        assert "/desk/rules/new" not in text_of(leader.get(RULES))
        answer = office.post(f"{RULES}/new", form(office))
        assert (answer.status_code, answer["Location"]) == (302, "/desk/rules#own")
        own = OwnRule.objects.get()
        (rule,) = read_rules(own.text, is_override=True)
        assert (rule.limit, rule.clock, rule.source_title) == (3, "workday", "青岚区“督查”办法")
        assert "由领导签字，您现在的岗位不是。" in text_of(office.get(RULES))
        assert office.post(f"{RULES}/own/{own.id}/sign").status_code == 403
        assert leader.post(f"{RULES}/own/{own.id}/sign").status_code == 302
        assert leader.post(f"{RULES}/own/{own.id}/sign").status_code == 409
        own.refresh_from_db()
        assert own.signed_by_id == town.posts[LEADER].id
        assert rulebook().choose("supervision.check", on=dt.date(2026, 9, 1)).limit == 3
        assert leader.post(f"{RULES}/own/{own.id}/withdraw").status_code == 403
        assert office.post(f"{RULES}/own/{own.id}/withdraw").status_code == 302
        assert rulebook().choose("supervision.check", on=dt.date(2026, 9, 1)).limit == 10


def test_a_rule_sent_twice_is_written_once(town: CaseTown) -> None:
    with at(8, 28):
        office = browser(town, OFFICE)
        sent = form(office)
        assert [office.post(f"{RULES}/new", sent).status_code for _ in range(2)] == [302, 302]
    assert OwnRule.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"limit": "十天"}, "limit", "“期限”写的是“十天”"),
        ({"limit": ""}, "limit", "应是0或正整数"),
        ({"clock": "moon"}, "clock", "请选按哪种时间计"),
        ({"extension": "-1"}, "extension", "应是0或正整数"),
        ({"source_title": ""}, "source_title", "“依据的文件”没有填"),
        ({"evidence": "x"}, "evidence", "请选核对到什么程度"),
        ({"effective_from": "明年"}, "effective_from", "写的是“明年”"),
        ({"effective_to": "2026-08-01"}, "effective_to", "比开始的日子还早"),
    ],
)
def test_each_fault_stands_at_its_field_and_what_was_typed_stays(
    town: CaseTown, given: dict[str, str], field: str, words: str
) -> None:
    with at(8, 28):
        office = browser(town, OFFICE)
        answer = office.post(f"{RULES}/new", form(office, **given))
    assert answer.status_code == 422
    text = text_of(answer)
    assert words in text
    assert f'href="#{field}"' in text
    assert "收到反馈后核查，本区从快" in text
    assert OwnRule.objects.count() == 0


def test_words_that_would_break_the_table_are_only_words(town: CaseTown) -> None:
    sly = '甲"\nlimit = 1\\ [[rule]]'
    with at(8, 28):
        office = browser(town, OFFICE)
        assert (
            office.post(f"{RULES}/new", form(office, title=sly, article='第\'六\'条"""')).status_code == 302
        )
    (rule,) = read_rules(OwnRule.objects.get().text, is_override=True)
    assert (rule.title, rule.limit) == (sly, 3)


def test_a_threshold_is_set_otherwise_with_its_values(town: CaseTown) -> None:
    with at(8, 28):
        office = browser(town, OFFICE)
        page = office.get(f"{RULES}/new?name=case.near&of=0")
        assert [(name, value) for _, name, value, _, _ in page.context["values"]] == [("workdays", "1")]
        sent = {
            **{name: value for name, value in FORM.items() if name not in ("limit", "clock")},
            "name": "case.near", "key": page.context["key"], "v-workdays": "3",
        }  # fmt: skip
        assert office.post(f"{RULES}/new", {**sent, "v-workdays": "三"}).status_code == 422
        assert office.post(f"{RULES}/new", sent).status_code == 302
    (rule,) = read_rules(OwnRule.objects.get().text, is_override=True)
    assert (rule.value("workdays"), rule.limit) == (3, None)


@pytest.mark.parametrize(
    "query", ["", "?name=x", "?name=supervision.check&of=9", "?name=supervision.check&of=%00"]
)
def test_what_is_no_rule_is_refused_or_taken_for_the_first(town: CaseTown, query: str) -> None:
    with at(8, 28):
        answer = browser(town, OFFICE).get(f"{RULES}/new{query}")
    assert answer.status_code == (200 if "%00" in query else 409)


def test_nobody_else_may_write_one(town: CaseTown) -> None:
    with at(8, 28):
        for unit in (HOUSING, LEADER):
            assert browser(town, unit).get(f"{RULES}/new?name=case.near").status_code == 403
        assert browser(town, OFFICE).post(f"{RULES}/own/z0000000000000/withdraw").status_code == 409
