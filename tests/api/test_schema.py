"""Every address is asked whatever its description allows and forbids: none breaks, each answers as described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from luodi.api import counting, description
from luodi.kernel.cases.models import Case
from luodi.kernel.cases.registry import kind_of
from tests.api.api_world import ApiTown, api_town, at

# what is asked and answered is the same on every engine; the other tests of the interface run on both
pytestmark = [pytest.mark.django_db, pytest.mark.only_on("sqlite")]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OPERATIONS = [(path, method) for path, methods in description.schema()["paths"].items() for method in methods]
FEW = settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
    deadline=None,
    derandomize=True,
    database=None,
)
OFFICE = "区督查室"


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(counting, "OF_AN_ADDRESS", 1_000_000)
    monkeypatch.setattr(counting, "OF_A_KEY", 1_000_000)
    made = api_town()
    with at(9, 1):
        made.post("/cases", made.slip(), made.key(OFFICE))
        # as Django's own test client does: a server would put down the connection that the test's transaction stands on
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield made
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def operation_of(path: str, method: str) -> Any:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    return schema[path][method.upper()]


def ask(town: ApiTown, case: Any, *, with_key: bool) -> int:
    """Ask, and compare the answer with the description; its status."""
    headers = {"Authorization": f"Bearer {town.key(OFFICE)}"} if with_key else {}
    answer = case.call(headers=headers)
    case.validate_response(answer, checks=CHECKS)
    return int(answer.status_code)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "forbidden"]
)
def test_nothing_that_is_sent_breaks_it(town: ApiTown, path: str, method: str, mode: GenerationMode) -> None:
    asked: list[int] = []

    @FEW
    @given(case=operation_of(path, method).as_strategy(generation_mode=mode), with_key=st.booleans())
    def run(case: Any, with_key: bool) -> None:
        asked.append(ask(town, case, with_key=with_key))

    try:
        run()
    except Unsatisfiable:  # an address that takes nothing can be asked nothing that is forbidden
        assert mode is GenerationMode.NEGATIVE
        assert not description.schema()["paths"][path][method]["parameters"]
    else:
        assert asked


@pytest.mark.parametrize("path", ["/api/v1/cases", "/api/v1/cases/{ident}/moves", "/api/v1/cases/{ident}"])
def test_nothing_breaks_it_near_the_real_thing(town: ApiTown, path: str) -> None:
    """With an id that is there and a body that is nearly right, so that the acts themselves are reached."""
    playbook = kind_of("supervision").newest
    moves = [move.name for move in playbook.move_named.values()]
    asks = sorted({ask.name for move in playbook.move_named.values() for ask in move.asks})
    anything = st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=20)
        | st.dates().map(str),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=4,
    )
    answers = st.dictionaries(st.sampled_from(asks), anything, max_size=5)
    method = "get" if path.endswith("{ident}") else "post"
    seen: set[int] = set()

    @settings(FEW, max_examples=60)
    @given(case=operation_of(path, method).as_strategy(), move=st.sampled_from(moves), given_answers=answers)
    def run(case: Any, move: str, given_answers: dict[str, Any]) -> None:
        if "{ident}" in path:
            case.path_parameters["ident"] = Case.objects.order_by("id").values_list("id", flat=True)[0]
        if path.endswith("moves"):
            case.body = {"move": move, "answers": given_answers}
        elif method == "post":
            case.body = town.slip(answers=given_answers, move="initiate")
        seen.add(ask(town, case, with_key=True))

    run()
    assert 200 in seen or method == "post"
    assert seen <= {200, 403, 409, 422}
