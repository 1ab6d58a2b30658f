"""Through the front door: why figures are strange and until when that is put right; another unit's view of the delivery."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luodi.areas.projects import actions
from luodi.areas.projects.meeting.gathering import briefs
from luodi.areas.projects.models import ConfidenceReview, Explanation, ProjectFile
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from luodi.kernel.ledger.verify import verify
from luodi.kernel.register import actions as register
from tests.areas.projects.project_town import ProjectTown, at, found
from tests.areas.projects.test_screens import MAY, browser, read, running
from tests.desk.case_desk import counted, text_of

pytestmark = pytest.mark.django_db
BASE = "/desk/projects"
WHY = {
    "month": "2026-05",
    "matter": "figures",
    "text": "五月补录了前两个月的设备款",
    "remedy": "把补录的分回原来的月份。",
    "until": "2026-06-30",
}
JUDGED = {"rating": "doubtful", "reason": "设备晚到两个月，安装队伍还没有进场"}


@pytest.fixture
def town(data_folder: object) -> ProjectTown:
    return found()


@pytest.fixture
def strange(town: ProjectTown) -> ProjectFile:
    """Told 130 % of its year by May; in statistics, so that nothing else is to be explained."""
    file = running(town, "云岭光伏", 6_500)
    with at(6, 3):
        actions.enter_library(
            file, "statistical", by=town.actors["综合科"], since=dt.date(2026, 4, 10), paper="平台回执"
        )
    return file


def of(file: ProjectFile, rest: str = "") -> str:
    return f"{BASE}/{file.id}{rest}"


def sent(town: ProjectTown, post: str, address: str, given: dict[str, str], status: int) -> Any:
    """What sending that gives the post, in the middle of June."""
    with at(6, 15):
        answer = browser(town, post).post(address, given)
    assert answer.status_code == status, text_of(answer)
    return answer


def test_the_doing_unit_explains_and_another_accepts_it(town: ProjectTown, strange: ProjectFile) -> None:
    own = text_of(read(town, "填报员", of(strange)))
    assert "完成数是年度计划的130.0%，超过120%" in own
    assert of(strange, "/explain?month=2026-05") in own
    for post in ("综合科", "核查科", "副区长"):
        assert of(strange, "/explain") not in text_of(read(town, post, of(strange))), post
        read(town, post, of(strange, "/explain"), 409)
    shown = read(town, "填报员", of(strange, "/explain"))
    assert [matter for matter, _, _ in shown.context["dues"]] == ["figures"]
    answer = sent(town, "填报员", of(strange, "/explain"), WHY, 302)
    assert answer["Location"] == of(strange, "?month=2026-05#explained")
    row = Explanation.objects.get()
    assert (row.matter, row.month, row.until, row.accepted) == ("figures", MAY, dt.date(2026, 6, 30), None)
    where = of(strange, f"/explanations/{row.id}/judge")
    for post, may in (("填报员", False), ("镇长", False), ("综合科", True)):
        page = text_of(read(town, post, of(strange)))
        assert "五月补录了前两个月的设备款" in page
        assert "把补录的分回原来的月份，到2026年6月30日办好" in page.replace("<span>", "")
        assert "等项目办看" in page
        assert (f'action="{where}"' in page) is may, post
    assert of(strange, "/explain?month=2026-05") not in text_of(read(town, "填报员", of(strange)))
    sent(town, "镇长", where, {"answer": "accept"}, 403)
    sent(town, "综合科", where, {}, 409)
    sent(town, "综合科", where, {"answer": "accept"}, 302)
    sent(town, "综合科", where, {"answer": "refuse"}, 409)
    row.refresh_from_db()
    assert row.accepted is True
    assert "区项目办综合科" in text_of(read(town, "镇长", of(strange)))
    assert [finding for finding in verify() if finding.is_wrong] == []


def test_what_was_not_accepted_is_explained_anew_and_both_stay(
    town: ProjectTown, strange: ProjectFile
) -> None:
    sent(town, "镇长", of(strange, "/explain"), WHY, 302)
    first = Explanation.objects.get()
    again = sent(town, "镇长", of(strange, "/explain"), WHY, 409)
    assert "已经说明过" in again.context["faults"]["matter"]
    read(town, "镇长", of(strange, "/explain"), 409)
    sent(town, "主任", of(strange, f"/explanations/{first.id}/judge"), {"answer": "refuse"}, 302)
    assert "项目办没有认可" in text_of(read(town, "镇长", of(strange)))
    sent(town, "镇长", of(strange, "/explain"), {**WHY, "text": "四月的设备款记到了五月"}, 302)
    page = text_of(read(town, "镇长", of(strange)))
    assert "四月的设备款记到了五月" in page
    assert "五月补录了前两个月的设备款" in page
    assert Event.objects.filter(kind="project.explained").count() == 2


def test_what_waits_for_the_offices_word_stands_in_one_list(town: ProjectTown, strange: ProjectFile) -> None:
    other = running(town, "环湖绿道贯通", 6_600)
    where = f"{BASE}/explanations"
    read(town, "镇长", where, 403)
    assert "没有等着看的说明" in text_of(read(town, "综合科", where))
    assert "等着看" not in text_of(read(town, "综合科", BASE))

    def asked_of() -> int:
        client = browser(town, "综合科")
        with at(6, 15), counted() as number:
            client.get(where)
        return number[-1]

    with at(6, 14):
        actions.explain(other, "statistics", MAY, "平台还没有审完", by=town.actors["镇长"])
    few = asked_of()
    sent(town, "填报员", of(other, "/explain"), WHY, 302)
    sent(town, "填报员", of(strange, "/explain"), WHY, 302)
    assert asked_of() == few
    assert "3份说明等着看" in text_of(read(town, "综合科", BASE))
    page = read(town, "综合科", where)
    assert [each.row.matter for each in page.context["explained"]] == ["statistics", "figures", "figures"]
    row = page.context["explained"][0].row
    assert f'href="{of(other)}?month=2026-05"' in text_of(page)
    judge = of(other, f"/explanations/{row.id}/judge")
    assert sent(town, "综合科", judge, {"answer": "accept", "from": "list"}, 302)["Location"] == where
    assert "2份说明等着看" in text_of(read(town, "综合科", where))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("text", "忙"), ("remedy", ""), ("until", ""), ("until", "2026-06-14"), ("matter", "weather")],
)
def test_a_faulty_explanation_stays_in_the_form_and_nothing_is_written(
    town: ProjectTown, strange: ProjectFile, name: str, wrong: str
) -> None:
    answer = sent(town, "填报员", of(strange, "/explain"), {**WHY, name: wrong}, 422)
    assert list(answer.context["faults"]) == [name]
    kept = "text" if name != "text" else "remedy"
    assert WHY[kept] in text_of(answer)
    assert not Explanation.objects.exists()


def test_an_accepted_reason_turns_the_light_it_is_about(town: ProjectTown) -> None:
    with at(5, 20):
        late = town.file(project=town.project("古街修缮"))
    page = read(town, "项目员", of(late))
    assert "连续3个月没有开工" in text_of(page)
    given = {**WHY, "matter": "start", "text": "征收还差两户没有签", "remedy": "由镇里七月底前签完"}
    sent(town, "项目员", of(late, "/explain"), given, 302)
    row = Explanation.objects.get()
    assert page.context["row"].colour == read(town, "项目员", of(late)).context["row"].colour == "red"
    assert "理由已认可" not in text_of(read(town, "综合科", f"{BASE}/wall?month=2026-05"))
    sent(town, "综合科", of(late, f"/explanations/{row.id}/judge"), {"answer": "accept"}, 302)
    assert read(town, "项目员", of(late)).context["row"].colour == "green"
    # a green light beside nothing done would be a riddle to whoever stands before the wall
    assert "理由已认可" in text_of(read(town, "综合科", f"{BASE}/wall?month=2026-05"))


def test_the_pack_says_what_was_explained_by_its_day(town: ProjectTown, strange: ProjectFile) -> None:
    sent(town, "填报员", of(strange, "/explain"), WHY, 302)
    asked = f"{BASE}/meeting?id={strange.id}"
    page = text_of(read(town, "综合科", asked))
    assert (
        "等项目办看：五月补录了前两个月的设备款；怎么办：把补录的分回原来的月份，到2026年6月30日办好" in page
    )
    assert "五月补录" not in text_of(read(town, "综合科", f"{asked}&day=2026-06-14"))
    row = Explanation.objects.get()
    with at(6, 20):
        browser(town, "综合科").post(of(strange, f"/explanations/{row.id}/judge"), {"answer": "refuse"})
    office = town.actors["综合科"]
    before, after = (briefs([strange], dt.date(2026, 6, day), office)[0].explained for day in (15, 20))
    assert [said.accepted for said in before] == [None]
    assert after == ()


def test_confidence_is_judged_by_another_unit_and_history_stays(
    town: ProjectTown, strange: ProjectFile
) -> None:
    where = of(strange, "/confidence")
    assert where in text_of(read(town, "核查科", of(strange)))
    assert where not in text_of(read(town, "填报员", of(strange)))
    read(town, "填报员", where, 403)
    sent(town, "填报员", where, JUDGED, 403)
    sent(town, "核查科", where, JUDGED, 302)
    twice = sent(town, "核查科", where, JUDGED, 409)
    assert "今天已经评过" in text_of(twice)
    assert JUDGED["reason"] in text_of(twice)
    with at(6, 20):
        later = {"rating": "unlikely", "reason": "安装队伍七月才能来，赶不上九月"}
        assert browser(town, "核查科").post(where, later).status_code == 302
        page = text_of(browser(town, "总经理").get(of(strange)))
    assert page.index("红：照现在这样建不成") < page.index("黄：有问题，还来得及解决")
    assert "区审计局核查科" in page
    assert "以前评的" in page
    with at(9, 30):
        assert "评了很久，该重新评" in text_of(browser(town, "总经理").get(of(strange)))
    assert ConfidenceReview.objects.count() == 2


def test_who_does_the_project_is_refused_with_words(town: ProjectTown, strange: ProjectFile) -> None:
    with at(6, 1):
        accounts.grant(town.posts["总经理"], "verifier", scope=None, by=SYSTEM)
        under = register.create_unit(name="石桥镇项目站", parent=town.units["石桥镇"], by=SYSTEM)
        post = register.create_post(title="站长", unit=under, by=SYSTEM)
        person = register.enter_person(name="某某", by=SYSTEM)
        register.appoint(person, post, since=dt.date(2026, 6, 1), by=SYSTEM)
        account = accounts.create_account(person, login="zhan", by=SYSTEM)
        accounts.grant(post, "verifier", scope=None, by=SYSTEM)
        from luodi.kernel.accounts import access

        town.actors["站长"] = access.actor_for(account)
    where = of(strange, "/confidence")
    for who in ("总经理", "站长"):
        assert "您的单位就是承办单位，或是它的上下级" in text_of(read(town, who, of(strange))), who
        assert "您的单位就是承办单位" in text_of(sent(town, who, where, JUDGED, 409)), who
        read(town, who, where, 409)
    assert not ConfidenceReview.objects.exists()
    with pytest.raises(Exception, match="不办这个项目的单位"), at(6, 15):
        actions.review_confidence(strange, "likely", "一切都好，能按时建成", by=town.actors["总经理"])


@pytest.mark.parametrize(
    ("name", "wrong"), [("rating", ""), ("rating", "sure"), ("reason", "不行"), ("reason", "好" * 501)]
)
def test_a_faulty_judgement_stays_in_the_form(
    town: ProjectTown, strange: ProjectFile, name: str, wrong: str
) -> None:
    answer = sent(town, "核查科", of(strange, "/confidence"), {**JUDGED, name: wrong}, 422)
    assert list(answer.context["faults"]) == [name]
    if name == "rating":
        assert JUDGED["reason"] in text_of(answer)
    else:
        assert 'value="doubtful" checked' in text_of(answer)
    assert not ConfidenceReview.objects.exists()


def test_the_page_asks_as_little_with_many_judgements_as_with_two(
    town: ProjectTown, strange: ProjectFile
) -> None:
    def asked_of(address: str, post: str) -> int:
        client = browser(town, post)
        with at(6, 28), counted() as number:
            assert client.get(address).status_code == 200
        return number[-1]

    def judge(day: int) -> None:
        with at(6, day):
            reason = f"第{day}日到现场看过，进度没有变化"
            actions.review_confidence(strange, "doubtful", reason, by=town.actors["核查科"])
            row = actions.explain(strange, "figures", MAY, f"第{day}日的说明", by=town.actors["填报员"])
            if day % 2:
                actions.judge_explanation(row, by=town.actors["综合科"], accepts=False)
            else:
                actions.judge_explanation(row, by=town.actors["主任"], accepts=False)

    asked = [(of(strange), "综合科"), (of(strange), "核查科"), (of(strange, "/confidence"), "核查科")]
    judge(10), judge(11)
    few = [asked_of(*each) for each in asked]
    for day in range(12, 20):
        judge(day)
    assert [asked_of(*each) for each in asked] == few
