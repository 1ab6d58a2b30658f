"""The second signature over the interface: who may give it, what it does, what is refused; once, however often sent."""

from __future__ import annotations

from typing import Any

import pytest

from luodi.api import description
from luodi.kernel.accounts import actions as accounts
from luodi.kernel.cases.models import Case, Step
from luodi.kernel.ledger.action import SYSTEM
from luodi.kernel.ledger.models import Event
from tests.api.api_world import ApiTown, api_town, at, fault

pytestmark = pytest.mark.django_db
OFFICE, DOER, LEADER, OTHER = "区督查室", "区住建局", "区政府", "区水利局"
SIGNS = ("read", "cases:sign")


@pytest.fixture
def town() -> Any:
    made = api_town()
    with at(9, 1):
        yield made


@pytest.fixture
def waiting(town: ApiTown) -> tuple[str, str]:
    """A slip that its office wants suspended, and the step that waits for the leader."""
    ident = town.post("/cases", town.slip(), town.key(OFFICE)).json()["case"]
    town.post(f"/cases/{ident}/moves", {"move": "assign"}, town.key(OFFICE))
    body = {"move": "suspend", "answers": {"reason": "等材料", "until": "2026-09-20"}}
    done = town.post(f"/cases/{ident}/moves", body, town.key(OFFICE)).json()
    assert (done["state"], done["waits_for"]) == ("assigned", "分管领导")
    return ident, done["step"]


def sign(
    town: ApiTown, waiting: tuple[str, str], unit: str, *, agrees: Any = True, once: str | None = None
) -> Any:
    body = {"step": waiting[1], "agrees": agrees}
    return town.post(f"/cases/{waiting[0]}/signatures", body, town.key(unit, SIGNS), once=once)


def test_what_waits_is_told_with_what_was_proposed_and_why_one_may_not(
    town: ApiTown, waiting: tuple[str, str]
) -> None:
    ident, step = waiting
    (told,) = town.get(f"/cases/{ident}", town.key(LEADER, SIGNS)).json()["waiting"]
    assert (told["step"], told["move"], told["may_sign"], told["why"]) == (step, "suspend", True, "")
    assert (told["note"], told["day"], told["waits_for"]) == ("等材料", "2026-09-20", "分管领导")
    (told,) = town.get(f"/cases/{ident}", town.key(OFFICE)).json()["waiting"]
    assert (told["may_sign"], "分管领导" in told["why"]) == (False, True)
    assert town.get(f"/cases/{ident}").json()["waiting"] == [], "without a key nobody learns that it waits"


def test_signed_it_takes_effect(town: ApiTown, waiting: tuple[str, str]) -> None:
    answer = sign(town, waiting, LEADER)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["step"], answer.json()["waits_for"]) == (waiting[1], "")
    step = Step.objects.get(pk=waiting[1])
    assert (step.signed_by_id, step.taken_back) == (town.town.posts[LEADER].id, False)
    assert answer.json()["state"] == Case.objects.get(pk=waiting[0]).state != "assigned"
    assert town.get(f"/cases/{waiting[0]}", town.key(LEADER, SIGNS)).json()["waiting"] == []


def test_refused_it_has_no_effect_and_is_gone(town: ApiTown, waiting: tuple[str, str]) -> None:
    assert sign(town, waiting, LEADER, agrees=False).json()["state"] == "assigned"
    assert Step.objects.get(pk=waiting[1]).taken_back
    fault(sign(town, waiting, LEADER), 409, "nothing-to-sign")
    assert town.get(f"/cases/{waiting[0]}", town.key(LEADER, SIGNS)).json()["waiting"] == []


def test_sent_twice_it_is_signed_once(town: ApiTown, waiting: tuple[str, str]) -> None:
    first, again = sign(town, waiting, LEADER, once="abc"), sign(town, waiting, LEADER, once="abc")
    assert first.json() == again.json()
    assert again["Idempotency-Replayed"] == "true"
    assert Event.objects.filter(kind="case.signed").count() == 1
    fault(sign(town, waiting, LEADER, agrees=False, once="abc"), 422, "key-reused")
    fault(sign(town, waiting, LEADER), 409, "nothing-to-sign")


def test_only_whom_it_waits_for_may_sign(town: ApiTown, waiting: tuple[str, str]) -> None:
    fault(sign(town, waiting, OFFICE), 403, "other-party")
    fault(sign(town, waiting, DOER), 403, "other-party")
    fault(sign(town, waiting, OTHER), 404, "not-found")
    assert Step.objects.get(pk=waiting[1]).signed_at is None
    assert not Event.objects.filter(kind="case.signed").exists()


def test_a_key_that_may_act_may_not_sign(town: ApiTown, waiting: tuple[str, str]) -> None:
    ident, step = waiting
    body = {"step": step, "agrees": True}
    fault(town.post(f"/cases/{ident}/signatures", body, town.key(LEADER)), 403, "scope-missing")
    fault(town.post(f"/cases/{ident}/signatures", body), 401, "key-needed")
    fault(
        town.post(f"/cases/{ident}/moves", {"move": "assign"}, town.key(OFFICE, SIGNS)), 403, "scope-missing"
    )


def test_who_proposed_it_does_not_sign_it(town: ApiTown, waiting: tuple[str, str]) -> None:
    accounts.grant(town.town.posts[OFFICE], "leader", by=SYSTEM)
    fault(sign(town, waiting, OFFICE), 403, "same-hand")
    assert Step.objects.get(pk=waiting[1]).signed_at is None
    assert sign(town, waiting, LEADER).status_code == 200


def test_a_step_of_another_case_or_of_none_is_not_there(town: ApiTown, waiting: tuple[str, str]) -> None:
    other = town.slip(answers={"subject": "c0000000000009"})
    ident = town.post("/cases", other, town.key(OFFICE)).json()["case"]
    fault(sign(town, (ident, waiting[1]), LEADER), 404, "not-found")
    fault(sign(town, (waiting[0], "z0000000000000"), LEADER), 404, "not-found")


@pytest.mark.parametrize("agrees", ["是", None, [], {}])
def test_what_is_neither_yes_nor_no_is_refused(town: ApiTown, waiting: tuple[str, str], agrees: Any) -> None:
    assert sign(town, waiting, LEADER, agrees=agrees).status_code == 422
    assert Step.objects.get(pk=waiting[1]).signed_at is None


def test_it_stands_in_the_description() -> None:
    operation = description.schema()["paths"]["/api/v1/cases/{ident}/signatures"]["post"]
    assert operation["operationId"] == "sign_case"
    assert any(each["name"] == "Idempotency-Key" for each in operation["parameters"])
    assert {200, 401, 403, 404, 409, 422} <= set(operation["responses"])
