"""Cases over the interface: public ones for anybody, the post's own for a key; opened and moved once, however often sent."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from luodi.api import actions as answered
from luodi.api import cases as routes
from luodi.api.models import Answered
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.ledger.models import Event
from tests.api.api_world import ApiTown, api_town, at, fault

pytestmark = pytest.mark.django_db
OFFICE, DOER, OTHER = "区督查室", "区住建局", "区水利局"


@pytest.fixture
def town() -> Any:
    made = api_town()
    with at(9, 1):
        yield made


def opened(town: ApiTown) -> str:
    answer = town.post("/cases", town.slip(), town.key(OFFICE))
    assert answer.status_code == 200, answer.content
    return str(answer.json()["case"])


def test_a_case_goes_its_way_over_the_interface(town: ApiTown) -> None:
    ident = opened(town)
    assert town.get(f"/cases/{ident}", town.key(OFFICE)).json()["state"] == "initiated"
    done = town.post(
        f"/cases/{ident}/moves", {"move": "assign", "seen": "initiated"}, town.key(OFFICE)
    ).json()
    assert (done["state"], done["waits_for"]) == ("assigned", "")
    photo = {"name": "现场.txt", "base64": base64.b64encode("看过了".encode()).decode()}
    answers = {"answer": "完成了6公里", "evidence": [photo]}
    done = town.post(f"/cases/{ident}/moves", {"move": "report", "answers": answers}, town.key(DOER)).json()
    assert done["state_words"] == "反馈"
    assert Step.objects.get(pk=done["step"]).files.count() == 1
    whole = town.get(f"/cases/{ident}", town.key(OFFICE)).json()
    assert [step["move"] for step in whole["steps"]] == ["initiate", "assign", "report"]
    assert whole["inner"]["unit"]["name"] == DOER


def test_a_case_says_what_may_be_done_and_why_not(town: ApiTown) -> None:
    ident = opened(town)
    moves = {m["move"]: m for m in town.get(f"/cases/{ident}", town.key(OFFICE)).json()["moves"]}
    assert moves["assign"]["is_open"]
    assert not moves["terminate"]["is_open"]
    assert "分管领导" in moves["terminate"]["why"]
    assert moves["terminate"]["asks"][0]["name"] == "reason"


def test_without_a_key_only_the_course_is_told(town: ApiTown) -> None:
    ident = opened(town)
    whole = town.get(f"/cases/{ident}").json()
    assert (whole["inner"], whole["moves"]) == (None, [])
    assert [step["words"] for step in whole["steps"]] == ["立项"]
    answers = {each["name"]: each["value"] for each in whole["answers"]}
    assert answers == {
        "ordered_by": "区政府负责人",
        "answer_by": "2026-09-30",
    }
    assert "督办：管网改造逾期" not in str(whole)
    assert town.get("/cases?unit=u0000000000000").json()["items"], "nobody learns whose a case is by asking"


def test_a_kind_that_is_not_public_is_nobody_s_to_read(town: ApiTown) -> None:
    body = {
        "kind": "mediation",
        "move": "apply",
        "title": "邻里漏水",
        "unit": town.town.units[DOER].id,
        "answers": {"parties": "甲、乙", "sort": "邻里", "risk": "low"},
    }
    ident = town.post("/cases", body, town.key(OFFICE)).json()["case"]
    assert town.get("/cases").json()["items"] == []
    fault(town.get(f"/cases/{ident}"), 404, "not-found")
    assert town.get(f"/cases/{ident}", town.key(DOER)).status_code == 200
    fault(town.get(f"/cases/{ident}", town.key(OTHER)), 404, "not-found")


def test_a_key_reaches_as_far_as_its_post(town: ApiTown) -> None:
    ident = opened(town)
    assert [each["id"] for each in town.get("/cases", town.key(DOER)).json()["items"]] == [ident]
    assert town.get("/cases", town.key(OTHER)).json()["items"] == []
    fault(town.post(f"/cases/{ident}/moves", {"move": "assign"}, town.key(OTHER)), 404, "not-found")
    fault(town.post(f"/cases/{ident}/moves", {"move": "assign"}, town.key(DOER)), 403, "other-party")


def test_what_is_due_is_told_to_the_post_it_is_due_from(town: ApiTown) -> None:
    ident = opened(town)
    town.post(f"/cases/{ident}/moves", {"move": "assign"}, town.key(OFFICE))
    found = town.get("/due", town.key(DOER)).json()["items"]
    assert [(each["subject"], each["due_on"], each["light"]) for each in found] == [
        (ident, "2026-09-30", "green")
    ]
    assert found[0]["number"] == Case.objects.get(pk=ident).number
    assert town.get("/due", town.key(OTHER)).json()["items"] == []


def test_due_items_come_page_by_page(town: ApiTown) -> None:
    for number in range(3):
        body = town.slip(answers={"subject": f"c000000000000{number}"})
        ident = town.post("/cases", body, town.key(OFFICE)).json()["case"]
        town.post(f"/cases/{ident}/moves", {"move": "assign"}, town.key(OFFICE))
    first = town.get("/due?limit=2", town.key(DOER)).json()
    second = town.get(f"/due?limit=2&cursor={first['next']}", town.key(DOER)).json()
    assert len({each["subject"] for each in first["items"] + second["items"]}) == 3
    assert second["next"] == ""
    fault(town.get(f"/due?limit=2&cursor={first['next']}", town.key(OFFICE)), 400, "bad-cursor")


def test_a_request_sent_twice_counts_once(town: ApiTown) -> None:
    first = town.post("/cases", town.slip(), town.key(OFFICE), once="abc")
    again = town.post("/cases", town.slip(), town.key(OFFICE), once="abc")
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Case.objects.count() == 1
    assert Event.objects.filter(kind="case.opened").count() == 1


def test_the_same_key_for_something_else_is_refused(town: ApiTown) -> None:
    town.post("/cases", town.slip(), town.key(OFFICE), once="abc")
    other = town.slip(title="另一件")
    fault(town.post("/cases", other, town.key(OFFICE), once="abc"), 422, "key-reused")
    assert Case.objects.count() == 1


def test_two_callers_may_use_the_same_word_as_key(town: ApiTown) -> None:
    ident = town.post("/cases", town.slip(), town.key(OFFICE), once="abc").json()["case"]
    town.post(f"/cases/{ident}/moves", {"move": "assign"}, town.key(OFFICE))
    body = {"move": "report", "answers": {"answer": "完成了"}}
    assert town.post(f"/cases/{ident}/moves", body, town.key(DOER), once="abc").status_code == 200


def test_a_refusal_uses_up_no_key(town: ApiTown) -> None:
    wrong = town.slip(answers={"answer_by": "九月底"})
    found = fault(town.post("/cases", wrong, town.key(OFFICE), once="abc"), 422, "bad-answers")
    assert "九月底" in found["fields"]["answer_by"]
    assert not Answered.objects.exists()
    assert town.post("/cases", town.slip(), town.key(OFFICE), once="abc").status_code == 200


def test_a_key_is_good_for_a_day(town: ApiTown) -> None:
    town.post("/cases", town.slip(), town.key(OFFICE), once="abc")
    with at(9, 2, 11):
        assert answered.sweep() == 1
    assert not Answered.objects.exists()


def test_what_is_kept_for_a_repeat_holds_no_word_that_was_typed(town: ApiTown) -> None:
    town.post("/cases", town.slip(title="张某某，13800001234"), town.key(OFFICE))
    kept = str(list(Answered.objects.values()))
    assert "13800001234" not in kept
    assert "张某某" not in kept


def test_writing_needs_an_idempotency_key_and_the_scope(town: ApiTown) -> None:
    found = fault(town.post("/cases", town.slip(), town.key(OFFICE), once=""), 422, "bad-field")
    assert "Idempotency-Key" in found["fields"]
    fault(town.post("/cases", town.slip(), town.key(OFFICE, ("read",))), 403, "scope-missing")
    fault(town.post("/cases", town.slip()), 401, "key-needed")
    fault(town.get("/due", town.key(OFFICE, ("cases:write",))), 403, "scope-missing")
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"unit": "u0000000000000"}, "unit"),
        ({"post": "o0000000000000"}, "post"),
        ({"verifier_unit": "u0000000000000"}, "verifier_unit"),
        ({"place": "l0000000000000"}, "place"),
        ({"parent": "k0000000000000"}, "parent"),
        ({"title": "\ud800"}, "title"),
        ({"answers": {"ordered_by": "o0000000000000"}}, "answers.ordered_by"),
        ({"answers": {"answer_by": "9999-12-31"}}, "answers.answer_by"),
        ({"answers": {"matter": "\0"}}, "answers.matter"),
        ({"answers": {"matter": {"a": 1}}}, "answers.matter"),
        ({"answers": {"unasked": 1}}, "unasked"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(town: ApiTown, changed: dict[str, Any], field: str) -> None:
    answer = town.post("/cases", town.slip(**changed), town.key(OFFICE))
    assert answer.status_code == 422, answer.content
    assert field in answer.json()["error"]["fields"], answer.json()
    assert not Case.objects.exists()


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b'{"kind": 1}', b"\xff\xfe"])
def test_a_body_that_is_none_is_refused_in_the_one_shape(town: ApiTown, raw: bytes) -> None:
    answer = town.post("/cases", raw, town.key(OFFICE))
    assert answer.status_code in (400, 422), answer.content
    assert set(answer.json()) == {"error"}


def test_somebody_quicker_is_told(town: ApiTown) -> None:
    ident = opened(town)
    body = {"move": "assign", "seen": "assigned"}
    fault(town.post(f"/cases/{ident}/moves", body, town.key(OFFICE)), 409, "changed-meanwhile")
    body = {"move": "assign", "seen": "nowhere"}
    fault(town.post(f"/cases/{ident}/moves", body, town.key(OFFICE)), 422, "bad-field")


def test_a_second_signature_is_waited_for(town: ApiTown) -> None:
    ident = opened(town)
    town.post(f"/cases/{ident}/moves", {"move": "assign"}, town.key(OFFICE))
    body = {"move": "suspend", "answers": {"reason": "等材料", "until": "2026-09-20"}}
    done = town.post(f"/cases/{ident}/moves", body, town.key(OFFICE)).json()
    assert (done["state"], done["waits_for"]) == ("assigned", "分管领导")
    steps = town.get(f"/cases/{ident}").json()["steps"]
    assert "suspend" not in {step["move"] for step in steps}


def test_what_broke_on_the_way_left_nothing_and_may_be_sent_again(
    town: ApiTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = town.key(OFFICE)
    with monkeypatch.context() as patch:
        patch.setattr(routes, "done", lambda *_: 1 / 0)
        fault(town.post("/cases", town.slip(), key, once="abc"), 500, "broken")
    assert not Case.objects.exists()
    assert not Answered.objects.exists()
    assert not Event.objects.filter(kind="case.opened").exists()
    assert town.post("/cases", town.slip(), key, once="abc").status_code == 200
