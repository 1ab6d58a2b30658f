"""What anybody may read over the interface: pages that join up, figures that agree with the board, nothing inner."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from luodi.api import counting
from luodi.kernel.clocks.now import held_at
from luodi.kernel.commitments.models import Standing
from luodi.kernel.files.models import KeptFile
from luodi.kernel.register.models import Unit
from tests.api.api_world import fault
from tests.database import unguarded
from tests.portal.town import TODAY, Town, with_promises

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Any:
    counting.REQUESTS.forget()
    made = with_promises()
    with held_at(TODAY):
        yield made


def get(path: str) -> Any:
    answer = Client().get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.content[:500]
    return answer.json()


def every(path: str) -> list[dict[str, Any]]:
    """All items of a list, two at a time."""
    joined = "&" if "?" in path else "?"
    found: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = get(f"{path}{joined}limit=2&cursor={cursor}")
        assert len(page["items"]) <= 2
        found += page["items"]
        cursor = page["next"]
        if not cursor:
            return found


@pytest.mark.parametrize("order", ["worst", "newest", "due"])
def test_the_pages_of_the_promises_join_up(town: Town, order: str) -> None:
    found = [each["id"] for each in every(f"/commitments?order={order}")]
    assert len(found) == len(set(found))
    assert set(found) == {promise.id for promise in town.promises.values()}


def test_a_promise_says_what_the_board_says(town: Town) -> None:
    promise = town.promises["背街小巷"]
    found = get(f"/commitments/{promise.id}")
    standing = Standing.objects.get(commitment=promise)
    assert (found["state"], found["light"]) == (standing.board, standing.light)
    assert found["target"]["number"] == "18.6"
    assert found["reported"] == {"number": "17.9", "unit": "公里", "as_of": "2026-08-31"}
    assert found["verified"] == {"number": "13.4", "unit": "公里", "as_of": "2026-07-20"}
    assert [each["role"] for each in found["said"]] == ["made", "repeats"]
    assert found["said"][0]["quote"]
    assert len(found["findings"]) == 3
    assert found["lead_unit"]["name"] == "区住房城乡建设局"


def test_promises_are_chosen_by_state_unit_and_light(town: Town) -> None:
    whole = every("/commitments")
    for name in ("state", "light", "topic"):
        for value in {each[name] for each in whole}:
            chosen = every(f"/commitments?{name}={value}")
            assert chosen == [each for each in whole if each[name] == value]
    unit = town.units["区教育局"].id
    assert {each["lead_unit"]["id"] for each in every(f"/commitments?unit={unit}")} == {unit}


def test_a_statement_is_a_span_of_its_document(town: Town) -> None:
    assert town.report is not None
    document = get(f"/documents/{town.report.id}")
    statements = every(f"/statements?document={town.report.id}")
    assert len(statements) == document["statements"] > 5
    for each in statements:
        assert document["text"][each["start"] : each["end"]] == each["quote"]
    one = get(f"/statements/{statements[0]['id']}")
    assert one["readings"][0]["rule"]
    figures = [figure for reading in one["readings"] for figure in reading["figures"]]
    assert all(document["text"][each["start"] : each["end"]] for each in figures)


def test_a_document_that_is_not_public_is_none(town: Town) -> None:
    assert town.report is not None
    assert town.report.id in {each["id"] for each in every("/documents")}
    with unguarded():
        KeptFile.objects.filter(source=town.report).update(is_public=False)
    assert town.report.id not in {each["id"] for each in every("/documents")}
    assert every(f"/statements?document={town.report.id}") == []
    fault(Client().get(f"/api/v1/documents/{town.report.id}"), 404, "not-found")
    statement = town.report.statements.first()
    fault(Client().get(f"/api/v1/statements/{statement.id}"), 404, "not-found")


def test_units_and_posts_are_public_and_people_are_not(town: Town) -> None:
    assert {each["id"] for each in every("/units")} == set(Unit.objects.values_list("id", flat=True))
    post = every(f"/posts?unit={town.units['区教育局'].id}")
    assert [each["title"] for each in post] == ["区教育局局长"]
    assert set(post[0]) == {"id", "title", "unit", "is_leader", "closed_on"}
    assert [each["name"] for each in every("/units?name=区教育局")] == ["区教育局"]


def test_rules_and_playbooks_are_public(town: Town) -> None:
    names = {each["name"] for each in get("/rules")["items"]}
    assert {"supervision.check", "case.near"} <= names
    assert get("/rules?on=1999-01-01")["items"] == []
    kinds = {each["kind"] for each in get("/playbooks")["items"]}
    assert {"supervision", "mediation"} <= kinds
    slip = get("/playbooks/supervision")
    assert "assigned" in {state["name"] for state in slip["states"]}
    drawn = Client().get("/api/v1/playbooks/supervision/bpmn")
    assert drawn["Content-Type"] == "application/xml"
    assert b"BPMN/20100524" in drawn.content


def test_a_cursor_fits_the_same_question_and_nothing_else(town: Town) -> None:
    cursor = get("/commitments?limit=2")["next"]
    assert cursor
    client = Client()
    for path in (
        f"/commitments?limit=2&order=due&cursor={cursor}",
        f"/documents?cursor={cursor}",
        f"/commitments?cursor={cursor}x",
        "/commitments?cursor=1~2~c0000000000001",
    ):
        fault(client.get(f"/api/v1{path}"), 400, "bad-cursor")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/commitments/c0000000000000", 404, "not-found"),
        ("/commitments/nonsense", 422, "bad-field"),
        ("/commitments?limit=0", 422, "bad-field"),
        ("/commitments?limit=many", 422, "bad-field"),
        ("/commitments?year=99999999999999999999", 422, "bad-field"),
        ("/commitments?due_from=yesterday", 422, "bad-field"),
        ("/playbooks/nothing", 404, "not-found"),
        ("/nothing", 404, "not-found"),
        ("/units?name=%00", 400, "bad-request"),
        ("/due", 401, "key-needed"),
    ],
)
def test_every_failure_has_one_shape(town: Town, path: str, status: int, code: str) -> None:
    found = fault(Client().get(f"/api/v1{path}"), status, code)
    if status == 422:
        assert found["fields"]


def test_other_methods_are_refused_in_the_same_shape(town: Town) -> None:
    answer = Client().delete("/api/v1/commitments")
    fault(answer, 405, "method-not-allowed")
    assert "GET" in answer["Allow"]


def test_the_description_is_openapi_and_its_page_needs_no_script(town: Town) -> None:
    described = Client().get("/api/v1/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    page = Client().get("/api/v1/docs")
    text = page.content.decode()
    assert page.status_code == 200
    assert "<script" not in text
    for path in described["paths"]:
        assert path in text
    assert "http://" not in text.replace("http://www.w3.org/", "")
