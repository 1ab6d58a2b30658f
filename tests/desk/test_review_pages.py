"""The review queue through the front door: what is shown, what each act does, what is refused and how."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from luodi.kernel.accounts.throttle import AT_ONE_LOGIN, FROM_ONE_ADDRESS
from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments.models import Commitment, Said
from luodi.kernel.documents.models import Judgement, StatementKey
from luodi.kernel.ledger.models import Event
from luodi.kernel.review.models import Correction, Lease
from tests.database import standing
from tests.desk.review_world import TODAY, World, built, form_of, hire, log_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture(autouse=True)
def _fresh_throttles_quick_hashes_and_the_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for throttle in (AT_ONE_LOGIN, FROM_ONE_ADDRESS):
        throttle.forget()
    for name, value in (("time_cost", 1), ("memory_cost", 64), ("parallelism", 1)):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{name}", value)
    with held_at(TODAY):
        yield


def on_its_day() -> World:
    """The district of reviewers."""
    with held_at(TODAY):
        return built()


@pytest.fixture(scope="module")
def standing_world(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], World]]:
    """Built once for all."""
    with standing(django_db_blocker, tmp_path_factory.mktemp("standing"), on_its_day) as begun:
        yield begun


@pytest.fixture
def world(standing_world: Callable[[Path], World], data_folder: Path) -> World:
    return standing_world(data_folder)


@pytest.fixture
def fuhe(world: World, client: Client) -> Client:
    """A reviewer who has come in."""
    return log_in(client)


def opened(client: Client, world: World, words: str, query: str = "") -> Any:
    page = client.get(f"/desk/review/{world.statement(words).id}{query}")
    assert page.status_code == 200, text_of(page)
    return page


def sent(client: Client, page: Any, act: str, **given: Any) -> Any:
    """Send a form of the page as a browser would, some fields changed."""
    form = form_of(page) if act == "adopt" else {"reading": page.context["reading"].id}
    return client.post(f"/desk/review/{page.context['statement'].id}/{act}", {**form, **given})


def statement_in(answer: Any) -> str:
    """The statement an answer leads to."""
    found = re.search(r"/desk/review/(s\w{13})", answer["Location"])
    assert found, answer["Location"]
    return found[1]


def test_only_reviewers_and_the_office_come_in(world: World, client: Client) -> None:
    addresses = (
        "/desk/review",
        "/desk/review/list",
        "/desk/review/keys",
        f"/desk/review/{world.statement('26公里').id}",
    )
    for address in addresses:
        assert client.get(address)["Location"].startswith("/desk/login")
    log_in(client, "tianbao")
    for address in addresses:
        assert client.get(address).status_code == 403
    office = log_in(Client(), "ducha")
    assert office.get("/desk/review").status_code == 302


def test_the_queue_begins_with_the_damaged_one_and_shows_source_repair_and_proposal(
    fuhe: Client, world: World
) -> None:
    page = fuhe.get("/desk/review", follow=True)
    text = text_of(page)
    assert page.context["statement"] == world.statement("26公里")
    assert "年內(nèi)全部建成" in text
    assert "缺1位" in text
    assert "<b>14</b>条待复核" in text
    assert "第<b>1</b>条，本页共<b>7</b>条" in text
    assert 'name="doubt-0" value="0" form="f-adopt" data-number="126"' in text
    assert 'name="doubt-0" value="none"' in text
    assert not re.search(r'type="radio"[^>]*checked', text)
    assert page["Cache-Control"] == "no-store"


def test_two_reviewers_are_never_shown_the_same_one(fuhe: Client, world: World) -> None:
    mine = statement_in(fuhe.get("/desk/review"))
    other = log_in(Client(), "ducha")
    theirs = statement_in(other.get("/desk/review"))
    assert mine != theirs
    same = log_in(Client(), "fuhe")  # the same log-in on another device is another reviewer
    assert statement_in(same.get("/desk/review")) not in (mine, theirs)
    page = other.get(f"/desk/review/{mine}")
    assert "青岚区人民政府办公室" in page.context["looker"] or "区政府办" in page.context["looker"]
    assert 'id="f-adopt"' in text_of(page)
    assert "ld-bar" in text_of(page)
    assert 'data-key="a"' not in text_of(page)


def test_accepting_makes_the_promise_as_proposed_and_goes_on(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "学位1800个")
    answer = sent(fuhe, page, "adopt")
    assert answer.status_code == 302
    row = Commitment.objects.get(title="秋季开学前新增公办幼儿园学位1800个")
    target = row.targets.get()
    assert (row.lead_unit.name, row.leader_post and row.leader_post.title) == ("青岚区教育局", "区教育局局长")
    assert (target.number, target.unit, target.due_until, target.due_since) == (
        "1800", "个", dt.date(2026, 8, 31), None,
    )  # fmt: skip
    assert Judgement.objects.get(statement=world.statement("学位1800个")).verdict == "accept"
    assert Correction.objects.count() == 0
    following = fuhe.get(answer["Location"])
    assert following.context["statement"].id != page.context["statement"].id
    assert "已采纳：“秋季开学前新增公办幼儿园学位1800个”" in text_of(following)
    assert 'action="/desk/review/undo"' in text_of(following)


def test_the_undo_bar_stays_until_the_next_act_and_undoing_is_an_event(fuhe: Client, world: World) -> None:
    answer = sent(fuhe, opened(fuhe, world, "学位1800个"), "adopt")
    fuhe.get(answer["Location"])
    page = opened(fuhe, world, "43公里")
    assert page.context["last"].statement == world.statement("学位1800个").id
    undone = fuhe.post("/desk/review/undo")
    assert statement_in(undone) == world.statement("学位1800个").id
    assert world.statement("学位1800个").state == "unread"
    assert Event.objects.order_by("id").last().kind == "commitment.adoption_undone"  # type: ignore[union-attr]
    assert fuhe.get(undone["Location"]).context["last"] is None
    again = fuhe.post("/desk/review/undo")
    assert again.status_code == 409
    assert "没有可以撤销的" in text_of(again)


def test_a_missing_digit_must_be_answered_and_the_answer_is_what_is_adopted(
    fuhe: Client, world: World
) -> None:
    page = opened(fuhe, world, "26公里")
    refused = sent(fuhe, page, "adopt")
    assert refused.status_code == 422
    assert "先给缺字的数选一个读法" in text_of(refused)
    assert refused.context["fault_at"].keys() == {"doubt-0"}
    assert Commitment.objects.count() == 1
    assert sent(fuhe, page, "adopt", **{"doubt-0": "0"}).status_code == 302
    row = Commitment.objects.get(title="126公里年内全部建成")
    assert (row.targets.get().number, row.targets.get().unit) == ("126", "公里")
    assert Correction.objects.get(field="amount").value == "126|公里"


@pytest.mark.parametrize(
    ("given", "number", "status"),
    [
        ({"doubt-0": "none"}, "", 302),
        ({"number-0": "116"}, "116", 302),
        ({"doubt-0": "0", "number-0": "126"}, "126", 302),
        ({"doubt-0": "0", "number-0": "116"}, None, 422),
        ({"doubt-0": "none", "number-0": "116"}, None, 422),
        ({"doubt-0": "7"}, None, 422),
    ],
)
def test_what_is_chosen_and_what_is_typed_must_be_one(
    fuhe: Client, world: World, given: dict[str, str], number: str | None, status: int
) -> None:
    answer = sent(fuhe, opened(fuhe, world, "26公里"), "adopt", **given)
    assert answer.status_code == status
    made = Commitment.objects.exclude(pk=world.promises["绿道"].pk)
    assert [row.targets.get().number for row in made] == ([] if number is None else [number])


def test_what_was_corrected_is_kept_beside_and_offered_elsewhere_with_one_click(
    fuhe: Client, world: World
) -> None:
    page = opened(fuhe, world, "12条背街小巷")
    answer = sent(fuhe, page, "adopt", **{"lead-0": "区住建局", "leader-0": ""})
    following = fuhe.get(answer["Location"])
    offer = following.context["offer"]
    assert [reading.text for reading in offer.readings] == [
        "年内建成智慧停车泊位3000个",
        "年内办起社区食堂5家",
    ]
    assert "还有2条待复核的也这样读" in text_of(following)
    before = Event.objects.filter(kind="statement.corrected").count()
    done = fuhe.post(
        f"/desk/review/likewise/{offer.correction.id}",
        {"statement": [r.statement_id for r in offer.readings], "next": following.request["PATH_INFO"]},
    )
    assert done["Location"] == following.request["PATH_INFO"]
    assert Event.objects.filter(kind="statement.corrected").count() == before + 2
    corrected = opened(fuhe, world, "泊位3000个")
    assert corrected.context["form"].parts[0].lead == "青岚区住房和城乡建设局"
    assert "有人改过；机器读作“区建设局”" in text_of(corrected)
    assert "已照改2条" in text_of(corrected)
    fuhe.post("/desk/review/undo")
    assert "有人改过" not in text_of(opened(fuhe, world, "泊位3000个"))
    assert Commitment.objects.filter(lead_unit=world.units["青岚区住房和城乡建设局"]).count() == 1


def test_a_statement_is_refused_with_one_of_nine_reasons(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "926公里")
    assert len(re.findall(r'data-reason="\d"', text_of(page))) == 9
    assert sent(fuhe, page, "refuse", reason="9", words=" ").status_code == 422
    assert sent(fuhe, page, "refuse", reason="6").status_code == 302
    judgement = Judgement.objects.get(statement=world.statement("926公里"))
    assert (judgement.verdict, judgement.reason) == ("refuse", "机器切错了句子")
    other = opened(fuhe, world, "116公里")
    sent(fuhe, other, "refuse", reason="9", words="说的是去年")
    assert Judgement.objects.get(statement=world.statement("116公里")).reason == "说的是去年"


def test_a_result_is_offered_as_the_claim_of_a_promise_with_score_and_reason(
    fuhe: Client, world: World
) -> None:
    page = opened(fuhe, world, "已建成环湖绿道13公里")
    text = text_of(page)
    assert "相似0.50" in text
    assert "所说的事相近" in text
    assert page.context["primary"] == "keep"
    answer = sent(fuhe, page, "link", commitment=f"{world.promises['绿道'].id} 0.50")
    assert answer.status_code == 302
    said = Said.objects.get(statement=world.statement("13公里"))
    assert (said.role, said.commitment) == ("claims", world.promises["绿道"])
    assert Judgement.objects.get(statement=world.statement("13公里")).reason == "相似0.50"


def test_a_promise_said_otherwise_is_merged_as_a_change(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "年内贯通21公里")
    assert "目标数调低：32公里→21公里" in text_of(page)
    sent(fuhe, page, "link", commitment=f"{world.promises['绿道'].id} 0.60")
    assert Said.objects.get(statement=world.statement("21公里")).role == "changes"
    assert world.statement("21公里").state == "merged"


def test_not_the_same_keeps_the_statement_on_the_screen_and_the_pair_apart(
    fuhe: Client, world: World
) -> None:
    page = opened(fuhe, world, "年内贯通21公里")
    answer = sent(fuhe, page, "apart", commitment=f"{world.promises['绿道'].id} 0.60")
    assert statement_in(answer) == page.context["statement"].id
    assert fuhe.get(answer["Location"]).context["matches"] == []
    fuhe.post("/desk/review/undo")
    assert len(opened(fuhe, world, "年内贯通21公里").context["matches"]) == 1


def test_one_finds_a_promise_to_merge_into_by_its_words(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "社区食堂5家", "?find=环湖绿道")
    assert world.promises["绿道"] in page.context["found"]
    assert "没有哪件承诺的名称里有“水上巴士”" in text_of(opened(fuhe, world, "社区食堂5家", "?find=水上巴士"))
    sent(fuhe, page, "link", commitment=world.promises["绿道"].id)
    assert Said.objects.get(statement=world.statement("社区食堂5家")).role in ("repeats", "changes")


def test_set_aside_is_put_off_for_oneself_and_taken_up_again(fuhe: Client, world: World) -> None:
    page = fuhe.get("/desk/review", follow=True)
    first = page.context["statement"].id
    assert statement_in(sent(fuhe, page, "aside")) != first
    assert statement_in(fuhe.get("/desk/review")) != first
    other = log_in(Client(), "ducha")
    assert statement_in(other.get("/desk/review")) == first
    other.post(f"/desk/review/{first}/leave")
    assert statement_in(fuhe.get("/desk/review?state=aside")) == first
    assert fuhe.post("/desk/review/undo")["Location"].endswith(first)
    assert Judgement.objects.filter(statement=first).count() == 0


def test_next_and_previous_go_through_the_queue_without_judging(fuhe: Client, world: World) -> None:
    first = statement_in(fuhe.get("/desk/review"))
    second = statement_in(fuhe.get(f"/desk/review/{first}/next"))
    third = statement_in(fuhe.get(f"/desk/review/{second}/next"))
    assert len({first, second, third}) == 3
    page = fuhe.get(f"/desk/review/{third}")
    assert page.context["previous"] == second
    assert fuhe.get(f"/desk/review/{first}").context["previous"] == ""
    assert list(Lease.objects.values_list("statement", flat=True)) == [first]
    assert Judgement.objects.filter(statement__in=[first, second, third]).count() == 0


def test_what_was_passed_over_comes_again_at_the_end(fuhe: Client, world: World) -> None:
    first = at = statement_in(fuhe.get("/desk/review?kind=commitment"))
    seen = [at]
    for _ in range(10):
        at = statement_in(fuhe.get(f"/desk/review/{at}/next?kind=commitment"))
        seen.append(at)
    assert len(set(seen)) == 11
    assert statement_in(fuhe.get(f"/desk/review/{at}/next?kind=commitment")) == first
    only = statement_in(fuhe.get("/desk/review?topic=教育"))
    assert statement_in(fuhe.get(f"/desk/review/{only}/next?topic=教育")) == only


def test_somebody_else_was_faster_and_what_was_typed_is_there(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "社区食堂5家")
    Lease.objects.all().delete()
    other = log_in(Client(), "ducha")
    sent(other, opened(other, world, "社区食堂5家"), "refuse", reason="2")
    answer = sent(fuhe, page, "adopt", **{"title-0": "办起八家社区食堂", "lead-0": "区民政局"})
    text = text_of(answer)
    assert answer.status_code == 409
    assert "没有记上：这一条刚才已经有人复核，结果是“不采纳”" in text
    assert "督查科科长" in text
    assert "办起八家社区食堂" in text
    assert "看下一条" in text
    assert "照这样再采纳一次" not in text
    assert Commitment.objects.count() == 1


def test_while_another_looks_the_form_comes_back_to_be_sent_again(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "社区食堂5家")
    with held_at(TODAY + dt.timedelta(minutes=10)):
        other = log_in(Client(), "ducha")
        opened(other, world, "社区食堂5家")
        log_in(fuhe)
        answer = sent(fuhe, page, "adopt", **{"title-0": "办起五家社区食堂", "lead-0": "区民政局"})
        assert answer.status_code == 409
        again = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', text_of(answer)))
        assert again["title-0"] == "办起五家社区食堂"
        other.post(f"/desk/review/{page.context['statement'].id}/leave")
        assert fuhe.post(f"/desk/review/{page.context['statement'].id}/adopt", again).status_code == 302
    assert Commitment.objects.filter(title="办起五家社区食堂").exists()


def test_a_button_pressed_twice_adopts_once_and_goes_on(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "学位1800个")
    first = sent(fuhe, page, "adopt")
    second = sent(fuhe, page, "adopt")
    assert (first.status_code, second.status_code) == (302, 302)
    assert Commitment.objects.filter(lead_unit=world.units["青岚区教育局"]).count() == 1
    changed = sent(fuhe, page, "adopt", **{"title-0": "别的名称"})
    assert changed.status_code == 409


def test_a_sentence_is_split_into_several_promises(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "12条背街小巷")
    split = sent(fuhe, page, "adopt", more="1", **{"lead-0": "区住建局"})
    assert split.status_code == 200
    assert [(part.number, part.unit, part.lead) for part in split.context["form"].parts] == [
        ("12", "条", "区住建局"), ("18.6", "公里", "区住建局"),
    ]  # fmt: skip
    less = sent(fuhe, split, "adopt", less="0")
    assert [part.number for part in less.context["form"].parts] == ["18.6"]
    assert Commitment.objects.count() == 1
    answer = sent(
        fuhe, split, "adopt",
        **{"title-0": "改造背街小巷12条", "title-1": "改造排水管网18.6公里", "lead-1": "区交通运输局", "leader-1": ""},
    )  # fmt: skip
    assert answer.status_code == 302
    rows = Commitment.objects.filter(
        said__statement=world.statement("12条背街小巷"), said__role="made"
    ).order_by("id")
    assert [(row.title, row.lead_unit.short_name) for row in rows] == [
        ("改造背街小巷12条", "区住建局"), ("改造排水管网18.6公里", "区交通运输局"),
    ]  # fmt: skip
    assert "已拆成2件采纳" in text_of(fuhe.get(answer["Location"]))
    fuhe.post("/desk/review/undo")
    assert {row.state for row in Commitment.objects.filter(pk__in=[row.id for row in rows])} == {"undone"}


def test_every_fault_is_named_at_its_field_and_what_was_typed_stays(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "社区食堂5家")
    wrong = {
        "title-0": "", "number-0": "五", "due-0": "明年", "lead-0": "区水务局", "leader-0": "不存在的岗",
        "co": "区教育局、无名局", "year": "今年",
    }  # fmt: skip
    answer = sent(fuhe, page, "adopt", **wrong)
    assert answer.status_code == 422
    text = text_of(answer)
    assert answer.context["fault_at"].keys() >= {"title-0", "lead-0", "due-0", "co", "year"}
    assert 'value="区水务局"' in text
    assert 'value="五"' in text
    assert 'href="#f-lead-0"' in text
    assert text.count("aria-invalid") >= 5
    assert Commitment.objects.count() == 1
    bad_number = sent(fuhe, page, "adopt", **{"number-0": "五", "lead-0": "区民政局"})
    assert bad_number.context["fault_at"].keys() == {"number-0"}
    no_unit = sent(fuhe, page, "adopt", **{"number-0": "5", "unit-0": "", "lead-0": "区民政局"})
    assert no_unit.context["fault_at"].keys() == {"unit-0"}


def test_a_result_that_is_a_promise_is_adopted_as_one_and_says_so(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "已建成环湖绿道13公里")
    answer = sent(fuhe, page, "adopt", kind="commitment", **{"lead-0": "区城管局"})
    assert answer.status_code == 302
    assert Correction.objects.get(field="kind").machine == "result"
    other = opened(fuhe, world, "市级补助占四成")
    assert sent(fuhe, other, "adopt", kind="status").status_code == 302
    assert world.statement("市级补助占四成").state == "kept"
    assert Correction.objects.filter(field="kind").count() == 2


def test_a_reviewer_of_one_unit_gives_promises_to_no_other(world: World, client: Client) -> None:
    hire(world, "jiaoyu", "教育口复核员", "reviewer", world.units["青岚区教育局"])
    log_in(client, "jiaoyu")
    page = opened(client, world, "社区食堂5家")
    answer = sent(client, page, "adopt", **{"lead-0": "区民政局"})
    assert answer.status_code == 422
    assert "您的岗位不管青岚区民政局的承诺" in answer.context["fault_at"]["lead-0"]
    assert sent(client, opened(client, world, "学位1800个"), "adopt").status_code == 302


def test_a_judged_statement_shows_both_readings_and_is_taken_back_there(fuhe: Client, world: World) -> None:
    sent(fuhe, opened(fuhe, world, "学位1800个"), "adopt", **{"number-0": "2000"})
    page = opened(fuhe, world, "学位1800个")
    text = text_of(page)
    assert "已复核：已采纳" in text
    assert re.search(r"<td>1800个</td><td>2000个</td>", text)
    assert "信息科复核员" in text
    other = log_in(Client(), "ducha")
    assert other.post(f"/desk/review/{page.context['statement'].id}/undo").status_code == 302
    assert world.statement("学位1800个").state == "unread"
    back = opened(fuhe, world, "学位1800个")
    assert back.context["form"].parts[0].number == "2000"
    assert "有人改过；机器读作“1800个”" in text_of(back)


def test_a_script_gets_the_part_and_everybody_else_the_page(fuhe: Client, world: World) -> None:
    address = f"/desk/review/{world.statement('43公里').id}"
    whole, part = fuhe.get(address), fuhe.get(address, headers={"HX-Request": "true"})
    assert "<html" in text_of(whole)
    assert text_of(part).lstrip().startswith("<title>")
    assert "<html" not in text_of(part)
    assert 'id="review"' in text_of(part)
    form = form_of(whole) | {"lead-0": "没有的局"}
    refused = fuhe.post(f"{address}/adopt", form, headers={"HX-Request": "true"})
    assert (refused.status_code, refused["HX-Push-Url"]) == (422, "false")
    assert "<html" not in text_of(refused)
    assert fuhe.get(f"{address}/adopt")["Location"] == address


def test_leases_are_renewed_and_given_up_by_the_open_page(fuhe: Client, world: World) -> None:
    key = opened(fuhe, world, "43公里").context["statement"].id
    with held_at(TODAY + dt.timedelta(minutes=3)):
        assert fuhe.post(f"/desk/review/{key}/hold").status_code == 204
        assert Lease.objects.get().until == TODAY + dt.timedelta(minutes=7)
    assert fuhe.post(f"/desk/review/{key}/leave").status_code == 204
    assert Lease.objects.count() == 0
    other = log_in(Client(), "ducha")
    opened(other, world, "43公里")
    lost = fuhe.post(f"/desk/review/{key}/hold")
    assert lost.status_code == 409
    assert "有别人在看" in text_of(lost)
    assert fuhe.post(f"/desk/review/{key}/leave").status_code == 204
    assert Lease.objects.count() == 1


def test_keys_are_shown_told_and_can_be_switched_off_for_good(fuhe: Client, world: World) -> None:
    text = text_of(opened(fuhe, world, "年内贯通21公里"))
    shown = dict(re.findall(r'data-key="([^"])" aria-keyshortcuts="([^"])"', text))
    assert shown.keys() == set("jaersmnd?")
    assert "<kbd" in text
    table = text_of(fuhe.get("/desk/review/keys"))
    for key in "JKAERMNSDTU?":
        assert f"<kbd>{key}</kbd>" in table
    fuhe.post("/desk/review/keys", {"keys": "off", "next": "/desk/review"})
    off = text_of(opened(fuhe, world, "年内贯通21公里"))
    assert 'data-keys="off"' in off
    assert "aria-keyshortcuts" not in off
    fuhe.post("/desk/review/keys", {"keys": "on"})
    assert 'data-keys="on"' in text_of(opened(fuhe, world, "年内贯通21公里"))


def test_the_end_of_the_queue_says_which_end_it_is(fuhe: Client, world: World) -> None:
    none = fuhe.get("/desk/review?kind=status")
    assert "挑出来的里面没有待复核的了" in text_of(none)
    for key in StatementKey.objects.filter(state="unread").values_list("id", flat=True)[1:]:
        page = fuhe.get(f"/desk/review/{key}")
        assert sent(fuhe, page, "refuse", reason="1").status_code == 302
    last = fuhe.get("/desk/review", follow=True)
    other = log_in(Client(), "ducha")
    assert "剩下的都有别人在看" in text_of(other.get("/desk/review"))
    answer = sent(fuhe, last, "refuse", reason="1")
    assert "待复核的都看完了" in text_of(fuhe.get(answer["Location"]))
    assert "今天复核了14条" in text_of(fuhe.get(answer["Location"]))


def test_nothing_is_done_without_the_forms_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/desk/login")
    client.post(
        "/desk/login",
        {
            "login": "fuhe",
            "password": "松湾路上的第三棵老树",
            "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
        },
    )
    key = world.statement("43公里").id
    for act in ("adopt", "refuse", "link", "apart", "aside", "take-up", "undo", "hold", "leave"):
        assert client.post(f"/desk/review/{key}/{act}").status_code == 403, act
    assert client.post("/desk/review/undo").status_code == 403


def test_what_is_typed_is_shown_as_text_and_odd_input_breaks_nothing(fuhe: Client, world: World) -> None:
    page = opened(fuhe, world, "社区食堂5家")
    script = '"><script>alert(1)</script>'
    answer = sent(fuhe, page, "adopt", **{"title-0": script, "lead-0": script, "topic": script, "no": script})
    assert "<script>alert" not in text_of(answer)
    adopted = sent(fuhe, page, "adopt", **{"title-0": script, "lead-0": "区民政局"})
    assert "<script>alert" not in text_of(fuhe.get(adopted["Location"]))
    other = opened(fuhe, world, "泊位3000个")
    for odd in (
        {"kind": "x"},
        {"place": "l0"},
        {"doubt-0": "99"},
        {"reading": "z0"},
        {"title-0": "长" * 5000},
    ):
        assert sent(fuhe, other, "adopt", **{"lead-0": "区城管局", **odd}).status_code in (302, 409, 422)
    for address in ("/desk/review/s0000000000000", "/desk/review/x", "/desk/review/none/adopt"):
        assert fuhe.get(address).status_code in (302, 404)
    assert fuhe.post("/desk/review/likewise/z0000000000000").status_code == 404
    assert (
        fuhe.post(f"/desk/review/{other.context['statement'].id}/link", {"commitment": "c0"}).status_code
        == 409
    )


def test_every_step_takes_a_bounded_number_of_queries(
    fuhe: Client, world: World, django_assert_max_num_queries: Any
) -> None:
    page = fuhe.get("/desk/review", follow=True)
    with django_assert_max_num_queries(45):
        fuhe.get(page.request["PATH_INFO"])
    plain = opened(fuhe, world, "学位1800个")
    with django_assert_max_num_queries(95):
        answer = sent(fuhe, plain, "adopt")
    with django_assert_max_num_queries(45):
        following = fuhe.get(answer["Location"])
    with django_assert_max_num_queries(60):
        answer = sent(fuhe, following, "refuse", reason="1")
    with django_assert_max_num_queries(45):
        fuhe.get(answer["Location"])
