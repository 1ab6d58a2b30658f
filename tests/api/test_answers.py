"""Whatever a program sends as answers to a move is taken or refused at its field; nothing of it breaks anything."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luodi.api.case_answers import answers_of
from luodi.api.faults import BadField
from luodi.kernel.cases.answers import BadAnswers, checked
from luodi.kernel.cases.playbook import ASK_KINDS, Ask, Move
from luodi.kernel.cases.registry import kinds

pytestmark = pytest.mark.django_db
MOVES = {
    f"{kind.name}.{move.name}": move
    for kind in kinds()
    for move in kind.newest.move_named.values()
    if move.asks
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["who", "does", "due", "amount", "name", "base64", "x"]), inner, max_size=4
        )
    ),
    max_leaves=5,
)
EVERY_KIND = Move(
    "every",
    "什么都问",
    ("here",),
    "there",
    ("office",),
    tuple(Ask(kind, kind, kind, is_needed=False, choices=(("a", "甲"),)) for kind in ASK_KINDS),
)


def taken(move: Move, given_answers: dict[str, Any]) -> dict[str, Any] | None:
    """The answers as an act gets them; nothing where they were refused in words."""
    with contextlib.suppress(BadField, BadAnswers):
        return checked(move, answers_of(move, given_answers))
    return None


@pytest.mark.parametrize("name", sorted(MOVES))
@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_any_answer_to_any_move_is_taken_or_refused(name: str, data: st.DataObject) -> None:
    move = MOVES[name]
    taken(move, {ask.name: data.draw(ANYTHING) for ask in move.asks})


@pytest.mark.parametrize("kind", ASK_KINDS)
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(value=ANYTHING)
@example([])
@example([[]])
@example([None])
@example([{"who": [], "does": {}, "due": 1, "amount": []}])
@example([{"who": "甲", "does": "还钱", "due": "2026-10-30", "amount": float("nan")}])
@example({"a": 1})
@example(["a"])
@example("9999-12-31")
@example("1e999999")
@example("\x00")
@example("\ud800")
@example(True)
def test_any_answer_to_any_kind_of_question_is_taken_or_refused(kind: str, value: Any) -> None:
    found = taken(EVERY_KIND, {kind: value})
    if found is not None and kind not in ("file", "yes") and found[kind] is not None:
        # whatever is kept can be written by both databases
        json.dumps(str(found[kind])).encode()
        assert "\x00" not in str(found[kind])


def test_good_answers_come_through() -> None:
    rows = [{"who": "甲", "does": "还钱", "due": "2026-10-30", "amount": "100.50"}]
    given_answers = {
        "line": "一行",
        "text": "一段",
        "day": "2026-09-30",
        "number": 1.5,
        "choice": "a",
        "yes": True,
    }
    found = checked(EVERY_KIND, answers_of(EVERY_KIND, {**given_answers, "duties": rows}))
    assert (found["day"].isoformat(), str(found["number"]), found["yes"]) == ("2026-09-30", "1.5", True)
    assert found["duties"][0].amount == 10_050
